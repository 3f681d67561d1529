// Every phrase of the interface, by `area.key`.
import type { Language } from '../../domain/station.js';
import type { Html } from '../html.js';
import { board } from './board.js';
import { deeds } from './deeds.js';
import { design } from './design.js';
import { frame } from './frame.js';
import { inbox } from './inbox.js';
import { journal } from './journal.js';
import { keys } from './keys.js';
import { letters } from './letters.js';
import { office } from './office.js';
import { formOf, type PhraseValues, say, type Words } from './phrases.js';
import { signIn } from './sign-in.js';
import { ticket } from './ticket.js';

/** A new area is one line here. */
export const AREAS = {
  frame,
  design,
  'sign-in': signIn,
  keys,
  inbox,
  ticket,
  letters,
  deeds,
  journal,
  board,
  office,
} as const satisfies Record<string, Words>;

type Areas = typeof AREAS;

/** `frame.search`, `inbox.due-soon` … */
export type PhraseKey = { [A in keyof Areas & string]: `${A}.${keyof Areas[A] & string}` }[keyof Areas &
  string];

/** A phrase that is yet to be said, as views' data carry it. */
export interface Said {
  key: PhraseKey;
  values?: PhraseValues | undefined;
}

export type Say = (key: PhraseKey, values?: PhraseValues) => string | Html;

const PHRASES = new Map<string, Words[string]>(
  Object.entries<Words>(AREAS).flatMap(([area, words]) =>
    Object.entries(words).map(([key, phrase]) => [`${area}.${key}`, phrase] as const),
  ),
);

/** Whether there is such a phrase; for keys made of what the store holds. */
export function isPhrase(key: string): key is PhraseKey {
  return (PHRASES as ReadonlyMap<string, unknown>).has(key);
}

/** Gives the function that says phrases in `language`. It throws for a key that no area has. */
export function sayIn(language: Language): Say {
  return (key, values) => say(phraseOf(key)[language], language, values);
}

/** The form of a phrase for so many, its places unfilled: scripts fill them. */
export function formIn(language: Language): (key: PhraseKey, count: number) => string {
  return (key, count) => formOf(phraseOf(key)[language], language, count);
}

function phraseOf(key: string): Words[string] {
  const phrase = PHRASES.get(key);
  if (!phrase) throw new TypeError(`There is no phrase ${key}.`);
  return phrase;
}

/** As `sayIn`, for titles and letters: values that are markup are not allowed here. */
export function textIn(
  language: Language,
): (key: PhraseKey, values?: Readonly<Record<string, string | number>>) => string {
  const speak = sayIn(language);
  return (key, values) => speak(key, values) as string;
}
