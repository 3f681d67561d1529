import { describe, expect, it } from 'vitest';
import {
  ALWAYS,
  addWorkingMs,
  isOpenAt,
  nextOpening,
  parseSpan,
  workingMs,
} from '../../src/domain/calendar.js';
import { at, calendarOf, HOUR, OFFICE, PUJA } from './calendar-samples.js';

describe('a span', () => {
  it.each([
    ['10:00-18:00', { from: 600, to: 1080 }],
    ['20:00-06:00', { from: 1200, to: 360 }],
    ['00:00-24:00', { from: 0, to: 1440 }],
    ['18:00-24:00', { from: 1080, to: 1440 }],
    ['10:00-10:00', { from: 600, to: 600 }],
    [' 9:30 – 13:15 ', { from: 570, to: 795 }],
  ])('%s is read', (text, span) => {
    expect(parseSpan(text)).toEqual(span);
  });

  it.each([
    '',
    '10-18',
    '10:00',
    '10:00-',
    '24:00-06:00',
    '10:00-24:01',
    '10:60-11:00',
    '25:00-26:00',
    '10:00-18:00 and on',
    '-1:00-2:00',
  ])('%j is refused', (text) => {
    expect(parseSpan(text)).toBeUndefined();
  });
});

const night = calendarOf('20:00-06:00', { holidays: { '2026-10-20': 'Navami' } });
const weekNights = calendarOf(['', '', '', '', '20:00-06:00', '', '']);
const evenings = calendarOf(['18:00-24:00', '', '', '', '', '', '']);
const roundMidnight = calendarOf(['18:00-24:00', '00:00-06:00', '', '', '', '', '']);
const split = calendarOf(['16:00-19:00 10:00-13:00', '', '', '', '', '', '']);
const overlapping = calendarOf(['10:00-14:00 13:00-18:00 18:00-19:00', '', '', '', '', '', '']);
const nightIntoMorning = calendarOf(['20:00-06:00', '05:00-10:00', '', '', '', '', '']);
const wholeDays = calendarOf('10:00-10:00');

// 12 October 2026 is a Monday.
describe('a deadline', () => {
  it.each([
    ['in real time', ALWAYS, '2026-10-18 23:30', 1, '2026-10-19 00:30'],
    ['within a span', OFFICE, '2026-10-12 10:15', 2, '2026-10-12 12:15'],
    ['of a letter before opening', OFFICE, '2026-10-12 03:00', 2, '2026-10-12 12:00'],
    ['of a letter after closing', OFFICE, '2026-10-12 18:00', 2, '2026-10-13 12:00'],
    ['at the end of a span is that end', OFFICE, '2026-10-12 16:00', 2, '2026-10-12 18:00'],
    ['on the next day', OFFICE, '2026-10-12 16:00', 3, '2026-10-13 11:00'],
    ['over the weekly off', OFFICE, '2026-10-10 13:00', 2, '2026-10-12 11:00'],
    ['over Durga Puja from the Saturday before', OFFICE, '2026-10-17 13:00', 2, '2026-10-22 11:00'],
    ['over Durga Puja from Ashtami', OFFICE, '2026-10-19 11:00', 8, '2026-10-22 18:00'],
    ['of four working days around Puja', OFFICE, '2026-10-15 10:00', 28, '2026-10-22 18:00'],
    ['in an overnight shift', night, '2026-10-12 22:00', 3, '2026-10-13 01:00'],
    ['in what is left of a shift after midnight', night, '2026-10-13 04:00', 3, '2026-10-13 21:00'],
    ['in the shift that began before a holiday', night, '2026-10-19 23:00', 7, '2026-10-20 06:00'],
    ['over the shift of a holiday', night, '2026-10-19 23:00', 8, '2026-10-21 21:00'],
    ['of a letter in the night of a holiday', night, '2026-10-21 02:00', 1, '2026-10-21 21:00'],
    ['in a shift over the end of the week', weekNights, '2026-10-16 19:00', 9, '2026-10-17 05:00'],
    ['over a week of no shift', weekNights, '2026-10-16 19:00', 11, '2026-10-23 21:00'],
    [
      'in a shift of Sunday night',
      calendarOf(['', '', '', '', '', '', '20:00-06:00']),
      '2026-10-19 05:00',
      1,
      '2026-10-19 06:00',
    ],
    ['at 24:00 is midnight', evenings, '2026-10-12 18:00', 6, '2026-10-13 00:00'],
    ['after a span that ends at 24:00', evenings, '2026-10-12 18:00', 7, '2026-10-19 19:00'],
    ['over a midnight between two spans', roundMidnight, '2026-10-12 18:00', 7, '2026-10-13 01:00'],
    ['in the second span of a day', split, '2026-10-12 09:00', 4, '2026-10-12 17:00'],
    ['where spans overlap or touch', overlapping, '2026-10-12 09:00', 9, '2026-10-12 19:00'],
    ['where a shift runs into the next span', nightIntoMorning, '2026-10-12 09:00', 14, '2026-10-13 10:00'],
    ['where every day lasts until the next', wholeDays, '2026-10-12 09:00', 100, '2026-10-16 13:00'],
    ['on a leap day', OFFICE, '2028-02-28 16:00', 4, '2028-02-29 12:00'],
    ['over a leap day', OFFICE, '2028-02-28 16:00', 12, '2028-03-01 12:00'],
    ['over the end of February without one', OFFICE, '2027-02-26 16:00', 4, '2027-02-27 12:00'],
    ['over the turn of the year', OFFICE, '2026-12-31 17:00', 2, '2027-01-01 11:00'],
  ])('%s', (_, calendar, from, hours, due) => {
    expect(addWorkingMs(calendar, at(from), hours * HOUR)).toBe(at(due));
    expect(workingMs(calendar, at(from), at(due))).toBe(hours * HOUR);
  });

  it('of more than five years is found', () => {
    expect(addWorkingMs(calendarOf('10:00-11:00'), at('2026-10-12 10:00'), 3_000 * HOUR)).toBe(
      at('2034-12-28 11:00'),
    );
  });

  it('counts a single millisecond', () => {
    expect(addWorkingMs(OFFICE, at('2026-10-12 18:00'), 1)).toBe('2026-10-13T04:30:00.001Z');
  });

  it('of nothing is the beginning, even when closed', () => {
    expect(addWorkingMs(OFFICE, at('2026-10-18 12:00'), 0)).toBe(at('2026-10-18 12:00'));
  });
});

