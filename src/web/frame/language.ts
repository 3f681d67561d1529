// The language of a page: as the officer chose, else as the browser asks.
import { LANGUAGES, type Language } from '../../domain/station.js';

/** The first of our languages that `Accept-Language` (RFC 9110, 12.5.4) prefers; English when it names none. */
export function languageAsked(header: string | undefined): Language {
  const asked = (header ?? '').slice(0, 200).split(',').map(preferenceOf);
  const known = asked.flatMap(({ tag, weight }) => {
    const language = LANGUAGES.find((one) => tag === one || tag.startsWith(`${one}-`));
    return language && weight > 0 ? [{ language, weight }] : [];
  });
  return known.sort((a, b) => b.weight - a.weight)[0]?.language ?? 'en';
}

function preferenceOf(part: string): { tag: string; weight: number } {
  const [tag = '', ...parameters] = part
    .trim()
    .toLowerCase()
    .split(';')
    .map((one) => one.trim());
  const weight = parameters.find((one) => one.startsWith('q='))?.slice(2);
  return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 };
}
