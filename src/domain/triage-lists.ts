// The word lists and weights that triage is compiled from, as configuration gives them.
import type { Urgency } from './ticket.js';

/** Language forms people write in. Words of `en` match as spelt; of `bn` and `hi` by script and sound; romanised by sound. */
export const LIST_FORMS = ['en', 'bn', 'hi', 'bn-Latn', 'hi-Latn'] as const;
export type ListForm = (typeof LIST_FORMS)[number];

/**
 * Vocabulary of one form: entries by group. An entry is one or more words; each is `word`, `stem*`, `=word` (exactly
 * this spelling), a choice `a|b*`, `<group>` (any single word of a group, of all forms), `_` (any one word) or `..` (up
 * to three words).
 * The group `number` exists of itself: written digits; a list may add words to it. Words of the group `as-spelt` are
 * read as English only.
 */
export interface WordList {
  form: ListForm;
  groups: Record<string, string[]>;
}

/**
 * `danger` counts by itself. `circumstance` (now, alone, a child, please come) and `everyday` (a licence, a lost card, a
 * street lamp) are weighed against each other: only what is left of the circumstances counts.
 */
export type SignKind = 'danger' | 'circumstance' | 'everyday';

/** Words of `group` count `weight`; of several groups with the same `list` only the heaviest word counts. */
export interface Sign {
  group: string;
  list: string;
  kind: SignKind;
  weight: number;
}

/** One hit of each group of `near` within so many words of the first; acts as a group under its own name. */
export interface Combination {
  name: string;
  list: string;
  kind: SignKind;
  near: string[];
  within: number;
  weight: number;
}

export type SoftenerSide = 'inside' | 'before' | 'after' | 'either';

/** Words of `group` near a word that fired make it count only `factor` of its weight. */
export interface Softener {
  kind: string;
  group: string;
  /** Where the softening words stand: before or after the word, either, or around it (`inside` a phrase). */
  side: SoftenerSide;
  /** Distance in words. */
  within: number;
  bound: 'clause' | 'sentence' | 'letter';
  factor: number;
  /** Groups a hit of which between the two cancels the softening ("not STOP beating"). */
  unlessBetween: string[];
  /** Groups a hit of which in the sentence of the word cancels it ("last year, and NOW again"). */
  unlessNear: string[];
  /** Groups and combinations that it softens; empty for all. */
  only: string[];
}

/** `to` replaces the category's own urgency when a group of `any` is present and none of `none`. */
export interface UrgencyChange {
  category: string;
  to: Urgency;
  any: string[];
  none: string[];
}

export interface TriageMarks {
  /** Danger score from which a letter is urgent or semi-urgent. */
  urgent: number;
  semiUrgent: number;
  /** What a letter that has a tone starts with. */
  presumption: number;
  /** Votes a category needs. */
  category: number;
}

/**
 * A short letter scores what its danger weighs, and its circumstances less the everyday. A letter of `fromWords` words
 * has a tone to go by: it scores the presumption, its tone, and shares of the rest.
 */
export interface ToneMix {
  fromWords: number;
  /** Points for the tone. */
  points: number;
  danger: number;
  circumstance: number;
  everyday: number;
  /** Danger that is this much above what makes a short letter urgent needs no tone. */
  plain: number;
}

export interface TriageLists {
  words: WordList[];
  signs: Sign[];
  combinations: Combination[];
  softeners: Softener[];
  /** Groups that count for nothing, but whose longer phrases win over the words in them ("not only" is no "not"). */
  covers?: string[];
  /** Urgency of a category when the danger score alone does not decide; codes in order of precedence. */
  defaults: Record<string, Urgency>;
  /** Votes by category code and group. */
  votes: Record<string, Record<string, number>>;
  changes: UrgencyChange[];
  marks: TriageMarks;
  /** Without it, and without `tone`, every letter is scored as a short one. */
  mix?: ToneMix;
  /** How much words lean towards urgent letters, by spelling. */
  tone?: Record<string, number>;
}
