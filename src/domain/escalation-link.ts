// The one-time link in a notice to an officer: it opens a page with one button, for this officer and this escalation.
import type { TokenSigner } from './thread-token.js';

const PURPOSE = 'escalation-link';

interface Linked {
  escalationId: string;
  officerId: string;
}

/** `<publicUrl>/escalations/<id>/<officer>/<code>`. */
export function escalationLink(signer: TokenSigner, linked: Linked, publicUrl: string): string {
  const code = signer.sign(PURPOSE, textOf(linked));
  const path = [linked.escalationId, encodeURIComponent(linked.officerId), code].join('/');
  return `${publicUrl.replace(/\/$/, '')}/escalations/${path}`;
}

/** Whether the code was made by us for exactly this escalation and officer. */
export function isEscalationLink(signer: TokenSigner, linked: Linked, code: string): boolean {
  return signer.verify(PURPOSE, textOf(linked), code);
}

function textOf({ escalationId, officerId }: Linked): string {
  return `${escalationId} ${officerId}`;
}
