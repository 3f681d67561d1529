// Who opens the page behind a notice's link, what it shows, and the one deed it offers.
import { ThanadakError } from '../domain/errors.js';
import type { Escalation } from '../domain/escalation.js';
import { isEscalationLink } from '../domain/escalation-link.js';
import { type Officer, type People, titledName } from '../domain/people.js';
import { type Actor, actorOf, mayAnswer, OPERATOR } from '../domain/rights.js';
import { nameIn } from '../domain/station.js';
import type { Ticket } from '../domain/ticket.js';
import type { Instant } from '../domain/time.js';
import { type OfficeRules, peopleNow, stationOf } from '../ports/office.js';
import type { Store } from '../ports/store.js';
import type { Clock, Signer } from '../ports/surroundings.js';
import { whatIsLate } from './escalation-wording.js';

/** The parts of the address in a notice. */
export interface EscalationAddress {
  id: string;
  officer: string;
  code: string;
}

export interface EscalationPages {
  /** The escalation as the page shows it; undefined when code, escalation or officer is wrong. Changes nothing. */
  open(link: EscalationAddress): Promise<EscalationPage | undefined>;
  /** Acknowledges as that officer, unless somebody has or it has ended; undefined as above. */
  acknowledge(link: EscalationAddress): Promise<EscalationPage | undefined>;
}

export interface EscalationPage {
  reference: string;
  /** Name of the station. */
  station: string;
  /** Null: not judged. */
  urgency: string | null;
  /** What is late, in a sentence. */
  what: string;
  markedAt: Instant;
  answerBy: Instant | null;
  /** Names. */
  told: string[];
  acknowledgedAt: Instant | null;
  /** Name. */
  acknowledgedBy: string | null;
  endedAt: Instant | null;
  /** IANA name of the zone in which times are shown. */
  timeZone: string;
}

export interface EscalationPagesOptions {
  store: Pick<Store, 'escalations' | 'tickets' | 'officers' | 'clocks'>;
  rules(): OfficeRules;
  signer: Signer;
  clock: Clock;
  /** Idempotent. Errors: 'not-found'; 'not-allowed' for an officer who may not answer. */
  acknowledge(order: { id: string; actor: Actor }): Promise<Escalation>;
}

export function createEscalationPages(options: EscalationPagesOptions): EscalationPages {
  return {
    async open(link) {
      const found = await find(options, link);
      return found && pageOf(options, found);
    },
    async acknowledge(link) {
      const found = await find(options, link);
      if (!found) return undefined;
      if (found.escalation.endedAt !== null) return pageOf(options, found);
      const escalation = await orUndefined(
        options.acknowledge({ id: link.id, actor: actorOf(found.officer) }),
      );
      return escalation && pageOf(options, { ...found, escalation });
    },
  };
}

interface Found {
  escalation: Escalation;
  ticket: Ticket;
  officer: Officer;
  people: People;
}

/** The code is checked first, so that a wrong one costs nothing but that. */
async function find(options: EscalationPagesOptions, link: EscalationAddress): Promise<Found | undefined> {
  const { store, signer } = options;
  const linked = { escalationId: link.id, officerId: link.officer };
  if (!isEscalationLink(signer, linked, link.code)) return undefined;
  const escalation = await store.escalations.find(link.id);
  const ticket = escalation && (await store.tickets.findById(escalation.ticketId));
  if (!escalation || !ticket) return undefined;
  const rules = options.rules();
  const people = await peopleNow(rules, store);
  const officer = people.get(link.officer);
  const station = stationOf(rules, ticket.station);
  // As the desk judges, so that nobody is shown a button that refuses.
  if (!officer || !mayAnswer(actorOf(officer), { escalation, ticket, station })) return undefined;
  return { escalation, ticket, officer, people };
}

async function pageOf(
  { store, rules, clock }: EscalationPagesOptions,
  { escalation, ticket, people }: Found,
): Promise<EscalationPage> {
  const { timeZone } = rules();
  const { markedAt, answerBy, told, acknowledgedAt, acknowledgedBy, endedAt } = escalation;
  const clocks = await store.clocks.ofTicket(ticket.id);
  return {
    reference: ticket.reference,
    station: nameIn(stationOf(rules(), ticket.station).name, 'en'),
    urgency: ticket.urgency,
    what: whatIsLate(escalation, clocks, { now: clock.now(), timeZone }),
    markedAt,
    answerBy,
    told: told.map((id) => nameOf(people, id)),
    acknowledgedAt,
    acknowledgedBy: acknowledgedBy && nameOf(people, acknowledgedBy),
    endedAt,
    timeZone,
  };
}

function nameOf(people: People, id: string): string {
  if (id === OPERATOR.id) return 'the operator of Thanadak';
  const officer = people.get(id);
  return officer ? titledName(officer) : id;
}

async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    const refused =
      error instanceof ThanadakError && (error.code === 'not-allowed' || error.code === 'not-found');
    if (refused) return undefined;
    throw error;
  }
}
