// The routes of the desk: the list, its counts, deeds on several tickets, saved views, what changes while it is open.
import { randomBytes } from 'node:crypto';
import { titledName } from '../../domain/people.js';
import { parseReference } from '../../domain/reference.js';
import type { Ticket, TicketClock } from '../../domain/ticket.js';
import { openZone } from '../../domain/zone.js';
import { readDrillText } from '../board/drill-query.js';
import { ticketFor } from '../frame/admission.js';
import type { Company } from '../frame/company.js';
import type { WebHouse } from '../frame/house.js';
import { type Answer, type Asked, fieldOf, type PageEvent, type Route, type Visit } from '../frame/route.js';
import { textIn } from '../words/words.js';
import { chosenOf, type Doing, doOnEach, orderOf, undoEach } from './bulk.js';
import { type Counting, createCounting } from './counts.js';
import { countText, type DeskData, homeOf, listData, savedLinks, viewLinks } from './desk-view.js';
import { filterOf, type ListQuery, readQuery, textOf } from './list-query.js';
import { createReports, type Reports } from './reports.js';
import { rowOf } from './row-view.js';

export const PAGE_ROWS = 50;
const MOST_SAVED = 30;

interface Inbox {
  house: WebHouse;
  counting: Counting;
  reports: Reports;
}

export function inboxRoutes(house: WebHouse): Route[] {
  const reports = createReports({ token: () => randomBytes(12).toString('base64url') });
  const inbox: Inbox = { house, counting: createCounting(house.store), reports };
  const get = (path: string, answer: (visit: Visit, asked: Asked) => Promise<Answer>): Route => {
    return { method: 'GET', path, rule: 'signed-in', answer };
  };
  const post = (path: string, answer: (visit: Visit, asked: Asked) => Promise<Answer>): Route => {
    return { method: 'POST', path, rule: 'signed-in', answer };
  };
  return [
    get('/', async () => ({ redirect: '/desk' })),
    get('/desk', (visit, asked) => showDesk(inbox, visit, asked)),
    get('/desk/list', (visit, asked) => showList(inbox, visit, asked)),
    get('/desk/counts', (visit) => sayCounts(inbox, visit)),
    post('/desk/deeds', (visit, asked) => doDeeds(inbox, visit, asked)),
    post('/desk/undo', (visit, asked) => undo(inbox, visit, asked)),
    post('/desk/views', (visit, asked) => saveView(inbox, visit, asked)),
    post('/desk/views/remove', (visit, asked) => removeView(inbox, visit, asked)),
    get('/live', async (visit, asked) => ({ events: await openLive(inbox, visit, asked) })),
    post('/live/answering', (visit, asked) => noteAnswering(inbox, visit, asked)),
  ];
}

async function showDesk(inbox: Inbox, visit: Visit, asked: Asked): Promise<Answer> {
  const query = readQuery(asked.query, homeOf(visit.actor));
  if (parseReference(query.q)) return { redirect: `/tickets/${query.q.toUpperCase()}` };
  // Before the list is read: what happens meanwhile is told once more rather than never.
  const mark = await inbox.house.live.position();
  const [list, counts, saved] = await Promise.all([
    readList(inbox, visit, query),
    inbox.counting.of(visit),
    inbox.house.store.savedViews.ofOfficer(visit.officer.id),
  ]);
  const token = fieldOf(asked.query, 'did');
  const kept = inbox.reports.find(visit.officer.id, token);
  const data: DeskData = {
    title: textIn(visit.language)(`inbox.view.${query.view}`),
    here: 'desk',
    scripts: ['desk.js'],
    search: query.q,
    views: viewLinks(query.view, counts),
    saved: savedLinks(saved, query),
    list,
    mark,
    report: kept ? { ...kept.report, token } : null,
    mayAct: list.mayAct,
  };
  return { view: 'inbox/desk', data };
}

async function showList(inbox: Inbox, visit: Visit, asked: Asked): Promise<Answer> {
  const list = await readList(inbox, visit, readQuery(asked.query, homeOf(visit.actor)));
  return { view: 'inbox/list', data: { list }, fragment: true };
}

async function sayCounts({ counting }: Inbox, visit: Visit): Promise<Answer> {
  const counts = await counting.of(visit);
  const texts = Object.entries(counts).map(([view, count]) => [view, countText(count)]);
  return { json: Object.fromEntries(texts) };
}

async function readList({ house }: Inbox, visit: Visit, query: ListQuery) {
  const { store, company } = house;
  const asking = { officer: visit.officer.id, now: visit.now, scope: visit.scope, limit: PAGE_ROWS + 1 };
  const figure = readDrillText(query.figure ?? '', openZone(visit.rules.timeZone));
  const found = await store.tickets.list({ ...filterOf(query, asking), ...figure });
  const shown = found.slice(0, PAGE_ROWS);
  const clocks = await clocksOf(store, shown);
  const { now, people, rules, officer, scope } = visit;
  const context = { now, people, rules, reader: officer.id, showStation: scope.stations?.length !== 1 };
  const rows = shown.map((ticket) => ({
    ...rowOf(ticket, clocks.get(ticket.id) ?? [], context),
    company: company.of(ticket.id, officer.id),
  }));
  return listData({ query, rows, more: found.length > PAGE_ROWS }, visit);
}

