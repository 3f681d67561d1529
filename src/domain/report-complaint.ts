// Complaints of recipients and reports of forgery (ARF: RFC 5965, RFC 6591, RFC 6650).
import type { ReportParts } from './message.js';
import type { Finding, ReportRecipient } from './report.js';
import { addressIn } from './report-address.js';
import { fieldValue, readFields } from './report-fields.js';

const MOST_RECIPIENTS = 100;
const TYPE = /^[\w-]{1,40}/;

/** What the complaint says, undefined when there is none. `detail` is its type in lower case. */
export function readComplaint(parts: ReportParts): Finding | undefined {
  if (parts.feedbackReport === null) return undefined;
  const fields = readFields(parts.feedbackReport);
  const type = TYPE.exec(fieldValue(fields, 'feedback-type') ?? '')?.[0]?.toLowerCase();
  if (type === undefined) return undefined;
  const recipients = fields
    .filter(({ name }) => name === 'original-rcpt-to' || name === 'removal-recipient')
    .map(({ value }) => addressIn(value))
    .filter((address) => address !== undefined)
    .slice(0, MOST_RECIPIENTS)
    .map(complained);
  const sender = addressIn(fieldValue(fields, 'original-mail-from') ?? '');
  const envelopeId = fieldValue(fields, 'original-envelope-id');
  const told = {
    ...(sender === undefined ? {} : { returnPaths: [sender] }),
    ...(envelopeId === undefined ? {} : { envelopeId: envelopeId.slice(0, 100) }),
  };
  return { kind: 'complaint', recipients, detail: type, told };
}

function complained(address: string): ReportRecipient {
  return { address, original: null, action: 'none', status: null, diagnostic: '' };
}
