// What must have happened in the month, reckoned a second time without the program's own calendar and ladder code: open
// seconds are counted one by one, ranks are read off the list of people and leaves.
import type { Escalation } from '../../src/domain/escalation.js';
import type { LadderRank, Officer } from '../../src/domain/people.js';
import type { Ticket, TicketClock, Wait } from '../../src/domain/ticket.js';
import type { City } from './city.js';
import type { Leave } from './month.js';

const MINUTE = 60_000;
const IST_MS = 330 * MINUTE;

/** Counts office seconds since `start`: Monday to Friday 10 to 18, Saturday 10 to 14, not on holidays (Asia/Kolkata). */
export class OfficeSeconds {
  readonly start: number;
  private readonly counted: Int32Array;

  constructor(start: string, days: number, holidays: ReadonlySet<string>) {
    this.start = Date.parse(start);
    const seconds = days * 86_400;
    this.counted = new Int32Array(seconds + 1);
    let hours: [number, number] = [0, 0];
    for (let s = 0; s < seconds; s += 1) {
      const local = this.start + s * 1000 + IST_MS;
      if (s % 60 === 0) hours = hoursOn(local, holidays);
      const second = Math.floor((local % 86_400_000) / 1000);
      const open = second >= hours[0] && second < hours[1] ? 1 : 0;
      this.counted[s + 1] = (this.counted[s] ?? 0) + open;
    }
  }

  between(from: number, to: number): number {
    return this.at(to) - this.at(from);
  }

  private at(ms: number): number {
    const s = Math.min(Math.max(Math.floor((ms - this.start) / 1000), 0), this.counted.length - 1);
    return this.counted[s] ?? 0;
  }

  /** The first instant at which `seconds` office seconds have passed since `from`. */
  after(from: number, seconds: number): number {
    const wanted = this.at(from) + seconds;
    let low = Math.floor((from - this.start) / 1000);
    let high = this.counted.length - 1;
    if ((this.counted[high] ?? 0) < wanted) return Number.POSITIVE_INFINITY;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.counted[middle] ?? 0) >= wanted) high = middle;
      else low = middle + 1;
    }
    return this.start + low * 1000;
  }
}

function hoursOn(local: number, holidays: ReadonlySet<string>): [number, number] {
  const weekday = new Date(local).getUTCDay();
  if (weekday === 0 || holidays.has(new Date(local).toISOString().slice(0, 10))) return [0, 0];
  return [10 * 3600, (weekday === 6 ? 14 : 18) * 3600];
}

/** When `ms` of a clock that never changed are used up, waits left out; undefined while a wait without end comes first. */
export function expectedAt(
  clock: TicketClock,
  ms: number,
  around: { waits: readonly Wait[]; office: OfficeSeconds },
): number | undefined {
  const calendar = clock.plan.stretches[0]?.calendar;
  const after = (from: number, rest: number) =>
    calendar === 'office' ? around.office.after(from, rest / 1000) : from + rest;
  const used = (from: number, to: number) =>
    calendar === 'office' ? around.office.between(from, to) * 1000 : to - from;
  let from = Date.parse(clock.startedAt);
  let rest = ms;
  const waits = clock.name === 'resolution' ? around.waits : [];
  for (const wait of waits) {
    const begins = Date.parse(wait.startedAt);
    if (begins < from) continue;
    const end = after(from, rest);
    if (end <= begins) return end;
    if (wait.endedAt === null) return undefined;
    rest -= used(from, begins);
    from = Date.parse(wait.endedAt);
  }
  return after(from, rest);
}

const LADDER: LadderRank[] = ['officer', 'oc', 'ac', 'dc', 'admin'];

/** Who should have been told at `at`, by hand: present people, their deputies, else the next rank. */
export function expectedRank(
  meant: LadderRank,
  about: { ticket: Ticket; officer: string | null; city: City; leaves: readonly Leave[] },
  at: string,
): LadderRank {
  const { city, leaves, ticket } = about;
  const away = new Map(
    leaves.filter(({ from, until }) => from <= at && at < until).map((leave) => [leave.officer, leave]),
  );
  const actingRank = (id: string): LadderRank | undefined => {
    const seen = new Set<string>();
    for (let current: string | null = id; current !== null && !seen.has(current); ) {
      seen.add(current);
      const leave = away.get(current);
      if (!leave) return rankOf(city, current);
      current = leave.deputy;
    }
    return undefined;
  };
  if (meant === 'officer') {
    const acting = about.officer === null ? undefined : actingRank(about.officer);
    if (acting) return acting;
    return expectedRank('oc', about, at);
  }
  for (const rank of LADDER.slice(LADDER.indexOf(meant))) {
    const holders = city.rules.officers.filter(
      (officer) => officer.rank === rank && covers(officer, ticket, city),
    );
    if (holders.some(({ id }) => actingRank(id) !== undefined)) return rank;
  }
  return 'admin';
}

function rankOf(city: City, id: string): LadderRank | undefined {
  return city.rules.officers.find((officer) => officer.id === id)?.rank as LadderRank | undefined;
}

function covers(officer: Officer, ticket: Ticket, city: City): boolean {
  const division = city.rules.directory.stations.get(ticket.station)?.division;
  return (
    officer.rank === 'admin' ||
    officer.stations.includes(ticket.station) ||
    officer.divisions.includes(`kp/${division}`)
  );
}

/** The first minute's sweep at or after `ms`. */
export function sweepAfter(ms: number, start: string): number {
  const first = Date.parse(start);
  return first + Math.ceil((ms - first) / MINUTE) * MINUTE;
}

/** Key under which a step is told once. */
export function stepKey({ ticketId, clock, round, step }: Escalation): string {
  return [ticketId, clock, round, step].join(' ');
}
