// Receipts: what the recipient's mail program did with a letter (MDN: RFC 8098).
import type { ReportParts } from './message.js';
import type { Finding, RecipientAction } from './report.js';
import { addressIn } from './report-address.js';
import { fieldValue, readFields } from './report-fields.js';
import { idsIn } from './report-original.js';

const ACTIONS = new Map<string, RecipientAction>([
  ['displayed', 'displayed'],
  ['deleted', 'deleted'],
]);
/** `manual-action/MDN-sent-manually; displayed/error`. */
const DISPOSITION = /;\s{0,20}([\w-]{1,40})/;

/** What the receipt says, undefined when there is none. `detail` is its disposition in lower case. */
export function readReceipt(parts: ReportParts): Finding | undefined {
  if (parts.dispositionNotification === null) return undefined;
  const fields = readFields(parts.dispositionNotification);
  const disposition = DISPOSITION.exec(fieldValue(fields, 'disposition') ?? '')?.[1]?.toLowerCase();
  if (disposition === undefined) return undefined;
  const original = addressIn(fieldValue(fields, 'original-recipient') ?? '') ?? null;
  const address = addressIn(fieldValue(fields, 'final-recipient') ?? '') ?? original;
  const action = ACTIONS.get(disposition) ?? 'none';
  const id = idsIn(fieldValue(fields, 'original-message-id') ?? '')[0];
  return {
    kind: 'read-receipt',
    recipients: address === null ? [] : [{ address, original, action, status: null, diagnostic: '' }],
    detail: disposition,
    told: id === undefined ? {} : { originalMessageId: id },
  };
}