describe('working time', () => {
  it.each([
    ['of Durga Puja week', OFFICE, '2026-10-17 00:00', '2026-10-24 00:00', 4 + 8 + 8],
    [
      'of the same week without holidays',
      { ...OFFICE, holidays: new Map() },
      '2026-10-17 00:00',
      '2026-10-24 00:00',
      44,
    ],
    ['of a year of 365 days in real time', ALWAYS, '2026-01-01 00:00', '2027-01-01 00:00', 8760],
    ['backwards', OFFICE, '2026-10-13 12:00', '2026-10-12 12:00', 0],
    ['of no time', ALWAYS, '2026-10-13 12:00', '2026-10-13 12:00', 0],
    ['of a holiday in a night', night, '2026-10-20 06:00', '2026-10-21 20:00', 0],
  ])('%s', (_, calendar, from, to, hours) => {
    expect(workingMs(calendar, at(from), at(to))).toBe(hours * HOUR);
  });

  it('is counted over more years than a search would wait', () => {
    const leapDays = { ...calendarOf('10:00-18:00'), holidays: manyHolidays('2030-01-01', 365 * 6) };
    expect(workingMs(leapDays, at('2029-12-31 00:00'), at('2036-01-02 00:00'))).toBeGreaterThan(8 * HOUR);
  });
});

function manyHolidays(from: string, days: number): Map<string, string> {
  const first = Date.parse(from);
  const dates = Array.from({ length: days }, (_, day) => new Date(first + day * 24 * HOUR));
  return new Map(dates.map((date) => [date.toISOString().slice(0, 10), 'closed']));
}

describe('a desk', () => {
  it.each([
    ['is open at its opening', OFFICE, '2026-10-12 10:00', true],
    ['is closed a minute before', OFFICE, '2026-10-12 09:59', false],
    ['is closed at its closing', OFFICE, '2026-10-12 18:00', false],
    ['is closed on its weekly off', OFFICE, '2026-10-11 12:00', false],
    ['is closed on a holiday', OFFICE, '2026-10-20 12:00', false],
    ['is open in the night of its shift', night, '2026-10-13 03:00', true],
    ['is open on a holiday until the shift ends', night, '2026-10-20 05:59', true],
    ['is closed in the evening of a holiday', night, '2026-10-20 21:00', false],
    ['is closed in the night after a holiday', night, '2026-10-21 05:00', false],
    ['is closed at midnight after 24:00', evenings, '2026-10-13 00:00', false],
    ['is open at midnight between two spans', roundMidnight, '2026-10-13 00:00', true],
    ['is open at any time without a calendar', ALWAYS, '2026-10-20 03:00', true],
  ])('%s', (_, calendar, instant, open) => {
    expect(isOpenAt(calendar, at(instant))).toBe(open);
  });

  it.each([
    ['at once while it is open', OFFICE, '2026-10-12 12:00', '2026-10-12 12:00'],
    ['in the morning', OFFICE, '2026-10-12 18:00', '2026-10-13 10:00'],
    ['after Durga Puja', OFFICE, '2026-10-17 14:00', '2026-10-22 10:00'],
    ['in the evening', night, '2026-10-20 06:00', '2026-10-21 20:00'],
    ['always', ALWAYS, '2026-10-20 03:00', '2026-10-20 03:00'],
  ])('opens next %s', (_, calendar, instant, opening) => {
    expect(nextOpening(calendar, at(instant))).toBe(at(opening));
  });
});

describe('a calendar that never opens', () => {
  it.each([
    ['has no spans', calendarOf('')],
    ['has no week', { ...calendarOf(''), week: [] }],
    [
      'has holidays for longer than anybody waits',
      { ...OFFICE, holidays: manyHolidays('2026-10-01', 366 * 6) },
    ],
  ])('%s', (_, calendar) => {
    expect(addWorkingMs(calendar, at('2026-10-12 10:00'), 1)).toBeUndefined();
    expect(nextOpening(calendar, at('2026-10-12 10:00'))).toBeUndefined();
    expect(isOpenAt(calendar, at('2026-10-12 10:00'))).toBe(false);
    expect(workingMs(calendar, at('2026-10-12 10:00'), at('2026-12-12 10:00'))).toBe(0);
  });

  it('opens after holidays of almost five years', () => {
    const patient = { ...calendarOf('10:00-18:00'), holidays: manyHolidays('2026-10-01', 1800) };
    expect(nextOpening(patient, at('2026-10-12 10:00'))).toBe(at('2031-09-05 10:00'));
  });
});

describe('a calendar with a time zone that does not exist', () => {
  it('is refused', () => {
    const nowhere = calendarOf('10:00-18:00', { timeZone: 'Asia/Behala', holidays: PUJA });
    expect(() => isOpenAt(nowhere, at('2026-10-12 10:00'))).toThrow(RangeError);
  });
});
