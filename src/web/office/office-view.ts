// The administration as its pages show it: plain data from what was read.
import type { HeldLetter } from '../../domain/letter.js';
import type { OutboxRecord } from '../../domain/outbox-record.js';
import type { OutboxState } from '../../domain/outgoing.js';
import { divisionKey, isPresent, type Officer, type People } from '../../domain/people.js';
import type { Station } from '../../domain/station.js';
import type { Instant } from '../../domain/time.js';
import type { LetterRecord } from '../../ports/records.js';
import type { PhraseKey } from '../words/words.js';

export const OUTBOX_TABS = [
  'failed',
  'deferred',
  'suppressed',
  'queued',
  'sent',
] as const satisfies readonly OutboxState[];

export interface OfficeTab {
  href: string;
  label: PhraseKey;
  isHere: boolean;
}

const TABS = [
  ['/office', 'office.tab.health'],
  ['/office/letters', 'office.tab.letters'],
  ['/office/outbox', 'office.tab.outbox'],
  ['/office/officers', 'office.tab.officers'],
  ['/office/stations', 'office.tab.stations'],
] as const;

export function tabsAt(path: string): OfficeTab[] {
  return TABS.map(([href, label]) => ({ href, label, isHere: href === path }));
}

export interface HeldRow {
  id: string;
  from: string;
  to: string;
  receivedAt: Instant;
  problem: string;
}

export function heldRow({ id, envelope, receivedAt, problem }: HeldLetter): HeldRow {
  return { id, from: envelope.from || '<>', to: envelope.to.join(', '), receivedAt, problem };
}

export interface ParkedRow {
  id: string;
  from: string;
  receivedAt: Instant;
  why: PhraseKey | null;
}

export function parkedRow({ id, envelope, receivedAt, parked }: LetterRecord): ParkedRow {
  const why = parked === null ? null : (`office.parked.${parked}` as const);
  return { id, from: envelope.from || '<>', receivedAt, why };
}

export interface OutboxRow {
  id: string;
  kind: string;
  to: string;
  reference: string | null;
  attempts: number;
  madeAt: Instant;
  /** What the far side said last, or why it was withheld. */
  said: string;
  canRetry: boolean;
}

export function outboxRow(record: OutboxRecord, reference: string | null): OutboxRow {
  const { letter, attempts, lastReply, reason, state } = record;
  return {
    id: letter.id,
    kind: letter.kind,
    to: letter.to,
    reference,
    attempts,
    madeAt: letter.createdAt,
    said: lastReply ?? reason ?? '',
    canRetry: state === 'failed' || state === 'deferred',
  };
}

export interface OfficerRow {
  id: string;
  name: string;
  rank: PhraseKey;
  /** Empty: everywhere. */
  places: readonly string[];
  address: string | null;
  presence: 'present' | 'away' | 'disabled';
  awayUntil: Instant | null;
  deputy: string | null;
  /** A list of what is still theirs. */
  ticketsHref: string;
}

/** By id. */
export function officerRows(people: People, now: Instant): OfficerRow[] {
  return [...people.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((officer) => officerRow(officer, people, now));
}

function officerRow(officer: Officer, people: People, now: Instant): OfficerRow {
  const { id, name, title, rank, stations, divisions, address, away, disabled } = officer;
  const isAway = !disabled && !isPresent(officer, now);
  const deputy = isAway && away?.deputy ? (people.get(away.deputy)?.name ?? away.deputy) : null;
  return {
    id,
    name: `${title} ${name}`.trim() || id,
    rank: `frame.rank.${rank}`,
    places: [...stations, ...divisions],
    address,
    presence: disabled ? 'disabled' : isAway ? 'away' : 'present',
    awayUntil: isAway ? (away?.until ?? null) : null,
    deputy,
    ticketsHref: `/desk?${new URLSearchParams({ view: 'open', officer: id })}`,
  };
}

export interface StationRow {
  code: string;
  name: Station['name'];
  division: string;
  addresses: readonly string[];
}

export function stationRow(station: Station): StationRow {
  const { code, name, addresses } = station;
  return { code, name, division: divisionKey(station), addresses };
}
