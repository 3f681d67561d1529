// The list of what is open, to each who is to answer, at fixed times of the day; each time told once, the newest one
// only after an outage.
import type { Escalation } from '../domain/escalation.js';
import { listMarks } from '../domain/letter-marks.js';
import { latestSlot } from '../domain/local-slot.js';
import { composeDigest, type DigestLine } from '../domain/officer-letter.js';
import { freshRecord } from '../domain/outbox-record.js';
import { type Officer, type People, standInFor } from '../domain/people.js';
import { nameIn } from '../domain/station.js';
import type { Ticket } from '../domain/ticket.js';
import type { Instant } from '../domain/time.js';
import { toldFor } from '../domain/told.js';
import { type OfficeRules, peopleNow, stationOf } from '../ports/office.js';
import type { UnitOfWork } from '../ports/store.js';
import type { IdSource, Signer } from '../ports/surroundings.js';
import type { SweepOptions } from './sweep.js';

/** What writing a list takes. */
export interface ListOptions {
  rules(): OfficeRules;
  ids: IdSource;
  signer: Signer;
}

export interface DigestOptions
  extends ListOptions,
    Pick<SweepOptions, 'store' | 'clock' | 'log' | 'onLetters'> {}

/** Escalations listed in all; the oldest count. */
const LISTED = 10_000;

/** Sends the list for the newest time that has passed, unless that was done. Resolves to the number of letters. */
export async function sendDigests(options: DigestOptions): Promise<number> {
  const { digestTimes, timeZone } = options.rules();
  const slot = latestSlot(digestTimes, timeZone, options.clock.now());
  if (slot === undefined) return 0;
  const letters = await options.store.transact((unit) => writeDigests(options, unit, slot));
  if (letters > 0) options.onLetters();
  return letters;
}

async function writeDigests(options: DigestOptions, unit: UnitOfWork, slot: Instant): Promise<number> {
  if (!(await unit.notices.claim(`digest ${slot}`))) return 0;
  const lists = await listsOf(unit, options.rules(), LISTED);
  for (const list of lists.values()) await enqueue(options, unit, list);
  return lists.size;
}

/** Listed when one officer is told at once; the letter shows fewer anyway. */
const LISTED_AT_ONCE = 1_000;

/** Sends the list of what is open to one officer, out of turn. */
export async function sendList(options: ListOptions, unit: UnitOfWork, officer: Officer): Promise<void> {
  const list = (await listsOf(unit, options.rules(), LISTED_AT_ONCE)).get(officer.id);
  if (list) await enqueue(options, unit, list);
}

interface OfficersList {
  officer: Officer;
  lines: DigestLine[];
}

/** What is open, oldest first, by the officers who are to answer. */
async function listsOf(
  unit: UnitOfWork,
  rules: OfficeRules,
  limit: number,
): Promise<Map<string, OfficersList>> {
  const people = await peopleNow(rules, unit);
  const lists = new Map<string, OfficersList>();
  for (const escalation of await unit.escalations.list({ open: true, limit })) {
    const ticket = await unit.tickets.findById(escalation.ticketId);
    if (!ticket) continue;
    for (const officer of readersOf(escalation, ticket, { rules, people, now: unit.now })) {
      const list = lists.get(officer.id) ?? { officer, lines: [] };
      list.lines.push(lineOf(escalation, ticket, rules));
      lists.set(officer.id, list);
    }
  }
  return lists;
}

interface Around {
  rules: OfficeRules;
  people: People;
  now: Instant;
}

/** Those who were told, or who stand in for them by now; when none of them is left, those who hold the post. */
function readersOf(escalation: Escalation, ticket: Ticket, { rules, people, now }: Around): Officer[] {
  const told = escalation.told.flatMap((id) => {
    const officer = people.get(id);
    const acting = officer && standInFor(people, officer, now);
    return acting ? [acting] : [];
  });
  if (told.length > 0) return told;
  const { rank } = escalation;
  if (rank === 'resident') return [];
  const station = stationOf(rules, ticket.station);
  return toldFor(rank, { ticket, station, people }, now).holders;
}

function lineOf(escalation: Escalation, ticket: Ticket, rules: OfficeRules): DigestLine {
  return {
    reference: ticket.reference,
    stationName: nameIn(stationOf(rules, ticket.station).name, 'en'),
    urgency: ticket.urgency,
    cause: escalation.clock,
    markedAt: escalation.markedAt,
  };
}

async function enqueue(
  options: ListOptions,
  unit: UnitOfWork,
  { officer, lines }: OfficersList,
): Promise<void> {
  if (officer.address === null) return;
  const rules = options.rules();
  const outboxId = options.ids.next();
  const { mailDomain } = rules.directory;
  const letter = composeDigest({
    to: officer.address,
    name: officer.name,
    lines,
    link: rules.publicUrl,
    marks: listMarks(options.signer, { outboxId, mailDomain }),
    createdAt: unit.now,
    mailDomain,
    timeZone: rules.timeZone,
    templates: rules.templates,
  });
  await unit.outbox.enqueue(freshRecord(letter, { ticketId: null, receivedAt: unit.now, dueAt: unit.now }));
}
