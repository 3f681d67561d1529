// What a sign-in leaves in the browser, so that the officer is not held up by strangers who try the same name: it proves
// that this officer has signed in here before, and nothing else.
import type { Signer } from '../ports/surroundings.js';
import { newToken } from './tokens.js';

const PURPOSE = 'known-browser';
/** Desks are shared; the last so many officers of a browser are known. */
const MOST_OFFICERS = 8;

export function isKnownTo(signer: Signer, officer: string, browser: string): boolean {
  const { nonce, marks } = partsOf(browser);
  return marks.some((mark) => signer.verify(PURPOSE, `${nonce}\n${officer}`, mark));
}

/** The browser's mark with this officer added. */
export function makeKnown(signer: Signer, officer: string, browser: string): string {
  const { nonce, marks } = partsOf(browser);
  const mark = signer.sign(PURPOSE, `${nonce}\n${officer}`);
  return [nonce, mark, ...marks.filter((other) => other !== mark)].slice(0, MOST_OFFICERS + 1).join('.');
}

function partsOf(browser: string): { nonce: string; marks: string[] } {
  const [nonce = '', ...marks] = browser.slice(0, 512).split('.');
  return /^[\w-]{43}$/.test(nonce) ? { nonce, marks } : { nonce: newToken(), marks: [] };
}