async function clocksOf(
  store: WebHouse['store'],
  tickets: readonly Ticket[],
): Promise<Map<string, TicketClock[]>> {
  const clocks = new Map<string, TicketClock[]>();
  for (const { ticketId, clock } of await store.clocks.ofTickets(tickets.map(({ id }) => id))) {
    clocks.set(ticketId, [...(clocks.get(ticketId) ?? []), clock]);
  }
  return clocks;
}

/** Back to the list it was done from, which then says what became of it. */
async function doDeeds(inbox: Inbox, visit: Visit, { form }: Asked): Promise<Answer> {
  const order = orderOf(form, visit.now);
  const chosen = chosenOf(form);
  if (!order || chosen.length === 0) return { redirect: backTo(form) };
  const { done, refused } = await doOnEach(doingOf(inbox, visit), order, chosen);
  const report = {
    deed: order.deed,
    done: done.map(({ reference }) => reference),
    refused,
    mayUndo: done.some((one) => one.undo !== null),
    undone: false,
  };
  return told(inbox, visit, { form, kept: { report, done } });
}

async function undo(inbox: Inbox, visit: Visit, { form }: Asked): Promise<Answer> {
  const kept = inbox.reports.take(visit.officer.id, fieldOf(form, 'did'));
  if (!kept) return { redirect: backTo(form) };
  const { done, refused } = await undoEach(doingOf(inbox, visit), kept.done);
  const report = { ...kept.report, done, refused, mayUndo: false, undone: true };
  return told(inbox, visit, { form, kept: { report, done: [] } });
}

function doingOf({ house }: Inbox, { actor }: Visit): Doing {
  return { desk: house.desk, store: house.store, actor };
}

function told(
  { reports }: Inbox,
  { officer }: Visit,
  { form, kept }: { form: Asked['form']; kept: Parameters<Reports['keep']>[1] },
): Answer {
  const back = backTo(form);
  return { redirect: `${back}${back.includes('?') ? '&' : '?'}did=${reports.keep(officer.id, kept)}` };
}

/** Only to a list: the rest of the address is read like any other. */
function backTo(form: Asked['form']): string {
  const text = textOf(readQuery(Object.fromEntries(new URLSearchParams(fieldOf(form, 'list'))), 'open'));
  return text === '' ? '/desk' : `/desk?${text}`;
}

async function saveView({ house }: Inbox, visit: Visit, { form }: Asked): Promise<Answer> {
  const name = fieldOf(form, 'name').trim().slice(0, 60);
  const { officer } = visit;
  const query = textOf({
    ...readQuery(Object.fromEntries(new URLSearchParams(fieldOf(form, 'list'))), 'open'),
    after: '',
  });
  await house.store.transact(async (unit) => {
    const saved = await unit.savedViews.ofOfficer(officer.id);
    if (name === '' || saved.length >= MOST_SAVED) return;
    const position = (saved.at(-1)?.position ?? 0) + 1;
    await unit.savedViews.save({ id: house.ids.next(), officer: officer.id, name, query, position });
  });
  return { redirect: `/desk?${query}` };
}

async function removeView({ house }: Inbox, { officer }: Visit, { form }: Asked): Promise<Answer> {
  await house.store.transact((unit) => unit.savedViews.remove(fieldOf(form, 'id'), officer.id));
  return { redirect: backTo(form) };
}

async function openLive(inbox: Inbox, visit: Visit, asked: Asked): Promise<AsyncIterable<PageEvent>> {
  const { officer } = visit;
  const reference = fieldOf(asked.query, 'ticket');
  const ticket =
    reference === ''
      ? undefined
      : await ticketFor(visit.actor, reference, { store: inbox.house.store, rules: visit.rules });
  const after = Number([asked.headers['last-event-id']].flat()[0] ?? fieldOf(asked.query, 'after'));
  const known = Number.isSafeInteger(after) && after > 0 ? after : undefined;
  const events = inbox.house.live.events({ officer: officer.id, after: known, signal: asked.signal });
  return ticket ? accompanied(inbox.house.company, { ticket, visit, events, signal: asked.signal }) : events;
}

interface Accompanied {
  ticket: Ticket;
  visit: Visit;
  events: AsyncIterable<PageEvent>;
  signal: AbortSignal;
}

/** Who is there already is told first. */
async function* accompanied(
  company: Company,
  { ticket, visit, events, signal }: Accompanied,
): AsyncGenerator<PageEvent> {
  const leave = company.enter(ticket.id, { id: visit.officer.id, name: titledName(visit.officer) });
  signal.addEventListener('abort', leave, { once: true });
  try {
    const who = company.of(ticket.id, visit.officer.id).map(({ name, doing }) => ({ name, doing }));
    yield { event: 'company', data: { reference: ticket.reference, who } };
    yield* events;
  } finally {
    leave();
  }
}

async function noteAnswering({ house }: Inbox, visit: Visit, { form }: Asked): Promise<Answer> {
  const from = { store: house.store, rules: visit.rules };
  const ticket = await ticketFor(visit.actor, fieldOf(form, 'ticket'), from);
  if (!ticket) return { json: { known: false }, status: 404 };
  house.company.answers(ticket.id, { id: visit.officer.id, name: titledName(visit.officer) });
  return { json: { known: true } };
}
