// The lines of an iCalendar file (RFC 5545 3.1, 3.4, 3.6): unfolded, numbered, and sorted into events. What is wrong is
// told with its line.
import ICAL from 'ical.js';
import { messageOf, ThanadakError } from '../domain/errors.js';

/** A content line after unfolding; `number` (from 1) is where it begins, 0 where there is none. */
export interface Line {
  source: string;
  number: number;
  text: string;
}

/** One property as the library reads it; several values where a list stands. */
export interface Property {
  line: Line;
  name: string;
  type: string;
  values: unknown[];
}

const SHOWN = 60;

/** Throws `invalid`: `source:line: message; mend`. */
export function refuse(line: Line, message: string, mend: string): never {
  const where = line.number > 0 ? `${line.source}:${line.number}` : line.source;
  throw new ThanadakError('invalid', `${where}: ${message}; ${mend}`);
}

/** The lines of each VEVENT, its BEGIN first; those of components inside it (alarms) and outside it left out. */
export function splitEvents(text: string, source: string): Line[][] {
  const lines = unfold(text, source);
  const [first = { source, number: 0, text: '' }] = lines;
  if (first.text.toUpperCase() !== 'BEGIN:VCALENDAR') {
    refuse(first, 'does not begin with BEGIN:VCALENDAR', 'give an iCalendar file (RFC 5545, .ics)');
  }
  const events: Line[][] = [];
  const open: Line[] = [];
  for (const line of lines) {
    const [, edge = '', name = ''] = /^(BEGIN|END):(.*)$/i.exec(line.text) ?? [];
    if (edge.toUpperCase() === 'BEGIN') open.push(line);
    if (isEvent(line)) events.push([]);
    if (isEvent(open.at(-1))) events.at(-1)?.push(line);
    if (edge.toUpperCase() === 'END') close(open, line, name);
  }
  const [unclosed] = open.slice(-1);
  if (unclosed) refuse(unclosed, `${shown(unclosed)} is never ended`, 'the file seems to be cut short');
  return events;
}

/** The property on a line. Throws `invalid` when it cannot be understood. */
export function readProperty(line: Line): Property {
  try {
    const parsed: unknown = ICAL.parse.property(line.text);
    if (!Array.isArray(parsed)) throw new TypeError('no property');
    const [name, , type, ...values] = parsed;
    return { line, name: String(name), type: String(type), values };
  } catch (error) {
    return refuse(line, `${shown(line)} cannot be understood`, messageOf(error));
  }
}

/** The line as it may stand in a message. */
export function shown({ text }: Line): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function unfold(text: string, source: string): Line[] {
  const lines: Line[] = [];
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(raw) && last) last.text += raw.slice(1);
    else if (raw.trim() !== '') lines.push({ source, number: index + 1, text: raw.trimEnd() });
  }
  return lines;
}

function isEvent(begin: Line | undefined): boolean {
  return begin?.text.toUpperCase() === 'BEGIN:VEVENT';
}

function close(open: Line[], line: Line, name: string): void {
  const begin = open.pop();
  if (begin?.text.slice('BEGIN:'.length).toUpperCase() === name.toUpperCase()) return;
  const expected = begin ? `${shown(begin)} of line ${begin.number} is still open` : 'nothing is open';
  refuse(line, `${shown(line)} does not fit: ${expected}`, 'every BEGIN needs its END');
}
