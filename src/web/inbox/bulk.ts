// One deed on several tickets, each by the desk and each for itself; and how it is taken back.
import type { Desk } from '../../desk/desk.js';
import { ThanadakError } from '../../domain/errors.js';
import type { Actor } from '../../domain/rights.js';
import { AWAITED, type Awaited, type Ticket, URGENCIES, type Urgency } from '../../domain/ticket.js';
import { type Instant, shift } from '../../domain/time.js';
import type { Store } from '../../ports/store.js';
import { fieldOf, fieldsOf, type Values } from '../frame/route.js';

export const BULK_DEEDS = ['take', 'assign', 'triage', 'wait', 'resume', 'junk', 'not-junk'] as const;
export type BulkDeed = (typeof BULK_DEEDS)[number];

/** What was asked for, as it was read from the form. */
export type BulkOrder =
  | { deed: 'take' | 'resume' | 'junk' | 'not-junk' }
  | { deed: 'assign'; officer: string }
  | { deed: 'triage'; urgency: Urgency | undefined; category: string | undefined }
  | { deed: 'wait'; for: Awaited; until: Instant };

export interface Chosen {
  reference: string;
  /** As the list showed it. */
  version: number;
}

export interface Refused {
  reference: string;
  /** Why, as the desk says it. */
  sentence: string;
}

export interface Report {
  deed: BulkDeed;
  done: readonly string[];
  refused: readonly Refused[];
  /** Whether it can be taken back. */
  mayUndo: boolean;
  undone: boolean;
}

/** A deed that was done, with what takes it back. */
export interface Done {
  reference: string;
  /** Of the ticket after it. */
  version: number;
  undo: Undo | null;
}

export type Undo =
  | { deed: 'assign'; officer: string | null }
  | { deed: 'triage'; urgency: Urgency; category: string | undefined }
  | { deed: 'resume' | 'junk' | 'not-junk' };

/** Tickets of one page. */
const MOST_CHOSEN = 100;
const DAY_MS = 86_400_000;

/** What is chosen in the list; each field is `REFERENCE:version`. */
export function chosenOf(form: Values): Chosen[] {
  return fieldsOf(form, 'tickets')
    .slice(0, MOST_CHOSEN)
    .flatMap((value) => {
      const [, reference = '', version = ''] = /^([\w-]+):(\d{1,9})$/.exec(value) ?? [];
      return reference === '' ? [] : [{ reference, version: Number(version) }];
    });
}

/** Undefined when the form does not say what to do, or not with what. */
export function orderOf(form: Values, now: Instant): BulkOrder | undefined {
  const field = (name: string) => fieldOf(form, name).trim();
  const deed = BULK_DEEDS.find((one) => one === field('deed'));
  switch (deed) {
    case 'assign':
      return field('to') === '' ? undefined : { deed, officer: field('to') };
    case 'triage': {
      const urgency = URGENCIES.find((one) => one === field('as'));
      const category = field('about') || undefined;
      return urgency || category ? { deed, urgency, category } : undefined;
    }
    case 'wait': {
      const awaited = AWAITED.find((one) => one === field('for'));
      const days = Number(field('days'));
      if (!awaited || !(days >= 1 && days <= 180)) return undefined;
      return { deed, for: awaited, until: shift(now, days * DAY_MS) };
    }
    case undefined:
      return undefined;
    default:
      return { deed };
  }
}

export interface Doing {
  desk: Desk;
  store: Pick<Store, 'tickets'>;
  actor: Actor;
}

/** Does it on each; what one ticket refuses hinders no other. Errors: those of the store. */
export async function doOnEach(
  doing: Doing,
  order: BulkOrder,
  chosen: readonly Chosen[],
): Promise<{ done: Done[]; refused: Refused[] }> {
  const done: Done[] = [];
  const refused: Refused[] = [];
  for (const { reference, version } of chosen) {
    const before = await doing.store.tickets.find(reference);
    try {
      const after = await doOne(doing, order, { reference, version });
      done.push({ reference, version: after.version, undo: before ? undoOf(order, before) : null });
    } catch (error) {
      refused.push({ reference, sentence: sentenceOf(error) });
    }
  }
  return { done, refused };
}

/** Takes back what was done, unless somebody has acted since. */
export async function undoEach(
  doing: Doing,
  done: readonly Done[],
): Promise<{ done: string[]; refused: Refused[] }> {
  const undone: string[] = [];
  const refused: Refused[] = [];
  for (const { reference, version, undo } of done) {
    if (!undo) continue;
    try {
      await undoOne(doing, undo, { reference, version });
      undone.push(reference);
    } catch (error) {
      refused.push({ reference, sentence: sentenceOf(error) });
    }
  }
  return { done: undone, refused };
}

/** Only what the desk says is for people; anything else is no refusal of this ticket. */
function sentenceOf(error: unknown): string {
  const isRefusal =
    error instanceof ThanadakError &&
    ['invalid', 'not-found', 'not-allowed', 'conflict', 'refused'].includes(error.code);
  if (!isRefusal) throw error;
  return error.code === 'not-allowed' ? `There is no ticket such as this one.` : error.message;
}

function doOne({ desk, actor }: Doing, order: BulkOrder, { reference, version }: Chosen): Promise<Ticket> {
  const on = { actor, reference, seen: { version } };
  switch (order.deed) {
    case 'take':
      return desk.assign({ ...on, officer: actor.id });
    case 'assign':
      return desk.assign({ ...on, officer: order.officer });
    case 'triage':
      return desk.triage({ ...on, urgency: order.urgency, category: order.category });
    case 'wait':
      return desk.wait({ ...on, for: order.for, until: order.until });
    case 'resume':
      return desk.resume(on);
    case 'junk':
      return desk.junk(on);
    case 'not-junk':
      return desk.notJunk(on);
  }
}

function undoOne({ desk, actor }: Doing, undo: Undo, { reference, version }: Chosen): Promise<Ticket> {
  const on = { actor, reference, seen: { version } };
  switch (undo.deed) {
    case 'assign':
      return desk.assign({ ...on, officer: undo.officer });
    case 'triage':
      return desk.triage({ ...on, urgency: undo.urgency, category: undo.category });
    case 'resume':
      return desk.resume(on);
    case 'junk':
      return desk.junk(on);
    case 'not-junk':
      return desk.notJunk(on);
  }
}

/** Null for what cannot be taken back: what was resumed waited until a day that is no longer known to be right. */
export function undoOf(
  { deed }: Pick<BulkOrder, 'deed'>,
  before: Pick<Ticket, 'officer' | 'urgency' | 'category' | 'junk'>,
): Undo | null {
  switch (deed) {
    case 'take':
    case 'assign':
      return { deed: 'assign', officer: before.officer };
    case 'triage':
      if (before.urgency === null) return null;
      return { deed, urgency: before.urgency, category: before.category ?? undefined };
    case 'wait':
      return { deed: 'resume' };
    case 'junk':
      return { deed: 'not-junk' };
    case 'not-junk':
      return before.junk === 'junk' ? { deed: 'junk' } : null;
    case 'resume':
      return null;
  }
}
