// Passing a matter on: to another of our stations with reference and clocks, to a foreign force, to an agency. Sending a
// resident away is no deed.
import { addressKey, isSendable } from '../domain/address.js';
import { composeForeignTransfer, composeReferral } from '../domain/agency-letter.js';
import type { Agency } from '../domain/category.js';
import { findRecipient } from '../domain/directory.js';
import { ThanadakError } from '../domain/errors.js';
import { letterMarks } from '../domain/letter-marks.js';
import { freshRecord } from '../domain/outbox-record.js';
import type { OutgoingLetter } from '../domain/outgoing.js';
import { ownWords } from '../domain/own-words.js';
import { isAtLeast } from '../domain/people.js';
import type { ResidentValue } from '../domain/resident-letter.js';
import { nameIn, type Station } from '../domain/station.js';
import { replyAddress } from '../domain/thread-token.js';
import type { Ticket, TicketChange } from '../domain/ticket.js';
import type { Correspondent, MessageRecord } from '../ports/records.js';
import { endWaits, replanClocks } from './clocks.js';
import { type DeskOptions, type Doing, doDeed, nonEmpty, type Order, record } from './deed.js';
import { commonValues, sentMessage, type Written, writeIfPossible } from './letters.js';
import { partFromMatter } from './matters.js';
import { NOT_WAITING } from './working.js';

/**
 * `to` is the code of a station, or a mail address (one of a station of ours means that station).
 * Errors: those of doDeed; 'invalid' for an unknown station or unusable address; 'conflict' to the station it is at.
 */
export function transfer(desk: DeskOptions, order: Order & { to: string; reason: string }): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'transfer' }, (doing) => {
    const reason = nonEmpty(order.reason, 'The reason');
    const station = stationMeant(doing, order.to);
    return station ? toStation(doing, station, reason) : toForeignForce(doing, order.to, reason);
  });
}

function stationMeant({ rules }: Doing, to: string): Station | undefined {
  const { directory } = rules;
  const code = to.includes('@') ? findRecipient(directory, to)?.station : to.toLowerCase();
  const station = directory.stations.get(code ?? '');
  if (!station && !to.includes('@')) {
    throw new ThanadakError(
      'invalid',
      `There is no station ${to}; give a station's code, or the address of a foreign force.`,
    );
  }
  return station;
}

async function toStation(doing: Doing, station: Station, reason: string): Promise<TicketChange> {
  const { ticket, unit } = doing;
  if (station.code === ticket.station)
    throw new ThanadakError('conflict', `${ticket.reference} is at ${station.code} already.`);
  const change = {
    ...NOT_WAITING,
    state: 'new',
    station: station.code,
    officer: null,
    passedOn: { to: station.code, at: unit.now, kind: 'transfer' },
  } as const satisfies TicketChange;
  await partFromMatter(doing);
  await endWaits(doing);
  await replanClocks({ ...doing, ticket: { ...ticket, ...change } });
  const told = await tellResident(doing, (language) => nameIn(station.name, language));
  await record(doing, 'transferred', { to: station.code, from: ticket.station, reason, ...told });
  return change;
}

/** The resident is told where it went, once; the reference stays theirs. */
function tellResident(doing: Doing, newStation: ResidentValue): Promise<Written> {
  return writeIfPossible(doing, {
    template: 'transfer',
    kind: 'transfer',
    values: { ...commonValues(doing), new_station: newStation },
    automatic: true,
  });
}

async function toForeignForce(doing: Doing, to: string, reason: string): Promise<TicketChange> {
  const { ticket, unit } = doing;
  if (ticket.restriction !== 'none' && !isAtLeast(doing.actor.rank, 'dc')) {
    throw new ThanadakError(
      'not-allowed',
      'Only the deputy commissioner passes a restricted matter on to another force.',
    );
  }
  const letter = composeForeignTransfer({ ...(await outsideFacts(doing, to)), reason });
  await sendOutside(doing, letter, 'force');
  const told = await tellResident(doing, to);
  await record(doing, 'transferred', { to, reason, outboxId: letter.id, ...told });
  return { passedOn: { to, at: unit.now, kind: 'transfer' } };
}

/** Errors: those of doDeed; 'not-found' for an unknown agency; 'conflict' for a restricted ticket. */
export function refer(desk: DeskOptions, order: Order & { agency: string; text: string }): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'refer' }, async (doing) => {
    const request = nonEmpty(order.text, 'What is asked of the agency');
    const { ticket, unit } = doing;
    const agency = agencyOf(doing, order.agency);
    if (ticket.restriction !== 'none') {
      throw new ThanadakError(
        'conflict',
        `${ticket.reference} is restricted: nothing of it goes to an agency.`,
      );
    }
    const letter = composeReferral({
      ...(await outsideFacts(doing, agency.address)),
      agencyName: nameIn(agency.name, 'en'),
      request,
    });
    await sendOutside(doing, letter, 'agency');
    await record(doing, 'referred', { to: agency.code, outboxId: letter.id });
    return { passedOn: { to: agency.code, at: unit.now, kind: 'referral' } };
  });
}

function agencyOf({ rules }: Doing, code: string): Agency {
  const agency = rules.agencies.get(code);
  if (agency) return agency;
  const known = [...rules.agencies.keys()].join(', ') || 'none';
  throw new ThanadakError('not-found', `There is no agency ${code}. Known are ${known}.`);
}

/** What both letters to the outside tell: our reference, the signed address for the answer, the resident's own words. */
async function outsideFacts(doing: Doing, to: string) {
  const { desk, unit, rules, ticket, station } = doing;
  if (!isSendable(to)) throw new ThanadakError('invalid', `${to} is not an address we can write to.`);
  const { mailDomain } = rules.directory;
  const first = (await unit.messages.ofTicket(ticket.id)).find(({ direction }) => direction === 'in');
  const outboxId = desk.ids.next();
  const signed = replyAddress(desk.signer, ticket.reference, mailDomain);
  const name = nameIn(station.name, 'en');
  return {
    to,
    reference: ticket.reference,
    stationName: name,
    resident: ticket.resident,
    letter: wordsThatMayLeave(first),
    receivedAt: ticket.receivedAt,
    from: { address: station.addresses[0] ?? `postmaster@${mailDomain}`, name },
    replyTo: { address: signed, name },
    envelopeFrom: signed,
    marks: letterMarks(desk.signer, { outboxId, reference: ticket.reference, mailDomain }),
    createdAt: unit.now,
    timeZone: rules.timeZone,
    templates: rules.templates,
  };
}

/** Whoever signed us up somewhere must not learn the code by having the matter passed on; nor does a virus in a text go on. */
function wordsThatMayLeave(first: MessageRecord | undefined): string {
  return !first || first.kind === 'sign-up' || first.infected !== null ? '' : ownWords(first.text);
}

/** The answer to the signed address joins the ticket, because its writer is known from now on. */
async function sendOutside(doing: Doing, letter: OutgoingLetter, role: Correspondent['role']): Promise<void> {
  const { unit, ticket } = doing;
  const about = { ticketId: ticket.id, receivedAt: unit.now, dueAt: unit.now };
  await unit.outbox.enqueue(freshRecord(letter, about));
  await unit.correspondents.add({ ticketId: ticket.id, address: addressKey(letter.to), role });
  await unit.messages.add(sentMessage(doing, letter));
}
