// Challenges for passkeys: made without keeping anything, good for a while, each once.
import { randomBytes } from 'node:crypto';
import type { Clock, Signer } from '../ports/surroundings.js';

export interface Challenges {
  /** Base64url. `purpose` binds it to one use (and session). */
  make(purpose: string): string;
  /** Whether it is one of ours for this purpose, in time, and not used before; it is used up by that. */
  use(purpose: string, challenge: string): boolean;
}

const OPEN_MS = 5 * 60_000;
const PURPOSE = 'challenge';

export function createChallenges({ signer, clock }: { signer: Signer; clock: Clock }): Challenges {
  /** Those used and not yet over, with their ends: only good answers get here, so there are few. */
  const used = new Map<string, number>();
  const now = () => Date.parse(clock.now());
  return {
    make(purpose) {
      const head = `${now() + OPEN_MS}.${randomBytes(16).toString('base64url')}`;
      return Buffer.from(`${head}.${signer.sign(PURPOSE, `${purpose}\n${head}`)}`).toString('base64url');
    },
    use(purpose, challenge) {
      const text = Buffer.from(challenge, 'base64url').toString('utf8');
      const cut = text.lastIndexOf('.');
      const head = text.slice(0, cut);
      const end = Number.parseInt(head, 10);
      if (!signer.verify(PURPOSE, `${purpose}\n${head}`, text.slice(cut + 1))) return false;
      if (!(end > now()) || used.has(head)) return false;
      for (const [old, until] of used) if (until <= now()) used.delete(old);
      used.set(head, end);
      return true;
    },
  };
}
