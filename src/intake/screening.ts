// What the screening of a letter means for the tickets it opens.
import { isPutAway, junkStateOf } from '../domain/junk.js';
import { markInfected } from '../domain/screened.js';
import type { Ticket } from '../domain/ticket.js';
import type { MessageRecord } from '../ports/records.js';
import type { UnitOfWork } from '../ports/store.js';
import type { Claimed } from './continuing.js';
import type { Filing, Judgement } from './filing.js';

/** Whether a ticket that the letter opens is put away; a letter that names a ticket of ours never is. */
export function junkOf(
  { screened, life, message }: Filing,
  judgement: Judgement,
  claimed: Claimed | undefined,
): Pick<Ticket, 'junk' | 'junkOpinion'> {
  if (!screened) return { junk: null, junkOpinion: null };
  const { isJunk, opinion } = screened;
  if (!isJunk) return { junk: null, junkOpinion: opinion };
  // A letter that looks like a robot's is not judged; somebody in danger may have sent it all the same.
  const urgency = judgement.urgency ?? life.propose(message).urgency;
  const { restriction } = judgement;
  return {
    junk: junkStateOf(isJunk, { urgency, restriction, continues: claimed !== undefined }),
    junkOpinion: opinion,
  };
}

/** One letter is not put away at one station while it is in sight at another. */
export async function keepInSight(unit: UnitOfWork, opened: Ticket[], hasJoined: boolean): Promise<void> {
  if (!hasJoined && opened.every(isPutAway)) return;
  for (const ticket of opened.filter(isPutAway)) {
    ticket.junk = 'suspected';
    await unit.tickets.change(ticket.id, { junk: 'suspected' });
    await unit.journal.write(ticket.id, { actor: 'system', event: 'kept-in-sight', detail: {} });
  }
}

/** What is known of viruses in the letter, as its message keeps it. */
export function findingsOf({ screened, message }: Filing): Pick<MessageRecord, 'attachments' | 'infected'> {
  const infection = screened?.infection ?? null;
  return {
    attachments: markInfected(message.attachments, infection),
    infected: infection?.signature ?? null,
  };
}
