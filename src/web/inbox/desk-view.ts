// The desk as plain data: views with their counts, what the list is narrowed by, its rows, what can be done to them.
import { titledName } from '../../domain/people.js';
import type { LocalisedName } from '../../domain/station.js';
import { URGENCIES } from '../../domain/ticket.js';
import type { SavedView } from '../../ports/sign-in.js';
import type { Companion } from '../frame/company.js';
import type { Visit } from '../frame/route.js';
import { type PhraseKey, textIn } from '../words/words.js';
import type { Report } from './bulk.js';
import { COUNTED, COUNTED_TO, type Counts } from './counts.js';
import { addressOf, isNarrowed, type ListQuery, SORTS, sortOf, textOf, type View } from './list-query.js';
import type { RowView } from './row-view.js';

export interface ViewLink {
  view: View;
  href: string;
  label: PhraseKey;
  /** `12`, `999+`; null where nobody counts. */
  count: string | null;
  isHere: boolean;
  /** The letter after `g`. */
  key: string;
}

export interface DeskData {
  title: string;
  here: 'desk';
  scripts: readonly string[];
  /** What the header's field holds. */
  search: string;
  views: readonly ViewLink[];
  saved: readonly { id: string; name: string; href: string; isHere: boolean }[];
  list: ListData;
  /** Of the newest change the page knows. */
  mark: number;
  report: (Report & { token: string }) | null;
  mayAct: boolean;
}

export interface ListData {
  query: ListQuery;
  heading: PhraseKey;
  /** Ready to be saved. */
  text: string;
  rows: readonly (RowView & { company: readonly Companion[] })[];
  next: string | null;
  first: string | null;
  chips: readonly { label: string; lang: string | null; href: string }[];
  isNarrowed: boolean;
  /** What of the address says which figure is meant; the form that narrows keeps it. */
  figure: readonly { name: string; value: string }[];
  whole: string;
  choices: Choices;
  mayAct: boolean;
  back: string;
}

export interface Choices {
  stations: readonly { code: string; name: LocalisedName }[];
  officers: readonly { id: string; name: string }[];
  categories: readonly { code: string; name: LocalisedName }[];
  urgencies: typeof URGENCIES;
  sorts: typeof SORTS;
  sort: string;
}

const KEYS: Record<View, string> = {
  mine: 'm',
  unowned: 'u',
  soon: 's',
  overdue: 'o',
  look: 'l',
  waiting: 'w',
  held: 'h',
  junk: 'j',
  open: 'a',
  closed: 'c',
  any: 'f',
};

/** What an officer of the desk does first is the own work; whoever supervises sees what is open. */
export function homeOf({ rank }: { rank: string }): View {
  return rank === 'officer' ? 'mine' : 'open';
}

export function viewLinks(here: View, counts: Counts): ViewLink[] {
  const empty: ListQuery = {
    view: here,
    sort: null,
    q: '',
    station: '',
    urgency: '',
    state: '',
    category: '',
    officer: '',
    after: '',
  };
  return ([...COUNTED, 'closed'] as const).map((view) => ({
    view,
    href: addressOf(empty, { view }),
    label: `inbox.view.${view}`,
    count: view === 'closed' ? null : countText(counts[view]),
    isHere: view === here,
    key: KEYS[view],
  }));
}

export function countText(count: number): string {
  return count >= COUNTED_TO ? `${COUNTED_TO - 1}+` : String(count);
}

export function savedLinks(saved: readonly SavedView[], query: ListQuery): DeskData['saved'] {
  const here = textOf({ ...query, after: '' });
  return saved.map(({ id, name, query: text }) => ({
    id,
    name,
    href: `/desk?${text}`,
    isHere: text === here,
  }));
}

export interface ListParts {
  query: ListQuery;
  rows: ListData['rows'];
  /** Whether there are more after the last row. */
  more: boolean;
}

export function listData({ query, rows, more }: ListParts, visit: Visit): ListData {
  const last = rows.at(-1);
  return {
    query,
    heading: `inbox.view.${query.view}`,
    text: textOf({ ...query, after: '' }),
    rows,
    next: more && last ? addressOf(query, { after: last.reference }) : null,
    first: query.after === '' ? null : addressOf(query),
    chips: chipsOf(query, visit),
    isNarrowed: isNarrowed(query),
    figure: [...new URLSearchParams(query.figure ?? '')].map(([name, value]) => ({ name, value })),
    whole: addressOf({
      ...query,
      q: '',
      station: '',
      urgency: '',
      state: '',
      category: '',
      officer: '',
      figure: '',
    }),
    choices: choicesFor(query, visit),
    mayAct: visit.actor.rank !== 'auditor',
    back: addressOf(query, { after: query.after }),
  };
}

/** Each says by what the list is narrowed, and leads to the list without that. */
function chipsOf(query: ListQuery, { rules, people, language }: Visit): ListData['chips'] {
  const say = textIn(language);
  const named = (name: LocalisedName | undefined, code: string) => name?.[language] ?? name?.en ?? code;
  const officer = people.get(query.officer);
  const chips: [keyof ListQuery, string][] = [
    ['q', query.q && `“${query.q}”`],
    ['figure', query.figure ? say('inbox.figure') : ''],
    ['station', query.station && named(rules.directory.stations.get(query.station)?.name, query.station)],
    ['urgency', query.urgency && say(`inbox.urgency.${query.urgency}`)],
    ['state', query.state && say(`inbox.state.${query.state}`)],
    ['category', query.category && named(rules.categories.get(query.category)?.name, query.category)],
    [
      'officer',
      query.officer === 'none' ? say('inbox.nobody') : officer ? titledName(officer) : query.officer,
    ],
  ];
  return chips
    .filter(([, label]) => label !== '')
    .map(([name, label]) => ({ label, lang: null, href: addressOf(query, { [name]: '' }) }));
}

function choicesFor(query: ListQuery, { rules, scope, people }: Visit): Choices {
  const served = [...rules.directory.stations.values()].filter(
    ({ code }) => scope.stations === null || scope.stations.includes(code),
  );
  const among = new Set(served.map(({ code }) => code));
  const colleagues = [...people.values()].filter(
    ({ disabled, rank, stations }) =>
      !disabled && rank !== 'auditor' && stations.some((code) => among.has(code)),
  );
  return {
    stations: served.map(({ code, name }) => ({ code, name })),
    officers: colleagues.map((officer) => ({ id: officer.id, name: titledName(officer) })),
    categories: [...rules.categories.values()].map(({ code, name }) => ({ code, name })),
    urgencies: URGENCIES,
    sorts: SORTS,
    sort: sortOf(query),
  };
}
