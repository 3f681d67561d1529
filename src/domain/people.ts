// The people of the stations: ranks, posts and absence. Who answers for a ticket, and who stands in when nobody does.
import type { Station } from './station.js';
import type { Instant } from './time.js';

/** `officer` is the desk officer (SI/ASI); `admin` the IT cell; `auditor` reads and never acts. */
export const RANKS = ['officer', 'oc', 'ac', 'dc', 'admin', 'auditor'] as const;
export type Rank = (typeof RANKS)[number];

/** The way up. The IT cell at its end is not a superior: it must find out who is. */
export const LADDER = ['officer', 'oc', 'ac', 'dc', 'admin'] as const satisfies readonly Rank[];
export type LadderRank = (typeof LADDER)[number];

/** A person, or a post known only by its mail address. */
export interface Officer {
  id: string;
  name: string;
  /** As it stands before the name: SI, ASI, Inspector. May be empty. */
  title: string;
  rank: Rank;
  /** Where notices go; null: nowhere. */
  address: string | null;
  /** Codes of the stations served. */
  stations: readonly string[];
  /** `force/division` of the divisions served. */
  divisions: readonly string[];
  /** Reads tickets of restricted categories at the own station. */
  readsRestricted: boolean;
  disabled: boolean;
  away: Absence | null;
}

export interface Absence {
  until: Instant;
  /** Id of the officer who stands in; null: nobody does. */
  deputy: string | null;
}

/** Everybody, by id. */
export type People = ReadonlyMap<string, Officer>;

/** Title and name; a post known by its mail address alone is named by title and address. */
export function titledName({ id, title, name, address }: Officer): string {
  return [title, name || address || id].filter((part) => part !== '').join(' ');
}

/** `force/division`, the key under which officers serve divisions. */
export function divisionKey(station: Pick<Station, 'force' | 'division'>): string {
  return `${station.force}/${station.division}`;
}

/** The rank above, `admin` at the top. */
export function rankAbove(rank: LadderRank): LadderRank {
  return LADDER[Math.min(LADDER.indexOf(rank) + 1, LADDER.length - 1)] ?? 'admin';
}

export function isOnLadder(rank: Rank): rank is LadderRank {
  return (LADDER as readonly Rank[]).includes(rank);
}

/** Whether `rank` is `other` or above it on the ladder. */
export function isAtLeast(rank: Rank, other: LadderRank): boolean {
  return isOnLadder(rank) && LADDER.indexOf(rank) >= LADDER.indexOf(other);
}

/** Whether the station lies in what the officer serves. The IT cell and auditors serve the whole city. */
export function serves(officer: Officer, station: Station): boolean {
  if (officer.rank === 'admin' || officer.rank === 'auditor') return true;
  return officer.stations.includes(station.code) || officer.divisions.includes(divisionKey(station));
}

export function isPresent(officer: Officer, now: Instant): boolean {
  return !officer.disabled && (officer.away === null || officer.away.until <= now);
}

/** The officer, or whoever stands in now, following deputies of deputies; undefined when nobody does. */
export function standInFor(people: People, officer: Officer, now: Instant): Officer | undefined {
  const seen = new Set<string>();
  let current: Officer | undefined = officer;
  while (current && !seen.has(current.id)) {
    if (isPresent(current, now)) return current;
    seen.add(current.id);
    // A disabled officer's last deputy has no mandate any more.
    current = current.disabled || !current.away?.deputy ? undefined : people.get(current.away.deputy);
  }
  return undefined;
}

/** Those who hold `rank` for the station now, stand-ins in place of the absent; empty when nobody does. */
export function holdersOf(
  people: People,
  post: { rank: LadderRank; station: Station },
  now: Instant,
): Officer[] {
  const found = new Map<string, Officer>();
  for (const officer of people.values()) {
    if (officer.rank !== post.rank || officer.disabled || !serves(officer, post.station)) continue;
    const acting = standInFor(people, officer, now);
    if (acting) found.set(acting.id, acting);
  }
  return [...found.values()];
}

export interface FilledPost {
  /** The rank that answers: the one asked for, or the next above that somebody holds. */
  rank: LadderRank;
  holders: Officer[];
}

/** The post at `rank`, or the next one above that is filled: a post nobody fills falls upwards. */
export function filledPost(
  people: People,
  post: { rank: LadderRank; station: Station },
  now: Instant,
): FilledPost {
  for (const rank of LADDER.slice(LADDER.indexOf(post.rank))) {
    const holders = holdersOf(people, { rank, station: post.station }, now);
    if (holders.length > 0) return { rank, holders };
  }
  return { rank: 'admin', holders: [] };
}

/** Whom step `rank` of a ticket reaches: the assigned officer (or stand-in) for `officer`, else the holders of the post. */
export function answering(
  people: People,
  ticket: { rank: LadderRank; station: Station; officer: string | null },
  now: Instant,
): FilledPost {
  if (ticket.rank !== 'officer') return filledPost(people, ticket, now);
  const assigned = ticket.officer === null ? undefined : people.get(ticket.officer);
  const acting = assigned && standInFor(people, assigned, now);
  if (acting) return { rank: isOnLadder(acting.rank) ? acting.rank : 'officer', holders: [acting] };
  return filledPost(people, { rank: 'oc', station: ticket.station }, now);
}

/** Configured officers and posts with what was added or changed by command on top; absences fall on configured ones too. */
export function peopleOf(
  configured: readonly Officer[],
  recorded: readonly (Officer & { absenceOnly: boolean })[],
): People {
  const people = new Map(configured.map((officer) => [officer.id, officer]));
  for (const { absenceOnly, ...officer } of recorded) {
    const known = people.get(officer.id);
    if (known) people.set(officer.id, { ...known, disabled: officer.disabled, away: officer.away });
    else if (!absenceOnly) people.set(officer.id, officer);
  }
  return people;
}
