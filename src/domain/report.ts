// Letters about letters of ours: reports of mail systems (RFC 3464, RFC 6533), complaints (RFC 5965), receipts (RFC 8098)
// and absences. All of it was written by strangers: bounded, never thrown at, and proof of nothing by itself.
import { isMultipartReport } from './classification.js';
import type { Message } from './message.js';
import { readAbsence } from './report-absence.js';
import { readComplaint } from './report-complaint.js';
import { readDelivery } from './report-delivery.js';
import { isMachine } from './report-machine.js';
import { aboutOriginal, type OriginalLetter } from './report-original.js';
import { readReceipt } from './report-receipt.js';
import { readTextBounce } from './report-text.js';

/**
 * - `bounce`: it did not arrive and will not.
 * - `delay`: not yet; or it was given up after temporary failures only (`gaveUp`).
 * - `delivered`: it arrived, or was handed to a system that tells no more.
 * - `complaint`: the recipient called it junk; see `detail` for the type.
 * - `read-receipt`: it was displayed, or deleted unread; see `detail`.
 * - `out-of-office`: the recipient is away.
 */
export type ReportKind = 'bounce' | 'delay' | 'delivered' | 'complaint' | 'read-receipt' | 'out-of-office';

/** `none` where the report says nothing about delivery. */
export type RecipientAction =
  | 'failed'
  | 'delayed'
  | 'delivered'
  | 'relayed'
  | 'expanded'
  | 'displayed'
  | 'deleted'
  | 'none';

export interface ReportRecipient {
  /** Where it ended up; may be another address than the one we wrote to. */
  address: string;
  /** The address the sender had used, when the report tells. */
  original: string | null;
  action: RecipientAction;
  /** RFC 3463: `5.1.1`; null when nothing tells. */
  status: string | null;
  /** The far side's words on one line, at most 500 characters, may be empty. */
  diagnostic: string;
}

export interface Report extends OriginalLetter {
  kind: ReportKind;
  /** At most 100. */
  recipients: ReportRecipient[];
  /** A `delay` that is final: the mail system stopped trying. */
  gaveUp: boolean;
  /** Type of a complaint (`abuse`, `not-spam`, `auth-failure` …), disposition of a receipt (`displayed` …); else empty. */
  detail: string;
}

export type ReportedMessage = Pick<
  Message,
  'headers' | 'from' | 'subject' | 'text' | 'inReplyTo' | 'references' | 'report'
>;

/** What a reader of one kind of report finds. */
export type Finding = Pick<Report, 'kind' | 'recipients' | 'detail'> & {
  /** What the report itself says about the letter, besides what came along of it. */
  told?: Partial<OriginalLetter>;
};

/**
 * The report in `message`, undefined when it is none: when a person wrote it, or when nobody can tell what it says. The
 * parts for machines are believed only in a letter that is a report as a whole or comes from a mail system, because
 * people forward reports too.
 */
export function readReport(message: ReportedMessage, envelopeFrom: string): Report | undefined {
  const finding = findReport(message, envelopeFrom);
  if (!finding) return undefined;
  const { kind, recipients, detail } = finding;
  const original = aboutOriginal(message, finding.told);
  const isFinal = recipients.some(({ action }) => action === 'failed');
  return { kind, recipients, detail, gaveUp: kind === 'delay' && isFinal, ...original };
}

function findReport(message: ReportedMessage, envelopeFrom: string): Finding | undefined {
  const fromMachine = isMachine(message, envelopeFrom);
  const parts = fromMachine || isMultipartReport(message) ? message.report : null;
  return (
    (parts && readDelivery(message, parts)) ??
    (parts && readComplaint(parts)) ??
    (parts && readReceipt(parts)) ??
    (fromMachine ? readTextBounce(message) : undefined) ??
    readAbsence(message, envelopeFrom)
  );
}
