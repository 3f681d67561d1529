// Every figure is the number of tickets in the list it leads to, after whatever happened to them.
import { beforeEach, describe, expect, it } from 'vitest';
import { ALWAYS } from '../../src/domain/calendar.js';
import { datesOf, spansOfHour } from '../../src/domain/figures.js';
import type { SlaRules } from '../../src/domain/sla-rules.js';
import type { Restriction, Ticket, TicketClock, TicketState } from '../../src/domain/ticket.js';
import { dayOf, openZone } from '../../src/domain/zone.js';
import type { TicketScope } from '../../src/ports/records.js';
import type { UnitOfWork } from '../../src/ports/store.js';
import { createCounting } from '../../src/reports/counting.js';
import {
  drillInto,
  drillIntoHour,
  FIGURE_NAMES,
  FIGURES,
  type FigureName,
  type Place,
} from '../../src/reports/figures.js';
import { readReport } from '../../src/reports/reading.js';
import { openInFolder } from '../contract/in-folder.js';
import { aClock, aTicket, at, freshStore, T0 } from '../contract/records.js';

const zone = openZone('Asia/Kolkata');
const STATIONS = ['behala', 'lake', 'kasba'];
const TODAY = dayOf('2026-11-24');
const MONTH = { from: TODAY - 29, to: TODAY };
const HOUR = 60;
const DAY = 24 * HOUR;
const sla = { calendars: new Map([['always', ALWAYS]]) } as unknown as SlaRules;

const the = freshStore(openInFolder);
let now = T0;
beforeEach(() => {
  now = T0;
});
const setNow = (instant: string) => {
  now = instant;
  the.under.setNow(instant);
};
const counting = (options: { timeZone?: string; busy?: boolean } = {}) =>
  createCounting({
    store: the.store,
    rules: () => ({ timeZone: options.timeZone ?? 'Asia/Kolkata', sla }),
    clock: { now: () => now },
    isBusy: () => options.busy ?? false,
  });
const note = (ticket: Ticket, event = 'noted', detail = {}) =>
  the.store.transact((unit) => unit.journal.write(ticket.id, { actor: 'system', event, detail }));
const listed = async (filter: object, scope?: TicketScope) =>
  (await the.store.tickets.list({ ...filter, scope, limit: 10_000 })).length;

