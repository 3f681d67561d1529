// How SQLite answers each list and each question of the sweep. An index that no longer fits its query is silent, and
// shows only when the store is large.
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TicketFilter } from '../../src/ports/records.js';
import type { UnitOfWork } from '../../src/ports/store.js';
import { openInFolder } from './in-folder.js';
import { aLetter, aMessage, aTicket, at } from './records.js';

type Under = Awaited<ReturnType<typeof openInFolder>>;

let under: Under;
let raw: Sqlite.Database;
const known = aTicket({ reference: 'KNOWN' });
beforeAll(async () => {
  under = await openInFolder();
  await under.store.transact(async (unit) => {
    await unit.tickets.open(known);
    const letter = aLetter();
    await unit.letters.add(letter);
    await unit.messages.add(aMessage(known.id, { letterId: letter.id }));
  });
  raw = new Sqlite(join(under.folder, 'thanadak.db'));
});
afterAll(async () => {
  raw.close();
  await under[Symbol.asyncDispose]();
});
afterEach(() => vi.restoreAllMocks());

/** Indexes in which only what is unfinished or put aside stands: they stay small, and may be read from end to end. */
const SMALL = [
  'ticket_at_hand',
  'ticket_attention',
  'ticket_junk',
  'clock_owed',
  'escalation_open',
  'outbox_unsent',
  'letter_parked',
  'matter_suggestion_open',
];
/** Read in their order until the page is full. */
const IN_ORDER = [
  'sqlite_autoindex_ticket_1',
  'sqlite_autoindex_letter_1',
  'sqlite_autoindex_outbox_1',
  'sqlite_autoindex_escalation_1',
  'sqlite_autoindex_triage_label_1',
  'sqlite_autoindex_junk_label_1',
  'matter_child_parent',
];
/** Tables that hold a few rows for each station, officer or switch. */
const FEW_ROWS = ['counter', 'officer', 'switch', 'file_to_remove'];

interface Statement {
  text: string;
  plan: string[];
}

/** Every statement that answers `ask`, with the steps by which SQLite answers it. */
async function statementsOf(ask: (store: Under['store']) => Promise<unknown>): Promise<Statement[]> {
  // A connection of its own: statements prepared before are not prepared again.
  const store = await under.second();
  const prepare = vi.spyOn(Sqlite.prototype, 'prepare');
  await ask(store);
  const texts = prepare.mock.calls.map(([sql]) => sql);
  prepare.mockRestore();
  return texts
    .filter((text) => /^\s*(select|update|delete|insert|with)/i.test(text))
    .map((text) => {
      const nothing = Array.from(text.matchAll(/\?/g), () => null);
      const rows = raw.prepare(`explain query plan ${text}`).all(...nothing) as { detail: string }[];
      return { text, plan: rows.map(({ detail }) => detail) };
    });
}

