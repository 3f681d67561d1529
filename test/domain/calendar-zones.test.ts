import { describe, expect, it } from 'vitest';
import { addWorkingMs, isOpenAt, workingMs } from '../../src/domain/calendar.js';
import { at, calendarOf, HOUR } from './calendar-samples.js';

// London 2026: 29 March 01:00 becomes 02:00, 25 October 02:00 becomes 01:00. Both are Sundays.
describe('working time over a change of clocks', () => {
  it.each([
    [
      'a day of 23 hours',
      'Europe/London',
      '00:00-24:00',
      '2026-03-29 00:00 Z',
      '2026-03-30 00:00 +01:00',
      23,
    ],
    [
      'a day of 25 hours',
      'Europe/London',
      '00:00-24:00',
      '2026-10-25 00:00 +01:00',
      '2026-10-26 00:00 Z',
      25,
    ],
    [
      'a night with an hour less',
      'Europe/London',
      '20:00-06:00',
      '2026-03-28 12:00 Z',
      '2026-03-29 12:00 +01:00',
      9,
    ],
    [
      'a night with an hour more',
      'Europe/London',
      '20:00-06:00',
      '2026-10-24 12:00 +01:00',
      '2026-10-25 12:00 Z',
      11,
    ],
    [
      'an office in the week of spring',
      'Europe/London',
      '10:00-18:00',
      '2026-03-27 00:00 Z',
      '2026-03-31 00:00 +01:00',
      32,
    ],
    [
      'a span that begins in the lost hour',
      'Europe/London',
      '01:30-03:00',
      '2026-03-29 00:00 Z',
      '2026-03-29 12:00 +01:00',
      1,
    ],
    [
      'a span that ends in the lost hour',
      'Europe/London',
      '00:00-01:30',
      '2026-03-29 00:00 Z',
      '2026-03-29 12:00 +01:00',
      1,
    ],
    [
      'a span within the lost hour',
      'Europe/London',
      '01:15-01:45',
      '2026-03-29 00:00 Z',
      '2026-03-29 12:00 +01:00',
      0,
    ],
    [
      'a span that begins in the doubled hour',
      'Europe/London',
      '01:30-03:00',
      '2026-10-25 00:00 +01:00',
      '2026-10-25 12:00 Z',
      2.5,
    ],
    [
      'a span that ends in the doubled hour',
      'Europe/London',
      '00:00-01:30',
      '2026-10-25 00:00 +01:00',
      '2026-10-25 12:00 Z',
      1.5,
    ],
    [
      'a span that is the doubled hour',
      'Europe/London',
      '01:00-02:00',
      '2026-10-25 00:00 +01:00',
      '2026-10-25 12:00 Z',
      2,
    ],
    [
      'spans that meet in the doubled hour',
      'Europe/London',
      '00:00-01:30 01:30-24:00',
      '2026-10-25 00:00 +01:00',
      '2026-10-26 00:00 Z',
      25,
    ],
    [
      'a change of half an hour',
      'Australia/Lord_Howe',
      '00:00-24:00',
      '2026-04-05 00:00 +11:00',
      '2026-04-06 00:00 +10:30',
      24.5,
    ],
    [
      'a change at midnight, forward',
      'Africa/Cairo',
      '00:00-24:00',
      '2026-04-24 01:00 +03:00',
      '2026-04-25 00:00 +03:00',
      23,
    ],
    [
      'a change at midnight, back',
      'Africa/Cairo',
      '00:00-24:00',
      '2026-10-29 00:00 +03:00',
      '2026-10-30 00:00 +02:00',
      25,
    ],
    [
      'a day that did not exist',
      'Pacific/Apia',
      '10:00-18:00',
      '2011-12-29 00:00 -10:00',
      '2012-01-01 00:00 +14:00',
      16,
    ],
    [
      'a zone of quarter hours',
      'Asia/Kathmandu',
      '10:00-18:00',
      '2026-10-12 04:15 Z',
      '2026-10-12 12:15 Z',
      8,
    ],
    ['a zone of half hours', 'Asia/Kolkata', '10:00-18:00', '2026-10-12 04:30 Z', '2026-10-12 12:30 Z', 8],
  ])('%s', (_, timeZone, spans, from, to, hours) => {
    expect(workingMs(calendarOf(spans, { timeZone }), at(from), at(to))).toBe(hours * HOUR);
  });
});

describe('a deadline over a change of clocks', () => {
  it.each([
    ['forward, in a shift', '20:00-06:00', '2026-03-28 23:00 Z', 4, '2026-03-29 04:00 +01:00'],
    ['back, in a shift', '20:00-06:00', '2026-10-24 23:00 +01:00', 4, '2026-10-25 02:00 Z'],
    ['forward, in an office', '09:00-17:00', '2026-03-28 16:00 Z', 2, '2026-03-29 10:00 +01:00'],
    ['back, in an office', '09:00-17:00', '2026-10-24 16:00 +01:00', 2, '2026-10-25 10:00 Z'],
  ])('%s', (_, spans, from, hours, due) => {
    const calendar = calendarOf(spans, { timeZone: 'Europe/London' });
    expect(addWorkingMs(calendar, at(from), hours * HOUR)).toBe(at(due));
  });
});

describe('a time that clocks show twice', () => {
  const early = calendarOf('00:00-01:30', { timeZone: 'Europe/London' });

  it.each([
    ['before the end of the span', '2026-10-25 01:29 +01:00', true],
    ['after it, shown the first time', '2026-10-25 01:30 +01:00', false],
    ['before it again, shown the second time', '2026-10-25 01:15 +00:00', false],
  ])('ends a span the first time: %s', (_, instant, open) => {
    expect(isOpenAt(early, at(instant))).toBe(open);
  });
});

describe('holidays and weekdays', () => {
  it('are those of the desk, not of Greenwich', () => {
    const apia = calendarOf(['10:00-18:00', '', '', '', '', '', ''], {
      timeZone: 'Pacific/Apia',
      holidays: { '2026-10-19': 'Monday off' },
    });
    // Monday 12 October, 10:00 in Apia (UTC+13), is still Sunday in Greenwich.
    expect(isOpenAt(apia, '2026-10-11T21:00:00.000Z')).toBe(true);
    expect(isOpenAt(apia, '2026-10-18T21:00:00.000Z')).toBe(false);
  });
});
