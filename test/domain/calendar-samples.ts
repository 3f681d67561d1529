// Calendars of desks that do not exist, for the tests of calendars and clocks.
import fc from 'fast-check';
import { type Calendar, parseSpan, type Span } from '../../src/domain/calendar.js';
import { type Instant, instantOf } from '../../src/domain/time.js';

export const HOUR = 3_600_000;

/** The instant of a time with its offset, `2026-10-17 10:00 +05:30`; without one, in Kolkata. */
export function at(text: string): Instant {
  const [date, time, offset = '+05:30'] = text.split(' ');
  return new Date(`${date}T${time}${offset}`).toISOString();
}

export function spans(text: string): Span[] {
  return text === '' ? [] : text.split(' ').map((one) => parseSpan(one) ?? { from: Number.NaN, to: 0 });
}

/** `week`: one text for every day, or seven from Monday on. */
export function calendarOf(
  week: string | string[],
  rest: { name?: string; timeZone?: string; holidays?: Record<string, string> } = {},
): Calendar {
  const days = typeof week === 'string' ? Array<string>(7).fill(week) : week;
  return {
    name: rest.name ?? 'desk',
    timeZone: rest.timeZone ?? 'Asia/Kolkata',
    always: false,
    week: days.map(spans),
    holidays: new Map(Object.entries(rest.holidays ?? {})),
  };
}

const DAY = '10:00-18:00';

/** Durga Puja of 2026: Sunday the 18th is off anyhow. */
export const PUJA = {
  '2026-10-18': 'Saptami',
  '2026-10-19': 'Ashtami',
  '2026-10-20': 'Navami',
  '2026-10-21': 'Dashami',
};

export const OFFICE = calendarOf([DAY, DAY, DAY, DAY, DAY, '10:00-14:00', ''], {
  name: 'office',
  holidays: PUJA,
});

export const ZONES = [
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'UTC',
];

/** Instants around the changes of clocks in 2026, in whole `step` milliseconds. */
export function instants(step = 1): fc.Arbitrary<Instant> {
  const from = Date.UTC(2026, 2, 1) / step;
  const to = Date.UTC(2026, 10, 30) / step;
  return fc.integer({ min: from, max: to }).map((count) => instantOf(count * step));
}

/** Any calendar that opens at least an hour a week; ends of spans as the given minutes say. */
export function calendars(minutes: fc.Arbitrary<number>): fc.Arbitrary<Calendar> {
  const span = fc.record({ from: minutes.filter((minute) => minute < 1440), to: minutes });
  const day = fc.array(span, { maxLength: 3 });
  const dates = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 60 });
  return fc
    .record({
      timeZone: fc.constantFrom(...ZONES),
      week: fc.array(day, { minLength: 7, maxLength: 7 }),
      dates,
    })
    .map(({ timeZone, week, dates: days }) => ({
      name: 'any',
      timeZone,
      always: false,
      week: [...week.slice(0, 6), [...(week[6] ?? []), { from: 600, to: 660 }]],
      holidays: new Map(days.map((one) => [instantOf(Date.UTC(2026, 1, one)).slice(0, 10), `day ${one}`])),
    }));
}
