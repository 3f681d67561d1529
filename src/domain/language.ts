// In which language or languages a resident is answered: by the script of their own words.
import type { Language } from './station.js';

/** Words of Bengali and of Hindi as people write them in Latin letters. */
const ROMANISED: Record<'bn' | 'hi', ReadonlySet<string>> = {
  bn: new Set(
    `ami amra apni amar amader apnar apnader ache achhe nei hoy hobe hoyeche korche korchen korun kore korte theke
    jonno keno kothay ekhon raat raate barir bari para parar rasta rastay thana pulish churi marche jhamela awaj
    gaan lok chele meye bou baccha kal aaj ebong kintu ekta khub bolche amake tader`.split(/\s+/),
  ),
  hi: new Set(
    `hai hain nahi nahin mera meri mere hamara hamari humare kya kyon kyun kahan raat ghar gali chori maar raha rahe
    rahi karo kijiye karte karta aur lekin bahut mujhe hum log aap apna koi sab ke ki ko se mein`.split(
      /\s+/,
    ),
  ),
};

/**
 * Latin letters below this share of a letter in an Indian script are an insertion (a name, a brand). The other way
 * round even a small share tells: nobody writes a Bengali sentence by chance.
 */
const LATIN_SHARE = 0.35;
const INDIC_SHARE = 0.15;
/** The beginning of a letter tells its language. */
const JUDGED = 10_000;
/** Fewer letters than this prove nothing. */
const ENOUGH = 8;
/** Words of the list per word of text that make a Latin text romanised Bengali or Hindi. */
const ROMANISED_SHARE = 0.15;

/**
 * The languages to answer in, the likeliest first; never empty, all from `offered` (the configured ones, in order).
 * One when the script is clear; both when a letter is written in two; the first two offered when nothing is clear.
 */
export function languagesOf(text: string, offered: readonly Language[]): Language[] {
  const found = languagesByScript(text.slice(0, JUDGED)).filter((language) => offered.includes(language));
  if (found.length > 0) return found.slice(0, 2);
  return offered.slice(0, 2);
}

function languagesByScript(text: string): Language[] {
  const words = text.split(/\s+/).filter((word) => !isAddress(word));
  const counts = countScripts(words);
  const total = counts.bn + counts.hi + counts.en;
  if (total < ENOUGH) return [];
  const indic = (['bn', 'hi'] as const).filter((language) => counts[language] / total >= INDIC_SHARE);
  indic.sort((a, b) => counts[b] - counts[a]);
  if (indic.length > 0) return counts.en / total >= LATIN_SHARE ? [...indic.slice(0, 1), 'en'] : indic;
  const romanised = romanisedLanguage(words);
  return romanised ? [romanised, 'en'] : ['en'];
}

/** Mail and web addresses are Latin in every language. */
function isAddress(word: string): boolean {
  return word.includes('@') || word.includes('://') || word.startsWith('www.');
}

/** Letters and vowel signs per script. */
function countScripts(words: readonly string[]): { bn: number; hi: number; en: number } {
  const counts = { bn: 0, hi: 0, en: 0 };
  for (const word of words) {
    for (let at = 0; at < word.length; at += 1) {
      const script = scriptOf(word.charCodeAt(at));
      if (script) counts[script] += 1;
    }
  }
  return counts;
}

function scriptOf(code: number): 'bn' | 'hi' | 'en' | undefined {
  if (code >= 0x0980 && code <= 0x09e3) return 'bn';
  if (code >= 0x0900 && code <= 0x0963) return 'hi';
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (code >= 0xc0 && code <= 0x24f) ? 'en' : undefined;
}

function romanisedLanguage(words: readonly string[]): 'bn' | 'hi' | undefined {
  const hits = { bn: 0, hi: 0 };
  for (const word of words) {
    const plain = word.toLowerCase().replace(/[^a-z]/g, '');
    if (ROMANISED.bn.has(plain)) hits.bn += 1;
    if (ROMANISED.hi.has(plain)) hits.hi += 1;
  }
  const best = hits.bn >= hits.hi ? 'bn' : 'hi';
  return hits[best] >= 2 && hits[best] / words.length >= ROMANISED_SHARE ? best : undefined;
}
