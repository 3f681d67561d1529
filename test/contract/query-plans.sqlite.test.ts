// Which index SQLite takes for each list and each question of the sweep. An index that no longer fits its query is
// silent, and shows only when the store is large.
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TicketFilter } from '../../src/ports/records.js';
import { openInFolder } from './in-folder.js';
import { at } from './records.js';

type Under = Awaited<ReturnType<typeof openInFolder>>;

let under: Under;
let raw: Sqlite.Database;
beforeAll(async () => {
  under = await openInFolder();
  raw = new Sqlite(join(under.folder, 'thanadak.db'));
});
afterAll(async () => {
  raw.close();
  await under[Symbol.asyncDispose]();
});
afterEach(() => vi.restoreAllMocks());

/** The steps by which SQLite answers `ask`, of the first statement it takes. */
async function planOf(ask: (store: Under['store']) => Promise<unknown>): Promise<string[]> {
  // A connection of its own: statements prepared before are not prepared again.
  const store = await under.second();
  const prepare = vi.spyOn(Sqlite.prototype, 'prepare');
  await ask(store);
  const text = prepare.mock.calls.map(([sql]) => sql).find((sql) => /^(select|update)/.test(sql)) ?? '';
  prepare.mockRestore();
  const nothing = Array.from(text.matchAll(/\?/g), () => null);
  const rows = raw.prepare(`explain query plan ${text}`).all(...nothing) as { detail: string }[];
  return rows.map(({ detail }) => detail);
}

const FILTERS: [string, Omit<TicketFilter, 'limit'>, RegExp][] = [
  ['newest', {}, /SCAN ticket USING INDEX sqlite_autoindex_ticket_1/],
  ['next page', { after: 'R' }, /SEARCH ticket USING INDEX sqlite_autoindex_ticket_1 \(id<\?\)/],
  ['station', { station: 'x' }, /SEARCH ticket USING INDEX ticket_station \(station=\?\)/],
  [
    'scope',
    { scope: { stations: ['x'], restrictions: ['none'] } },
    /USING INDEX ticket_station \(station=\?\)/,
  ],
  ['unclosed', { unclosed: true }, /SEARCH ticket USING INDEX ticket_unclosed/],
  ['state new', { state: 'new' }, /SEARCH ticket USING INDEX ticket_unclosed/],
  ['officer', { officer: 'x' }, /SEARCH ticket USING INDEX ticket_officer/],
  ['waiting', { waitingFor: 'agency' }, /SEARCH ticket USING INDEX ticket_waiting/],
  ['any attention', { attention: true }, /USING COVERING INDEX ticket_attention/],
  ['one attention', { attention: 'not-delivered' }, /SEARCH ticket USING INDEX ticket_attention/],
  ['resident', { resident: 'x@y.example' }, /SEARCH ticket USING INDEX ticket_resident/],
  ['received', { receivedFrom: at(0), receivedBefore: at(1) }, /SEARCH ticket USING INDEX ticket_received/],
  ['overdue', { overdue: true }, /SEARCH clock USING INDEX clock_pending \(due_at<\?\)/],
  ['due before', { dueBefore: at(1) }, /SEARCH clock USING INDEX clock_pending \(due_at<\?\)/],
  ['at risk', { atRisk: true }, /SEARCH clock USING COVERING INDEX clock_risk \(risk_at<\?\)/],
  ['stations', { stations: ['x', 'y'] }, /USING INDEX ticket_station \(station=\?\)/],
  [
    'missed in a month',
    { station: 'x', breached: true, receivedFrom: at(0), receivedBefore: at(1) },
    /CORRELATED SCALAR SUBQUERY \d\nSEARCH clock USING PRIMARY KEY \(ticket_id=\?\)/,
  ],
  ['owed', { owed: true }, /SEARCH outbox_also USING PRIMARY KEY \(ticket_id=\?\)/],
];

