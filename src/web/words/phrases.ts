// What a phrase is, and how it is said: in a language, in the right number, with its places filled.
import type { Language } from '../../domain/station.js';
import { type Html, type HtmlValue, html, isHtml } from '../html.js';

/** `{name}` are places. With two forms `{count}` decides (Intl.PluralRules; all three languages have these two). */
export type Phrase = string | { one: string; other: string };

/** A phrase in every language: one that lacks a language does not compile. */
export type Words = Readonly<Record<string, Readonly<Record<Language, Phrase>>>>;

export type PhraseValues = Readonly<Record<string, string | number | Html>>;

/**
 * International digits in every language: references, telephone and FIR numbers have no others, and a number read from
 * the page must be the number one types.
 */
const LOCALES: Record<Language, string> = {
  en: 'en-IN-u-nu-latn',
  bn: 'bn-IN-u-nu-latn',
  hi: 'hi-IN-u-nu-latn',
};

const plurals = formatters((locale) => new Intl.PluralRules(locale));
const numbers = formatters((locale) => new Intl.NumberFormat(locale));

function formatters<F>(make: (locale: string) => F): Record<Language, F> {
  return { en: make(LOCALES.en), bn: make(LOCALES.bn), hi: make(LOCALES.hi) };
}

/** `12,34,567`: grouped as people in India group. */
export function numberIn(language: Language, value: number): string {
  return numbers[language].format(value);
}

/** The phrase with its places filled. Markup only when one of the values is. Throws for a place without a value. */
export function say(phrase: Phrase, language: Language, values: PhraseValues = {}): string | Html {
  const pieces = formOf(phrase, language, Number(values.count ?? 0)).split(/\{(\w+)\}/);
  const filled = pieces.map((piece, index) => (index % 2 === 0 ? piece : valueAt(piece, values, language)));
  if (!filled.some(isHtml)) return filled.join('');
  return html`${filled.map((piece: HtmlValue) => html`${piece}`)}`;
}

/** The form for so many, its places unfilled. */
export function formOf(phrase: Phrase, language: Language, count: number): string {
  if (typeof phrase === 'string') return phrase;
  return plurals[language].select(count) === 'one' ? phrase.one : phrase.other;
}

function valueAt(name: string, values: PhraseValues, language: Language): string | Html {
  const value = values[name];
  if (value === undefined) throw new TypeError(`A phrase was said without its {${name}}.`);
  return typeof value === 'number' ? numberIn(language, value) : value;
}
