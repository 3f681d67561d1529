// The kinds of values that say when a desk is open, and at what time of the day something is done.
import { z } from 'zod';
import { parseSpan } from '../domain/calendar.js';
import { dayOf } from '../domain/zone.js';
import { marks } from './marks.js';

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** A time of the day; the configuration holds it in minutes since local midnight. */
export function timeOfDay() {
  return z
    .string()
    .regex(TIME)
    .transform(minutesOf)
    .register(marks, { kind: 'time', expected: 'a time of the day such as 08:00' });
}

function minutesOf(value: string): number {
  const [, hours, minutes] = TIME.exec(value) ?? [];
  return Number(hours) * 60 + Number(minutes);
}

/** Minutes since midnight as the file writes them: `08:00`. */
export function formatTime(minutes: number): string {
  const part = (value: number) => String(value).padStart(2, '0');
  return `${part(Math.floor(minutes / 60))}:${part(minutes % 60)}`;
}

/** From when to when a desk is open; the configuration holds the text. */
export function openingHours() {
  return z
    .string()
    .refine((value) => parseSpan(value) !== undefined)
    .register(marks, { kind: 'text', expected: 'hours such as 10:00-18:00' });
}

/** A day of the calendar. */
export function date() {
  return z
    .string()
    .refine((value) => !Number.isNaN(dayOf(value)))
    .register(marks, { kind: 'text', expected: 'a date such as 2026-10-20' });
}

/** An iCalendar file, read when the configuration is loaded: a HolidayFile takes the place of its path. */
export function holidayFile() {
  return z.string().min(1).brand<'holidays'>().register(marks, { kind: 'holidays', expected: 'a path' });
}

/** When something is done again and again: five fields as cron has them, in numbers, in the time zone of the house. */
export function cron() {
  return z
    .string()
    .refine((value) => isCron(value))
    .register(marks, { kind: 'text', expected: 'five fields as of cron, such as 40 * * * *' });
}

/** Minute, hour, day of the month, month, day of the week (0 and 7 are Sunday). */
const CRON_FIELDS: readonly (readonly [least: number, most: number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
];

function isCron(value: string): boolean {
  const fields = value.trim().split(/\s+/);
  if (fields.length !== CRON_FIELDS.length) return false;
  return CRON_FIELDS.every((range, index) =>
    (fields[index] ?? '').split(',').every((part) => isCronPart(part, range)),
  );
}

function isCronPart(part: string, [least, most]: readonly [number, number]): boolean {
  const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/([1-9]\d?))?$/.exec(part);
  if (!match) return false;
  const [, from, to, step] = match;
  if (from === undefined) return true;
  const [low, high] = [Number(from), Number(to ?? from)];
  return low >= least && high <= most && low <= high && (step === undefined || to !== undefined);
}
