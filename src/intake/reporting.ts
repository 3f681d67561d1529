// A report about a letter of ours: written on the ticket the letter belongs to, instead of opening one. Only a code of ours
// matches, so a forged report changes nothing (RFC 3464, RFC 5965, RFC 8098).

import type { OutboxRecord } from '../domain/outbox-record.js';
import type { Report } from '../domain/report.js';
import { matchReport, outcomeFor } from '../domain/report-match.js';
import type { Destination } from './destinations.js';
import { type Filed, type Filing, messageRecord } from './filing.js';

/** Undefined when the letter is no report, an absence, or about no letter that we know. */
export async function recordReport(filing: Filing, destination: Destination): Promise<Filed | undefined> {
  const { report } = filing;
  if (!report || report.kind === 'out-of-office') return undefined;
  const record = await findReported(filing, report);
  const ticket = record?.ticketId ? await filing.unit.tickets.findById(record.ticketId) : undefined;
  if (!record || !ticket) return undefined;
  const { unit, letter } = filing;
  await unit.messages.add(messageRecord(filing, ticket.id, destination));
  const outcome = outcomeFor(report, record.letter.to);
  const detail = {
    letterId: letter.id,
    outboxId: record.letter.id,
    kind: report.kind,
    state: outcome.state,
    status: outcome.status,
    diagnostic: outcome.diagnostic,
  };
  await unit.journal.write(ticket.id, { actor: 'system', event: 'delivery-reported', detail });
  if (outcome.state === 'failed') {
    await unit.outbox.fail(
      record.letter.id,
      outcome.diagnostic || outcome.status || 'reported as undeliverable',
    );
    await unit.tickets.change(ticket.id, { attention: 'not-delivered' });
  }
  return { outcome: 'reported', references: [ticket.reference], suppressed: 'report' };
}

async function findReported(filing: Filing, report: Report): Promise<OutboxRecord | undefined> {
  const { signer, letter, rules, unit } = filing;
  const { mailDomain } = rules.directory;
  const matched = matchReport(signer, report, { envelopeTo: letter.envelope.to, mailDomain });
  return matched && unit.outbox.find(matched.outboxId);
}
