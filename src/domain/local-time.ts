// An instant as a resident reads it: in the station's time zone and the resident's language.
import type { Language } from './station.js';
import type { Instant } from './time.js';

/** Hindi keeps the international digits (Constitution of India, art. 343), as Hindi letters and papers do. */
const LOCALE: Record<Language, string> = {
  en: 'en-GB-u-nu-latn',
  bn: 'bn-IN-u-nu-beng',
  hi: 'hi-IN-u-nu-latn',
};

/** What people call the hours, each from its first hour on; the last one also names the hours before the first. */
const HOURS_OF_DAY: Record<Exclude<Language, 'en'>, readonly (readonly [number, string])[]> = {
  bn: [
    [4, 'ভোর'],
    [6, 'সকাল'],
    [12, 'দুপুর'],
    [16, 'বিকেল'],
    [18, 'সন্ধ্যা'],
    [20, 'রাত'],
  ],
  hi: [
    [4, 'सुबह'],
    [12, 'दोपहर'],
    [16, 'शाम'],
    [20, 'रात'],
  ],
};

interface Reading {
  format: Intl.DateTimeFormat;
  digits: Intl.NumberFormat;
  minute: number;
  text: string;
}

/** Making a formatter costs a hundred times what using it does, and most letters of a second share their minute. */
const readings = new Map<string, Reading>();

/**
 * Day, month, year and time of `at`: `24 November 2026, 3:05 pm`, `২৪ নভেম্বর ২০২৬, দুপুর ৩:০৫`,
 * `24 नवंबर 2026, दोपहर 3:05`. Throws RangeError when `timeZone` is no IANA name.
 */
export function formatLocalTime(at: Instant, reader: { timeZone: string; language: Language }): string {
  const key = `${reader.language} ${reader.timeZone}`;
  const known = readings.get(key) ?? openReading(key, reader);
  const milliseconds = Date.parse(at);
  const minute = Math.floor(milliseconds / 60_000);
  if (known.minute !== minute) {
    known.text = write(known, milliseconds, reader.language);
    known.minute = minute;
  }
  return known.text;
}

function openReading(key: string, reader: { timeZone: string; language: Language }): Reading {
  const locale = LOCALE[reader.language];
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: reader.timeZone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const digits = new Intl.NumberFormat(locale, { useGrouping: false });
  const reading = { format, digits, minute: Number.NaN, text: '' };
  readings.set(key, reading);
  return reading;
}

// Assembled from parts, because how Intl joins date and time changes between versions of Node.
function write({ format, digits }: Reading, milliseconds: number, language: Language): string {
  const parts = format.formatToParts(milliseconds);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  const hour = hourNumber(part('hour'));
  const time = `${digits.format(hour % 12 || 12)}:${part('minute')}`;
  const date = `${part('day')} ${part('month')} ${part('year')}`;
  if (language === 'en') return `${date}, ${time} ${hour < 12 ? 'am' : 'pm'}`;
  return `${date}, ${hourOfDay(hour, language)} ${time}`;
}

/** The value of two digits, Bengali or international. */
function hourNumber(digits: string): number {
  return Number(digits.replace(/[০-৯]/g, (digit) => String((digit.codePointAt(0) ?? 0) - 0x09e6)));
}

function hourOfDay(hour: number, language: Exclude<Language, 'en'>): string {
  const names = HOURS_OF_DAY[language];
  const found = names.findLast(([from]) => hour >= from) ?? names.at(-1);
  return found?.[1] ?? '';
}
