// Whether a database is in order: its pages, its rows towards each other, its numbers.
import { formatReference, parseReference } from '../domain/reference.js';
import { CONTRADICTIONS, type Counter, type Inspection } from '../ports/inspection.js';
import type { OnProgress } from '../ports/vault.js';
import { type Finding, finding } from './findings.js';
import { everyReference } from './reading.js';

export interface Order {
  findings: Finding[];
  tickets: number;
  /** Whether the database is of another version, so that its rows were not held against each other. */
  otherVersion: boolean;
}

const CENTURY = 2000;

/**
 * Looks through the database. One of another version than the program is judged by what every version has. Nothing else is
 * asked of a database whose pages are damaged.
 */
export async function orderOf(inspection: Inspection, onProgress: OnProgress): Promise<Order> {
  const steps = CONTRADICTIONS.length + 3;
  const step = (done: number) => onProgress({ stage: 'Database', done, total: steps });
  step(0);
  const damage = inspection.damage().map((line) => finding('database-damaged', line));
  if (damage.length > 0) return { findings: damage, tickets: 0, otherVersion: false };
  step(1);
  const findings = inspection
    .dangling()
    .map(({ table, parent, rows, example }) =>
      finding(
        'dangling-row',
        `${rows} of ${table} to ${parent}${example === null ? '' : `, one is row ${example}`}`,
      ),
    );
  step(2);
  const numbers = await numbersOf(inspection);
  findings.push(...numbers.findings);
  step(3);
  const { tickets } = numbers;
  if (!(await inspection.isCurrent())) return { findings, tickets, otherVersion: true };
  for (const [index, kind] of CONTRADICTIONS.entries()) {
    const found = await inspection.contradictions(kind);
    findings.push(...found.map(({ subject }) => finding(kind, subject)));
    step(index + 4);
  }
  return { findings, tickets, otherVersion: false };
}

/**
 * Every number up to the last one given must be a ticket's. The counters are read before the tickets and again after
 * them: tickets are opened meanwhile.
 */
async function numbersOf(inspection: Inspection): Promise<Omit<Order, 'otherVersion'>> {
  const before = await inspection.counters();
  const given = new Map<string, Set<number>>();
  let tickets = 0;
  for await (const reference of everyReference(inspection)) {
    tickets += 1;
    const parts = parseReference(reference);
    if (!parts) continue;
    const key = `${parts.station} ${parts.year}`;
    const numbers = given.get(key) ?? new Set();
    given.set(key, numbers.add(parts.number));
  }
  const after = await inspection.counters();
  return { tickets, findings: [...missing(before, given), ...beyond(after, given)] };
}

type Given = ReadonlyMap<string, ReadonlySet<number>>;

const keyOf = ({ station, year }: Counter) => `${station} ${String(year % 100).padStart(2, '0')}`;

function missing(counters: readonly Counter[], given: Given): Finding[] {
  return counters.flatMap((counter) => {
    const numbers = given.get(keyOf(counter)) ?? new Set();
    const findings: Finding[] = [];
    for (let number = 1; number <= counter.value; number += 1) {
      if (numbers.has(number)) continue;
      findings.push(finding('ticket-missing', formatReference(counter.station, counter.year, number)));
    }
    return findings;
  });
}

function beyond(counters: readonly Counter[], given: Given): Finding[] {
  const last = new Map(counters.map((counter) => [keyOf(counter), counter.value]));
  return [...given].flatMap(([key, numbers]) => {
    const [station = '', year = ''] = key.split(' ');
    return [...numbers]
      .filter((number) => number > (last.get(key) ?? 0))
      .map((number) => finding('number-not-given', formatReference(station, CENTURY + Number(year), number)));
  });
}
