// Whether a letter is junk: what others say of it, and what we make of that. A resident's letter among the junk costs
// more than junk among the letters, so whoever may be in danger is never put away.
import type { Header } from './message.js';
import type { Restriction, Urgency } from './ticket.js';

/** What somebody who judges letters says of one. */
export interface JunkOpinion {
  from: 'relay' | 'rspamd';
  /** Its own verdict. */
  isJunk: boolean;
  score: number | null;
  /** The score from which it calls a letter junk itself. */
  threshold: number | null;
  /** Names of its rules that fired, at most 30. */
  words: string[];
}

/**
 * `junk`: put away, without receipt, clocks and figures. `suspected`: judged junk and yet among the others.
 * `cleared`: a person has said that it is none.
 */
export const JUNK_STATES = ['junk', 'suspected', 'cleared'] as const;
export type JunkState = (typeof JUNK_STATES)[number];

/** Whether the ticket is put away. */
export function isPutAway(ticket: { junk: JunkState | null }): boolean {
  return ticket.junk === 'junk';
}

/** Junk when the judge says so itself, or its score reaches `mark` (null: the judge alone decides). */
export function isOverMark(opinion: JunkOpinion | null, mark: number | null): boolean {
  if (!opinion) return false;
  return opinion.isJunk || (mark !== null && opinion.score !== null && opinion.score >= mark);
}

/** Why a letter that counts as junk is only flagged. */
export interface AgainstPuttingAway {
  /** What the rules say of it; what reads as a danger to life is for people to see. */
  urgency: Urgency | null;
  /** A complaint about police must not vanish at the station it is about. */
  restriction: Restriction;
  /** It names a ticket of ours in a way that strangers cannot. */
  continues: boolean;
}

/** What becomes of a letter; null for one that is not called junk. */
export function junkStateOf(isJunk: boolean, facts: AgainstPuttingAway): 'junk' | 'suspected' | null {
  if (!isJunk) return null;
  const isKept = facts.urgency === 'urgent' || facts.restriction === 'dc' || facts.continues;
  return isKept ? 'suspected' : 'junk';
}

const NUMBER = String.raw`(-?\d{1,5}(?:\.\d{1,4})?)`;
const WORDS_MAX = 30;

/** What one header says; undefined parts are not told by it. */
interface Said {
  isJunk?: boolean;
  score?: number | undefined;
  threshold?: number | undefined;
  words?: string[];
}

const YES = /^\s*(?:yes|true)\b/i;
const JUNK_ACTIONS: ReadonlySet<string> = new Set(['add header', 'rewrite subject', 'reject', 'quarantine']);

/** Whether rspamd's action means that it takes the letter for junk; putting off and greylisting do not. */
export function isJunkAction(action: string): boolean {
  return JUNK_ACTIONS.has(action.trim().toLowerCase());
}

const READERS: Record<string, (value: string) => Said> = {
  'x-spam-flag': (value) => ({ isJunk: YES.test(value) }),
  'x-spam': (value) => ({ isJunk: YES.test(value) }),
  'x-spam-status': (value) => ({
    isJunk: YES.test(value),
    score: numberIn(value, String.raw`\b(?:score|hits)=${NUMBER}`),
    threshold: numberIn(value, String.raw`\brequired=${NUMBER}`),
    words: wordsIn(/\btests=([A-Z0-9_,\s]{1,4000})/i.exec(value)?.[1] ?? '', /[A-Z][A-Z0-9_]{1,63}/g),
  }),
  'x-spam-score': (value) => ({ score: numberIn(value, String.raw`^\s*${NUMBER}`) }),
  'x-rspamd-score': (value) => ({ score: numberIn(value, String.raw`^\s*${NUMBER}`) }),
  'x-rspamd-action': (value) => ({ isJunk: isJunkAction(value) }),
  'x-spamd-result': (value) => ({
    isJunk: /^[^[;]{0,40}:\s*true\b/i.test(value),
    score: numberIn(value, String.raw`\[\s*${NUMBER}\s*/`),
    threshold: numberIn(value, String.raw`/\s*${NUMBER}\s*\]`),
    words: wordsIn(value, /\b[A-Z][A-Z0-9_]{1,63}(?=\()/g),
  }),
};

/**
 * What SpamAssassin or rspamd at the relay wrote into the head: only above the top-most Received, which is the relay's
 * own; all below is the client's to forge. Null when nothing is written there. Whether the letter came by a relay that
 * we believe is the caller's to ask first.
 */
export function opinionOfRelay(headers: readonly Header[]): JunkOpinion | null {
  const top = headers.findIndex(({ name }) => name === 'received');
  const said = headers
    .slice(0, Math.max(top, 0))
    .flatMap(({ name, value }) => (Object.hasOwn(READERS, name) ? [READERS[name]?.(value) ?? {}] : []));
  if (said.length === 0) return null;
  return {
    from: 'relay',
    isJunk: said.some(({ isJunk }) => isJunk),
    score: said.find(({ score }) => score !== undefined)?.score ?? null,
    threshold: said.find(({ threshold }) => threshold !== undefined)?.threshold ?? null,
    words: [...new Set(said.flatMap(({ words }) => words ?? []))].slice(0, WORDS_MAX),
  };
}

function numberIn(value: string, pattern: string): number | undefined {
  const found = new RegExp(pattern, 'i').exec(value)?.[1];
  return found === undefined ? undefined : Number(found);
}

function wordsIn(value: string, word: RegExp): string[] {
  return (value.match(word) ?? []).slice(0, WORDS_MAX);
}

/** Rspamd's answer to `/checkv2` (JSON of unknown shape); undefined when it is none. */
export function opinionOfRspamd(answer: unknown): JunkOpinion | undefined {
  const { score, required_score: threshold, action, symbols } = recordOf(answer);
  if (typeof score !== 'number' || !Number.isFinite(score) || typeof action !== 'string') return undefined;
  return {
    from: 'rspamd',
    isJunk: isJunkAction(action),
    score,
    threshold: typeof threshold === 'number' && Number.isFinite(threshold) ? threshold : null,
    words: wordsIn(Object.keys(recordOf(symbols)).join(' '), /[A-Z][A-Z0-9_]{1,63}/g),
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
