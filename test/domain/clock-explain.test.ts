import { describe, expect, it } from 'vitest';
import { ALWAYS, type Calendar } from '../../src/domain/calendar.js';
import {
  afterQuietHours,
  type ClockPlan,
  explainPlan,
  type Pause,
  usedMs,
} from '../../src/domain/clock-plan.js';
import { formatLocalTime } from '../../src/domain/local-time.js';
import { at, calendarOf, HOUR, OFFICE } from './calendar-samples.js';

const NIGHT = calendarOf('20:00-06:00', { name: 'night', holidays: { '2026-10-20': 'Navami' } });
const calendars = new Map<string, Calendar>([ALWAYS, OFFICE, NIGHT].map((one) => [one.name, one]));

/** Rows as `17 13:00 - 17 14:00 counted 1 h office`, times in Kolkata. */
function explain(plan: ClockPlan, until: string, pauses: Pause[] = []): string[] {
  return explainPlan(plan, at(until), { calendars, pauses }).map(({ from, to, kind, ms, note }) =>
    `${local(from)} - ${local(to)} ${kind} ${ms / HOUR} ${note}`.trim(),
  );
}

function local(instant: string): string {
  return new Date(Date.parse(instant) + 5.5 * HOUR).toISOString().slice(8, 16).replace('T', ' ');
}

function planOf(hours: number, ...stretches: [string, string][]): ClockPlan {
  return {
    targetMs: hours * HOUR,
    stretches: stretches.map(([from, calendar]) => ({ from: at(from), calendar })),
  };
}

describe('how a deadline came to be', () => {
  it('over Durga Puja names each holiday', () => {
    expect(explain(planOf(3, ['2026-10-17 13:00', 'office']), '2026-12-01 00:00')).toEqual([
      '17 13:00 - 17 14:00 counted 1 office',
      '17 14:00 - 18 00:00 closed 10 office',
      '18 00:00 - 19 00:00 holiday 24 Saptami',
      '19 00:00 - 20 00:00 holiday 24 Ashtami',
      '20 00:00 - 21 00:00 holiday 24 Navami',
      '21 00:00 - 22 00:00 holiday 24 Dashami',
      '22 00:00 - 22 10:00 closed 10 office',
      '22 10:00 - 22 12:00 counted 2 office',
    ]);
  });

  it('gives a holiday the night after it, and not the night before', () => {
    expect(explain(planOf(8, ['2026-10-19 23:00', 'night']), '2026-12-01 00:00')).toEqual([
      '19 23:00 - 20 06:00 counted 7 night',
      '20 06:00 - 21 06:00 holiday 24 Navami',
      '21 06:00 - 21 20:00 closed 14 night',
      '21 20:00 - 21 21:00 counted 1 night',
    ]);
  });

  it('names the holiday to a clock that starts in the night after it', () => {
    expect(explain(planOf(1, ['2026-10-21 02:00', 'night']), '2026-12-01 00:00')).toEqual([
      '21 02:00 - 21 06:00 holiday 4 Navami',
      '21 06:00 - 21 20:00 closed 14 night',
      '21 20:00 - 21 21:00 counted 1 night',
    ]);
  });

  it('shows a pause as one row, whatever was open', () => {
    const pauses = [{ from: at('2026-10-12 17:00'), to: at('2026-10-13 11:00') }];
    expect(explain(planOf(4, ['2026-10-12 16:00', 'office']), '2026-12-01 00:00', pauses)).toEqual([
      '12 16:00 - 12 17:00 counted 1 office',
      '12 17:00 - 13 11:00 paused 18',
      '13 11:00 - 13 14:00 counted 3 office',
    ]);
  });

  it('ends with an open pause where it is looked at', () => {
    const pauses = [{ from: at('2026-10-12 17:00'), to: null }];
    expect(explain(planOf(4, ['2026-10-12 16:00', 'office']), '2026-10-20 12:00', pauses)).toEqual([
      '12 16:00 - 12 17:00 counted 1 office',
      '12 17:00 - 20 12:00 paused 187',
    ]);
  });

  it('tells calendars apart after a transfer', () => {
    const plan = planOf(
      7,
      ['2026-10-12 16:00', 'office'],
      ['2026-10-12 19:00', 'always'],
      ['2026-10-12 22:00', 'night'],
    );
    expect(explain(plan, '2026-12-01 00:00')).toEqual([
      '12 16:00 - 12 18:00 counted 2 office',
      '12 18:00 - 12 19:00 closed 1 office',
      '12 19:00 - 12 22:00 counted 3 always',
      '12 22:00 - 13 00:00 counted 2 night',
    ]);
  });

  it('stops where it is looked at before the deadline', () => {
    expect(explain(planOf(40, ['2026-10-12 16:00', 'office']), '2026-10-13 09:00')).toEqual([
      '12 16:00 - 12 18:00 counted 2 office',
      '12 18:00 - 13 09:00 closed 15 office',
    ]);
  });

  it('is empty before the start', () => {
    expect(explain(planOf(40, ['2026-10-12 16:00', 'office']), '2026-10-12 16:00')).toEqual([]);
  });

  it('joins spans that touch at midnight', () => {
    const always = calendarOf('00:00-24:00', { name: 'office' });
    const around = { calendars: new Map([['office', always]]), pauses: [] };
    const rows = explainPlan(planOf(100, ['2026-10-12 16:00', 'office']), at('2026-12-01 00:00'), around);
    expect(rows.map(({ kind, ms }) => [kind, ms / HOUR])).toEqual([['counted', 100]]);
  });

  it('of years has its rest in one row, and loses nothing', () => {
    const plan = planOf(100_000, ['2026-10-12 16:00', 'office']);
    const until = at('2029-10-12 16:00');
    const rows = explainPlan(plan, until, { calendars, pauses: [] });
    const counted = rows.filter(({ kind }) => kind === 'counted').reduce((sum, { ms }) => sum + ms, 0);
    expect(rows).toHaveLength(400);
    expect(rows.at(-1)).toMatchObject({ to: until, note: expect.stringMatching(/^the rest: \d+ rows$/) });
    expect(counted).toBe(usedMs(plan, until, { calendars, pauses: [] }));
  });
});