describe('SQLite', () => {
  it.each(FILTERS)('lists by %s through an index', async (_name, filter, step) => {
    const plan = await planOf((store) => store.tickets.list({ limit: 100, ...filter }));
    expect(plan.join('\n')).toMatch(step);
    expect(plan.filter((detail) => /^SCAN (?!.* USING )/.test(detail))).toEqual([]);
  });

  it.each(FILTERS)('lists by %s and deadline without looking at every clock', async (_name, filter) => {
    const { after: _after, ...rest } = filter;
    const plan = await planOf((store) => store.tickets.list({ limit: 100, ...rest, sort: 'deadline' }));
    expect(plan.join('\n')).toMatch(
      /(SCAN|SEARCH) clock USING (INDEX clock_pending|PRIMARY KEY \(ticket_id=\?\))/,
    );
    expect(plan.filter((detail) => /^SCAN (?!.* USING )|SCAN clock USING PRIMARY/.test(detail))).toEqual([]);
  });

  it.each(FILTERS.filter(([name]) => !['newest', 'next page'].includes(name)))(
    'counts by %s through an index',
    async (_name, filter) => {
      const plan = await planOf((store) => store.tickets.count({ limit: 1_000, ...filter }));
      expect(plan.filter((detail) => /^SCAN (?!.* USING |found$|\(subquery)/.test(detail))).toEqual([]);
    },
  );

  it('walks pending clocks in the order of their deadlines, without sorting', async () => {
    const plan = await planOf((store) => store.tickets.list({ limit: 100, sort: 'deadline' }));
    expect(plan[0]).toBe('SCAN clock USING INDEX clock_pending');
    expect(plan.join('\n')).not.toMatch(/TEMP B-TREE/);
  });

  it.each<[string, (store: Under['store']) => Promise<unknown>, string]>([
    ['clocks', (store) => store.clocks.due(at(0), 100), 'SEARCH clock USING INDEX clock_next_at (next_at<?)'],
    [
      'escalations',
      (store) => store.escalations.due(at(0), 100),
      'SEARCH escalation USING INDEX escalation_next (next_at<?)',
    ],
    ['waits', (store) => store.waits.due(at(0), 100), 'SEARCH wait USING INDEX wait_next (next_at<?)'],
    [
      'what is open',
      (store) => store.escalations.list({ open: true, limit: 100 }),
      'SCAN escalation USING INDEX escalation_open',
    ],
    [
      'the number of open',
      (store) => store.escalations.countOpen(),
      'SCAN escalation USING INDEX escalation_open',
    ],
    [
      'keys of matters that are old',
      (store) => store.matters.isOld('k', { scope: 's', before: at(0) }),
      'SEARCH matter_key USING PRIMARY KEY (key=? AND scope=? AND received_at<?)',
    ],
  ])('finds %s by one step through its index', async (_name, ask, step) => {
    expect(await planOf(ask)).toEqual([step]);
  });

  it('reads figures by their days and what stands by its own index', async () => {
    const order = { stations: ['x', 'y'], days: { from: 1, to: 9 } };
    const perDay = await planOf((store) => store.figures.perDay(order));
    const perStation = await planOf((store) => store.figures.perStation({ ...order, stations: null }));
    const standing = await planOf((store) => store.figures.standing(['x']));
    expect(perDay.join('\n')).toMatch(/SEARCH figure USING PRIMARY KEY \(station=\? AND day>\? AND day<\?\)/);
    expect(perStation.join('\n')).toMatch(/figure USING (INDEX figure_day|PRIMARY KEY)/);
    expect(standing[0]).toMatch(/figure USING COVERING INDEX figure_pressing/);
  });

  it('counts without looking at all tickets or all clocks', async () => {
    const hours = Array.from({ length: 25 }, (_, hour) => at(hour * 60));
    const span = { from: at(0), before: at(1440) };
    for (const [ask, step] of [
      [
        (store) => store.figures.count(span, { day: 1, hours, now: at(0) }),
        /SEARCH ticket USING INDEX ticket_received/,
      ],
      [(store) => store.figures.partsOf(span, 10), /SEARCH ticket USING COVERING INDEX ticket_received/],
      [(store) => store.figures.changedAfter(5, 10), /SEARCH journal USING INTEGER PRIMARY KEY/],
      [(store) => store.figures.cameAtRisk(at(0), at(1)), /SEARCH clock USING COVERING INDEX clock_risk/],
      [(store) => store.figures.clocksWithoutRisk(10), /SEARCH clock USING INDEX clock_risk \(risk_at=\?\)/],
    ] satisfies [(store: Under['store']) => Promise<unknown>, RegExp][]) {
      const plan = (await planOf(ask)).join('\n');
      expect(plan).toMatch(step);
      expect(plan).not.toMatch(/SCAN (ticket|clock)\b(?!.* USING)/);
    }
  });

  it('looks matters up without a scan or a sort', async () => {
    const candidates = await planOf((store) =>
      store.matters.candidates('k', { scope: 's', since: at(0), limit: 8 }),
    );
    const unmarked = await planOf((store) => store.matters.unmarked(at(0), 25));
    const children = await planOf((store) => store.matters.childrenOf('T'));
    for (const plan of [candidates, unmarked, children])
      expect(plan.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/);
  });

  it('counts tickets through the indexes of what is unclosed and what is pending', async () => {
    const plan = (await planOf((store) => store.tickets.counts(at(0)))).join('\n');
    expect(plan).toMatch(/SEARCH ticket USING COVERING INDEX ticket_unclosed/);
    expect(plan).toMatch(/SEARCH clock USING INDEX clock_pending \(due_at<\?\)/);
  });
});
