// The subject of our answer to a resident's letter: theirs, made harmless, and our reference.
import { parseReference } from './reference.js';
import { oneLine } from './template.js';

/** Characters of the resident's subject that are repeated. */
const KEPT = 150;
/** Enough to find the words behind any number of "Re:". */
const LOOKED_AT = 1_000;

/** Format characters and halves of characters; the joiners stay, Bengali and Hindi words are written with them. */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cf}\p{Cs}\p{Co}]/gu;
/** What mail programs put before the subject of an answer. */
const ANSWER = /^(?:re|aw|sv|antw|উত্তর|उत्तर|जवाब)\s?(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?[:：]\s?/iu;
const FIRST_WORD = /^\[?([^\s[\]:,]{1,80})\]?\s?[:,–-]?(?:\s|$)/u;
const LAST_WORD = /(?:^|\s)\[?([^\s[\]]{1,80})\]?$/u;

/**
 * `Re: <subject> [<reference>]`, the subject on one line, at most 150 characters, without the "Re:"s and references of
 * ours that stand around it already; undefined when nothing is left of it.
 */
export function answerSubject(subject: string, reference: string): string | undefined {
  const text = oneLine(subject.slice(0, LOOKED_AT)).replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
  const words = shorten(withoutEnd(withoutBeginning(text)));
  return words === '' ? undefined : `Re: ${words} [${reference}]`;
}

function withoutBeginning(subject: string): string {
  let rest = subject;
  for (;;) {
    const match = ANSWER.exec(rest) ?? ourReference(FIRST_WORD.exec(rest));
    if (!match) return rest;
    rest = rest.slice(match[0].length).trimStart();
  }
}

function withoutEnd(subject: string): string {
  let rest = subject;
  for (;;) {
    const match = ourReference(LAST_WORD.exec(rest));
    if (!match) return rest;
    rest = rest.slice(0, match.index).trimEnd();
  }
}

function ourReference(match: RegExpExecArray | null): RegExpExecArray | null {
  return match && parseReference(match[1] ?? '') ? match : null;
}

function shorten(subject: string): string {
  const characters = Array.from(subject);
  if (characters.length <= KEPT) return subject;
  const kept = characters.slice(0, KEPT - 1).join('');
  // Inside a word the cut could part a letter from its vowel sign.
  const lastSpace = kept.lastIndexOf(' ');
  return `${lastSpace > kept.length - 40 ? kept.slice(0, lastSpace) : kept.replace(/\p{M}+$/u, '')}…`;
}
