// Puts the one acknowledgement of a letter into the outbox, naming every ticket it opened; or the reason why none goes.
import { composeAcknowledgement } from '../domain/acknowledgement-letter.js';
import type { Mailbox } from '../domain/message.js';
import { freshRecord } from '../domain/outbox-record.js';
import { type Language, nameIn, type Station } from '../domain/station.js';
import { replyAddress, signedMessageId } from '../domain/thread-token.js';
import type { Ticket } from '../domain/ticket.js';
import { shift } from '../domain/time.js';
import type { Filing } from './filing.js';

/** A suppressed acknowledgement is written down whole, so that an officer can still send it. */
export async function oweAcknowledgement(
  filing: Filing,
  tickets: readonly Ticket[],
  suppressedBecause: string | null,
): Promise<void> {
  const [first, ...others] = tickets;
  if (!first) return;
  const { unit, letter, rules } = filing;
  await unit.outbox.enqueue(
    freshRecord(compose(filing, first, tickets), {
      ticketId: first.id,
      alsoFor: others.map((ticket) => ticket.id),
      letterId: letter.id,
      receivedAt: letter.receivedAt,
      reason: suppressedBecause,
      dueAt: shift(letter.receivedAt, rules.acknowledgement.sendAfterMs),
    }),
  );
}

function compose(filing: Filing, first: Ticket, tickets: readonly Ticket[]) {
  const { letter, message, languages, rules, signer, unit } = filing;
  const { mailDomain } = rules.directory;
  const outboxId = filing.ids.next();
  const station = stationOf(filing, first.station);
  const language = languages[0] ?? 'en';
  return composeAcknowledgement({
    languages,
    templates: rules.templates,
    references: tickets.map((ticket) => ticket.reference),
    stations: tickets.map((ticket) => stationOf(filing, ticket.station)),
    receivedAt: letter.receivedAt,
    firstActionDueAt: shift(letter.receivedAt, rules.firstActionMs),
    timeZone: rules.timeZone,
    emergencyNumbers: rules.emergencyNumbers,
    message,
    ids: {
      outboxId,
      messageId: signedMessageId(signer, { reference: first.reference, unique: outboxId, mailDomain }),
    },
    createdAt: unit.now,
    from: mailboxOf(station, language, station.addresses[0] ?? `postmaster@${mailDomain}`),
    replyTo: mailboxOf(station, language, replyAddress(signer, first.reference, mailDomain)),
    to: letter.envelope.from,
    mailDomain,
  });
}

function mailboxOf(station: Station, language: Language, address: string): Mailbox {
  return { address, name: nameIn(station.name, language) };
}

function stationOf({ rules }: Filing, code: string): Station {
  return rules.directory.stations.get(code) ?? rules.postmaster;
}
