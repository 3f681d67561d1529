// Keeps the figures of every station and day: what something happened to since the last pass is counted anew, and once
// the days before, going back in time.
import {
  addFigures,
  addStanding,
  type CountedDay,
  daysOfHour,
  hoursOfDay,
  spanOfDay,
} from '../domain/figures.js';
import { riskOf } from '../domain/running-clock.js';
import type { Instant } from '../domain/time.js';
import { dayAt, openZone, type Zone } from '../domain/zone.js';
import type { FiguresMark } from '../ports/figures.js';
import type { OfficeRules } from '../ports/office.js';
import type { Store } from '../ports/store.js';
import type { Clock } from '../ports/surroundings.js';

export interface CountingOptions {
  store: Store;
  rules(): Pick<OfficeRules, 'timeZone' | 'sla'>;
  clock: Clock;
  /** Letters stream in: they have the right of way. */
  isBusy(): boolean;
}

export interface Counted {
  /** Days counted anew because something happened to their tickets. */
  changed: number;
  /** Days counted for the first time. */
  back: number;
}

export interface Counting {
  /**
   * One pass over what happened since the last. Passes never overlap. Rejects with StorageBroken, or when the store could
   * not be asked (try again).
   */
  pass(): Promise<Counted>;
}

/** Tickets of one statement: everybody else in the process waits for it. */
const PART = 1_000;
const ROWS = 5_000;
const CLOCKS = 200;
/** Days between two writings of how far counting went back. */
const BACK_ROUND = 3;
const MOST_BACK_A_PASS = 100;
/** While letters stream in, figures grow this old before they are counted all the same. */
const OLDEST_MS = 10 * 60_000;

export function createCounting(options: CountingOptions): Counting {
  let last: Promise<unknown> = Promise.resolve();
  return {
    pass() {
      const next = last.then(
        () => pass(options),
        () => pass(options),
      );
      last = next.catch(() => undefined);
      return next;
    },
  };
}

async function pass(options: CountingOptions): Promise<Counted> {
  const { store, clock, isBusy } = options;
  const zone = openZone(options.rules().timeZone);
  const now = clock.now();
  await reckonRisks(options);
  const mark = await markOf(store, zone, now);
  if (isBusy() && Date.parse(now) - Date.parse(mark.at) < OLDEST_MS) return { changed: 0, back: 0 };
  const changes = await changedDays(store, { mark, zone, now });
  for (const day of changes.days) await countDay(store, { zone, day, now });
  const next: FiguresMark = { ...mark, at: now, journalNumber: changes.journalNumber };
  await store.transact((unit) => unit.figures.setMark(next));
  return { changed: changes.days.length, back: await countBack(options, next, zone) };
}

/** Days are those of one zone: in another everything is counted anew. */
async function markOf(store: Store, zone: Zone, now: Instant): Promise<FiguresMark> {
  const known = await store.figures.mark();
  if (known?.timeZone === zone.name) return known;
  const nextDay = dayAt(zone, Date.parse(now));
  const first = await store.figures.firstReceipt();
  const firstDay = Math.min(nextDay, dayAt(zone, Date.parse(first ?? now)));
  return store.transact(async (unit) => {
    const journalNumber = await unit.figures.lastJournalNumber();
    const mark = { timeZone: zone.name, at: now, journalNumber, back: { nextDay, firstDay } };
    await unit.figures.forget();
    await unit.figures.setMark(mark);
    return mark;
  });
}

interface Since {
  mark: FiguresMark;
  zone: Zone;
  now: Instant;
}

/** The days to be counted anew, the youngest first; those that counting back will come to are left to it. */
async function changedDays(store: Store, { mark, zone, now }: Since) {
  const days = new Set<number>();
  const add = (hours: readonly Instant[]) => {
    for (const hour of hours) for (const day of daysOfHour(zone, hour)) days.add(day);
  };
  let { journalNumber } = mark;
  const last = await store.figures.lastJournalNumber();
  while (journalNumber < last) {
    const changes = await store.figures.changedAfter(journalNumber, ROWS);
    add(changes.receivedIn);
    journalNumber = changes.journalNumber;
    await othersTurn();
  }
  add(await store.figures.cameAtRisk(mark.at, now));
  const { back } = mark;
  const isLeft = (day: number) => back !== null && day <= back.nextDay && day >= back.firstDay;
  return { journalNumber, days: [...days].filter((day) => !isLeft(day)).sort((a, b) => b - a) };
}

interface DayToCount {
  zone: Zone;
  day: number;
  now: Instant;
}

async function countDay(store: Store, { zone, day, now }: DayToCount): Promise<void> {
  const figures = await readDay(store, { zone, day, now });
  await store.transact((unit) => unit.figures.replaceDay(day, figures));
}

/** What changes between two parts is in the journal after the mark, so the next pass counts it. */
async function readDay(store: Store, { zone, day, now }: DayToCount): Promise<CountedDay[]> {
  const order = { day, hours: hoursOfDay(zone, day), now };
  const byStation = new Map<string, CountedDay>();
  for (const part of await store.figures.partsOf(spanOfDay(zone, day), PART)) {
    for (const counted of await store.figures.count(part, order)) {
      const before = byStation.get(counted.station);
      byStation.set(counted.station, before ? addDays(before, counted) : counted);
    }
    await othersTurn();
  }
  return [...byStation.values()];
}

function addDays(one: CountedDay, other: CountedDay): CountedDay {
  const hours = one.hours.map((count, hour) => count + (other.hours[hour] ?? 0));
  return { ...one, ...addFigures(one, other), ...addStanding(one, other), hours };
}

async function countBack(options: CountingOptions, mark: FiguresMark, zone: Zone): Promise<number> {
  const { store, clock, isBusy } = options;
  let { back } = mark;
  let done = 0;
  while (back !== null && done < MOST_BACK_A_PASS && !(done > 0 && isBusy())) {
    const days: { day: number; figures: CountedDay[] }[] = [];
    const lowest = Math.max(back.firstDay, back.nextDay - BACK_ROUND + 1);
    for (let day = back.nextDay; day >= lowest; day -= 1) {
      days.push({ day, figures: await readDay(store, { zone, day, now: clock.now() }) });
    }
    const further: FiguresMark['back'] = lowest > back.firstDay ? { ...back, nextDay: lowest - 1 } : null;
    await store.transact(async (unit) => {
      for (const { day, figures } of days) await unit.figures.replaceDay(day, figures);
      await unit.figures.setMark({ ...mark, back: further });
    });
    back = further;
    done += days.length;
  }
  return done;
}

/** Clocks from before their risk was reckoned; every later one says it itself. */
async function reckonRisks({ store, rules }: CountingOptions): Promise<void> {
  for (;;) {
    const found = await store.figures.clocksWithoutRisk(CLOCKS);
    if (found.length === 0) return;
    const { calendars } = rules().sla;
    await store.transact(async (unit) => {
      for (const { ticketId, clock } of await unit.figures.clocksWithoutRisk(CLOCKS)) {
        const waits = clock.name === 'resolution' ? await unit.waits.ofTicket(ticketId) : [];
        // Without one it would be asked for again and again; its deadline is when there is no risk any more.
        const riskAt = riskOf(clock, { calendars, waits }) ?? clock.dueAt;
        await unit.clocks.save(ticketId, { ...clock, riskAt });
      }
    });
    await othersTurn();
  }
}

function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
