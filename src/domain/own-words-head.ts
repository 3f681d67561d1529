// The head of a letter as mail programs write it into the text of an answer or of a forwarded letter.

export type HeadField = 'from' | 'date' | 'to' | 'subject' | 'other';

export interface WrittenHead {
  /** The line after its last. */
  end: number;
  /** As written, the first of each. */
  fields: Partial<Record<HeadField, string>>;
}

const MAX_LINES = 16;
const MAX_LABEL = 30;
const MAX_LINE = 1_000;
const WRAPPED = 2;

const LABELS = new Map<string, HeadField>(
  (
    [
      [
        'from',
        [
          'from',
          'প্রেরক',
          'থেকে',
          'প্রেরণকারী',
          'হইতে',
          'प्रेषक',
          'द्वारा',
          'की ओर से',
          'से',
          'भेजने वाला',
          'इनके द्वारा भेजा गया',
          'von',
          'de',
        ],
      ],
      [
        'date',
        [
          'date',
          'sent',
          'sent on',
          'sent at',
          'date sent',
          'received',
          'তারিখ',
          'পাঠানো হয়েছে',
          'পাঠানো',
          'প্রেরিত',
          'সময়',
          'दिनांक',
          'तारीख',
          'तारीख़',
          'तिथि',
          'भेजा गया',
          'भेजने का समय',
          'datum',
          'gesendet',
          'envoyé',
        ],
      ],
      [
        'to',
        [
          'to',
          'প্রাপক',
          'প্রতি',
          'বরাবর',
          'प्रति',
          'सेवा में',
          'प्राप्तकर्ता',
          'पाने वाला',
          'को',
          'भेजने का स्थान',
          'an',
          'à',
        ],
      ],
      ['subject', ['subject', 'sub', 'বিষয়', 'विषय', 'betreff', 'objet', 'asunto']],
      [
        'other',
        [
          'cc',
          'bcc',
          'reply-to',
          'reply to',
          'importance',
          'priority',
          'attachments',
          'অনুলিপি',
          'সিসি',
          'প্রত্যুত্তর',
          'प्रतिलिपि',
          'प्रति-उत्तर',
          'जवाब दें',
        ],
      ],
    ] as [HeadField, string[]][]
  ).flatMap(([field, words]) => words.map((word): [string, HeadField] => [word.normalize('NFC'), field])),
);

/** What `line` (NFC) says when it is one of a head: `From: Rita <rita@home.example>`, `*বিষয়:* আওয়াজ`. */
export function headField(line: string): { field: HeadField; value: string } | undefined {
  const colon = colonIn(line);
  if (colon < 1 || line.length > MAX_LINE) return undefined;
  const label = line
    .slice(0, colon)
    .replace(/[\s*>_]+/gu, ' ')
    .trim()
    .toLowerCase();
  const field = LABELS.get(label);
  return (
    field && {
      field,
      value: line
        .slice(colon + 1)
        .replace(/^[\s*_]+/u, '')
        .trim(),
    }
  );
}

function colonIn(line: string): number {
  for (let at = 1; at < line.length && at <= MAX_LABEL; at++) {
    const code = line.charCodeAt(at);
    // Colon, full-width colon, and the Bengali sign that stands in for one.
    if (code === 0x3a || code === 0xff1a || code === 0x0983) return at;
  }
  return -1;
}

/**
 * The head that begins at line `at`; undefined when there is none. `marked`: something above says that a head comes.
 * Without, it must look like the work of a program: people write "From: … To: … Date: … Subject: …" above their own
 * letters too, but not with the time of day beside the sender.
 */
export function writtenHead(lines: readonly string[], at: number, marked: boolean): WrittenHead | undefined {
  const first = headField(lines[at] ?? '');
  if (!first || (!marked && first.field !== 'from')) return undefined;
  const { end, found } = gather(lines, at);
  const fields: WrittenHead['fields'] = {};
  for (const { field, value } of found) fields[field] ??= value;
  const order = found.map(({ field }) => field);
  const isHead = marked ? order.length >= 2 || order[0] === 'from' : isPrograms(fields, order);
  return isHead ? { end, fields } : undefined;
}

function gather(
  lines: readonly string[],
  at: number,
): { end: number; found: { field: HeadField; value: string }[] } {
  const spaced = isBlank(lines[at + 1]) && headField(lines[at + 2] ?? '') !== undefined;
  const found: { field: HeadField; value: string }[] = [];
  let end = at;
  for (let next = at; next < at + MAX_LINES && next - end <= WRAPPED; next++) {
    const line = lines[next];
    if (line === undefined || (isBlank(line) && !spaced)) break;
    const one = headField(line);
    if (!one) continue;
    found.push(one);
    end = next + 1;
  }
  return { end, found };
}

const CLOCK = /[\d০-৯०-९]{1,2}:[\d০-৯०-९]{2}/u;

function isPrograms(fields: WrittenHead['fields'], order: readonly HeadField[]): boolean {
  const named = fields.to ?? fields.subject;
  if (named === undefined || !CLOCK.test(fields.date ?? '')) return false;
  return order[1] === 'date' || /\S@\S/u.test(`${fields.from ?? ''} ${fields.to ?? ''}`);
}

const LABELLED = /^\s*\p{L}[^:\n]{0,24}:\s+\S/u;

/** Two lines of a head in a language that we do not know, as below Outlook's line. */
export function isForeignHead(lines: readonly string[], at: number): boolean {
  return [at, at + 1].every((line) => LABELLED.test((lines[line] ?? '').slice(0, 200)));
}

function isBlank(line: string | undefined): boolean {
  return line !== undefined && line.trim() === '';
}
