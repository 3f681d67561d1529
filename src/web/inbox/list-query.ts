// The list as its address says it: which view, what is left out, in which order, from where on. The address is the state.
import { splitAddress } from '../../domain/address.js';
import { parseReference } from '../../domain/reference.js';
import { TICKET_STATES, type TicketState, URGENCIES, type Urgency } from '../../domain/ticket.js';
import { type Instant, shift } from '../../domain/time.js';
import type { TicketFilter, TicketScope } from '../../ports/records.js';
import { drillText } from '../board/drill-query.js';
import { fieldOf, type Values } from '../frame/route.js';

/** `any` holds closed tickets too: searching looks everywhere but among junk. */
export const VIEWS = [
  'mine',
  'unowned',
  'soon',
  'overdue',
  'look',
  'waiting',
  'held',
  'junk',
  'open',
  'closed',
  'any',
] as const;
export type View = (typeof VIEWS)[number];

export const SORTS = ['deadline', 'newest'] as const;
export type Sort = (typeof SORTS)[number];

export interface ListQuery {
  view: View;
  /** Null: as the view has it. */
  sort: Sort | null;
  /** Empty strings: not asked for. */
  q: string;
  station: string;
  urgency: Urgency | '';
  state: TicketState | '';
  category: string;
  /** An officer's id, or `none`. */
  officer: string;
  /** The tickets that a figure of the board counts, as its part of the address says it. */
  figure?: string | undefined;
  /** Reference of the last ticket of the page before. */
  after: string;
}

/** What falls due within this time is due soon, in words, colour and count alike. */
export const SOON_MS = 2 * 3_600_000;
const LONGEST = 200;

function oneOf<T extends string>(values: readonly T[], value: string): T | undefined {
  return values.find((one) => one === value);
}

/** Anything that is no such value counts as not asked for. `home` is the view of an address that names none. */
export function readQuery(values: Values, home: View): ListQuery {
  const field = (name: string) => fieldOf(values, name).trim().slice(0, LONGEST);
  const q = field('q');
  const figure = drillText(values);
  return {
    view: oneOf(VIEWS, field('view')) ?? (q === '' ? home : 'any'),
    sort: oneOf(SORTS, field('sort')) ?? null,
    q,
    station: field('station').toLowerCase(),
    urgency: oneOf(URGENCIES, field('urgency')) ?? '',
    state: oneOf(TICKET_STATES, field('state')) ?? '',
    category: field('category').toUpperCase(),
    officer: field('officer'),
    ...(figure === '' ? {} : { figure }),
    after: parseReference(field('after')) ? field('after').toUpperCase() : '',
  };
}

/** `/desk?view=mine&…` with `changes`; what is not asked for is left out, and a change begins at the first page. */
export function addressOf(query: ListQuery, changes: Partial<ListQuery> = {}): string {
  const text = textOf({ ...query, after: '', ...changes });
  return text === '' ? '/desk' : `/desk?${text}`;
}

/** The query as it is saved: without a place in it. */
export function textOf(query: ListQuery): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (name !== 'figure' && value !== '' && value !== null) text.set(name, String(value));
  }
  for (const [name, value] of new URLSearchParams(query.figure ?? '')) text.set(name, value);
  return text.toString();
}

/** Whether something besides the view narrows the list. */
export function isNarrowed(query: ListQuery): boolean {
  const { q, station, urgency, state, category, officer, figure = '' } = query;
  return [q, station, urgency, state, category, officer, figure].some((value) => value !== '');
}

export interface Asking {
  /** Id of who looks. */
  officer: string;
  now: Instant;
  scope: TicketScope;
  limit: number;
}

/** What the store is asked for. */
export function filterOf(query: ListQuery, { officer, now, scope, limit }: Asking): TicketFilter {
  const { view, q, station, urgency, state, category, after } = query;
  const named = query.officer === 'none' ? null : query.officer;
  return {
    scope,
    limit,
    ...ofView(view, { officer, now }),
    ...(q === '' ? {} : sought(q)),
    ...(station === '' ? {} : { station }),
    ...(urgency === '' ? {} : { urgency }),
    ...(state === '' ? {} : { state }),
    ...(category === '' ? {} : { category }),
    ...(named === '' || view === 'mine' || view === 'unowned' ? {} : { officer: named }),
    ...(after === '' ? {} : { after }),
    sort: sortOf(query),
  };
}

/** The next deadline first, but for what has none and for what was searched: there the newest is likeliest meant. */
export function sortOf({ sort, view }: Pick<ListQuery, 'sort' | 'view'>): Sort {
  return sort ?? (view === 'closed' || view === 'any' || view === 'junk' ? 'newest' : 'deadline');
}

function sought(q: string): Partial<TicketFilter> {
  return splitAddress(q) && !/\s/.test(q) ? { resident: q } : { search: q };
}

function ofView(view: View, { officer, now }: Pick<Asking, 'officer' | 'now'>): Partial<TicketFilter> {
  switch (view) {
    case 'mine':
      return { officer, unclosed: true };
    case 'unowned':
      return { officer: null, unclosed: true };
    case 'soon':
      return { dueBefore: shift(now, SOON_MS), unclosed: true };
    case 'overdue':
      return { overdue: true, unclosed: true };
    case 'look':
      return { attention: true };
    case 'waiting':
      return { state: 'waiting' };
    case 'held':
      return { owed: true };
    case 'junk':
      return { junk: true };
    case 'open':
      return { unclosed: true };
    case 'closed':
      return { state: 'closed' };
    case 'any':
      return {};
  }
}
