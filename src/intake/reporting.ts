// Robots' letters about letters of ours: written on the ticket they are about, or set aside; they open nothing. Only a
// code of ours matches, so a forged report changes nothing (RFC 3464, RFC 5965, RFC 8098).
import type { Parking } from '../domain/letter.js';
import type { OutboxRecord } from '../domain/outbox-record.js';
import type { Report } from '../domain/report.js';
import { matchReport, outcomeFor } from '../domain/report-match.js';
import type { Ticket } from '../domain/ticket.js';
import type { Destination } from './destinations.js';
import { type Filed, type Filing, messageRecord } from './filing.js';

/** Undefined when the letter is no report, or an absence that names no letter of ours by a code. */
export async function recordReport(filing: Filing, destination: Destination): Promise<Filed | undefined> {
  const { report, unit } = filing;
  if (!report) return undefined;
  const record = await findReported(filing, report);
  const ticket = record?.ticketId ? await unit.tickets.findById(record.ticketId) : undefined;
  if (!record || !ticket) {
    return report.kind === 'out-of-office' ? undefined : setAside(filing, 'unmatched-report');
  }
  await unit.messages.add(messageRecord(filing, ticket.id, destination));
  await note(filing, { report, record, ticket });
  return { outcome: 'reported', references: [ticket.reference], suppressed: 'report' };
}

async function findReported(filing: Filing, report: Report): Promise<OutboxRecord | undefined> {
  const { signer, letter, rules, unit } = filing;
  const { mailDomain } = rules.directory;
  const matched = matchReport(signer, report, { envelopeTo: letter.envelope.to, mailDomain });
  return matched && unit.outbox.find(matched.outboxId);
}

async function note(
  { unit, letter }: Filing,
  { report, record, ticket }: { report: Report; record: OutboxRecord; ticket: Ticket },
): Promise<void> {
  const outboxId = record.letter.id;
  const { state, status, diagnostic } = outcomeFor(report, record.letter.to);
  const detail = { letterId: letter.id, outboxId, kind: report.kind, state, status, diagnostic };
  await unit.journal.write(ticket.id, { actor: 'system', event: 'delivery-reported', detail });
  if (state !== 'failed') return;
  await unit.outbox.fail(outboxId, diagnostic || status || 'reported as undeliverable');
  await unit.tickets.change(ticket.id, { attention: 'not-delivered' });
}

/** Why this letter, which continues no ticket, opens none; undefined when it opens one. */
export function parkingOf({ kind, sign, report }: Filing): Parking | undefined {
  // One that went through too many hands may still be somebody's cry for help.
  if (kind === 'loop' && sign !== 'too-many-hops') return 'own-letter';
  if (report?.kind === 'out-of-office') return 'absence';
  return kind === 'bounce' ? 'unreadable-report' : undefined;
}

/** Keeps the letter without a ticket. */
export async function setAside({ unit, letter }: Filing, why: Parking): Promise<Filed> {
  await unit.letters.park(letter.id, why);
  return { outcome: 'parked', references: [], suppressed: why };
}
