import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingMs, type Calendar, isOpenAt, nextOpening, workingMs } from '../../src/domain/calendar.js';
import { type Instant, instantOf, shift } from '../../src/domain/time.js';
import { calendars, HOUR, instants } from './calendar-samples.js';

const QUARTER = HOUR / 4;
const anyCalendar = calendars(fc.integer({ min: 0, max: 1440 }));
const anyAmount = fc.integer({ min: 1, max: 60 * HOUR });

describe('any calendar', () => {
  it('uses up before a deadline exactly what was allowed, and not a millisecond earlier', () => {
    fc.assert(
      fc.property(anyCalendar, instants(), anyAmount, (calendar, from, ms) => {
        const due = addWorkingMs(calendar, from, ms) ?? '';
        expect(workingMs(calendar, from, due)).toBe(ms);
        expect(workingMs(calendar, from, shift(due, -1))).toBe(ms - 1);
      }),
    );
  });

  it('never has an earlier deadline for more time, or for a later beginning', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        fc.tuple(instants(), instants()),
        fc.tuple(anyAmount, anyAmount),
        (calendar, t, ms) => {
          const [early = '', late = ''] = [...t].sort();
          const [less = 0, more = 0] = [...ms].sort((a, b) => a - b);
          const due = addWorkingMs(calendar, early, less) ?? '';
          expect(due <= (addWorkingMs(calendar, early, more) ?? '')).toBe(true);
          expect(due <= (addWorkingMs(calendar, late, less) ?? '')).toBe(true);
        },
      ),
    );
  });

  it('counts the parts of a time as it counts the whole', () => {
    fc.assert(
      fc.property(anyCalendar, fc.tuple(instants(), instants(), instants()), (calendar, t) => {
        const [a = '', b = '', c = ''] = [...t].sort();
        const parts = workingMs(calendar, a, b) + workingMs(calendar, b, c);
        expect(parts).toBe(workingMs(calendar, a, c));
      }),
    );
  });

  it('is open where the next millisecond counts, and opens next where the first one does', () => {
    fc.assert(
      fc.property(anyCalendar, instants(), (calendar, instant) => {
        expect(isOpenAt(calendar, instant)).toBe(workingMs(calendar, instant, shift(instant, 1)) === 1);
        const opening = nextOpening(calendar, instant) ?? '';
        expect(isOpenAt(calendar, opening)).toBe(true);
        expect(workingMs(calendar, instant, opening)).toBe(0);
      }),
    );
  });

  // Ends of spans keep away from the hours in which clocks change: there the clock alone does not say what counts.
  it('counts what a look at the clock every quarter of an hour counts', () => {
    const quiet = fc.oneof(
      fc.constantFrom(0, 1440),
      fc.integer({ min: 16, max: 88 }).map((quarter) => quarter * 15),
    );
    fc.assert(
      fc.property(calendars(quiet), instants(QUARTER), (calendar, from) => {
        const ticks = Array.from({ length: 4 * 24 * 5 }, (_, tick) => shift(from, tick * QUARTER));
        const look = clockOf(calendar.timeZone);
        const expected = ticks.filter((tick) => isOpenByTheClock(calendar, look(tick))).length;
        expect(workingMs(calendar, from, shift(from, ticks.length * QUARTER))).toBe(expected * QUARTER);
      }),
    );
  });
});

interface Look {
  date: string;
  minute: number;
}

/** What a clock in the zone shows, told by other means than the code's own. */
function clockOf(timeZone: string): (at: Instant) => Look {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return (at) => {
    const [date = '', time = ''] = format.format(new Date(at)).split(' ');
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return { date, minute: hour * 60 + minute };
  };
}

function isOpenByTheClock(calendar: Calendar, { date, minute }: Look): boolean {
  const before = instantOf(Date.parse(date) - 24 * HOUR).slice(0, 10);
  const today = spansOf(calendar, date).some(({ from, to }) => from <= minute && (to <= from || minute < to));
  return today || spansOf(calendar, before).some(({ from, to }) => to <= from && minute < to);
}

function spansOf(calendar: Calendar, date: string) {
  if (calendar.holidays.has(date)) return [];
  return calendar.week[(new Date(date).getUTCDay() + 6) % 7] ?? [];
}
