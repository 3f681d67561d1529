// A form of the ticket's page on its way to the desk: read, seen, done; or back on the page with everything typed.
import type { Desk } from '../../desk/desk.js';
import type { Preview, Previews } from '../../desk/previewing.js';
import { ThanadakError } from '../../domain/errors.js';
import { maySee } from '../../domain/rights.js';
import type { Ticket } from '../../domain/ticket.js';
import { stationOf } from '../../ports/office.js';
import type { WebHouse } from '../frame/house.js';
import { type Answer, type Asked, fieldOf, type TicketVisit, type Values } from '../frame/route.js';
import type { PhraseKey } from '../words/words.js';
import { cannedText } from './canned.js';
import { PAGE_DEEDS, type PageDeed } from './deed-table.js';
import { actorName } from './names.js';
import { NO_OUTCOME, type Outcome, ticketPage } from './page.js';

type Order = Parameters<Desk['resume']>[0];

/** Answers a form of `name`. Its field `step`: `canned` puts a text in, `look` shows the letter, else it is done. */
export async function doOnPage(
  house: WebHouse,
  name: PageDeed,
  { visit, asked }: { visit: TicketVisit; asked: Asked },
): Promise<Answer> {
  const doing = { house, name, visit, form: asked.form };
  const step = fieldOf(asked.form, 'step');
  if (step === 'canned') return again(doing, withCanned(doing), 200);
  const { now, rules } = visit;
  const read = PAGE_DEEDS[name].read(asked.form, { now, timeZone: rules.timeZone });
  if ('wrong' in read)
    return again(doing, { refused: { key: read.wrong }, wrong: { key: read.wrong, field: read.field } }, 422);
  const order = { ...orderOf(doing), ...read.order };
  const mark = fieldOf(asked.form, 'previewed');
  try {
    if (PAGE_DEEDS[name].isSeen && (step === 'look' || mark === '')) {
      return await again(doing, { preview: await previewOf(house, name, order) }, 200);
    }
    const previewed = PAGE_DEEDS[name].isSeen ? mark : undefined;
    const ticket = await run(house.desk, name, { ...order, previewed });
    return await afterwards(doing, ticket);
  } catch (error) {
    return refuse(doing, order, error);
  }
}

interface Doing {
  house: WebHouse;
  name: PageDeed;
  visit: TicketVisit;
  form: Values;
}

/** The version is that of the page on which the form stood. */
function orderOf({ visit, form }: Doing): Order {
  const version = Number(fieldOf(form, 'version'));
  const seen = /^\d{1,9}$/.test(fieldOf(form, 'version')) ? { version } : undefined;
  return { actor: visit.actor, reference: visit.ticket.reference, seen };
}

/** Each deed takes what its own entry of the table has read. */
function run(desk: Desk, name: PageDeed, order: Order & object): Promise<Ticket> {
  const deed = desk[PAGE_DEEDS[name].does] as (given: object) => Promise<Ticket>;
  return deed(order);
}

function previewOf({ previews }: WebHouse, name: PageDeed, order: Order & object): Promise<Preview> {
  const preview = previews[name as keyof Previews] as (given: object) => Promise<Preview>;
  return preview(order);
}

/** To the ticket, or to the desk when it is no longer for the eyes of whoever did it. */
async function afterwards({ house, name, visit }: Doing, ticket: Ticket): Promise<Answer> {
  if (PAGE_DEEDS[name].draft) {
    const draft = { officer: visit.officer.id, ticketId: visit.ticket.id, field: name };
    await house.store.transact((unit) => unit.drafts.remove(draft));
  }
  const isSeen = maySee(visit.actor, ticket, stationOf(visit.rules, ticket.station));
  return { redirect: isSeen ? `/tickets/${visit.ticket.reference}?done=${name}` : '/' };
}

function withCanned({ visit, name, form }: Doing): Back {
  const officer = actorName(visit, visit.officer.id);
  const text = cannedText({ rules: visit.rules, ticket: visit.ticket, officer }, fieldOf(form, 'canned'));
  const field = PAGE_DEEDS[name].draft ?? 'text';
  const typed = fieldOf(form, field).trimEnd();
  return { form: { ...form, [field]: typed === '' ? text : `${typed}\n\n${text}` } };
}

interface Back extends Partial<Outcome> {
  form?: Values;
  wrong?: { key: PhraseKey; field: (typeof PAGE_DEEDS)[PageDeed]['fields'][number] };
}

/** The page with the form open and everything in it. */
async function again(doing: Doing, back: Back, status: number): Promise<Answer> {
  const { house, visit, name } = doing;
  const { form = doing.form, wrong = null, ...outcome } = back;
  const returned = { name, form, wrong };
  return {
    view: 'ticket/ticket',
    data: await ticketPage(house, visit, { ...NO_OUTCOME, ...outcome, returned }),
    status,
  };
}

async function refuse(doing: Doing, order: Order & object, error: unknown): Promise<Answer> {
  if (!(error instanceof ThanadakError) || !TOLD.has(error.code)) throw error;
  const { house, name, visit } = doing;
  const now = await house.store.tickets.findById(visit.ticket.id);
  const status = error.code === 'conflict' ? 409 : 422;
  if (now && order.seen?.version !== undefined && now.version !== order.seen.version) {
    return again(doing, { refused: { key: 'deeds.refused.changed' } }, status);
  }
  // The ticket is as it was seen, so only the letter can be another.
  const isOtherLetter = error.code === 'conflict' && fieldOf(doing.form, 'previewed') !== '';
  const preview = isOtherLetter ? await previewOf(house, name, order).catch(() => null) : null;
  if (preview) return again(doing, { refused: { key: 'deeds.refused.other-letter' }, preview }, status);
  return again(doing, { refused: { key: 'deeds.refused.title' }, sentence: error.message }, status);
}

const TOLD = new Set<string>(['conflict', 'invalid', 'not-found', 'not-allowed', 'refused']);
