// Judging a ticket: urgency, category, and what follows from them.
import { ThanadakError } from '../domain/errors.js';
import { isStricter } from '../domain/rights.js';
import type { Proposal, Ticket, TicketChange, Urgency } from '../domain/ticket.js';
import type { OfficeRules } from '../ports/office.js';
import { replanClocks } from './clocks.js';
import { type DeskOptions, type Doing, doDeed, type Order, record } from './deed.js';
import { applyRestriction } from './restricting.js';
import { registerWithin } from './signing.js';

/** The parts of a new ticket that a proposal of the rules decides. */
export function judged(rules: OfficeRules, proposal: Proposal) {
  const category = rules.categories.get(proposal.category);
  return {
    urgency: proposal.urgency,
    urgencyBy: 'rule',
    category: proposal.category,
    proposal,
    restriction: category?.restriction ?? 'none',
  } as const;
}

/** Errors: those of doDeed; 'invalid' for an unknown category. */
export function triage(
  desk: DeskOptions,
  order: Order & { urgency?: Urgency | undefined; category?: string | undefined },
): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'triage' }, async (doing) => {
    const { ticket, rules } = doing;
    const code = order.category?.toUpperCase();
    if (code !== undefined && !rules.categories.has(code))
      throw unknownCategory(code, [...rules.categories.keys()]);
    const category = code ?? ticket.category;
    const urgency = order.urgency ?? ticket.urgency ?? 'non-urgent';
    const judged = { urgency, category, urgencyBy: doing.actor.id };
    await keepLabel(doing, judged);
    await replanClocks({ ...doing, ticket: { ...ticket, ...judged } });
    await record(doing, 'triaged', {
      urgency,
      category,
      from: { urgency: ticket.urgency, category: ticket.category },
    });
    if (category !== null) await registerByCategory(doing, category);
    return { ...judged, ...(await restrictedBy(doing, category)) };
  });
}

function unknownCategory(code: string, known: readonly string[]): ThanadakError {
  return new ThanadakError('invalid', `There is no category ${code}. Known are ${known.join(', ')}.`);
}

/** What an officer corrects teaches the rules; what the officer confirms is counted too. */
async function keepLabel(
  { desk, unit, ticket, actor }: Doing,
  judged: { urgency: Urgency; category: string | null },
): Promise<void> {
  await unit.labels.add({
    id: desk.ids.next(),
    ticketId: ticket.id,
    at: unit.now,
    actor: actor.id,
    proposedUrgency: ticket.proposal?.urgency ?? null,
    proposedCategory: ticket.proposal?.category ?? null,
    ...judged,
  });
}

/** Some categories are information of a cognizable offence by what they are; an officer has just said it is one. */
async function registerByCategory(doing: Doing, category: string): Promise<void> {
  const { unit, rules, ticket } = doing;
  if (!rules.categories.get(category)?.cognizable) return;
  if (await unit.information.ofTicket(ticket.id)) return;
  await registerWithin(doing, ticket.subject || category);
}

/** A category can hide a ticket; that it is taken back does not show it again. */
async function restrictedBy(doing: Doing, category: string | null): Promise<TicketChange> {
  const asked = (category === null ? undefined : doing.rules.categories.get(category))?.restriction ?? 'none';
  return isStricter(asked, doing.ticket.restriction) ? applyRestriction(doing, asked) : {};
}
