// What an officer does on the ticket's page: for each deed its fields, and the order that its form makes.
import type { Desk } from '../../desk/desk.js';
import { CANNED_DEEDS, type CannedDeed, isUnfilled } from '../../domain/canned-text.js';
import type { Deed } from '../../domain/deeds.js';
import { readUntil } from '../../domain/moments.js';
import { parseReference } from '../../domain/reference.js';
import { AWAITED, RESTRICTIONS, URGENCIES } from '../../domain/ticket.js';
import type { Instant } from '../../domain/time.js';
import { fieldOf, type Values } from '../frame/route.js';
import type { PhraseKey } from '../words/words.js';

export type PageDeed =
  | 'reply'
  | 'ask'
  | 'note'
  | 'triage'
  | 'assign'
  | 'wait'
  | 'resume'
  | 'transfer'
  | 'refer'
  | 'merge'
  | 'unmerge'
  | 'link'
  | 'gather'
  | 'leave'
  | 'dismiss'
  | 'close'
  | 'reopen'
  | 'restrict'
  | 'junk'
  | 'not-junk'
  | 'hold'
  | 'unhold'
  | 'acknowledge';

export type FieldName =
  | 'text'
  | 'question'
  | 'done'
  | 'request'
  | 'reason'
  | 'until'
  | 'urgency'
  | 'category'
  | 'officer'
  | 'for'
  | 'station'
  | 'force'
  | 'agency'
  | 'reference'
  | 'outcome'
  | 'restriction';

/** What a form gives a deed besides actor, ticket and version; or why it cannot be, and at which field. */
export type Reading = { order: Readonly<Record<string, unknown>> } | { wrong: PhraseKey; field: FieldName };

export interface When {
  now: Instant;
  timeZone: string;
}

export interface DeedEntry {
  /** As rights and states know it. */
  deed: Deed;
  /** Name of the desk's function. */
  does: keyof Desk;
  fields: readonly FieldName[];
  /** The field whose text is kept while it is typed. */
  draft?: FieldName | undefined;
  /** Its letter is seen before it goes. */
  isSeen?: true | undefined;
  hint?: PhraseKey | undefined;
  isDanger?: true | undefined;
  read(form: Values, when: When): Reading;
}

const NOTHING = () => ({ order: {} });