/** Steps that read a whole table or index which grows with the store. */
function scansIn(plan: readonly string[], text: string): string[] {
  return plan.filter((detail) => {
    const [, table = '', index] = /^SCAN (\S+)(?: USING (?:COVERING )?INDEX (\S+))?/.exec(detail) ?? [];
    if (table === '' || /VIRTUAL TABLE|^SCAN (CONSTANT|\(|\d)/.test(detail)) return false;
    const isInOrder = /order by "number"( desc)? limit/.test(text);
    if (index === undefined) return !FEW_ROWS.includes(table) && isTable(table) && !isInOrder;
    return !SMALL.includes(index) && !(IN_ORDER.includes(index) && /\blimit\b/.test(text));
  });
}

function isTable(name: string): boolean {
  return raw.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(name) !== undefined;
}

const inStations = (...stations: string[]) => ({ stations, restrictions: ['none', 'named'] as const });

const FILTERS: Record<string, Omit<TicketFilter, 'limit'>> = {
  nothing: {},
  station: { station: 'x' },
  'a scope of one': { scope: inStations('x') },
  'a scope of three': { scope: inStations('x', 'y', 'z') },
  'a scope of restrictions': { scope: { stations: null, restrictions: ['none'] } },
  unclosed: { unclosed: true },
  'state waiting': { state: 'waiting' },
  'state closed': { state: 'closed' },
  urgency: { urgency: 'urgent' },
  category: { category: 'x' },
  officer: { officer: 'x' },
  'no officer': { officer: null },
  overdue: { overdue: true },
  'due before': { dueBefore: at(1) },
  'due soon': { dueFrom: at(0), dueBefore: at(1) },
  waiting: { waitingFor: 'agency' },
  'any attention': { attention: true },
  'one attention': { attention: 'not-delivered' },
  junk: { junk: true },
  owed: { owed: true },
  resident: { resident: 'x@y.example' },
  received: { receivedFrom: at(0), receivedBefore: at(1) },
  search: { search: 'loud music' },
  stations: { stations: ['x', 'y'] },
  'at risk': { atRisk: true },
  'acknowledged late': { acknowledged: 'late' },
  'acted late': { firstAction: 'late' },
  breached: { breached: true },
  reopened: { reopened: true },
  'received within': { receivedWithin: [{ from: at(0), before: at(1) }] },
  'the next page': { after: 'KNOWN' },
};
const PAIRS = Object.entries(FILTERS).flatMap(([name, filter], index) =>
  Object.entries(FILTERS)
    .slice(index)
    .map(([other, more]) => [`${name} and ${other}`, { ...filter, ...more }] as const),
);

describe('SQLite', () => {
  it.each(['newest', 'deadline'] as const)(
    'lists tickets by any two filters, %s first, without a scan',
    async (sort) => {
      for (const [name, filter] of PAIRS) {
        for (const { text, plan } of await statementsOf((store) =>
          store.tickets.list({ limit: 100, ...filter, sort }),
        )) {
          expect(scansIn(plan, text), `${name}\n${text}\n${plan.join('\n')}`).toEqual([]);
        }
      }
    },
    120_000,
  );

  it.each(Object.entries(FILTERS))('counts by %s without a scan', async (_name, filter) => {
    for (const { text, plan } of await statementsOf((store) =>
      store.tickets.count({ limit: 1_000, ...filter }),
    )) {
      expect(scansIn(plan, text), `${text}\n${plan.join('\n')}`).toEqual([]);
    }
  });

  it.each<[string, TicketFilter, RegExp]>([
    ['newest', { limit: 9 }, /SCAN ticket USING INDEX sqlite_autoindex_ticket_1/],
    [
      'station',
      { limit: 9, station: 'x' },
      /SEARCH ticket USING COVERING INDEX ticket_station \(station=\?\)/,
    ],
    ['category', { limit: 9, category: 'x' }, /USING COVERING INDEX ticket_category \(category=\?\)/],
    ['unclosed', { limit: 9, unclosed: true }, /SCAN ticket USING COVERING INDEX ticket_at_hand/],
    [
      'unclosed of stations',
      { limit: 9, unclosed: true, officer: null, scope: inStations('x', 'y') },
      /SEARCH ticket USING COVERING INDEX ticket_at_hand \(station=\?\)/,
    ],
    [
      'deadline',
      { limit: 9, sort: 'deadline', station: 'x', urgency: 'urgent' },
      /SEARCH ticket USING COVERING INDEX ticket_at_hand \(station=\? AND due_at>\?\)/,
    ],
    ['resident', { limit: 9, resident: 'x@y.example' }, /USING INDEX ticket_resident \(resident_key=\?\)/],
    [
      'received',
      { limit: 9, receivedFrom: at(0) },
      /SEARCH ticket USING INDEX ticket_received \(received_at>\?\)/,
    ],
    [
      'junk of a station',
      { limit: 9, junk: true, station: 'x' },
      /COVERING INDEX ticket_junk \(station=\?\)/,
    ],
  ])('lists by %s from one narrow index', async (_name, filter, step) => {
    const [first] = await statementsOf((store) => store.tickets.list(filter));
    expect(first?.plan.join('\n')).toMatch(step);
  });

  it('reads a station by deadline in the order of its index, without sorting more than the page', async () => {
    const [first] = await statementsOf((store) =>
      store.tickets.list({ limit: 9, sort: 'deadline', station: 'x' }),
    );
    expect(first?.plan.filter((step) => /TEMP B-TREE/.test(step))).toHaveLength(1);
  });

  const scope = inStations('x', 'y');
  const readings: [string, (store: Under['store']) => Promise<unknown>][] = [
    ['views of a scope', (s) => s.tickets.countViews({ scope, officer: 'o', now: at(0), soon: at(9) })],
    ['views of everything', (s) => s.tickets.countViews({ officer: 'o', now: at(0), soon: at(9) })],
    ['tickets counted', (s) => s.tickets.counts(at(0))],
    ['tickets merged', (s) => s.tickets.mergedInto('R')],
    ['tickets linked', (s) => s.tickets.linkedTo('T')],
    ['tickets that say the same', (s) => s.tickets.findSaying('m', { station: 'x', since: at(0) })],
    ['clocks due', (s) => s.clocks.due(at(0), 50)],
    ['clocks of tickets', (s) => s.clocks.ofTickets(['A', 'B'])],
    ['clocks of a ticket', (s) => s.clocks.ofTicket('A')],
    ['escalations due', (s) => s.escalations.due(at(0), 50)],
    ['escalations open', (s) => s.escalations.list({ open: true, limit: 9 })],
    ['escalations open in a scope', (s) => s.escalations.list({ open: true, scope, rank: 'oc', limit: 9 })],
    ['escalations', (s) => s.escalations.list({ limit: 9, after: 'E' })],
    ['escalations of a ticket', (s) => s.escalations.ofTicket('T')],
    ['escalations counted', (s) => s.escalations.countOpen()],
    ['waits due', (s) => s.waits.due(at(0), 50)],
    ['waits of a ticket', (s) => s.waits.ofTicket('T')],
    ['letters in the outbox', (s) => s.outbox.list({ limit: 9 })],
    ['letters sent', (s) => s.outbox.list({ state: 'sent', limit: 9 })],
    ['letters failed', (s) => s.outbox.list({ state: 'failed', limit: 9 })],
    ['letters of a ticket in the outbox', (s) => s.outbox.list({ ticketId: 'T', state: 'queued', limit: 9 })],
    ['the outbox counted', (s) => s.outbox.counts()],
    ['when the next letter is due', (s) => s.outbox.nextDueAt()],
    ['letters', (s) => s.letters.list(9)],
    ['letters parked', (s) => s.letters.list(9, { parked: true })],
    ['a copy of a letter', (s) => s.letters.findCopy('f', at(0))],
    ['references of a letter', (s) => s.letters.referencesOf('L')],
    ['messages of a ticket', (s) => s.messages.ofTicket('T')],
    ['a filed message', (s) => s.messages.findFiled('L', 'x')],
    ['references by Message-ID', (s) => s.messages.referencesWith(['<a@b.example>'])],
    ['the journal of a ticket', (s) => s.journal.ofTicket('T')],
    ['the journal on', (s) => s.journal.chainedAfter(9, 9)],
    ['the last of the journal', (s) => s.journal.lastChained()],
    ['the newest checkpoint', (s) => s.journal.newestCheckpoint()],
    ['the register of a station', (s) => s.information.list({ station: 'x' })],
    ['the register of a time', (s) => s.information.list({ registeredFrom: at(0), registeredBefore: at(1) })],
    ['corrections', (s) => s.labels.list(9)],
    ['corrections of junk', (s) => s.labels.listJunk(9)],
    ['notes', (s) => s.notes.ofTicket('T')],
    ['correspondents', (s) => s.correspondents.ofTicket('T')],
    ['counters of letters', (s) => s.allowances.used([{ key: 'k', slot: 's' }])],
    ['tickets to be erased', (s) => s.erasures.closedBefore(at(0), 50)],
    ['files to be removed', (s) => s.erasures.filesToRemove(50)],
    ['tickets to be marked', (s) => s.matters.unmarked(at(0), 25)],
    ['candidates of a matter', (s) => s.matters.candidates('k', { scope: 's', since: at(0), limit: 8 })],
    ['old keys of matters', (s) => s.matters.isOld('k', { scope: 's', before: at(0) })],
    ['suggestions', (s) => s.matters.suggestedFor(known, 9)],
    ['heads of matters', (s) => s.matters.heads({ limit: 9 })],
    ['heads of matters at a station', (s) => s.matters.heads({ station: 'x', limit: 9 })],
    ['children', (s) => s.matters.childrenOf('T')],
  ];
  it.each(readings)('finds %s without a scan', async (_name, ask) => {
    const statements = await statementsOf(ask);
    expect(statements).not.toEqual([]);
    for (const { text, plan } of statements)
      expect(scansIn(plan, text), `${text}\n${plan.join('\n')}`).toEqual([]);
  });

  const changes: [string, (unit: UnitOfWork) => Promise<unknown>][] = [
    ['claims', (u) => u.outbox.claimDue({ limit: 9, now: at(0), leaseUntil: at(1) })],
    ['reclaims', (u) => u.outbox.reclaim(at(0))],
    ['withholds', (u) => u.outbox.withhold('T', 'reminder', 'why')],
    ['meets a clock', (u) => u.clocks.meet('T', 'resolution', at(0))],
    ['ends escalations', (u) => u.escalations.endAll('T', at(0))],
    ['erases', (u) => u.erasures.erase(known.id)],
    ['erases details', (u) => u.journal.eraseDetails('T')],
    ['forgets marks', (u) => u.matters.forgetBefore(at(0), 50)],
  ];
  it.each(changes)('%s without a scan', async (_name, ask) => {
    const statements = await statementsOf((store) => store.transact(ask));
    expect(statements).not.toEqual([]);
    for (const { text, plan } of statements)
      expect(scansIn(plan, text), `${text}\n${plan.join('\n')}`).toEqual([]);
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
  ])('finds %s by one step through its index', async (_name, ask, step) => {
    expect((await statementsOf(ask)).at(-1)?.plan).toEqual([step]);
  });

  it('counts tickets from the index of what is at hand alone', async () => {
    const [counted] = await statementsOf((store) => store.tickets.counts(at(0)));
    expect(counted?.plan).toEqual(['SCAN ticket USING COVERING INDEX ticket_at_hand']);
  });

  const month = { stations: ['x', 'y'], days: { from: 1, to: 9 } };
  const hours = Array.from({ length: 25 }, (_, hour) => at(hour * 60));
  const span = { from: at(0), before: at(1440) };
  it.each<[string, (store: Under['store']) => Promise<unknown>, RegExp]>([
    ['figures by day', (store) => store.figures.perDay(month), /figure USING PRIMARY KEY \(day/],
    ['figures by station', (store) => store.figures.perStation(month), /figure USING PRIMARY KEY \(day/],
    ['what stands', (store) => store.figures.standing(['x']), /COVERING INDEX figure_pressing/],
    ['parts of a day', (store) => store.figures.partsOf(span, 9), /COVERING INDEX ticket_received/],
    ['what changed', (store) => store.figures.changedAfter(5, 9), /SEARCH journal USING INTEGER PRIMARY KEY/],
    ['new risks', (store) => store.figures.cameAtRisk(at(0), at(1)), /COVERING INDEX clock_risk/],
    ['clocks without risk', (store) => store.figures.clocksWithoutRisk(9), /INDEX clock_risk \(risk_at=\?\)/],
    [
      'figures of a span',
      (store) => store.figures.count(span, { day: 1, hours, now: at(0) }),
      /SEARCH ticket USING INDEX ticket_received/,
    ],
  ])('reads %s through its index', async (_name, ask, step) => {
    const steps = (await statementsOf(ask)).flatMap(({ plan }) => plan);
    expect(steps.join('\n')).toMatch(step);
    expect(steps.filter((one) => /^SCAN (ticket|clock|journal|figure)\b(?!.* USING )/.test(one))).toEqual([]);
  });
});
