// Every phrase of the interface, by `area.key`.
import type { Language } from '../../domain/station.js';
import type { Html } from '../html.js';
import { design } from './design.js';
import { frame } from './frame.js';
import { type PhraseValues, say, type Words } from './phrases.js';
import { signIn } from './sign-in.js';

/** A new area is one line here. */
export const AREAS = { frame, design, 'sign-in': signIn } as const satisfies Record<string, Words>;

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

const PHRASES = new Map(
  Object.entries<Words>(AREAS).flatMap(([area, words]) =>
    Object.entries(words).map(([key, phrase]) => [`${area}.${key}`, phrase] as const),
  ),
);

/** Gives the function that says phrases in `language`. It throws for a key that no area has. */
export function sayIn(language: Language): Say {
  return (key, values) => {
    const phrase = PHRASES.get(key);
    if (!phrase) throw new TypeError(`There is no phrase ${key}.`);
    return say(phrase[language], language, values);
  };
}

/** As `sayIn`, for titles and letters: values that are markup are not allowed here. */
export function textIn(
  language: Language,
): (key: PhraseKey, values?: Readonly<Record<string, string | number>>) => string {
  const speak = sayIn(language);
  return (key, values) => speak(key, values) as string;
}
