// A letter that somebody forwarded from another mailbox, filed for the citizen inside it. An officer decides that it is so:
// whatever a forwarded letter tells is told by who forwarded it.
import { composeAcknowledgement } from '../domain/acknowledgement-letter.js';
import { isSendable } from '../domain/address.js';
import { ThanadakError } from '../domain/errors.js';
import { languagesOf } from '../domain/language.js';
import { letterMarks } from '../domain/letter-marks.js';
import type { Mailbox } from '../domain/message.js';
import { freshRecord } from '../domain/outbox-record.js';
import { type ForwardedLetter, forwardedLetter } from '../domain/own-words-forwarded.js';
import { isStricter } from '../domain/rights.js';
import { LANGUAGES, nameIn } from '../domain/station.js';
import { cleanSubject } from '../domain/subject.js';
import { replyAddress } from '../domain/thread-token.js';
import type { Ticket } from '../domain/ticket.js';
import { proposeTriage } from '../domain/triage.js';
import type { MessageRecord } from '../ports/records.js';
import { startClocks } from './clocks.js';
import { layDown } from './closing.js';
import { type DeskOptions, type Doing, doDeed, type Order, record } from './deed.js';
import { openBeside } from './joining.js';
import { tellDeputyCommissioner } from './restricting.js';
import { judged } from './triage.js';
import { NOT_WAITING } from './working.js';

/** Who the citizen is, where the forwarded head does not say so or says it wrongly. */
export interface Citizen {
  address?: string | undefined;
  name?: string | undefined;
}

/**
 * Opens a ticket for the citizen whose letter the ticket's first one forwards: judged by their own words, its clocks from
 * the receipt, acknowledged to them. The forwarder's ticket goes on inside it. Resolves to the new ticket. Errors: those of
 * doDeed; 'conflict' when nothing is forwarded; 'invalid' when no address of the citizen is known.
 */
export async function fileFor(desk: DeskOptions, order: Order & Citizen): Promise<Ticket> {
  let opened: Ticket | undefined;
  await doDeed(desk, { ...order, deed: 'file-for' }, async (doing) => {
    const forwarded = await findForwarded(doing);
    const citizen = citizenOf(forwarded, order);
    opened = await openForCitizen(doing, forwarded, citizen);
    await acknowledge(doing, opened);
    await layDown(doing);
    await doing.unit.tickets.link(doing.ticket.id, opened.id);
    await record(doing, 'filed-for', { to: opened.reference });
    return { ...NOT_WAITING, state: 'merged', mergedInto: opened.reference };
  });
  if (!opened) throw new ThanadakError('internal', 'The ticket was not opened.');
  return opened;
}

/** A forwarded letter, and the virus that was found in the one that holds it. */
type Found = ForwardedLetter & Pick<MessageRecord, 'infected'>;

async function findForwarded({ unit, ticket }: Doing): Promise<Found> {
  const first = (await unit.messages.ofTicket(ticket.id)).find(({ direction }) => direction === 'in');
  const forwarded = first && forwardedLetter(first);
  if (forwarded) return { ...forwarded, infected: first.infected };
  throw new ThanadakError('conflict', `The letter of ${ticket.reference} forwards no other letter.`);
}

function citizenOf(forwarded: ForwardedLetter, { address, name }: Citizen): Mailbox {
  const citizen = {
    address: address ?? forwarded.from?.address ?? '',
    name: name ?? forwarded.from?.name ?? '',
  };
  if (isSendable(citizen.address)) return citizen;
  throw new ThanadakError(
    'invalid',
    `The forwarded letter names ${forwarded.sender || 'nobody'} as its sender, without an address to write to; give it.`,
  );
}

async function openForCitizen(doing: Doing, forwarded: Found, citizen: Mailbox): Promise<Ticket> {
  const { ticket, unit } = doing;
  const subject = cleanSubject(forwarded.subject) || ticket.subject;
  const { body } = forwarded;
  const languages = languagesOf(body || subject, LANGUAGES);
  const opened = await openBeside(
    doing,
    {
      ...judgementOf(doing, { subject, text: body }),
      subject,
      languages,
      language: languages[0] ?? 'en',
      resident: { ...citizen, verdict: 'unknown' },
      receivedAt: ticket.receivedAt,
    },
    { forwardedIn: ticket.reference },
  );
  await startClocks({ ...doing, ticket: opened }, ['acknowledgement'], { at: opened.receivedAt, round: 1 });
  await unit.messages.add(wordsOf(doing, { opened, forwarded }));
  if (opened.restriction === 'dc') await tellDeputyCommissioner(unit, doing.desk.raising, opened);
  return opened;
}

/** What an officer has judged or restricted stays. */
function judgementOf({ ticket, rules }: Doing, words: { subject: string; text: string }): Partial<Ticket> {
  if (ticket.urgencyBy !== null && ticket.urgencyBy !== 'rule') return {};
  const found = judged(rules, proposeTriage(rules.triage(), words));
  return isStricter(ticket.restriction, found.restriction)
    ? { ...found, restriction: ticket.restriction }
    : found;
}

/** The citizen's words as a message; the letter that holds them stays on the ticket that is merged. */
function wordsOf(
  { desk, ticket, station }: Doing,
  { opened, forwarded }: { opened: Ticket; forwarded: Found },
): MessageRecord {
  return {
    id: desk.ids.next(),
    ticketId: opened.id,
    letterId: null,
    station: ticket.station,
    direction: 'in',
    kind: 'letter',
    from: { address: opened.resident.address, name: opened.resident.name },
    to: station.addresses.slice(0, 1),
    subject: forwarded.subject,
    text: forwarded.body || `(The letter is attached to the one of ${ticket.reference}.)`,
    messageId: null,
    receivedAt: ticket.receivedAt,
    sha256: null,
    parsed: true,
    verdict: 'unknown',
    sender: null,
    senderFlags: [],
    attachments: [],
    infected: forwarded.infected,
  };
}

async function acknowledge({ desk, unit, rules, station }: Doing, opened: Ticket): Promise<void> {
  const { mailDomain } = rules.directory;
  const { reference, language, receivedAt } = opened;
  const outboxId = desk.ids.next();
  const firstAction = (await unit.clocks.ofTicket(opened.id)).find(({ name }) => name === 'first-action');
  const name = nameIn(station.name, language);
  const letter = composeAcknowledgement({
    languages: opened.languages,
    templates: rules.templates,
    references: [reference],
    stations: [station],
    receivedAt,
    firstActionDueAt: firstAction?.dueAt ?? unit.now,
    timeZone: rules.timeZone,
    emergencyNumbers: rules.emergencyNumbers,
    message: { messageId: null, references: [] },
    marks: letterMarks(desk.signer, { outboxId, reference, mailDomain }),
    createdAt: unit.now,
    from: { address: station.addresses[0] ?? `postmaster@${mailDomain}`, name },
    replyTo: { address: replyAddress(desk.signer, reference, mailDomain), name },
    to: opened.resident.address,
  });
  await unit.outbox.enqueue(freshRecord(letter, { ticketId: opened.id, receivedAt, dueAt: unit.now }));
}
