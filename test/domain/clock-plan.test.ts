import { describe, expect, it } from 'vitest';
import { ALWAYS, type Calendar } from '../../src/domain/calendar.js';
import {
  type ClockPlan,
  dueOf,
  instantAfter,
  mergePauses,
  mergePlans,
  type Pause,
  usedMs,
  withCalendar,
  withTarget,
} from '../../src/domain/clock-plan.js';
import { at, calendarOf, HOUR, OFFICE } from './calendar-samples.js';

const NIGHT = calendarOf('20:00-06:00', { name: 'night', holidays: { '2026-10-20': 'Navami' } });
const NEVER = calendarOf('', { name: 'never' });
const calendars = new Map<string, Calendar>(
  [ALWAYS, OFFICE, NIGHT, NEVER].map((calendar) => [calendar.name, calendar]),
);
const around = (pauses: Pause[] = []) => ({ calendars, pauses });

/** A plan from `10-12 10:00 office, 10-13 12:00 night`, all of it in October 2026. */
function plan(hours: number, stretches: string): ClockPlan {
  return {
    targetMs: hours * HOUR,
    stretches: stretches.split(', ').map((one) => {
      const [date, time, calendar = ''] = one.split(' ');
      return { from: at(`2026-${date} ${time}`), calendar };
    }),
  };
}

/** Pauses from `10-12 11:00 > 10-12 12:00`; what still lasts ends with `>`. */
function pauses(text: string): Pause[] {
  const instant = (one = '') => at(`2026-${one.trim()}`);
  return text.split(', ').map((one) => {
    const [from, to = ''] = one.split('>');
    return { from: instant(from), to: to.trim() === '' ? null : instant(to) };
  });
}

// 12 October 2026 is a Monday.
describe('a deadline with pauses', () => {
  it.each([
    ['none', plan(4, '10-12 16:00 office'), '', '10-13 12:00'],
    ['in open time', plan(4, '10-12 10:00 office'), '10-12 11:00 > 10-12 12:00', '10-12 15:00'],
    ['in closed time', plan(4, '10-12 16:00 office'), '10-12 19:00 > 10-13 08:00', '10-13 12:00'],
    ['across midnight', plan(4, '10-12 16:00 office'), '10-12 17:00 > 10-13 11:00', '10-13 14:00'],
    [
      'across midnight, in real time',
      plan(4, '10-12 22:00 always'),
      '10-12 23:30 > 10-13 00:30',
      '10-13 03:00',
    ],
    ['across midnight, in a shift', plan(4, '10-12 22:00 night'), '10-12 23:00 > 10-13 04:00', '10-13 21:00'],
    ['over a holiday', plan(12, '10-19 22:00 night'), '10-20 02:00 > 10-20 22:00', '10-22 04:00'],
    ['over Durga Puja', plan(4, '10-17 12:00 office'), '10-17 13:00 > 10-22 11:00', '10-22 14:00'],
    [
      'several',
      plan(4, '10-12 10:00 office'),
      '10-12 11:00 > 10-12 12:00, 10-12 13:00 > 10-12 14:30',
      '10-12 16:30',
    ],
    [
      'overlapping, out of order',
      plan(4, '10-12 10:00 office'),
      '10-12 12:00 > 10-12 14:00, 10-12 11:00 > 10-12 13:00',
      '10-12 17:00',
    ],
    [
      'one within another',
      plan(4, '10-12 10:00 office'),
      '10-12 11:00 > 10-12 14:00, 10-12 12:00 > 10-12 13:00',
      '10-12 17:00',
    ],
    ['of no length', plan(4, '10-12 10:00 office'), '10-12 11:00 > 10-12 11:00', '10-12 14:00'],
    ['before the start', plan(4, '10-12 10:00 office'), '10-12 08:00 > 10-12 09:00', '10-12 14:00'],
    [
      'that began before the start',
      plan(4, '10-12 10:00 office'),
      '10-12 08:00 > 10-12 11:00',
      '10-12 15:00',
    ],
    ['after the deadline', plan(4, '10-12 10:00 office'), '10-12 15:00 > 10-12 16:00', '10-12 14:00'],
    ['from the very deadline on', plan(4, '10-12 10:00 office'), '10-12 14:00 >', '10-12 14:00'],
    ['still open after the deadline', plan(4, '10-12 10:00 office'), '10-12 15:00 >', '10-12 14:00'],
    [
      'over a transfer',
      plan(4, '10-12 16:00 office, 10-12 22:00 night'),
      '10-12 17:00 > 10-12 23:00',
      '10-13 02:00',
    ],
  ])('%s', (_, clock, paused, due) => {
    expect(dueOf(clock, around(paused === '' ? [] : pauses(paused)))).toBe(at(`2026-${due}`));
  });

  it.each([
    ['is open', plan(4, '10-12 10:00 office'), '10-12 11:00 >'],
    ['is open since before the start', plan(4, '10-12 10:00 office'), '10-11 11:00 >'],
    ['is open among others', plan(4, '10-12 10:00 office'), '10-12 10:30 > 10-12 11:00, 10-12 12:00 >'],
    [
      'is open, with one inside it that ended',
      plan(4, '10-12 10:00 office'),
      '10-12 11:00 >, 10-12 12:00 > 10-12 13:00',
    ],
  ])('is unknown while a pause %s', (_, clock, paused) => {
    expect(dueOf(clock, around(pauses(paused)))).toBeNull();
  });

  it('knows a mark that was reached before the open pause', () => {
    const clock = plan(10, '10-12 10:00 office');
    expect(instantAfter(clock, 8 * HOUR, around(pauses('10-13 11:00 >')))).toBe(at('2026-10-12 18:00'));
  });

  it('does not exist where nothing ever opens', () => {
    expect(dueOf(plan(4, '10-12 10:00 never'), around())).toBeNull();
    expect(dueOf(plan(4, '10-12 10:00 office, 10-12 11:00 never'), around())).toBeNull();
  });

  it('is found past a stretch in which nothing opened', () => {
    expect(dueOf(plan(4, '10-12 10:00 never, 10-13 10:00 office'), around())).toBe(at('2026-10-13 14:00'));
  });

  it('runs in real time where the calendar is not known', () => {
    expect(dueOf(plan(4, '10-18 22:00 gone'), around())).toBe(at('2026-10-19 02:00'));
  });

  it('of nothing allowed is the start', () => {
    expect(dueOf(plan(0, '10-18 22:00 office'), around())).toBe(at('2026-10-18 22:00'));
  });
});

