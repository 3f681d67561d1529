// Tells one step up the ranks: the escalation, the notices to those who hold the post, the journal. Once per step.

import { afterQuietHours } from '../domain/clock-plan.js';
import type { Escalation } from '../domain/escalation.js';
import { escalationLink } from '../domain/escalation-link.js';
import { noticeMarks } from '../domain/letter-marks.js';
import { composeEscalation } from '../domain/officer-letter.js';
import { freshRecord } from '../domain/outbox-record.js';
import type { OutgoingLetter } from '../domain/outgoing.js';
import type { Officer } from '../domain/people.js';
import { nameIn } from '../domain/station.js';
import { shift } from '../domain/time.js';
import { toldFor } from '../domain/told.js';
import type { Raising, Step } from '../ports/desk.js';
import { type OfficeRules, peopleNow, stationOf } from '../ports/office.js';
import type { UnitOfWork } from '../ports/store.js';
import type { IdSource, Meter, Signer } from '../ports/surroundings.js';
import { sendList } from './digest.js';

export interface RaisingOptions {
  rules(): OfficeRules;
  ids: IdSource;
  signer: Signer;
  meter: Meter;
}

export function createRaising(options: RaisingOptions): Raising {
  return { raise: (unit, step) => raise(options, unit, step) };
}

async function raise(options: RaisingOptions, unit: UnitOfWork, step: Step): Promise<Escalation | undefined> {
  const rules = options.rules();
  const people = await peopleNow(rules, unit);
  const { ticket } = step;
  const station = stationOf(rules, ticket.station);
  const post = toldFor(step.rank, { ticket, station, people }, unit.now);
  const answerBy = shift(unit.now, step.answerWithinMs);
  const escalation: Escalation = {
    id: options.ids.next(),
    ticketId: ticket.id,
    clock: step.cause,
    round: step.round,
    step: step.step,
    rank: post.rank,
    told: post.holders.map(({ id }) => id),
    markedAt: step.markedAt,
    at: unit.now,
    answerBy,
    acknowledgedAt: null,
    acknowledgedBy: null,
    endedAt: null,
    nextAt: step.climbs ? answerBy : null,
  };
  if (!(await unit.escalations.raise(escalation))) return undefined;
  for (const officer of post.holders) await notify(options, { unit, step, escalation, officer });
  const { clock, round, rank, told } = escalation;
  const detail = { escalationId: escalation.id, clock, round, step: step.step, rank, told };
  await unit.journal.write(ticket.id, { actor: 'system', event: 'escalated', detail });
  options.meter.count('escalations_total', { rank });
  return escalation;
}

interface Notice {
  unit: UnitOfWork;
  step: Step;
  escalation: Escalation;
  officer: Officer;
}

/** At night people are told of what is urgent; the rest waits for the morning, the escalation itself does not. */
async function notify(options: RaisingOptions, notice: Notice): Promise<void> {
  const { unit, step, officer } = notice;
  if (officer.address === null || !(await mayTell(options, notice))) return;
  const rules = options.rules();
  const quiet = rules.quietHours && { ...rules.quietHours, timeZone: rules.timeZone };
  const dueAt = step.ticket.urgency === 'urgent' ? unit.now : afterQuietHours(unit.now, quiet);
  const letter = letterFor(options, notice, officer.address);
  await unit.outbox.enqueue(freshRecord(letter, { ticketId: step.ticket.id, receivedAt: unit.now, dueAt }));
}

/** Letters to one officer in an hour; more tell nothing that the list does not, and bury what matters. */
const MOST_AN_HOUR = { urgent: 60, other: 30 };

/**
 * Whoever bombs us must not make us bomb our own officers: beyond the bound of an hour the step stands in the list, which
 * is sent once when the bound is passed.
 */
async function mayTell(options: RaisingOptions, { unit, step, officer }: Notice): Promise<boolean> {
  const kind = step.ticket.urgency === 'urgent' ? 'urgent' : 'other';
  const counter = { key: `notice ${kind} ${officer.id}`, slot: unit.now.slice(0, 13) };
  const [told = 0] = await unit.allowances.use([counter]);
  if (told <= MOST_AN_HOUR[kind]) return true;
  options.meter.count('notices_withheld_total');
  if (told === MOST_AN_HOUR[kind] + 1) await sendList(options, unit, officer);
  return false;
}

function letterFor(
  { rules: current, ids, signer }: RaisingOptions,
  { unit, step, escalation, officer }: Notice,
  to: string,
): OutgoingLetter {
  const rules = current();
  const { mailDomain } = rules.directory;
  const { reference, station, urgency } = step.ticket;
  const outboxId = ids.next();
  return composeEscalation({
    to,
    name: officer.name,
    reference,
    stationName: nameIn(stationOf(rules, station).name, 'en'),
    urgency,
    rank: escalation.rank,
    cause: step.cause,
    dueAt: step.dueAt,
    answerBy: escalation.answerBy,
    link: escalationLink(signer, { escalationId: escalation.id, officerId: officer.id }, rules.publicUrl),
    marks: noticeMarks(signer, { outboxId, reference, mailDomain }),
    createdAt: unit.now,
    mailDomain,
    timeZone: rules.timeZone,
    templates: rules.templates,
  });
}
