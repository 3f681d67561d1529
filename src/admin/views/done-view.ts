// What a deed led to, for people: the ticket as it then is, the letters it put on their way, the next deadline.

import { pressingClock } from '../../domain/running-clock.js';
import type { Ticket } from '../../domain/ticket.js';
import type { Store } from '../../ports/store.js';
import { oneLine } from '../text.js';
import type { Times } from '../times.js';
import type { TicketView } from './ticket-view.js';

/** More a single deed does not write. */
const LETTERS_LOOKED_AT = 20;

/** What the last deed on the ticket wrote, and why it did not when it could not. */
export interface LettersOfDeed {
  /** Addresses. */
  to: string[];
  obstacle: string | null;
}

export async function readLetters(store: Store, ticket: Ticket): Promise<LettersOfDeed> {
  const at = ticket.changedAt;
  const letters = await store.outbox.list({ ticketId: ticket.id, limit: LETTERS_LOOKED_AT });
  const entries = (await store.journal.ofTicket(ticket.id)).filter((entry) => entry.at === at);
  const obstacle = entries.map(({ detail }) => detail.noLetter).find((value) => typeof value === 'string');
  const made = letters.filter(({ letter, state }) => letter.createdAt === at && state !== 'suppressed');
  return { to: [...new Set(made.map(({ letter }) => letter.to))], obstacle: obstacle ?? null };
}

export function formatDone(
  done: { view: TicketView; letters: LettersOfDeed; phrase: string },
  times: Times,
): string {
  const { view, letters, phrase } = done;
  const next = pressingClock(view.clocks);
  return [
    `${view.reference} was ${phrase}.`,
    ...letters.to.map((address) => `A letter to ${oneLine(address)} is on its way.`),
    ...(letters.obstacle === null ? [] : [`No letter went to the resident: ${oneLine(letters.obstacle)}.`]),
    ...(next ? [`Next deadline: ${next.name} ${times.withAge(next.dueAt)}.`] : []),
    '',
  ].join('\n');
}
