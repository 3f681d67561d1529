// The page of one ticket: everything is read once and shown together.
import type { Preview } from '../../desk/previewing.js';
import { readWholeTicket, type WholeTicket } from '../../desk/whole-ticket.js';
import { isReleasable, type SuppressionReason } from '../../domain/acknowledgement.js';
import { isBudgetReason } from '../../domain/budget.js';
import type { OutboxRecord } from '../../domain/outbox-record.js';
import { maySee } from '../../domain/rights.js';
import type { Ticket } from '../../domain/ticket.js';
import { stationOf } from '../../ports/office.js';
import type { Draft } from '../../ports/sign-in.js';
import type { WebHouse } from '../frame/house.js';
import type { TicketVisit } from '../frame/route.js';
import { isPhrase, type Said, textIn } from '../words/words.js';
import { cannedChoices } from './canned.js';
import { clockLines, type Looking, nextDeadline, stepLines, toldLines } from './clock-view.js';
import { deedForms, mayGather, type Returned } from './deed-forms.js';
import { badges, facts, judgement, notices } from './facts-view.js';
import { journalLines } from './journal-view.js';
import { languageOfText } from './letter-text.js';
import { letterLine } from './letter-view.js';
import { actorName } from './names.js';
import { type OtherLine, otherLine } from './other-tickets.js';

/** What came of a form that was sent. */
export interface Outcome {
  returned: Returned | null;
  /** Why it was not done. */
  refused: Said | null;
  /** A sentence of the desk, in English. */
  sentence: string | null;
  preview: Preview | null;
  /** Which deed was done before this page was asked for. */
  done: string;
}

export const NO_OUTCOME: Outcome = { returned: null, refused: null, sentence: null, preview: null, done: '' };

const MOST_OTHERS = 10;
const MOST_LETTERS = 200;

/** Data of the view `ticket/ticket`. Reads only. */
export async function ticketPage(house: WebHouse, visit: TicketVisit, outcome: Outcome): Promise<object> {
  const ticket = (await house.store.tickets.findById(visit.ticket.id)) ?? visit.ticket;
  const { rules, people, now } = visit;
  const around = { store: house.store, rules, people, now };
  const whole = await readWholeTicket(around, ticket);
  const beside = {
    outbox: await house.store.outbox.list({ ticketId: ticket.id, limit: MOST_LETTERS }),
    drafts: await house.store.drafts.ofTicket(ticket.id, visit.officer.id),
    others: await otherTickets(house, visit, ticket),
  };
  return composePage(visit, { whole, ...beside }, outcome);
}

async function otherTickets(house: WebHouse, visit: TicketVisit, ticket: Ticket): Promise<Ticket[]> {
  const { address } = ticket.resident;
  if (address === '') return [];
  const filter = { resident: address, station: ticket.station, scope: visit.scope, limit: MOST_OTHERS + 1 };
  const found = await house.store.tickets.list(filter);
  return found.filter(({ id }) => id !== ticket.id).slice(0, MOST_OTHERS);
}

export interface Read {
  whole: WholeTicket;
  outbox: readonly OutboxRecord[];
  drafts: readonly Draft[];
  others: readonly Ticket[];
}

/** Pure: what was read, as the view shows it. */
export function composePage(visit: TicketVisit, read: Read, outcome: Outcome): object {
  const { whole } = read;
  const { ticket } = whole;
  const { people, rules, language, actor, now } = visit;
  const looking: Looking = {
    people,
    rules,
    language,
    actor,
    ticket,
    station: stationOf(rules, ticket.station),
  };
  const clocks = clockLines(whole.clocks, now);
  return {
    title: ticket.reference,
    here: 'desk',
    scripts: ['ticket.js'],
    reference: ticket.reference,
    version: ticket.version,
    subject: ticket.subject,
    subjectLanguage: languageOfText(ticket.subject),
    badges: badges(ticket),
    notices: notices(ticket),
    outcome: { ...outcome, done: doneSaid(outcome.done) },
    deadline: nextDeadline(clocks) ?? null,
    clocks,
    steps: stepLines(looking, whole.coming),
    told: toldLines(looking, whole.escalations),
    facts: facts(looking, whole),
    judgement: judgement(looking, ticket),
    thread: threadOf(looking, read),
    journal: journalLines(looking, whole.journal),
    related: relatedOf(looking, read),
    forms: formsOf(visit, looking, { ...read, outcome }),
    isMine: ticket.officer === visit.officer.id,
    me: visit.officer.id,
    drafts: read.drafts.map(({ field, changedAt }) => ({ field, changedAt })),
  };
}

function doneSaid(done: string): Said | null {
  if (done === '') return null;
  const key = `deeds.done.${done}`;
  return { key: isPhrase(key) ? key : 'deeds.done.other' };
}

/** Letters and notes in the order in which they came. */
function threadOf(looking: Looking, { whole, outbox }: Read) {
  const { ticket } = whole;
  const letters = whole.messages.map((message) => ({
    at: message.message.receivedAt,
    letter: letterLine(message, { ticket, outbox }),
    note: null,
  }));
  const notes = whole.notes.map(({ id, at, actor, text }) => ({
    at,
    letter: null,
    note: { id, text, who: actorName(looking, actor), language: languageOfText(text) },
  }));
  return [...letters, ...notes].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

interface Related {
  parent: OtherLine | null;
  children: OtherLine[];
  suggested: OtherLine[];
  linked: string[];
  includes: string[];
  others: OtherLine[];
  mayGather: boolean;
}

/** Tickets that whoever looks may not see are not even counted. */
function relatedOf(looking: Looking, { whole, others }: Read): Related {
  const { actor, rules } = looking;
  const isSeen = (ticket: Ticket) => maySee(actor, ticket, stationOf(rules, ticket.station));
  const lines = (tickets: readonly Ticket[]) => tickets.filter(isSeen).map((ticket) => otherLine(ticket));
  const open = whole.sameMatter.filter(({ state, other }) => state === 'suggested' && isSeen(other));
  return {
    parent: lines(whole.parent ? [whole.parent] : [])[0] ?? null,
    children: lines(whole.children),
    suggested: open.map(({ other, reasons }) => otherLine(other, reasons)),
    linked: whole.linked,
    includes: whole.includes,
    others: lines(others),
    mayGather: mayGather(looking) && whole.parent === undefined,
  };
}

function formsOf(visit: TicketVisit, looking: Looking, read: Read & { outcome: Outcome }) {
  const { whole, outbox, drafts, outcome } = read;
  const { rules, language, now } = visit;
  return deedForms({
    ...looking,
    now,
    say: textIn(language),
    drafts: new Map(drafts.map(({ field, text }) => [field, text])),
    canned: cannedChoices(rules.templates.canned, language),
    returned: outcome.returned,
    isReceiptWithheld: isReceiptWithheld(outbox),
    isInMatter: whole.parent !== undefined,
  });
}

function isReceiptWithheld(outbox: readonly OutboxRecord[]): boolean {
  const receipt = outbox.find(
    ({ letter, state }) => letter.kind === 'acknowledgement' && state === 'suppressed',
  );
  if (!receipt) return false;
  const { reason } = receipt;
  return isBudgetReason(reason) || isReleasable(reason as SuppressionReason);
}
