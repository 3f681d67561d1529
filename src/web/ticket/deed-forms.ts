// The forms of a ticket's deeds: which are possible for whoever looks, with what they can choose from and what was typed.
import { refusalOf } from '../../domain/deeds.js';
import { isAtLeast, isPresent } from '../../domain/people.js';
import { actorOf, isStricter, maySee, objectionTo } from '../../domain/rights.js';
import { type Language, nameIn } from '../../domain/station.js';
import { AWAITED, RESTRICTIONS, URGENCIES } from '../../domain/ticket.js';
import type { Instant } from '../../domain/time.js';
import { dateOf, dayAt, openZone } from '../../domain/zone.js';
import { fieldOf, type Values } from '../frame/route.js';
import type { PhraseKey, Said } from '../words/words.js';
import type { CannedChoice } from './canned.js';
import type { Looking } from './clock-view.js';
import { type FieldName, hasCannedTexts, PAGE_DEED_NAMES, PAGE_DEEDS, type PageDeed } from './deed-table.js';
import { languageKey } from './facts-view.js';
import { actorName, tableName } from './names.js';

export interface Option {
  value: string;
  label: string | Said;
  isChosen: boolean;
}

export interface FormField {
  name: FieldName;
  label: PhraseKey;
  kind: 'text' | 'line' | 'select' | 'date';
  value: string;
  options: readonly Option[];
  isRequired: boolean;
  wrong: PhraseKey | null;
  /** Language of what is typed, for the keyboard and for reading aloud. */
  language: Language | null;
  /** Kept while it is typed. */
  isDraft: boolean;
  /** Earliest and latest day. */
  days: { from: string; to: string } | null;
}

export interface DeedForm {
  name: PageDeed;
  label: PhraseKey;
  hint: Said | null;
  /** What its last button says. */
  send: PhraseKey;
  fields: readonly FormField[];
  canned: readonly CannedChoice[];
  isSeen: boolean;
  isDanger: boolean;
  /** It was sent and not done, or its letter is to be seen: it stands open. */
  isOpen: boolean;
}

/** A form that came back: what was typed into it, and at which field it is wrong. */
export interface Returned {
  name: PageDeed;
  form: Values;
  wrong: { key: PhraseKey; field: FieldName } | null;
}

export interface FormsOf extends Looking {
  now: Instant;
  say(key: PhraseKey): string;
  /** By deed. */
  drafts: ReadonlyMap<string, string>;
  canned: ReadonlyMap<string, readonly CannedChoice[]>;
  returned: Returned | null;
  /** Whether a receipt is withheld that can be sent by hand. */
  isReceiptWithheld: boolean;
  isInMatter: boolean;
}

/** In the order of the table; what state or right does not allow is not there. */
export function deedForms(of: FormsOf): DeedForm[] {
  return PAGE_DEED_NAMES.filter((name) => isPossible(of, name)).map((name) => formOf(of, name));
}

function isPossible(of: FormsOf, name: PageDeed): boolean {
  const { actor, ticket, station } = of;
  const { deed } = PAGE_DEEDS[name];
  if (objectionTo(actor, deed, { ticket, station }) || refusalOf(deed, ticket)) return false;
  switch (name) {
    case 'acknowledge':
      return of.isReceiptWithheld;
    case 'refer':
      return of.rules.agencies.size > 0 && ticket.restriction === 'none';
    case 'hold':
      return ticket.legalHold === null;
    case 'unhold':
      return ticket.legalHold !== null;
    case 'leave':
      return of.isInMatter;
    // Beside the tickets they are about.
    case 'gather':
    case 'dismiss':
      return false;
    default:
      return true;
  }
}

/** Whether whoever looks may gather this ticket under another, or say that it is another matter. */
export function mayGather({ actor, ticket, station }: Looking): boolean {
  return !objectionTo(actor, 'gather', { ticket, station }) && !refusalOf('gather', ticket);
}

const SENT_BY = new Set<PageDeed>(['reply', 'ask', 'close', 'transfer', 'refer']);

function formOf(of: FormsOf, name: PageDeed): DeedForm {
  const entry = PAGE_DEEDS[name];
  const isReturned = of.returned?.name === name;
  const label: PhraseKey = `deeds.${name}`;
  return {
    name,
    label,
    hint: entry.hint ? { key: entry.hint, values: { language: languageName(of) } } : null,
    send: SENT_BY.has(name) ? (`deeds.send.${name}` as PhraseKey) : label,
    fields: entry.fields.map((field) => fieldFor(of, name, field)),
    canned: hasCannedTexts(name) ? (of.canned.get(name) ?? []) : [],
    isSeen: entry.isSeen === true,
    isDanger: entry.isDanger === true,
    isOpen: isReturned,
  };
}

/** Said as a phrase within a phrase would need markup; the name of a language needs none. */
function languageName({ ticket, say }: FormsOf): string {
  return say(languageKey(ticket.language));
}

const LONG = new Set<FieldName>(['text', 'question', 'done', 'request', 'reason']);
const MAY_BE_EMPTY = new Set<FieldName>(['force', 'station', 'category']);