/** The fields are called in forms as they are here. */
export const PAGE_DEEDS: Readonly<Record<PageDeed, DeedEntry>> = {
  reply: {
    deed: 'reply',
    does: 'reply',
    fields: ['text'],
    draft: 'text',
    isSeen: true,
    hint: 'deeds.hint.reply',
    read: (form) => told(form, 'text', (text) => ({ text })),
  },
  ask: {
    deed: 'ask',
    does: 'ask',
    fields: ['question', 'until'],
    draft: 'question',
    isSeen: true,
    hint: 'deeds.hint.ask',
    read: (form, when) =>
      told(form, 'question', (text) => until(form, when, (day) => ({ text, until: day }))),
  },
  note: {
    deed: 'note',
    does: 'note',
    fields: ['text'],
    draft: 'text',
    hint: 'deeds.hint.note',
    read: (form) => told(form, 'text', (text) => ({ text })),
  },
  close: {
    deed: 'close',
    does: 'close',
    fields: ['outcome', 'done'],
    draft: 'done',
    isSeen: true,
    hint: 'deeds.hint.close',
    read: (form) => chosen(form, 'outcome', (outcome) => told(form, 'done', (text) => ({ outcome, text }))),
  },
  triage: {
    deed: 'triage',
    does: 'triage',
    fields: ['urgency', 'category'],
    read: (form) =>
      among(form, ['urgency', URGENCIES], (urgency) => ({
        urgency,
        category: fieldOf(form, 'category') || undefined,
      })),
  },
  assign: {
    deed: 'assign',
    does: 'assign',
    fields: ['officer'],
    read: (form) => chosen(form, 'officer', (officer) => ({ officer })),
  },
  wait: {
    deed: 'wait',
    does: 'wait',
    fields: ['for', 'until'],
    read: (form, when) =>
      among(form, ['for', AWAITED], (awaited) => until(form, when, (day) => ({ for: awaited, until: day }))),
  },
  resume: { deed: 'resume', does: 'resume', fields: [], read: NOTHING },
  transfer: {
    deed: 'transfer',
    does: 'transfer',
    fields: ['station', 'force', 'reason'],
    draft: 'reason',
    isSeen: true,
    hint: 'deeds.hint.transfer',
    read: (form) => {
      const to = fieldOf(form, 'force').trim() || fieldOf(form, 'station');
      if (to === '') return { wrong: 'deeds.refused.choice', field: 'station' };
      return told(form, 'reason', (reason) => ({ to, reason }));
    },
  },
  refer: {
    deed: 'refer',
    does: 'refer',
    fields: ['agency', 'request'],
    draft: 'request',
    isSeen: true,
    hint: 'deeds.hint.refer',
    read: (form) => chosen(form, 'agency', (agency) => told(form, 'request', (text) => ({ agency, text }))),
  },
  merge: {
    deed: 'merge',
    does: 'merge',
    fields: ['reference'],
    hint: 'deeds.hint.merge',
    read: (form) => other(form, (into) => ({ into })),
  },
  unmerge: { deed: 'unmerge', does: 'unmerge', fields: [], read: NOTHING },
  link: {
    deed: 'link',
    does: 'link',
    fields: ['reference'],
    read: (form) => other(form, (to) => ({ to, untie: fieldOf(form, 'untie') === 'yes' })),
  },
  gather: {
    deed: 'gather',
    does: 'gather',
    fields: ['reference'],
    read: (form) => other(form, (into) => ({ into })),
  },
  leave: { deed: 'leave', does: 'leaveMatter', fields: [], read: NOTHING },
  dismiss: {
    deed: 'dismiss',
    does: 'dismissMatter',
    fields: ['reference'],
    read: (form) => other(form, (one) => ({ other: one })),
  },
  reopen: { deed: 'reopen', does: 'reopen', fields: ['reason'], read: because },
  restrict: {
    deed: 'restrict',
    does: 'restrict',
    fields: ['restriction', 'reason'],
    hint: 'deeds.hint.restrict',
    read: (form) =>
      among(form, ['restriction', RESTRICTIONS], (restriction) =>
        told(form, 'reason', (reason) => ({ restriction, reason })),
      ),
  },
  junk: { deed: 'junk', does: 'junk', fields: [], hint: 'deeds.hint.junk', isDanger: true, read: NOTHING },
  'not-junk': { deed: 'not-junk', does: 'notJunk', fields: [], read: NOTHING },
  hold: { deed: 'hold', does: 'hold', fields: ['reason'], hint: 'deeds.hint.hold', read: because },
  unhold: { deed: 'unhold', does: 'unhold', fields: ['reason'], read: because },
  acknowledge: { deed: 'acknowledge', does: 'sendAcknowledgement', fields: [], read: NOTHING },
};

export const PAGE_DEED_NAMES = Object.keys(PAGE_DEEDS) as PageDeed[];

/** Whether there are texts to begin its letter with. */
export function hasCannedTexts(name: PageDeed): name is CannedDeed {
  return (CANNED_DEEDS as readonly string[]).includes(name);
}

type Next = Readonly<Record<string, unknown>> | Reading;

function reading(next: Next): Reading {
  return 'order' in next || 'wrong' in next ? (next as Reading) : { order: next };
}

function told(form: Values, field: FieldName, order: (text: string) => Next): Reading {
  const text = fieldOf(form, field).replace(/\r\n?/g, '\n').trim();
  if (text === '') return { wrong: 'deeds.refused.empty', field };
  return isUnfilled(text) ? { wrong: 'deeds.refused.unfilled', field } : reading(order(text));
}

function because(form: Values): Reading {
  return told(form, 'reason', (reason) => ({ reason }));
}

function chosen(form: Values, field: FieldName, order: (value: string) => Next): Reading {
  const value = fieldOf(form, field).trim();
  return value === '' ? { wrong: 'deeds.refused.choice', field } : reading(order(value));
}

function among<const Known extends readonly string[]>(
  form: Values,
  [field, known]: readonly [FieldName, Known],
  order: (value: Known[number]) => Next,
): Reading {
  const value = known.find((one) => one === fieldOf(form, field));
  return value === undefined ? { wrong: 'deeds.refused.choice', field } : reading(order(value));
}

function until(form: Values, when: When, order: (day: Instant) => Next): Reading {
  const wrong = { wrong: 'deeds.refused.until', field: 'until' } as const;
  const text = fieldOf(form, 'until').trim();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return wrong;
  try {
    return reading(order(readUntil(text, when)));
  } catch {
    return wrong;
  }
}

function other(form: Values, order: (reference: string) => Next): Reading {
  const reference = fieldOf(form, 'reference').trim().toUpperCase();
  return parseReference(reference)
    ? reading(order(reference))
    : { wrong: 'deeds.refused.reference', field: 'reference' };
}
