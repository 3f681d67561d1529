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
