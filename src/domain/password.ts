// Which passwords officers may have, and who needs more than one.
import { isAtLeast, type Officer, type Rank } from './people.js';

/** Characters; no rule asks for digits or signs (NIST SP 800-63B, 3.1.1.2). */
export const LEAST_PASSWORD = 12;
export const LONGEST_PASSWORD = 256;

export type PasswordObjection = 'too-short' | 'too-long' | 'too-simple' | 'about-yourself' | 'well-known';

/** What speaks against a new password; undefined when nothing does. */
export function objectionToPassword(
  password: string,
  officer: Pick<Officer, 'id' | 'name' | 'address'>,
): PasswordObjection | undefined {
  const text = password.normalize('NFKC').toLowerCase();
  const length = [...text].length;
  if (length < LEAST_PASSWORD) return 'too-short';
  if (length > LONGEST_PASSWORD) return 'too-long';
  if (new Set(text).size < 5 || isRun(text)) return 'too-simple';
  if (isAbout(text, officer)) return 'about-yourself';
  return WELL_KNOWN.some((word) => isMostly(text, word)) ? 'well-known' : undefined;
}

/** `abcdefghijkl`, `123456789012`. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  return (
    steps.filter((step) => step === 1 || step === -1 || step === -9 || step === 9).length >= steps.length - 1
  );
}

function isAbout(text: string, { id, name, address }: Pick<Officer, 'id' | 'name' | 'address'>): boolean {
  const words = [id, name, address?.split('@')[0] ?? ''].map((word) => word.toLowerCase());
  return words.some((word) => isMostly(text, word));
}

/** Whether the text is little more than this word, however often. */
function isMostly(text: string, word: string): boolean {
  if (word.length < 4) return false;
  return text.replaceAll(word, '').length <= Math.min(4, text.length / 3) && text.includes(word);
}

const WELL_KNOWN = [
  'password',
  'thanadak',
  'kolkatapolice',
  'kolkata',
  'qwertyuiop',
  'welcome',
  'administrator',
  'letmein',
];

/** Whose sign-in needs a code besides the password: as configured. */
export type TotpRule = 'from-oc' | 'all' | 'off';

/** Auditors read the whole city, so they count with the ranks from OC up. */
export function needsTotp(rule: TotpRule, rank: Rank): boolean {
  if (rule === 'off') return false;
  return rule === 'all' || rank === 'auditor' || isAtLeast(rank, 'oc');
}
