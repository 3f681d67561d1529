// A calendar entry (RFC 5545) in one line: what, when, where. For people to read, never to act on.
import { cleanLine, clip } from './clean.js';

const MAX_LINES = 5_000;
const MAX_SUMMARY = 300;
const PROPERTY = /^([A-Z-]{1,20})((?:;[^:"]{0,200}(?:"[^"]{0,200}")?){0,10}):(.*)$/i;
const TIME = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(?:\d{2})?(Z)?)?$/;

interface Property {
  parameters: string;
  value: string;
}

/** The first entry of the calendar `text` in one line; empty when it has none. */
export function calendarSummary(text: string): string {
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/, MAX_LINES);
  const start = lines.findIndex((line) => /^BEGIN:V(?:EVENT|TODO)$/i.test(line.trim()));
  if (start < 0) return '';
  const properties = collect(lines.slice(start + 1));
  const method = collect(lines.slice(0, start)).get('METHOD')?.value.toUpperCase();
  const words = [
    unescaped(properties.get('SUMMARY')),
    span(properties.get('DTSTART'), properties.get('DTEND')),
    unescaped(properties.get('LOCATION')),
  ].filter((word) => word !== '');
  const opening = method === 'CANCEL' ? 'Cancelled: ' : '';
  return words.length === 0 ? '' : clip(cleanLine(opening + words.join(', ')), MAX_SUMMARY);
}

function collect(lines: readonly string[]): Map<string, Property> {
  const properties = new Map<string, Property>();
  for (const line of lines) {
    if (/^END:V(?:EVENT|TODO)$/i.test(line.trim())) break;
    const [, name, parameters = '', value = ''] = PROPERTY.exec(line.slice(0, 2_000)) ?? [];
    if (name && !properties.has(name.toUpperCase()))
      properties.set(name.toUpperCase(), { parameters, value });
  }
  return properties;
}

function unescaped(property: Property | undefined): string {
  return (property?.value ?? '')
    .replace(/\\n/gi, ' ')
    .replace(/\\([\\;,])/g, '$1')
    .trim();
}

function span(start: Property | undefined, end: Property | undefined): string {
  const from = start && moment(start);
  if (!start || !from) return '';
  const until = end && moment(end);
  const zone =
    /;TZID="?([^;":]{1,60})/i.exec(start.parameters)?.[1] ?? (start.value.endsWith('Z') ? 'UTC' : '');
  const last = until && (until.day === from.day ? until.time : `${until.day} ${until.time}`.trim());
  return [from.day, from.time, last ? `to ${last}` : '', zone && from.time ? `(${zone})` : '']
    .filter((word) => word !== '')
    .join(' ');
}

function moment({ value }: Property): { day: string; time: string } | undefined {
  const [, year, month, day, hour, minute] = TIME.exec(value.trim()) ?? [];
  if (year === undefined) return undefined;
  return { day: `${year}-${month}-${day}`, time: hour === undefined ? '' : `${hour}:${minute}` };
}