describe('used time', () => {
  it.each([
    ['nothing before the start', '10-12 10:00 office', '', '10-12 09:00', 0],
    ['working hours only', '10-12 16:00 office', '', '10-13 12:00', 4],
    ['nothing while paused', '10-12 10:00 office', '10-12 11:00 >', '10-14 12:00', 1],
    [
      'each pause once',
      '10-12 10:00 office',
      '10-12 11:00 > 10-12 13:00, 10-12 12:00 > 10-12 14:00',
      '10-12 16:00',
      3,
    ],
    [
      'each calendar in its time',
      '10-12 16:00 office, 10-12 22:00 night, 10-13 03:00 always',
      '',
      '10-13 04:00',
      2 + 5 + 1,
    ],
    ['beyond the deadline too', '10-12 10:00 always', '', '10-22 10:00', 240],
  ])('counts %s', (_, stretches, paused, until, hours) => {
    const given = around(paused === '' ? [] : pauses(paused));
    expect(usedMs(plan(4, stretches), at(`2026-${until}`), given)).toBe(hours * HOUR);
  });
});

describe('a change of urgency', () => {
  const clock = plan(40, '10-12 10:00 office');

  it('keeps what was used, after a pause too', () => {
    const given = around(pauses('10-12 14:00 > 10-13 12:00'));
    const urgent = withTarget(clock, { at: at('2026-10-13 13:00'), targetMs: 8 * HOUR, calendar: 'always' });
    expect(usedMs(urgent, at('2026-10-13 13:00'), given)).toBe(5 * HOUR);
    expect(dueOf(urgent, given)).toBe(at('2026-10-13 16:00'));
    expect(dueOf(clock, given)).toBe(at('2026-10-22 12:00'));
  });

  it('within an open pause waits for its end', () => {
    const urgent = withTarget(clock, { at: at('2026-10-13 13:00'), targetMs: 8 * HOUR, calendar: 'always' });
    expect(dueOf(urgent, around(pauses('10-12 14:00 >')))).toBeNull();
    expect(dueOf(urgent, around(pauses('10-12 14:00 > 10-14 20:00')))).toBe(at('2026-10-15 00:00'));
  });

  it('may leave a deadline behind it', () => {
    const urgent = withTarget(clock, { at: at('2026-10-13 13:00'), targetMs: HOUR, calendar: 'always' });
    expect(dueOf(urgent, around())).toBe(at('2026-10-12 11:00'));
  });

  it('back and forth keeps every hour in the calendar it was used in', () => {
    const urgent = withTarget(clock, { at: at('2026-10-12 17:00'), targetMs: 8 * HOUR, calendar: 'always' });
    const calm = withTarget(urgent, { at: at('2026-10-12 20:00'), targetMs: 40 * HOUR, calendar: 'office' });
    expect(usedMs(calm, at('2026-10-13 11:00'), around())).toBe((7 + 3 + 1) * HOUR);
  });

  it('in the same calendar leaves one stretch', () => {
    const other = withTarget(clock, { at: at('2026-10-12 17:00'), targetMs: 8 * HOUR, calendar: 'office' });
    expect(other).toEqual({ ...clock, targetMs: 8 * HOUR });
  });

  it('at the start, or before it by a slow clock, replaces the calendar from the start on', () => {
    const change = { targetMs: 8 * HOUR, calendar: 'always' };
    for (const time of ['2026-10-12 10:00', '2026-10-12 09:59']) {
      expect(withTarget(clock, { ...change, at: at(time) })).toEqual(plan(8, '10-12 10:00 always'));
    }
  });
});

