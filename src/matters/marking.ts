// What is kept of a ticket to find others about its matter.
import { messageOf } from '../domain/errors.js';
import { ownWords } from '../domain/own-words.js';
import { type MatterMarks, matterMarks } from '../domain/same-matter.js';
import type { Ticket } from '../domain/ticket.js';
import { type Instant, instantOf } from '../domain/time.js';
import { DAY_MS, dayAt, openZone } from '../domain/zone.js';
import type { MessageRecord } from '../ports/records.js';
import type { Store } from '../ports/store.js';
import type { Log } from '../ports/surroundings.js';

export interface Marked {
  ticket: Ticket;
  /** Null when there is nothing to compare: the letter of a robot, or one that could not be read. */
  marks: MatterMarks | null;
}

interface Reading {
  store: Store;
  log: Log;
  timeZone: string;
}

/** Tickets are held against each other only within one station and one restriction. */
export function scopeOf({ station, restriction }: Pick<Ticket, 'station' | 'restriction'>): string {
  return `${station}/${restriction}`;
}

/** The ticket with the marks of its first letter; none when it is gone. Errors: those of the store. */
export async function readMarks(reading: Reading, ticketId: string): Promise<Marked[]> {
  const { store } = reading;
  const ticket = await store.tickets.findById(ticketId);
  if (!ticket) return [];
  const messages = await store.messages.ofTicket(ticket.id);
  const first = messages.find(({ direction }) => direction === 'in');
  if (!first || !isFromPerson(first) || ticket.state === 'merged') return [{ ticket, marks: null }];
  return [{ ticket, marks: marksOf(reading, ticket, first) }];
}

function isFromPerson({ kind, parsed }: MessageRecord): boolean {
  return parsed && (kind === 'letter' || kind === 'bulk');
}

/** A text that cannot be read must not keep all others from being looked at. */
function marksOf({ log, timeZone }: Reading, ticket: Ticket, message: MessageRecord): MatterMarks | null {
  try {
    return matterMarks({
      subject: message.subject,
      own: ownWords(message.text),
      attachments: message.attachments,
      category: ticket.category,
      receivedAt: ticket.receivedAt,
      receivedDay: localDay(timeZone, ticket.receivedAt),
    });
  } catch (error) {
    log.warn({ ticket: ticket.reference, reason: messageOf(error) }, 'a letter could not be marked');
    return null;
  }
}

function localDay(timeZone: string, at: Instant): string {
  return instantOf(dayAt(openZone(timeZone), Date.parse(at)) * DAY_MS).slice(0, 10);
}
