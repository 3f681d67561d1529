// The routes of a ticket: its page, its deeds, its letters, and what is typed and not yet sent.
import { noteReading } from '../../desk/reading.js';
import { ThanadakError } from '../../domain/errors.js';
import type { WebHouse } from '../frame/house.js';
import {
  type Answer,
  type Asked,
  fieldOf,
  type Route,
  type TicketRoute,
  type TicketVisit,
} from '../frame/route.js';
import { PAGE_DEED_NAMES, PAGE_DEEDS } from './deed-table.js';
import { doOnPage } from './doing.js';
import { type Reading, saveAttachment, saveLetter, showLayout, showPicture } from './letters.js';
import { NO_OUTCOME, ticketPage } from './page.js';

/** Letters of residents are long, and so may be what is typed about them. */
const LONG_FORM = 512 * 1_024;

export function ticketRoutes(house: WebHouse): Route[] {
  const read = (
    path: string,
    answer: (house: WebHouse, reading: Reading) => Promise<Answer>,
  ): TicketRoute => ({
    method: 'GET',
    path: `/tickets/:reference${path}`,
    rule: 'ticket',
    answer: (visit, asked) => answer(house, { visit, asked }),
  });
  const post = (path: string, answer: TicketRoute['answer']): TicketRoute => ({
    method: 'POST',
    path: `/tickets/:reference/${path}`,
    rule: 'ticket',
    bodyLimit: LONG_FORM,
    answer,
  });
  return [
    read('', showTicket),
    read('/letters/:message/layout', showLayout),
    read('/letters/:message/raw', saveLetter),
    read('/letters/:message/:number', saveAttachment),
    read('/letters/:message/:number/picture', showPicture),
    ...PAGE_DEED_NAMES.map((name) => post(name, (visit, asked) => doOnPage(house, name, { visit, asked }))),
    post('escalations/:escalation', (visit, asked) => answerEscalation(house, visit, asked)),
    post('drafts', (visit, asked) => keepDraft(house, visit, asked)),
  ];
}

async function showTicket(house: WebHouse, { visit, asked }: Reading): Promise<Answer> {
  await noteReading(house.store, visit.actor, visit.ticket);
  const done = PAGE_DEED_NAMES.find((name) => name === fieldOf(asked.query, 'done')) ?? '';
  const data = await ticketPage(house, visit, { ...NO_OUTCOME, done });
  return { view: 'ticket/ticket', data };
}

async function answerEscalation(house: WebHouse, visit: TicketVisit, { params }: Asked): Promise<Answer> {
  const { ticket, actor } = visit;
  const escalation = await house.store.escalations.find(params.escalation ?? '');
  // One of another ticket is not this page's to answer.
  if (escalation?.ticketId !== ticket.id)
    throw new ThanadakError('not-found', 'There is no such escalation here.');
  try {
    await house.acknowledgeEscalation({ id: escalation.id, actor });
  } catch (error) {
    if (!(error instanceof ThanadakError) || error.code !== 'not-allowed') throw error;
    const outcome = {
      ...NO_OUTCOME,
      refused: { key: 'deeds.refused.title' as const },
      sentence: error.message,
    };
    return { view: 'ticket/ticket', data: await ticketPage(house, visit, outcome), status: 422 };
  }
  return { redirect: `/tickets/${ticket.reference}?done=acknowledge` };
}

/** Characters of a text that is kept while it is typed. */
const LONGEST_DRAFT = 100_000;

async function keepDraft(
  house: WebHouse,
  { ticket, officer }: TicketVisit,
  { form }: Asked,
): Promise<Answer> {
  const field = PAGE_DEED_NAMES.find((name) => name === fieldOf(form, 'field'));
  const text = fieldOf(form, 'text');
  if (!field || !PAGE_DEEDS[field].draft || text.length > LONGEST_DRAFT) {
    return { json: { kept: false }, status: 422 };
  }
  await house.store.transact((unit) =>
    unit.drafts.keep({ officer: officer.id, ticketId: ticket.id, field, text, changedAt: unit.now }),
  );
  return { json: { kept: true } };
}
