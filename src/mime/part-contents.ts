// What is read inside parts that are not text, because officers and rules need it: reports, attached letters,
// calendars, positions of photos, winmail.dat. Never throws.
import { photoPosition } from '../domain/exif.js';
import type { Attachment, ReportParts } from '../domain/message.js';
import { calendarSummary } from './calendar-part.js';
import { decodeBytes } from './charset.js';
import { cleanLine, cleanText, clip } from './clean.js';
import { splitHead } from './first-text.js';
import { readHead } from './head.js';
import type { AttachedPart } from './letter-parser.js';
import { readTnef, type Tnef } from './tnef.js';

/** What a part told about itself. */
export interface PartContents {
  /** A name for a part without one. */
  name?: string;
  facts: Pick<Attachment, 'position' | 'summary' | 'letter'>;
  report: Partial<ReportParts>;
  tnef?: Tnef;
  /** Of a part that is text to be shown. */
  text?: string;
}

const KIB = 1024;
const REPORT_BYTES = 32 * KIB;
const LETTER_BYTES = 64 * KIB;
const PHOTO_BYTES = 128 * KIB;
const TNEF_BYTES = 24 * KIB * KIB;
const MAX_NAME = 100;

const REPORT_BY_TYPE = new Map<string, keyof ReportParts>([
  ['message/delivery-status', 'deliveryStatus'],
  ['message/global-delivery-status', 'deliveryStatus'],
  ['text/rfc822-headers', 'originalHeaders'],
  ['message/global-headers', 'originalHeaders'],
  ['message/feedback-report', 'feedbackReport'],
  ['message/disposition-notification', 'dispositionNotification'],
  ['message/global-disposition-notification', 'dispositionNotification'],
]);
const PHOTO_TYPE = /^image\/(?:jpe?g|pjpeg|hei[cf]|png|webp|tiff)$/;
const PHOTO_NAME = /\.(?:jpe?g|hei[cf]|webp|tiff?)$/i;
const NAME_OF_NOTHING =
  /^(?:noname|message|attachment|attached message|forwardedmessage|untitled|mail|e-?mail)(?:\.eml)?$/i;

type Kind = 'report' | 'letter' | 'calendar' | 'photo' | 'tnef' | 'text' | 'other';

function kindOf({ type, filename, shown }: AttachedPart): Kind {
  if (REPORT_BY_TYPE.has(type)) return 'report';
  if (isLetter(type)) return 'letter';
  if (type === 'text/calendar' || type === 'application/ics') return 'calendar';
  if (PHOTO_TYPE.test(type) || (type === 'application/octet-stream' && PHOTO_NAME.test(filename)))
    return 'photo';
  if (/^application\/(?:vnd\.)?ms-tnef$/.test(type) || /^winmail\.dat$/i.test(filename)) return 'tnef';
  return shown ? 'text' : 'other';
}

/** Whether parts of `type` are letters of their own. */
export function isLetter(type: string): boolean {
  return type === 'message/rfc822' || type === 'message/global';
}

const BYTES: Record<Kind, number> = {
  report: REPORT_BYTES,
  letter: LETTER_BYTES,
  calendar: LETTER_BYTES,
  photo: PHOTO_BYTES,
  tnef: TNEF_BYTES,
  text: LETTER_BYTES,
  other: 0,
};

/** How many of the first decoded bytes of `part` are worth keeping until it ends; 0 for most parts. */
export function bytesToRead(part: AttachedPart): number {
  return BYTES[kindOf(part)];
}

/** What the first `bytes` of `part` say. */
export function readContents(part: AttachedPart, bytes: Buffer): PartContents {
  switch (kindOf(part)) {
    case 'report':
      return readReport(part, bytes);
    case 'letter':
      return readAttachedLetter(part, bytes);
    case 'calendar': {
      const summary = calendarSummary(decodeBytes(bytes, part.charset).text);
      return { facts: summary === '' ? {} : { summary }, report: {} };
    }
    case 'photo': {
      const position = photoPosition(bytes);
      return { facts: position ? { position } : {}, report: {} };
    }
    case 'tnef': {
      const tnef = readTnef(bytes);
      return { facts: {}, report: {}, ...(tnef ? { tnef } : {}) };
    }
    case 'text':
      return { facts: {}, report: {}, text: cleanText(decodeBytes(bytes, part.charset).text) };
    default:
      return { facts: {}, report: {} };
  }
}

function readReport({ type }: AttachedPart, bytes: Buffer): PartContents {
  const field = REPORT_BY_TYPE.get(type);
  return { facts: {}, report: field ? { [field]: reportText(bytes) } : {} };
}

function reportText(bytes: Buffer): string {
  return cleanText(decodeBytes(bytes.subarray(0, REPORT_BYTES), '').text);
}

function readAttachedLetter({ filename }: AttachedPart, bytes: Buffer): PartContents {
  const raw = bytes.toString('latin1');
  const { lines } = splitHead(raw);
  if (lines.length === 0) return { facts: {}, report: {} };
  const { from, subject, date } = readHead(lines);
  const end = /\r?\n\r?\n/.exec(raw);
  const head = bytes.subarray(0, Math.min(end?.index ?? bytes.length, REPORT_BYTES));
  const isNamed = filename !== '' && !NAME_OF_NOTHING.test(cleanLine(filename));
  const name = clip(subject.replace(/[\\/]/g, '-'), MAX_NAME).trim();
  return {
    facts: { letter: { from, subject, date } },
    report: { originalHeaders: reportText(head) },
    ...(isNamed || name === '' ? {} : { name: `${name}.eml` }),
  };
}
