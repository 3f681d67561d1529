import { describe, expect, it } from 'vitest';
import { ALWAYS, type Calendar, parseSpan } from '../../src/domain/calendar.js';
import { usedMs, withCalendar, withTarget } from '../../src/domain/clock-plan.js';
import type { StepRule } from '../../src/domain/escalation.js';
import {
  type ClockSurroundings,
  liftedClock,
  metClock,
  newestRounds,
  type Passed,
  passNext,
  rescheduled,
  resumedClock,
  startClock,
} from '../../src/domain/running-clock.js';
import type { ClockName, TicketClock, Wait } from '../../src/domain/ticket.js';
import { shift } from '../../src/domain/time.js';

const HOUR = 3_600_000;
const start = '2026-11-24T04:00:00.000Z';
const at = (hours: number) => shift(start, hours * HOUR);

const day = [parseSpan('10:00-18:00')].flatMap((span) => (span ? [span] : []));
const office: Calendar = {
  name: 'office',
  timeZone: 'Asia/Kolkata',
  always: false,
  week: [day, day, day, day, day, [], []],
  holidays: new Map(),
};
const calendars = new Map([
  ['always', ALWAYS],
  ['office', office],
]);
const ladder: StepRule[] = [
  { rank: 'officer', at: { percent: 80 }, answerWithinMs: HOUR },
  { rank: 'oc', at: { percent: 100 }, answerWithinMs: HOUR },
  { rank: 'ac', at: null, answerWithinMs: HOUR },
];

function around(waits: readonly Wait[] = []): ClockSurroundings {
  return { calendars, waits, ladder };
}

function clockOf(name: ClockName = 'resolution', targetMs = 10 * HOUR, calendar = 'always'): TicketClock {
  const plan = { targetMs, stretches: [{ from: start, calendar }] };
  return startClock({ name, round: 1, startedAt: start, plan }, around());
}

function waitFrom(startedAt: string, endedAt: string | null): Wait {
  const until = endedAt ?? shift(startedAt, 100 * HOUR);
  return {
    id: 'w',
    ticketId: 't',
    for: 'resident',
    startedAt,
    until,
    endedAt,
    remindedAt: null,
    nextAt: null,
  };
}

/** Everything the clock passes up to `now`, and the clock after it. */
function passAll(
  clock: TicketClock,
  now: string,
  surroundings = around(),
): { clock: TicketClock; passed: Passed[] } {
  const passed: Passed[] = [];
  for (let next = passNext(clock, surroundings, now); next; next = passNext(clock, surroundings, now)) {
    passed.push(next.passed);
    clock = next.clock;
  }
  return { clock, passed };
}

describe('a clock', () => {
  it('looks first at its first mark, then at its breach', () => {
    expect(clockOf()).toMatchObject({ state: 'running', dueAt: at(10), nextAt: at(8), step: 0 });
    const passed = passAll(clockOf(), at(8)).clock;
    expect(passed).toMatchObject({ state: 'running', step: 1, nextAt: at(10), breachedAt: null });
  });

  it('passes warning, breach and the step at the breach in this order, each once, also after an outage', () => {
    const { clock, passed } = passAll(clockOf(), at(500));
    expect(passed).toEqual([
      { kind: 'step', step: 0, at: at(8) },
      { kind: 'breach', at: at(10) },
      { kind: 'step', step: 1, at: at(10) },
    ]);
    expect(clock).toMatchObject({ state: 'breached', breachedAt: at(10), nextAt: null });
    expect(passNext(clock, around(), at(900))).toBeUndefined();
  });

  it('passes nothing a millisecond before its mark', () => {
    expect(passNext(clockOf(), around(), shift(at(8), -1))).toBeUndefined();
  });

  it.each([
    ['in time', at(9), { state: 'met', metAt: at(9), breachedAt: null }],
    ['at the very deadline', at(10), { state: 'met', metAt: at(10), breachedAt: null }],
    ['late, before the sweep noticed', at(11), { state: 'met', metAt: at(11), breachedAt: at(10) }],
  ])('is met %s', (_name, when, expected) => {
    expect(metClock(clockOf(), when)).toMatchObject({ ...expected, nextAt: null });
  });

  it('stays met', () => {
    const met = metClock(clockOf(), at(1));
    expect(metClock(met, at(2))).toEqual(met);
    expect(rescheduled(met, around())).toEqual(met);
    expect(passNext(met, around(), at(99))).toBeUndefined();
    expect(liftedClock(met)).toEqual(met);
  });
});

