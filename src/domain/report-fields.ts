// Fields as reports write them (RFC 3464 2.1.1): `Name: value`, folded, in groups parted by blank lines.

export interface ReportField {
  /** Lower case. */
  name: string;
  /** On one line, at most 1,000 characters. */
  value: string;
  /** Counts from 0; grows with each blank line. */
  group: number;
}

const LOOKED_AT = 65_536;
const MOST_FIELDS = 1_000;
const LONGEST_VALUE = 1_000;
const FIELD = /^([!-9;-~]{1,100}):(.*)$/s;

/** The fields of `text`, what is none left out; at most 1,000. */
export function readFields(text: string): ReportField[] {
  const fields: ReportField[] = [];
  let group = 0;
  let open: ReportField | undefined;
  for (const line of text.slice(0, LOOKED_AT).split(/\r?\n/)) {
    if (/^[ \t]+\S/.test(line)) {
      goOn(open, line);
      continue;
    }
    open = fieldOf(line, group);
    if (open) fields.push(open);
    if (line.trim() === '') group += 1;
    if (fields.length >= MOST_FIELDS) break;
  }
  for (const field of fields) field.value = oneLineOf(field.value, LONGEST_VALUE);
  return fields;
}

function goOn(field: ReportField | undefined, line: string): void {
  if (field && field.value.length < LONGEST_VALUE) field.value += ` ${line.trim().slice(0, LONGEST_VALUE)}`;
}

function fieldOf(line: string, group: number): ReportField | undefined {
  const [, name, value = ''] = FIELD.exec(line.trimEnd()) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), value: value.trim(), group };
}

/** The first value of `name` (lower case); undefined when there is none or it is empty. */
export function fieldValue(fields: readonly ReportField[], name: string): string | undefined {
  return fields.find((field) => field.name === name && field.value !== '')?.value;
}

/** `text` on one line without control characters, at most `most` characters, none of them cut in half. */
export function oneLineOf(text: string, most: number): string {
  const line = text
    .slice(0, most * 2)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line
    .slice(0, most)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
}
