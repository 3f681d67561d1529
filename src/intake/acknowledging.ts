// Puts the one acknowledgement of a letter into the outbox, naming every ticket it opened; or the reason why none goes.
import { mayAcknowledge } from '../domain/acknowledgement.js';
import { composeAcknowledgement } from '../domain/acknowledgement-letter.js';
import { budgetCounters, judgeBudget } from '../domain/budget.js';
import { isOwnAddress } from '../domain/directory.js';
import { isPutAway } from '../domain/junk.js';
import { letterMarks } from '../domain/letter-marks.js';
import type { Mailbox } from '../domain/message.js';
import { freshRecord } from '../domain/outbox-record.js';
import { type Language, nameIn, POSTMASTER, type Station } from '../domain/station.js';
import { replyAddress } from '../domain/thread-token.js';
import type { Ticket } from '../domain/ticket.js';
import { shift } from '../domain/time.js';
import type { Filing } from './filing.js';

/** A suppressed acknowledgement is written down whole, so that an officer can still send it. */
async function oweAcknowledgement(
  filing: Filing,
  tickets: readonly Ticket[],
  owed: { to: string; suppressedBecause: string | null },
): Promise<void> {
  const [first, ...others] = tickets;
  if (!first) return;
  const { unit, letter, rules } = filing;
  await unit.outbox.enqueue(
    freshRecord(compose(filing, tickets, owed.to), {
      ticketId: first.id,
      alsoFor: others.map((ticket) => ticket.id),
      letterId: letter.id,
      receivedAt: letter.receivedAt,
      reason: owed.suppressedBecause,
      dueAt: shift(letter.receivedAt, rules.acknowledgement.sendAfterMs),
    }),
  );
}

function compose(filing: Filing, tickets: readonly Ticket[], to: string) {
  const { letter, message, languages, rules, signer, unit } = filing;
  const { mailDomain } = rules.directory;
  const outboxId = filing.ids.next();
  const reference = tickets[0]?.reference ?? '';
  const station = stationOf(filing, tickets[0]?.station ?? POSTMASTER);
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
    marks: letterMarks(signer, { outboxId, reference, mailDomain }),
    createdAt: unit.now,
    from: mailboxOf(station, language, station.addresses[0] ?? `postmaster@${mailDomain}`),
    replyTo: mailboxOf(station, language, replyAddress(signer, reference, mailDomain)),
    to,
  });
}

function mailboxOf(station: Station, language: Language, address: string): Mailbox {
  return { address, name: nameIn(station.name, language) };
}

function stationOf({ rules }: Filing, code: string): Station {
  return rules.directory.stations.get(code) ?? rules.postmaster;
}

/** Our address may stand anywhere: relays rewrite heads. */
const CALM = { addressed: true, stopped: null } as const;

/** Owes the acknowledgement of a letter that opened `tickets`, or writes why none goes; resolves to that reason. */
export async function acknowledge(filing: Filing, tickets: readonly Ticket[]): Promise<string | null> {
  const { letter, message, kind, rules, unit, sender } = filing;
  const isBounded = rules.acknowledgement.isBounded(letter.envelope);
  const junk = tickets.every(isPutAway);
  const decision = mayAcknowledge({
    message,
    kind,
    envelopeFrom: letter.envelope.from,
    fromOurselves: isOwnAddress(rules.directory, letter.envelope.from),
    forPostmaster: tickets.every((ticket) => ticket.station === POSTMASTER),
    // Whoever writes on this machine itself is not held to what proves a stranger.
    ...(isBounded || junk
      ? { circumstances: { ...CALM, junk, verdict: isBounded ? sender.verdict : 'aligned' } }
      : {}),
  });
  const to = decision.allowed ? decision.to : letter.envelope.from;
  const reason = decision.allowed ? await restraint(filing, tickets, to) : decision.reason;
  await oweAcknowledgement(filing, tickets, { to, suppressedBecause: reason });
  for (const ticket of tickets) {
    if (reason) {
      await unit.journal.write(ticket.id, {
        actor: 'system',
        event: 'acknowledgement-suppressed',
        detail: { reason },
      });
    }
    // A robot is owed nothing; a person whom no machine may answer is still owed an answer by hand.
    if (kind === 'letter' && ticket.station !== POSTMASTER && !junk) await filing.life.opened(unit, ticket);
  }
  return reason;
}

/** Why a letter that may be acknowledged is not: somebody paused it, or a budget is used up. */
async function restraint(filing: Filing, tickets: readonly Ticket[], to: string): Promise<string | null> {
  const { unit, rules, letter, message, paused } = filing;
  if (paused) return 'paused';
  if (!rules.acknowledgement.isBounded(letter.envelope)) return null;
  const stations = tickets.map(({ station }) => station);
  const receipt = { address: to, stations, subject: message.subject };
  const counters = budgetCounters(rules.acknowledgement.budget, receipt, unit.now);
  const decision = judgeBudget(counters, await unit.allowances.used(counters));
  if (!decision.allowed) return decision.reason;
  // What is refused uses nothing: a bomb in one name must not use up what is left for others.
  await unit.allowances.use(counters);
  return null;
}