describe('the risk of a clock', () => {
  it('comes when four fifths of its time are used', () => {
    expect(clockOf()).toMatchObject({ riskAt: at(8), dueAt: at(10) });
  });

  it('is counted in working time', () => {
    const office = clockOf('first-action', 10 * HOUR, 'office');
    expect(usedMs(office.plan, office.riskAt ?? '', { calendars, pauses: [] })).toBe(8 * HOUR);
    expect(office.riskAt).not.toBe(at(8));
  });

  it('rests with the clock, and comes later by as long as it rested', () => {
    const waiting = rescheduled(clockOf(), around([waitFrom(at(2), null)]));
    expect(waiting).toMatchObject({ state: 'paused', riskAt: null });
    expect(rescheduled(waiting, around([waitFrom(at(2), at(7))])).riskAt).toBe(at(13));
  });
});

describe('a wait', () => {
  it('stops the resolution clock while it lasts and moves its marks by its length', () => {
    const waiting = rescheduled(clockOf(), around([waitFrom(at(2), null)]));
    expect(waiting).toMatchObject({ state: 'paused', nextAt: null, dueAt: at(10) });
    expect(passNext(waiting, around([waitFrom(at(2), null)]), at(99))).toBeUndefined();
    const resumed = rescheduled(waiting, around([waitFrom(at(2), at(7))]));
    expect(resumed).toMatchObject({ state: 'running', dueAt: at(15), nextAt: at(13) });
  });

  it.each(['acknowledgement', 'first-action', 'signature', 'progress'] as const)(
    'leaves the %s clock alone',
    (name) => {
      const clock = rescheduled(clockOf(name), around([waitFrom(at(2), null)]));
      expect(clock).toMatchObject({ state: 'running', dueAt: at(10) });
    },
  );

  it('that begins after the breach takes nothing back', () => {
    const breached = passAll(clockOf(), at(11)).clock;
    const waiting = rescheduled(breached, around([waitFrom(at(12), null)]));
    expect(waiting).toMatchObject({ state: 'breached', breachedAt: at(10) });
  });

  it('across midnight in office hours costs no office hours', () => {
    // Tuesday 09:30 local; the wait runs from 17:00 to 11:00 on Wednesday.
    const clock = clockOf('resolution', 8 * HOUR, 'office');
    expect(clock.dueAt).toBe('2026-11-24T12:30:00.000Z');
    const waits = [waitFrom('2026-11-24T11:30:00.000Z', '2026-11-25T05:30:00.000Z')];
    expect(rescheduled(clock, around(waits)).dueAt).toBe('2026-11-25T06:30:00.000Z');
  });
});

describe('a change of urgency', () => {
  it('after a pause keeps the time used and the pause', () => {
    const waits = [waitFrom(at(2), at(5))];
    const clock = rescheduled(clockOf(), around(waits));
    expect(clock.dueAt).toBe(at(13));
    const plan = withTarget(clock.plan, { at: at(6), targetMs: 4 * HOUR, calendar: 'always' });
    // Used until then: two hours before the pause, one after it.
    expect(rescheduled({ ...clock, plan }, around(waits))).toMatchObject({
      dueAt: at(7),
      nextAt: shift(at(6), 0.2 * HOUR),
    });
  });

  it('to a term that is over already is breached at once, at the instant it was over', () => {
    const clock = clockOf();
    const plan = withTarget(clock.plan, { at: at(6), targetMs: 4 * HOUR, calendar: 'always' });
    const { passed } = passAll(rescheduled({ ...clock, plan }, around()), at(6));
    expect(passed.map((one) => one.at)).toEqual([shift(start, 3.2 * HOUR), at(4), at(4)]);
  });

  it('to a longer term keeps the steps that were taken', () => {
    const warned = passAll(clockOf(), at(8)).clock;
    const plan = withTarget(warned.plan, { at: at(9), targetMs: 20 * HOUR, calendar: 'always' });
    const longer = rescheduled({ ...warned, plan }, around());
    expect(longer).toMatchObject({ dueAt: at(20), step: 1, nextAt: at(20) });
  });
});

it('a transfer between calendars keeps what was used in the first one', () => {
  const clock = clockOf('resolution', 10 * HOUR, 'always');
  const plan = withCalendar(clock.plan, { at: at(4), calendar: 'office' });
  // Six hours are left at 13:30 local on Tuesday: 4.5 today, 1.5 from 10:00 tomorrow.
  expect(rescheduled({ ...clock, plan }, around()).dueAt).toBe('2026-11-25T06:00:00.000Z');
});

it('a lifted clock runs on from its start when the merge is undone', () => {
  const lifted = liftedClock(clockOf());
  expect(lifted).toMatchObject({ state: 'lifted', nextAt: null });
  expect(passNext(lifted, around(), at(99))).toBeUndefined();
  expect(resumedClock(lifted, around())).toMatchObject({ state: 'running', dueAt: at(10), nextAt: at(8) });
});

it('only the newest round of a clock counts', () => {
  const first = metClock(clockOf(), at(1));
  const second = { ...clockOf(), round: 2 };
  expect(newestRounds([second, first, clockOf('first-action')])).toEqual([second, clockOf('first-action')]);
});
