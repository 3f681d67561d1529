// The tone of a letter: whether it tells of somebody now ("he is", "downstairs", "today") or asks for something in due
// course ("kindly", "form", "copy", "when may I come"). Learnt by counting, word by word.
import { foldText, keysOfWord } from './triage-fold.js';
import { wordsOf } from './triage-tokens.js';

/** How much each word leans towards urgent letters (above 0) or away from them, by its commonest spelling. */
export type ToneWords = Record<string, number>;

/** What every written number is called. */
export const NUMBER_WORD = 'number';
/** Words met in fewer letters than this are chance. */
const LEAST_LETTERS = 2;
/** No single word leans further. */
const FARTHEST = 1.5;
const DIGITS = /^[0-9]+$/;

/** The key under which the tone of a word is kept: its sound in Latin letters, its spelling in an Indian script. */
export function toneKey(word: string): string {
  if (word === NUMBER_WORD || DIGITS.test(word)) return NUMBER_WORD;
  return keysOfWord(word).find((key) => /^(?:sound|script) /.test(key)) ?? word;
}

/** `words` by their keys. */
export function compileTone(words: ToneWords): ReadonlyMap<string, number> {
  return new Map(Object.entries(words).map(([word, weight]) => [toneKey(foldText(word)), weight]));
}

interface Count {
  urgent: number;
  other: number;
  /** How often each spelling was met. */
  spellings: Map<string, number>;
}

/**
 * Learns from letters that a person has labelled: the logarithm of how much likelier a word is in an urgent letter than
 * in another one, to one place, between -1.5 and 1.5.
 */
export function learnTone(letters: readonly { subject: string; text: string; urgency: string }[]): ToneWords {
  const counts = new Map<string, Count>();
  for (const letter of letters) countWords(counts, letter);
  const urgent = letters.filter(({ urgency }) => urgency === 'urgent').length;
  const totals = { urgent: urgent + 2, other: letters.length - urgent + 2 };
  const learnt: ToneWords = {};
  for (const count of counts.values()) {
    const weight = leaningOf(count, totals);
    if (weight !== 0) learnt[commonest(count.spellings)] = weight;
  }
  return learnt;
}

function countWords(
  counts: Map<string, Count>,
  letter: { subject: string; text: string; urgency: string },
): void {
  const met = new Set<string>();
  for (const { text } of wordsOf(letter)) {
    const key = toneKey(text);
    const count = counts.get(key) ?? { urgent: 0, other: 0, spellings: new Map() };
    const spelling = key === NUMBER_WORD ? NUMBER_WORD : text;
    count.spellings.set(spelling, (count.spellings.get(spelling) ?? 0) + 1);
    if (!met.has(key)) count[letter.urgency === 'urgent' ? 'urgent' : 'other'] += 1;
    met.add(key);
    counts.set(key, count);
  }
}

function leaningOf({ urgent, other }: Count, totals: { urgent: number; other: number }): number {
  if (urgent + other < LEAST_LETTERS) return 0;
  const weight = Math.log((urgent + 1) / totals.urgent) - Math.log((other + 1) / totals.other);
  return Math.round(Math.max(-FARTHEST, Math.min(FARTHEST, weight)) * 10) / 10;
}

function commonest(spellings: ReadonlyMap<string, number>): string {
  let best = '';
  for (const [spelling, times] of spellings) if (times > (spellings.get(best) ?? 0)) best = spelling;
  return best;
}