describe('a transfer', () => {
  it('goes on in the other calendar from then on', () => {
    const moved = withCalendar(plan(10, '10-12 16:00 office'), {
      at: at('2026-10-12 22:00'),
      calendar: 'night',
    });
    expect(moved).toEqual(plan(10, '10-12 16:00 office, 10-12 22:00 night'));
    expect(dueOf(moved, around())).toBe(at('2026-10-13 06:00'));
  });

  it('there and back counts both', () => {
    const moved = withCalendar(plan(20, '10-12 16:00 office'), {
      at: at('2026-10-12 22:00'),
      calendar: 'night',
    });
    const back = withCalendar(moved, { at: at('2026-10-13 12:00'), calendar: 'office' });
    expect(dueOf(back, around())).toBe(at('2026-10-14 14:00'));
  });

  it('at one instant counts the last of several', () => {
    const when = at('2026-10-12 22:00');
    const moved = withCalendar(plan(10, '10-12 16:00 office'), { at: when, calendar: 'night' });
    expect(withCalendar(moved, { at: when, calendar: 'always' })).toEqual(
      plan(10, '10-12 16:00 office, 10-12 22:00 always'),
    );
  });
});

describe('a merge', () => {
  const older = plan(10, '10-12 10:00 office, 10-12 15:00 night');
  const younger = plan(12, '10-13 12:00 always');

  it('into the younger ticket takes over the time that the older one used', () => {
    const merged = mergePlans(younger, older);
    expect(merged).toEqual(plan(12, '10-12 10:00 office, 10-12 15:00 night, 10-13 12:00 always'));
    expect(usedMs(merged, at('2026-10-13 12:00'), around())).toBe((5 + 10) * HOUR);
    expect(dueOf(merged, around())).toBe(at('2026-10-13 03:00'));
  });

  it('into the older ticket changes nothing', () => {
    expect(mergePlans(older, younger)).toEqual(older);
  });

  it('leaves out what the other used after the start of the one that stays', () => {
    const merged = mergePlans(plan(10, '10-12 12:00 always'), older);
    expect(merged).toEqual(plan(10, '10-12 10:00 office, 10-12 12:00 always'));
  });

  it('keeps of the other its pauses before that start only', () => {
    const staying = { plan: younger, pauses: pauses('10-13 14:00 > 10-13 15:00') };
    const leaving = {
      pauses: pauses(
        '10-12 11:00 > 10-12 12:00, 10-13 10:00 > 10-13 13:00, 10-13 11:00 >, 10-13 13:00 > 10-13 16:00',
      ),
    };
    expect(mergePauses(staying, leaving)).toEqual(
      pauses(
        '10-12 11:00 > 10-12 12:00, 10-13 10:00 > 10-13 12:00, 10-13 11:00 > 10-13 12:00, 10-13 14:00 > 10-13 15:00',
      ),
    );
  });
});