/** A number below `limit`, the same in every run. */
function chance(seed: number) {
  let state = seed;
  return (limit: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** A clock that began with the ticket, in one of the ways in which clocks end or go on. */
function someClock(name: TicketClock['name'], begun: number, pick: (limit: number) => number): TicketClock {
  const target = [HOUR, DAY, 20 * DAY][pick(3)] ?? HOUR;
  const clock = aClock({
    name,
    startedAt: at(begun),
    dueAt: at(begun + target),
    riskAt: at(begun + target * 0.8),
    plan: { targetMs: target * 60_000, stretches: [{ from: at(begun), calendar: 'always' }] },
  });
  const missed = { breachedAt: clock.dueAt };
  const ways: Partial<TicketClock>[] = [
    clock.dueAt < T0 ? { state: 'breached', ...missed } : {},
    { state: 'met', metAt: at(begun + target / 2) },
    { state: 'met', metAt: at(begun + target * 2), ...missed },
    { state: 'lifted' },
    { state: 'paused', riskAt: null },
  ];
  return { ...clock, ...ways[pick(name === 'resolution' ? 5 : 4)] };
}

const STATES: readonly TicketState[] = ['new', 'open', 'open', 'waiting', 'closed', 'closed', 'merged'];
const RESTRICTIONS: readonly Restriction[] = ['none', 'none', 'none', 'none', 'named', 'dc'];

function someClocks(begun: number, pick: (limit: number) => number): TicketClock[] {
  return [
    someClock('acknowledgement', begun, pick),
    someClock('first-action', begun, pick),
    someClock('resolution', begun, pick),
    ...(pick(5) === 0 ? [{ ...someClock('first-action', begun + 60, pick), round: 2 }] : []),
  ];
}

const fillStore = (count: number, seed: number) => the.store.transact((unit) => openMany(unit, count, seed));

async function openMany(unit: UnitOfWork, count: number, seed: number): Promise<Ticket[]> {
  const pick = chance(seed);
  const tickets: Ticket[] = [];
  for (let index = 0; index < count; index += 1) {
    // Some lie on the very midnight of Kolkata.
    const begun = pick(6) === 0 ? -9.5 * HOUR - pick(9) * DAY : -pick(40 * DAY);
    const ticket = aTicket({
      station: STATIONS[pick(3)] ?? 'behala',
      state: STATES[pick(STATES.length)] ?? 'new',
      restriction: RESTRICTIONS[pick(RESTRICTIONS.length)] ?? 'none',
      receivedAt: at(begun),
      reopened: pick(8) === 0 ? 1 : 0,
      junk: pick(10) === 0 ? 'junk' : null,
    });
    await unit.tickets.open(ticket);
    await unit.clocks.start(ticket.id, pick(9) === 0 ? [] : someClocks(begun, pick));
    await unit.journal.write(ticket.id, { actor: 'system', event: 'opened', detail: {} });
    tickets.push(ticket);
  }
  return tickets;
}

async function expectAllToAgree(scope?: TicketScope): Promise<number> {
  const report = await readReport(the.store, { stations: STATIONS, days: MONTH });
  const places: [Place, (typeof report)['total']][] = [
    [STATIONS, report.total],
    ...report.stations.map((one): [Place, (typeof report)['total']] => [one.station, one]),
  ];
  let sum = 0;
  for (const [place, counted] of places) {
    for (const name of FIGURE_NAMES) {
      const figure = FIGURES[name].of(counted);
      const drill = drillInto(name, place, { zone, days: MONTH });
      expect([place, name, await listed(drill, scope)]).toEqual([place, name, figure]);
      sum += figure;
    }
  }
  return sum;
}

describe('figures', () => {
  it('are the numbers of tickets in their lists', async () => {
    await fillStore(300, 1);
    await counting().pass();
    expect(await expectAllToAgree()).toBeGreaterThan(1_000);
    const { total, countedFrom } = await readReport(the.store, { stations: STATIONS, days: MONTH });
    for (const name of FIGURE_NAMES) expect([name, FIGURES[name].of(total)]).not.toEqual([name, 0]);
    expect(countedFrom).toBeNull();
  });

  it('agree by day and by hour, with tickets received at midnight', async () => {
    await fillStore(300, 2);
    await counting().pass();
    const { trend, heat } = await readReport(the.store, { stations: STATIONS, days: MONTH });
    for (const { days, figures } of trend) {
      const drill = drillInto('received', STATIONS, { zone, days });
      expect([datesOf(days).from, await listed(drill)]).toEqual([datesOf(days).from, figures.received]);
    }
    for (const [weekday, hours] of heat.entries()) {
      for (const [hour, count] of hours.entries()) {
        const drill = drillIntoHour({ weekday, hour }, STATIONS, { zone, days: MONTH });
        expect([weekday, hour, await listed(drill)]).toEqual([weekday, hour, count]);
      }
    }
    expect(heat.map((hours) => hours[0] ?? 0).reduce((sum, count) => sum + count)).toBeGreaterThan(20);
  });

  it('follow what happens: a deed, a transfer, a breach, a clock at risk', async () => {
    const tickets = await fillStore(120, 3);
    const pass = counting();
    await pass.pass();
    const open = tickets.filter(({ state }) => state === 'new');
    await the.store.transact(async (unit) => {
      for (const ticket of open) {
        await unit.tickets.change(ticket.id, { station: 'lake', state: 'closed' });
        await unit.clocks.meet(ticket.id, 'first-action', unit.now);
        await unit.journal.write(ticket.id, { actor: 'x', event: 'transferred', detail: {} });
      }
    });
    expect((await pass.pass()).changed).toBeGreaterThan(0);
    await expectAllToAgree();
    setNow(at(2 * DAY));
    await the.openTicket({ receivedAt: at(2 * DAY - 45) }, [
      aClock({ startedAt: at(2 * DAY - 45), dueAt: at(2 * DAY + 15), riskAt: at(2 * DAY + 3) }),
    ]);
    await pass.pass();
    // Nothing is written when a clock comes to be at risk, so only the clock itself tells of it.
    setNow(at(2 * DAY + 5));
    expect((await pass.pass()).changed).toBeGreaterThan(0);
    const due = await the.store.clocks.ofTickets(tickets.map(({ id }) => id));
    const breached = due.filter(({ clock }) => clock.state === 'running' && clock.dueAt < now);
    await the.store.transact(async (unit) => {
      for (const { ticketId, clock } of breached) {
        await unit.clocks.save(ticketId, { ...clock, state: 'breached', breachedAt: clock.dueAt });
        await unit.journal.write(ticketId, { actor: 'system', event: 'clock-breached', detail: {} });
      }
    });
    await pass.pass();
    await expectAllToAgree();
  });

  it('count what is restricted, and lead each reader to what that reader may see', async () => {
    await fillStore(200, 4);
    await counting().pass();
    await expectAllToAgree({ stations: STATIONS, restrictions: ['none', 'named', 'dc'] });
    const { total } = await readReport(the.store, { stations: ['behala'], days: MONTH });
    const drill = drillInto('received', 'behala', { zone, days: MONTH });
    const seen = await listed(drill, { stations: ['behala'], restrictions: ['none'] });
    const hidden = await listed(drill, { stations: ['behala'], restrictions: ['named', 'dc'] });
    expect(hidden).toBeGreaterThan(0);
    expect(seen + hidden).toBe(total.figures.received);
    expect(await listed(drill, { stations: ['lake'], restrictions: ['none'] })).toBe(0);
  });

  it('are counted anew in another time zone', async () => {
    await the.openTicket({ receivedAt: '2026-11-23T18:45:00.000Z' });
    await counting().pass();
    const yesterday = { stations: ['behala'], days: { from: TODAY - 1, to: TODAY - 1 } };
    expect((await readReport(the.store, yesterday)).total.figures.received).toBe(0);
    await counting({ timeZone: 'UTC' }).pass();
    expect((await readReport(the.store, yesterday)).total.figures.received).toBe(1);
  });

  it('wait while letters stream in, and not for ever', async () => {
    await counting().pass();
    const ticket = await the.openTicket();
    await note(ticket, 'opened');
    expect(await counting({ busy: true }).pass()).toEqual({ changed: 0, back: 0 });
    setNow(at(11));
    expect(await counting({ busy: true }).pass()).toEqual({ changed: 1, back: 0 });
  });

  it('reckon the risk of clocks from before it was kept', async () => {
    await the.openTicket({}, [aClock({ dueAt: at(60), riskAt: null })]);
    setNow(at(50));
    await counting().pass();
    const name: FigureName = 'at-risk';
    const report = await readReport(the.store, { stations: null, days: MONTH });
    expect(FIGURES[name].of(report.total)).toBe(1);
    const [due] = await the.store.clocks.ofTickets(
      (await the.store.tickets.list({ limit: 1 })).map(({ id }) => id),
    );
    expect(due?.clock.riskAt).toBe(at(48));
  });

  it('say from which day on they are counted while they go back in time', async () => {
    await the.openTicket({ receivedAt: at(-3 * DAY) });
    await the.store.transact((unit) =>
      unit.figures.setMark({
        timeZone: 'Asia/Kolkata',
        at: T0,
        journalNumber: 0,
        back: { nextDay: TODAY - 2, firstDay: TODAY - 3 },
      }),
    );
    const order = { stations: null, days: MONTH };
    expect(await readReport(the.store, order)).toMatchObject({
      countedFrom: TODAY - 1,
      total: { figures: { received: 0 } },
    });
    expect((await counting().pass()).back).toBe(2);
    expect(await readReport(the.store, order)).toMatchObject({
      countedFrom: null,
      total: { figures: { received: 1 } },
    });
  });
});

it('cuts a day of many tickets into parts that leave none out', async () => {
  for (let index = 0; index < 25; index += 1) await the.openTicket({ receivedAt: at(Math.floor(index / 2)) });
  const [span] = spansOfHour(zone, { from: TODAY, to: TODAY }, { weekday: 1, hour: 9 });
  const whole = { from: at(0), before: span?.before ?? at(60) };
  const parts = await the.store.figures.partsOf(whole, 4);
  expect(parts.length).toBeGreaterThan(3);
  let sum = 0;
  for (const part of parts) sum += await listed({ receivedFrom: part.from, receivedBefore: part.before });
  expect(sum).toBe(25);
});
