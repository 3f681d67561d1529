// The stations one letter is for, each once.
import { findRecipient } from '../domain/directory.js';
import type { SpooledLetter } from '../domain/letter.js';
import { POSTMASTER } from '../domain/station.js';
import { outboxFromReturnPath } from '../domain/thread-token.js';
import type { UnitOfWork } from '../ports/store.js';
import type { FilingTools } from './filing.js';

export interface Destination {
  station: string;
  /** `+token` of the address; the first one that came with a token wins. */
  token: string | undefined;
  /** Reference of the ticket whose letter had the return path that was written to. */
  continues: string | undefined;
  address: string;
}

/**
 * One destination per addressed station. A recipient that a reload has taken away since the letter was accepted
 * is filed for the IT cell: accepted is accepted.
 */
export async function destinationsOf(
  unit: UnitOfWork,
  letter: SpooledLetter,
  tools: Pick<FilingTools, 'rules' | 'signer'>,
): Promise<Destination[]> {
  const byStation = new Map<string, Destination>();
  for (const address of letter.envelope.to) {
    const { station, token, continues } = await destinationOf(unit, address, tools);
    const known = byStation.get(station);
    if (!known) byStation.set(station, { station, token, continues, address });
    else {
      known.token ??= token;
      known.continues ??= continues;
    }
  }
  return [...byStation.values()];
}

async function destinationOf(
  unit: UnitOfWork,
  address: string,
  { rules, signer }: Pick<FilingTools, 'rules' | 'signer'>,
): Promise<Omit<Destination, 'address'>> {
  const recipient = findRecipient(rules.directory, address);
  if (recipient?.kind === 'return-path') {
    const outboxId = outboxFromReturnPath(signer, recipient.local);
    const ticketId = outboxId && (await unit.outbox.find(outboxId))?.ticketId;
    const ticket = ticketId ? await unit.tickets.findById(ticketId) : undefined;
    if (ticket) return { station: ticket.station, token: undefined, continues: ticket.reference };
  }
  return { station: recipient?.station ?? POSTMASTER, token: recipient?.token, continues: undefined };
}
