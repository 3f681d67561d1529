import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ClockPlan,
  dueOf,
  explainPlan,
  instantAfter,
  mergePlans,
  usedMs,
  withCalendar,
  withTarget,
} from '../../src/domain/clock-plan.js';
import { shift } from '../../src/domain/time.js';
import { calendars, HOUR, instants } from './calendar-samples.js';

const NAMES = ['a', 'b', 'unknown'];
const anyCalendar = calendars(fc.integer({ min: 0, max: 288 }).map((step) => step * 5));
const anyPause = fc
  .tuple(instants(), fc.option(fc.integer({ min: 0, max: 90 * HOUR })))
  .map(([from, length]) => ({ from, to: length === null ? null : shift(from, length) }));
const anyAround = fc.record({
  calendars: fc.tuple(anyCalendar, anyCalendar).map(
    ([a, b]) =>
      new Map([
        ['a', a],
        ['b', b],
      ]),
  ),
  pauses: fc.array(anyPause, { maxLength: 4 }),
});
const anyPlan: fc.Arbitrary<ClockPlan> = fc.record({
  targetMs: fc.integer({ min: 1, max: 200 * HOUR }),
  stretches: fc
    .uniqueArray(instants(), { minLength: 1, maxLength: 4 })
    .chain((times) =>
      fc.tuple(
        ...times
          .sort()
          .map((from) => fc.record({ from: fc.constant(from), calendar: fc.constantFrom(...NAMES) })),
      ),
    ),
});

describe('any clock', () => {
  it('has used up at its deadline exactly what was allowed, and not a millisecond earlier', () => {
    fc.assert(
      fc.property(anyPlan, anyAround, (plan, around) => {
        const due = dueOf(plan, around);
        fc.pre(due !== null);
        expect(usedMs(plan, due, around)).toBe(plan.targetMs);
        expect(usedMs(plan, shift(due, -1), around)).toBe(plan.targetMs - 1);
      }),
    );
  });

  it('never reaches a later mark first, and never un-uses time', () => {
    const amounts = fc.tuple(fc.nat(200 * HOUR), fc.nat(200 * HOUR));
    fc.assert(
      fc.property(
        anyPlan,
        anyAround,
        amounts,
        fc.tuple(instants(), instants()),
        (plan, around, ms, times) => {
          const [less = 0, more = 0] = [...ms].sort((a, b) => a - b);
          const [early = '', late = ''] = [...times].sort();
          const reached = instantAfter(plan, more, around);
          if (reached !== null) expect((instantAfter(plan, less, around) ?? 'z') <= reached).toBe(true);
          expect(usedMs(plan, early, around)).toBeLessThanOrEqual(usedMs(plan, late, around));
        },
      ),
    );
  });

  it('keeps its used time whatever is changed then', () => {
    fc.assert(
      fc.property(anyPlan, anyAround, instants(), fc.constantFrom(...NAMES), (plan, around, at, calendar) => {
        const used = usedMs(plan, at, around);
        expect(usedMs(withTarget(plan, { at, targetMs: HOUR, calendar }), at, around)).toBe(used);
        expect(usedMs(withCalendar(plan, { at, calendar }), at, around)).toBe(used);
      }),
    );
  });

  it('has no later deadline after a merge, and the earlier start of the two', () => {
    fc.assert(
      fc.property(anyPlan, anyPlan, anyAround, (staying, leaving, { calendars: known }) => {
        const around = { calendars: known, pauses: [] };
        const merged = mergePlans(staying, leaving);
        const starts = [staying, leaving].map(({ stretches }) => stretches[0]?.from ?? '').sort();
        expect(merged.stretches[0]?.from).toBe(starts[0]);
        expect((dueOf(merged, around) ?? 'z') <= (dueOf(staying, around) ?? 'z')).toBe(true);
      }),
    );
  });

  it('is explained without gaps, and the counted rows are the used time', () => {
    fc.assert(
      fc.property(anyPlan, anyAround, instants(), (plan, around, until) => {
        const rows = explainPlan(plan, until, around);
        const due = dueOf(plan, around);
        const end = due !== null && due < until ? due : until;
        const counted = rows.filter(({ kind }) => kind === 'counted').reduce((sum, { ms }) => sum + ms, 0);
        expect(counted).toBe(usedMs(plan, end, around));
        expect(rows.length).toBeLessThanOrEqual(400);
        for (const [index, row] of rows.entries()) {
          const next = rows[index + 1];
          expect(row.to).toBe(next?.from ?? end);
          expect(row.from < row.to).toBe(true);
          expect([row.kind, row.note]).not.toEqual([next?.kind, next?.note]);
        }
        if (rows.length > 0) expect(rows[0]?.from).toBe(plan.stretches[0]?.from);
      }),
    );
  });
});