describe('mail to officers', () => {
  const night = { from: 22 * 60, to: 7 * 60, timeZone: 'Asia/Kolkata' };
  const noon = { from: 13 * 60, to: 14 * 60, timeZone: 'Asia/Kolkata' };
  const evening = { from: 22 * 60, to: 1440, timeZone: 'Asia/Kolkata' };

  it.each([
    ['goes at once by day', night, '2026-10-12 12:00', '2026-10-12 12:00'],
    ['goes at once just before quiet hours', night, '2026-10-12 21:59', '2026-10-12 21:59'],
    ['waits from their first minute', night, '2026-10-12 22:00', '2026-10-13 07:00'],
    ['waits after midnight', night, '2026-10-13 03:00', '2026-10-13 07:00'],
    ['goes at their end', night, '2026-10-13 07:00', '2026-10-13 07:00'],
    ['waits for the end of an hour at noon', noon, '2026-10-12 13:30', '2026-10-12 14:00'],
    ['waits until midnight', evening, '2026-10-12 23:00', '2026-10-13 00:00'],
    ['goes after midnight', evening, '2026-10-13 00:00', '2026-10-13 00:00'],
    ['goes at once without quiet hours', null, '2026-10-13 03:00', '2026-10-13 03:00'],
    [
      'goes at once when the whole day would be quiet',
      { ...night, to: 22 * 60 },
      '2026-10-13 03:00',
      '2026-10-13 03:00',
    ],
    [
      'goes at once when 00:00-24:00 would be quiet',
      { ...night, from: 0, to: 1440 },
      '2026-10-13 03:00',
      '2026-10-13 03:00',
    ],
  ])('%s', (_, quiet, from, to) => {
    expect(afterQuietHours(at(from), quiet)).toBe(at(to));
  });

  it('waits for seven by the clock in a night of eleven hours', () => {
    const london = { ...night, timeZone: 'Europe/London' };
    const instant = afterQuietHours(at('2026-10-24 23:00 +01:00'), london);
    expect(formatLocalTime(instant, { timeZone: 'Europe/London', language: 'en' })).toBe(
      '25 October 2026, 7:00 am',
    );
    expect(instant).toBe(at('2026-10-25 07:00 Z'));
  });
});
