// The life of a ticket where no officer acts: a letter opens it, an answer comes, a wait is over.
import { readAnswer } from '../domain/answer.js';
import { isPutAway } from '../domain/junk.js';
import type { MessageKind, Ticket, Wait } from '../domain/ticket.js';
import { millisecondsBetween, shift } from '../domain/time.js';
import { proposeTriage } from '../domain/triage.js';
import type { JoiningMessage, TicketLife } from '../ports/desk.js';
import type { UnitOfWork } from '../ports/store.js';
import { changeClocks, endWaits, startClocks } from './clocks.js';
import { closeUnanswered, openAgain, returnToHigherRank } from './closing.js';
import type { DeskOptions } from './deed.js';
import { eraseTicket } from './erasing.js';
import { bringBack } from './junk.js';
import { commonValues, type Writing, writeIfPossible } from './letters.js';
import { tellDeputyCommissioner } from './restricting.js';
import { remindOfSignature } from './signing.js';
import { judged } from './triage.js';
import { NOT_WAITING } from './working.js';

export function createTicketLife(desk: DeskOptions): TicketLife {
  const at = (unit: UnitOfWork, ticket: Ticket): Writing => ({ desk, unit, rules: desk.rules(), ticket });
  return {
    propose: (message) => proposeTriage(desk.rules().triage(), message),
    judged: (proposal) => judged(desk.rules(), proposal),
    opened: (unit, ticket) => opened(at(unit, ticket)),
    joined: (unit, ticket, joining) => joined(at(unit, ticket), joining),
    closeUnanswered: (unit, ticket, wait) => closeUnanswered(at(unit, ticket), wait),
    remindOfQuestion: (unit, ticket, wait) => remindOfQuestion(at(unit, ticket), wait),
    endWait: (unit, ticket, wait) => endWait(at(unit, ticket), wait),
    erase: (unit, ticket) => eraseTicket(unit, ticket, { actor: 'system', because: 'retention' }),
    remindOfSignature: (unit, ticket, markedAt) => remindOfSignature(at(unit, ticket), markedAt),
  };
}

/** The acknowledgement's clock is started with the acknowledgement itself. */
async function opened(writing: Writing): Promise<void> {
  const { unit, ticket, desk } = writing;
  await startClocks(writing, ['acknowledgement', 'first-action', 'resolution'], {
    at: ticket.receivedAt,
    round: 1,
  });
  if (ticket.restriction === 'dc') await tellDeputyCommissioner(unit, desk.raising, ticket);
}

const ROBOTS: readonly MessageKind[] = ['auto-reply', 'bounce', 'loop', 'sign-up'];

/** Whoever answers with what only we gave out is no sender of junk: it is seen again, from that answer on. */
async function broughtBack(writing: Writing, { receivedAt }: JoiningMessage): Promise<void> {
  const { unit, ticket } = writing;
  await bringBack(writing, receivedAt);
  await unit.tickets.change(ticket.id, { junk: 'suspected' });
  await unit.journal.write(ticket.id, {
    actor: 'system',
    event: 'brought-back',
    detail: { reason: 'answered' },
  });
}

/** An out-of-office message opens nothing and ends no wait. */
async function joined(writing: Writing, joining: JoiningMessage): Promise<void> {
  if (ROBOTS.includes(joining.kind)) return;
  if (isPutAway(writing.ticket)) return broughtBack(writing, joining);
  const { ticket } = writing;
  const awaited = joining.from === 'resident' ? 'resident' : 'agency';
  if (ticket.state === 'waiting' && ticket.waitingFor === awaited) await answered(writing, joining);
  else if (ticket.state === 'closed' && joining.from === 'resident') await answeredClosure(writing, joining);
  else if (ticket.state === 'closed')
    await writing.unit.tickets.change(ticket.id, { attention: 'answer-after-closure' });
}

async function answered(writing: Writing, { from }: JoiningMessage): Promise<void> {
  await resumeBySystem(writing, { reason: `${from}-answered` });
}

async function resumeBySystem(writing: Writing, detail: Record<string, unknown>): Promise<void> {
  const { unit, ticket } = writing;
  await endWaits(writing);
  await changeClocks(writing);
  await unit.tickets.change(ticket.id, NOT_WAITING);
  await unit.journal.write(ticket.id, { actor: 'system', event: 'resumed', detail });
}

/** "Not solved" opens it again, one rank up; thanks do not; after the term or too often, a person decides. */
async function answeredClosure(writing: Writing, joining: JoiningMessage): Promise<void> {
  const { unit, ticket, rules } = writing;
  const meaning = readAnswer(joining.message.text);
  if (meaning === 'thanks') {
    await unit.journal.write(ticket.id, { actor: 'resident', event: 'thanked', detail: {} });
    return;
  }
  const sinceMs = millisecondsBetween(ticket.closedAt ?? joining.receivedAt, joining.receivedAt);
  if (sinceMs > rules.closure.returnWindowMs) {
    await unit.tickets.change(ticket.id, { attention: 'answer-too-late' });
    return;
  }
  if (ticket.reopened >= rules.closure.reopenings) {
    await unit.tickets.change(ticket.id, { attention: 'reopening-capped' });
    await unit.journal.write(ticket.id, { actor: 'system', event: 'reopening-capped', detail: { meaning } });
    return;
  }
  await unit.journal.write(ticket.id, { actor: 'resident', event: 'reopened', detail: { meaning } });
  if (meaning === 'not-solved') await returnToHigherRank(writing, writing.desk.raising, joining.receivedAt);
  else await unit.tickets.change(ticket.id, await openAgain(writing, joining.receivedAt));
}

async function remindOfQuestion(writing: Writing, wait: Wait): Promise<void> {
  const { unit, ticket, rules } = writing;
  const closesAt = shift(unit.now, rules.waiting.closeAfterMs);
  const detail = await writeIfPossible(writing, {
    template: 'answer-reminder',
    kind: 'reminder',
    values: { ...commonValues(writing), asked_at: wait.startedAt, until: closesAt },
    automatic: true,
  });
  await unit.journal.write(ticket.id, { actor: 'system', event: 'reminded', detail });
}

/** The agency let its time pass: the matter is the station's again. */
async function endWait(writing: Writing, wait: Wait): Promise<void> {
  await resumeBySystem(writing, { reason: 'time-over', until: wait.until });
}
