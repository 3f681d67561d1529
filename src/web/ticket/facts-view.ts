// What a ticket is, in facts: how it stands, whose it is, why it was judged so.
import type { FilledPost } from '../../domain/people.js';
import type { Information } from '../../domain/register.js';
import type { Language } from '../../domain/station.js';
import type { Ticket } from '../../domain/ticket.js';
import type { Instant } from '../../domain/time.js';
import type { PhraseKey, Said } from '../words/words.js';
import { actorName, type Naming, stationName, tableName } from './names.js';

/** A line of facts. Of `text`, `said` and `at` those that are there are shown, in this order. */
export interface Fact {
  name: PhraseKey;
  text?: string | undefined;
  said?: Said | undefined;
  at?: Instant | undefined;
  /** Somebody outside chose the text. */
  isForeign?: true | undefined;
}

export interface Badge {
  kind: 'bad' | 'warn' | 'good' | 'info' | '';
  said: Said;
}

export function badges({ state, urgency, restriction, junk }: Ticket): Badge[] {
  const found: Badge[] = [{ kind: STATE_KINDS[state], said: { key: `ticket.state.${state}` } }];
  const urgent = { urgent: 'bad', 'semi-urgent': 'warn', 'non-urgent': '' } as const;
  found.push({ kind: urgency ? urgent[urgency] : '', said: { key: `ticket.urgency.${urgency ?? 'none'}` } });
  if (restriction !== 'none')
    found.push({ kind: 'warn', said: { key: `ticket.restriction.${restriction}` } });
  if (junk === 'junk') found.push({ kind: 'warn', said: { key: 'deeds.junk' } });
  return found;
}

const STATE_KINDS = { new: 'info', open: '', waiting: 'info', closed: 'good', merged: '' } as const;

/** What a person must know before anything else. */
export function notices({ attention, junk, restriction, mergedInto, state }: Ticket): Badge[] {
  const found: Badge[] = [];
  if (state === 'merged' && mergedInto !== null)
    found.push({ kind: 'info', said: { key: 'ticket.merged-into', values: { reference: mergedInto } } });
  if (attention) found.push({ kind: 'warn', said: { key: `ticket.attention.${attention}` } });
  if (junk === 'junk' || junk === 'suspected')
    found.push({ kind: 'warn', said: { key: `ticket.junk.${junk}` } });
  if (restriction !== 'none') found.push({ kind: 'info', said: { key: 'ticket.restriction.note' } });
  return found;
}

export interface FactsOf {
  ticket: Ticket;
  owner: FilledPost;
  information: Information | undefined;
}

export function facts(naming: Naming, { ticket, owner, information }: FactsOf): Fact[] {
  return [...standing(naming, ticket, owner), ...resident(ticket), ...numbers(ticket, information)];
}

function standing(naming: Naming, ticket: Ticket, owner: FilledPost): Fact[] {
  const { officer, category, urgency } = ticket;
  const owners = owner.holders.map(({ id }) => actorName(naming, id)).join(', ');
  const nobody = { key: 'ticket.fact.nobody' } as const;
  return [
    { name: 'ticket.fact.station', text: stationName(naming, ticket.station) },
    { name: 'ticket.fact.officer', ...(officer ? { text: actorName(naming, officer) } : { said: nobody }) },
    { name: 'ticket.fact.answers', ...(owners ? { text: owners } : { said: nobody }) },
    ...(ticket.waitingFor
      ? [
          {
            name: 'ticket.fact.waiting' as const,
            said: { key: `ticket.for.${ticket.waitingFor}` as const },
            at: ticket.waitingUntil ?? undefined,
          },
        ]
      : []),
    {
      name: 'ticket.fact.category',
      text: category === null ? '' : tableName(naming, 'categories', category),
    },
    { name: 'ticket.fact.urgency', said: { key: `ticket.urgency.${urgency ?? 'none'}` } },
    ...closed(naming, ticket),
  ];
}

function closed(naming: Naming, ticket: Ticket): Fact[] {
  const { outcome, closedAt, passedOn, reopened } = ticket;
  const found: Fact[] = [];
  if (outcome) found.push({ name: 'ticket.fact.outcome', text: tableName(naming, 'outcomes', outcome) });
  if (closedAt) found.push({ name: 'ticket.fact.closed', at: closedAt });
  if (passedOn) {
    const isAgency = passedOn.kind === 'referral';
    const to = isAgency ? tableName(naming, 'agencies', passedOn.to) : stationName(naming, passedOn.to);
    found.push({ name: 'ticket.fact.passed-on', text: to, at: passedOn.at });
  }
  if (reopened > 0)
    found.push({
      name: 'ticket.fact.reopened',
      said: { key: 'ticket.fact.times', values: { count: reopened } },
    });
  return found;
}

function resident({
  resident: { name, address, verdict },
  language,
  receivedAt,
  acknowledgedAt,
  repeats,
}: Ticket): Fact[] {
  const said = acknowledgedAt ? {} : { said: { key: 'ticket.fact.not-yet' as const } };
  return [
    {
      name: 'ticket.fact.resident',
      text: [name, address].filter((part) => part !== '').join(', '),
      isForeign: true,
    },
    { name: 'ticket.fact.sender', said: { key: `ticket.verdict.${verdict}` } },
    { name: 'ticket.fact.language', said: { key: languageKey(language) } },
    { name: 'ticket.fact.received', at: receivedAt },
    { name: 'ticket.fact.acknowledged', at: acknowledgedAt ?? undefined, ...said },
    ...(repeats > 0
      ? [
          {
            name: 'ticket.fact.repeats' as const,
            said: { key: 'ticket.fact.times' as const, values: { count: repeats } },
          },
        ]
      : []),
  ];
}

export function languageKey(language: Language): `ticket.language.${Language}` {
  return `ticket.language.${language}`;
}

function numbers({ firNumber, gdNumber, legalHold }: Ticket, information: Information | undefined): Fact[] {
  const found: Fact[] = [];
  if (firNumber) found.push({ name: 'ticket.fact.fir', text: firNumber });
  if (gdNumber) found.push({ name: 'ticket.fact.gd', text: gdNumber });
  if (information)
    found.push({
      name: 'ticket.fact.register',
      text: `${information.serial}/${information.year}`,
      at: information.registeredAt,
    });
  if (legalHold) found.push({ name: 'ticket.fact.hold', text: legalHold });
  return found;
}

/** Why the rules proposed what they did, a line for each word that counted. */
export interface Judgement {
  by: Said;
  score: number | null;
  words: { word: string; list: string; weight: number; softened: string | null }[];
}

const MOST_WORDS = 12;
const LONGEST_WORD = 60;

export function judgement(naming: Naming, { urgencyBy, proposal }: Ticket): Judgement | null {
  if (proposal === null && urgencyBy === null) return null;
  const isRule = urgencyBy === null || urgencyBy === 'rule';
  const by: Said = isRule
    ? { key: 'ticket.judged-by-rules' }
    : { key: 'ticket.judged-by', values: { name: actorName(naming, urgencyBy) } };
  const words = (proposal?.fired ?? []).slice(0, MOST_WORDS).map(({ word, list, weight, softened }) => ({
    word: word.slice(0, LONGEST_WORD),
    list,
    weight,
    softened,
  }));
  return { by, score: proposal?.score ?? null, words };
}
