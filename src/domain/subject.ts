// References of ours in a subject. Anybody can write one there, so it proves nothing; and left in the subject of a new
// ticket it would bring the next answer to the old one.
import { formatReference, parseReference } from './reference.js';

const LOOKED_AT = 1_000;
const MOST = 10;
/** Runs of what a reference is made of; the digits of Bengali and Hindi and every dash count as ours. */
const RUN = /[A-Z0-9-]{10,}/g;
const DASH = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;
/** Before the station there may be words of others: `Ref-BEHALA-26-000123-K`. */
const WORDS_BEFORE = 4;
const WORDS_BEHIND = 3;

interface Found {
  reference: string;
  from: number;
  to: number;
}

/** References in `subject` whose check character is right, in their order, at most 10. */
export function referencesInSubject(subject: string): string[] {
  return [...new Set(findIn(subject).map(({ reference }) => reference))].slice(0, MOST);
}

/**
 * `subject` without references of ours and the brackets around them, for a ticket that does not continue theirs. What a
 * person wrote stays as it is; empty when nothing else was there.
 */
export function cleanSubject(subject: string): string {
  const found = findIn(subject);
  if (found.length === 0) return subject;
  let rest = subject;
  for (const { from, to } of found.reverse()) {
    const before = rest
      .slice(0, from)
      .replace(/[[({<#]\s*(?:ref(?:erence)?\.?(?: ?(?:no|number)\.?)?\s*[:#]?\s*)?$/iu, '');
    const behind = rest.slice(to).replace(before.length < from ? /^\s*[\])}>]/u : /^(?!)/u, '');
    rest = `${before} ${behind}`;
  }
  return rest.replace(/\s+/g, ' ').trim();
}

function findIn(subject: string): Found[] {
  const text = folded(subject.slice(0, LOOKED_AT));
  const found: Found[] = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const inside = findInRun(run);
    if (inside) found.push({ ...inside, from: index + inside.from, to: index + inside.to });
  }
  return found;
}

/** Of the same length as `text`, so that places in one are places in the other. */
function folded(text: string): string {
  return text
    .replace(/[০-৯०-९]/gu, (digit) => String((digit.charCodeAt(0) - 0x0966) % 0x80))
    .replace(/[０-９]/gu, (digit) => String(digit.charCodeAt(0) - 0xff10))
    .replace(DASH, '-')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

function findInRun(run: string): Found | undefined {
  const words = run.split('-');
  for (let behind = 0; behind <= WORDS_BEHIND; behind += 1) {
    for (let before = 0; before <= WORDS_BEFORE; before += 1) {
      const kept = words.slice(before, words.length - behind);
      const parts = parseReference(kept.join('-'));
      if (!parts) continue;
      const from = words.slice(0, before).join('-').length + (before > 0 ? 1 : 0);
      const reference = formatReference(parts.station, Number(parts.year), parts.number);
      return { reference, from, to: from + kept.join('-').length };
    }
  }
  return undefined;
}