function fieldFor(of: FormsOf, name: PageDeed, field: FieldName): FormField {
  const isDraft = PAGE_DEEDS[name].draft === field;
  const typed = typedIn(of, name, field);
  const options = optionsOf(of, field, typed);
  const isDay = field === 'until';
  return {
    name: field,
    label: `deeds.field.${field}`,
    kind: isDay ? 'date' : options ? 'select' : LONG.has(field) ? 'text' : 'line',
    value: isDay && typed === '' ? dayAhead(of, 7) : typed,
    options: options ?? [],
    isRequired: !MAY_BE_EMPTY.has(field),
    wrong: wrongOf(of.returned, name, field),
    language: isDraft && hasCannedTexts(name) ? of.ticket.language : null,
    isDraft,
    days: isDay ? { from: dayAhead(of, 1), to: dayAhead(of, 179) } : null,
  };
}

function typedIn({ returned, drafts }: FormsOf, name: PageDeed, field: FieldName): string {
  if (returned?.name === name) return fieldOf(returned.form, field);
  return PAGE_DEEDS[name].draft === field ? (drafts.get(name) ?? '') : '';
}

function wrongOf(returned: Returned | null, name: PageDeed, field: FieldName): PhraseKey | null {
  return returned?.name === name && returned.wrong?.field === field ? returned.wrong.key : null;
}

function dayAhead({ now, rules }: FormsOf, days: number): string {
  return dateOf(dayAt(openZone(rules.timeZone), Date.parse(now)) + days);
}

function optionsOf(of: FormsOf, field: FieldName, typed: string): Option[] | null {
  const { ticket } = of;
  const choose = (options: readonly Omit<Option, 'isChosen'>[], now: string | null): Option[] =>
    options.map((option) => ({ ...option, isChosen: option.value === (typed || now || '') }));
  const blank = { value: '', label: { key: 'deeds.choose' } } as const;
  switch (field) {
    case 'urgency':
      return choose(
        URGENCIES.map((one) => ({ value: one, label: { key: `ticket.urgency.${one}` } })),
        ticket.urgency,
      );
    case 'category':
      return choose(tableOptions(of, 'categories'), ticket.category);
    case 'officer':
      return choose([blank, ...officersFor(of)], null);
    case 'for':
      return choose(
        AWAITED.map((one) => ({ value: one, label: { key: `ticket.for.${one}` } })),
        'resident',
      );
    case 'station':
      return choose([blank, ...stationsBut(of)], null);
    case 'agency':
      return choose([blank, ...tableOptions(of, 'agencies')], agencyFor(of));
    case 'outcome':
      return choose([blank, ...outcomesFor(of)], null);
    case 'restriction':
      return choose(restrictionsFor(of), ticket.restriction);
    default:
      return null;
  }
}

type Choices = Omit<Option, 'isChosen'>[];

function tableOptions(of: FormsOf, table: 'categories' | 'agencies'): Choices {
  return [...of.rules[table].keys()].map((code) => ({ value: code, label: tableName(of, table, code) }));
}

/** What the category's matters are usually referred to. */
function agencyFor({ ticket, rules }: FormsOf): string | null {
  return (ticket.category === null ? undefined : rules.categories.get(ticket.category))?.handOff ?? null;
}

/** "Not ours" only when it was passed on: nobody is sent away. */
function outcomesFor(of: FormsOf): Choices {
  const { passedOn, station } = of.ticket;
  const isPassedOn = passedOn !== null && passedOn.to !== station;
  return [...of.rules.outcomes.values()]
    .filter(({ needsPassingOn }) => !needsPassingOn || isPassedOn)
    .map(({ code }) => ({ value: code, label: tableName(of, 'outcomes', code) }));
}

function stationsBut({ rules, ticket, language }: FormsOf): Choices {
  return [...rules.directory.stations.values()]
    .filter(({ code }) => code !== ticket.station)
    .map(({ code, name }) => ({ value: code, label: nameIn(name, language) }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** Whoever may read the ticket and work on it; those below the division first. */
function officersFor(of: FormsOf): Choices {
  const { people, ticket, station, now } = of;
  return [...people.values()]
    .filter((officer) => !officer.disabled && officer.rank !== 'auditor' && officer.rank !== 'admin')
    .filter((officer) => maySee(actorOf(officer), ticket, station))
    .sort((a, b) => Number(isAtLeast(a.rank, 'oc')) - Number(isAtLeast(b.rank, 'oc')))
    .map((officer) => {
      const name = actorName(of, officer.id);
      const label: Option['label'] = isPresent(officer, now)
        ? name
        : { key: 'deeds.away-until', values: { name } };
      return { value: officer.id, label };
    });
}

/** Nobody is offered what they may not do: lifting is the deputy commissioner's. */
function restrictionsFor({ ticket, actor }: FormsOf): Choices {
  return RESTRICTIONS.filter(
    (one) => !isStricter(ticket.restriction, one) || isAtLeast(actor.rank, 'dc'),
  ).map((one) => ({ value: one, label: { key: `deeds.restriction.${one}` } }));
}
