// The options that say when clocks run: calendars with their weeks and holidays.
import { z } from 'zod';
import { marks } from './marks.js';
import { code, text } from './options.js';
import { date, holidayFile, openingHours } from './options-time.js';

/** The calendar that is always there, and always open. */
export const ALWAYS_NAME = 'always';

/** Monday first. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

function hours(day: string) {
  return z
    .array(openingHours())
    .optional()
    .describe(`Hours that begin on ${day}. Without them it is closed.`);
}

const week = z.strictObject({
  monday: hours('Monday'),
  tuesday: hours('Tuesday'),
  wednesday: hours('Wednesday'),
  thursday: hours('Thursday'),
  friday: hours('Friday'),
  saturday: hours('Saturday'),
  sunday: hours('Sunday'),
});

const holiday = z.strictObject({
  date: date().describe('The day; hours that begin on it do not count.'),
  name: text().describe('What it is called.'),
});

const calendarName = code()
  .refine((value) => value !== ALWAYS_NAME, 'always is there already: day and night, every day')
  .register(marks, marks.get(code()) ?? {});

const calendar = z.strictObject({
  name: calendarName.describe('Name under which others refer to it.'),
  week: week.describe('Hours of each day; 20:00-06:00 lasts into the next one.'),
  holidays: z.array(holiday).prefault([]).describe('Days on which it stays closed.'),
  holiday_files: z
    .array(holidayFile())
    .prefault([])
    .describe('iCalendar files (.ics) with further such days; each all-day event is one.'),
});

const OFFICE_DAY = ['10:00-18:00'];
const OFFICE = {
  name: 'office',
  week: {
    monday: OFFICE_DAY,
    tuesday: OFFICE_DAY,
    wednesday: OFFICE_DAY,
    thursday: OFFICE_DAY,
    friday: OFFICE_DAY,
    saturday: ['10:00-14:00'],
    sunday: [],
  },
};

export const calendars = z
  .array(calendar)
  .prefault([OFFICE])
  .describe('Calendars besides always, which is there by itself: day and night, every day.');
