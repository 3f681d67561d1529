import { describe, expect, it } from 'vitest';
import {
  addFigures,
  addStanding,
  daysOfHour,
  type Figures,
  heatOf,
  heatStep,
  hoursOfDay,
  lastDays,
  NO_FIGURES,
  NOTHING_STANDS,
  shareInTime,
  spanOfDay,
  spansOfHour,
  trendOf,
} from '../../src/domain/figures.js';
import { dayOf, openZone } from '../../src/domain/zone.js';

const kolkata = openZone('Asia/Kolkata');
const berlin = openZone('Europe/Berlin');
const received = (count: number): Figures => ({ ...NO_FIGURES, received: count });
const hoursWith = (hour: number, count: number) =>
  Array.from({ length: 24 }, (_, h) => (h === hour ? count : 0));

describe('a local day', () => {
  it('begins and ends at midnight of its zone', () => {
    expect(spanOfDay(kolkata, dayOf('2026-11-24'))).toEqual({
      from: '2026-11-23T18:30:00.000Z',
      before: '2026-11-24T18:30:00.000Z',
    });
  });

  it.each([
    ['2026-11-24T18:00:00.000Z', ['2026-11-24', '2026-11-25']],
    ['2026-11-24T17:00:00.000Z', ['2026-11-24']],
    ['2026-11-24T19:00:00.000Z', ['2026-11-25']],
  ])('is found for the UTC hour %s', (hour, dates) => {
    expect(daysOfHour(kolkata, hour)).toEqual(dates.map(dayOf));
  });

  it('has 24 hours, of which one takes no time when clocks go forward', () => {
    const hours = hoursOfDay(berlin, dayOf('2026-03-29'));
    expect(hours).toHaveLength(25);
    expect(hours[2]).toBe('2026-03-29T01:00:00.000Z');
    expect(hours[3]).toBe('2026-03-29T01:00:00.000Z');
    expect(hours[24]).toBe('2026-03-29T22:00:00.000Z');
  });

  it.each([
    ['just before midnight', '2026-11-24T18:29:59.999Z', '2026-11-24'],
    ['at midnight', '2026-11-24T18:30:00.000Z', '2026-11-25'],
  ])('is today %s', (_when, now, date) => {
    expect(lastDays(kolkata, now, 7)).toEqual({ from: dayOf(date) - 6, to: dayOf(date) });
  });
});

describe('an hour of a weekday', () => {
  const days = { from: dayOf('2026-11-16'), to: dayOf('2026-11-29') };

  it('comes once a week', () => {
    expect(spansOfHour(kolkata, days, { weekday: 1, hour: 0 })).toEqual([
      { from: '2026-11-16T18:30:00.000Z', before: '2026-11-16T19:30:00.000Z' },
      { from: '2026-11-23T18:30:00.000Z', before: '2026-11-23T19:30:00.000Z' },
    ]);
    expect(spansOfHour(kolkata, days, { weekday: 6, hour: 23 })).toEqual([
      { from: '2026-11-22T17:30:00.000Z', before: '2026-11-22T18:30:00.000Z' },
      { from: '2026-11-29T17:30:00.000Z', before: '2026-11-29T18:30:00.000Z' },
    ]);
  });

  it('is left out on the day that skips it', () => {
    const march = { from: dayOf('2026-03-29'), to: dayOf('2026-03-29') };
    expect(spansOfHour(berlin, march, { weekday: 6, hour: 2 })).toEqual([]);
  });
});

it('puts every hour into the row of its weekday', () => {
  const heat = heatOf([
    { day: dayOf('2026-11-23'), hours: hoursWith(0, 2) },
    { day: dayOf('2026-11-30'), hours: hoursWith(0, 3) },
    { day: dayOf('2026-11-29'), hours: hoursWith(23, 1) },
  ]);
  expect(heat).toHaveLength(7);
  expect(heat[0]?.[0]).toBe(5);
  expect(heat[6]?.[23]).toBe(1);
  expect(heat.flat().reduce((sum, count) => sum + count, 0)).toBe(6);
});

it.each([
  [0, 9, 0],
  [1, 100, 1],
  [20, 100, 1],
  [21, 100, 2],
  [100, 100, 5],
  [1, 1, 5],
])('takes %i of %i for step %i of the heat table', (value, most, step) => {
  expect(heatStep(value, most)).toBe(step);
});

describe('a trend', () => {
  const monday = dayOf('2026-09-07');

  it('has a point for each day, those without tickets too', () => {
    const points = trendOf(new Map([[monday + 1, received(4)]]), { from: monday, to: monday + 2 });
    expect(points.map(({ days, figures }) => [days.from - monday, figures.received])).toEqual([
      [0, 0],
      [1, 4],
      [2, 0],
    ]);
  });

  it('goes by weeks from Monday when the period is long', () => {
    const perDay = new Map([
      [monday + 2, received(1)],
      [monday + 6, received(2)],
      [monday + 7, received(4)],
    ]);
    const points = trendOf(perDay, { from: monday + 2, to: monday + 2 + 60 });
    expect(
      points.slice(0, 2).map(({ days, figures }) => [days.from - monday, days.to - monday, figures.received]),
    ).toEqual([
      [2, 6, 3],
      [7, 13, 4],
    ]);
    expect(points.at(-1)?.days.to).toBe(monday + 62);
  });
});

describe('sums', () => {
  it.each([
    ['nothing is decided', { inTime: 0, late: 0, open: 5 }, null],
    ['all in time', { inTime: 3, late: 0, open: 9 }, 100],
    ['all but one of many', { inTime: 999, late: 1, open: 0 }, 99],
    ['half', { inTime: 2, late: 2, open: 0 }, 50],
  ])('say the share in time: %s', (_name, kept, share) => {
    expect(shareInTime(kept)).toBe(share);
  });

  it('add up every part', () => {
    const one: Figures = {
      received: 1,
      acknowledged: { inTime: 2, late: 3, open: 4 },
      firstAction: { inTime: 5, late: 6, open: 7 },
      breached: 8,
      reopened: 9,
    };
    expect(addFigures(one, one)).toEqual({
      received: 2,
      acknowledged: { inTime: 4, late: 6, open: 8 },
      firstAction: { inTime: 10, late: 12, open: 14 },
      breached: 16,
      reopened: 18,
    });
    const old = { unclosed: 1, overdue: 2, atRisk: 3, oldestUnclosed: '2026-11-01T00:00:00.000Z' };
    const older = { unclosed: 1, overdue: 1, atRisk: 1, oldestUnclosed: '2026-10-01T00:00:00.000Z' };
    expect(addStanding(old, older)).toEqual({ ...older, unclosed: 2, overdue: 3, atRisk: 4 });
    expect(addStanding(NOTHING_STANDS, old)).toEqual(old);
  });
});
