// What changes while pages are open: one look a second for all of them, and each is told only of what it may see.
import { actorOf, maySee } from '../../domain/rights.js';
import type { Ticket } from '../../domain/ticket.js';
import { type OfficeRules, peopleNow, stationOf } from '../../ports/office.js';
import type { Store } from '../../ports/store.js';
import type { Log } from '../../ports/surroundings.js';
import type { Company } from './company.js';
import { createMailbox, type Mailbox } from './mailbox.js';
import type { PageEvent } from './route.js';

export interface LiveOptions {
  store: Pick<Store, 'journal' | 'tickets' | 'officers' | 'changeMark'>;
  rules(): OfficeRules;
  company: Company;
  log: Log;
  everyMs?: number | undefined;
}

export interface LiveReader {
  /** Id. */
  officer: string;
  /** The newest change the page knows; undefined: from now on. */
  after: number | undefined;
  signal: AbortSignal;
}

/** One ticket that has changed: `version` as it is now, `isNew` when it was opened, `by` whoever did it. */
export interface TicketNews {
  reference: string;
  version: number;
  isNew: boolean;
  by: string[];
}

export interface Live {
  /**
   * `tickets` ({ tickets: TicketNews[] }), `company` ({ reference, who: Companion[] }), and `many` when so much has
   * changed that the page should be loaded again. The id of an event is the change it goes up to.
   */
  events(reader: LiveReader): AsyncIterable<PageEvent>;
  /** The newest change, for a page that is about to be shown. */
  position(): Promise<number>;
}

const MOST_ROWS = 500;

interface Listener {
  officer: string;
  mailbox: Mailbox;
}

export function createLive(options: LiveOptions): Live {
  const { store, everyMs = 1_000, log } = options;
  const listeners = new Set<Listener>();
  const state = { mark: -1, position: 0 };
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  const position = async () => (await store.journal.lastChained())?.number ?? 0;
  const look = () => {
    looking = looking
      .then(() => lookAround(options, listeners, state))
      .catch((error: unknown) =>
        log.warn({ error }, 'open pages could not be told what changed; they will be'),
      );
  };
  const join = async (listener: Listener, after: number | undefined) => {
    if (!timer) {
      const now = await position();
      // Another page may have begun meanwhile; what it has not been told yet must not be passed over.
      if (!timer) {
        state.position = now;
        timer = setInterval(look, everyMs).unref();
      }
    }
    // From here on it is told with the others, so what lies before must be told first.
    listeners.add(listener);
    if (after !== undefined && after < state.position)
      await tell(options, [listener], { ...state, position: after });
  };
  const leave = (listener: Listener) => {
    listeners.delete(listener);
    listener.mailbox.close();
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  return {
    position,
    async *events({ officer, after, signal }) {
      const listener = { officer, mailbox: createMailbox() };
      const stop = () => leave(listener);
      signal.addEventListener('abort', stop, { once: true });
      try {
        await join(listener, after);
        if (signal.aborted) return;
        yield* listener.mailbox.letters();
      } finally {
        signal.removeEventListener('abort', stop);
        leave(listener);
      }
    },
  };
}

interface State {
  mark: number;
  position: number;
}

async function lookAround(
  options: LiveOptions,
  listeners: ReadonlySet<Listener>,
  state: State,
): Promise<void> {
  const all = [...listeners];
  const mark = options.store.changeMark();
  if (mark !== state.mark) {
    state.position = await tell(options, all, state);
    state.mark = mark;
  }
  const moved = options.company.takeChanged();
  if (moved.length > 0) await tellCompany(options, all, moved);
}

/** Tells what follows `from.position`; answers up to where. */
async function tell(options: LiveOptions, listeners: readonly Listener[], from: State): Promise<number> {
  const { store } = options;
  const rows = await store.journal.chainedAfter(from.position, MOST_ROWS);
  const last = rows.at(-1)?.number ?? from.position;
  if (rows.length === MOST_ROWS) {
    const end = (await store.journal.lastChained())?.number ?? last;
    for (const { mailbox } of listeners) mailbox.put({ event: 'many', data: {}, id: String(end) });
    return end;
  }
  const changes = new Map<string, { isNew: boolean; by: Set<string> }>();
  for (const { ticketId, event, actor } of rows) {
    if (ticketId === null) continue;
    const change = changes.get(ticketId) ?? { isNew: false, by: new Set<string>() };
    changes.set(ticketId, { isNew: change.isNew || event === 'opened', by: change.by.add(actor) });
  }
  const tickets = await store.tickets.withIds([...changes.keys()]);
  await tellThose(options, listeners, (mine) => {
    const seen = tickets.filter((ticket) => mine(ticket));
    if (seen.length === 0) return [];
    const news = seen.map(({ id, reference, version }): TicketNews => {
      const { isNew = false, by = new Set<string>() } = changes.get(id) ?? {};
      return { reference, version, isNew, by: [...by] };
    });
    return [{ event: 'tickets', data: { tickets: news }, id: String(last) }];
  });
  return last;
}

async function tellCompany(
  options: LiveOptions,
  listeners: readonly Listener[],
  ids: readonly string[],
): Promise<void> {
  const tickets = await options.store.tickets.withIds(ids.slice(0, MOST_ROWS));
  await tellThose(options, listeners, (mine, officer) =>
    tickets.filter(mine).map(({ id, reference }) => {
      const who = options.company.of(id, officer).map(({ name, doing }) => ({ name, doing }));
      return { event: 'company', data: { reference, who } };
    }),
  );
}

/** Rights are asked anew each time: they may have changed since the page was opened. */
async function tellThose(
  { rules, store }: LiveOptions,
  listeners: readonly Listener[],
  eventsFor: (mine: (ticket: Ticket) => boolean, officer: string) => PageEvent[],
): Promise<void> {
  const now = rules();
  const people = await peopleNow(now, store);
  for (const { officer, mailbox } of listeners) {
    const person = people.get(officer);
    if (!person) continue;
    const actor = actorOf(person);
    const mine = (ticket: Ticket) => maySee(actor, ticket, stationOf(now, ticket.station));
    for (const event of eventsFor(mine, officer)) mailbox.put(event);
  }
}
