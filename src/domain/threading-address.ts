// Whether two addresses are one mailbox. Where nobody can know, they are two.
import { addressKey, splitAddress, splitTag } from './address.js';

export interface MailboxHabit {
  /** The domain under which the same mailbox is also known. */
  canonical?: string;
  /** Dots in the local part mean nothing. */
  ignoresDots?: true;
}

/**
 * Providers that publish that `name+tag` is the mailbox `name`, and that give `name` to one person only. Everywhere else
 * `+` may be part of a name, and dots always are.
 */
export const MAILBOX_HABITS: ReadonlyMap<string, MailboxHabit> = new Map([
  ['gmail.com', { ignoresDots: true }],
  ['googlemail.com', { ignoresDots: true, canonical: 'gmail.com' }],
  ['outlook.com', {}],
  ['hotmail.com', {}],
  ['live.com', {}],
  ['icloud.com', {}],
  ['fastmail.com', {}],
  ['proton.me', {}],
  ['protonmail.com', {}],
  ['zohomail.in', {}],
]);

export type Sameness = 'same' | 'normalised' | 'different';

/**
 * `same`: equal but for case and the spelling of the domain. `normalised`: equal by the habits of their provider, such as
 * `rita.basu+police@gmail.com` and `ritabasu@gmail.com`. Empty addresses are never the same.
 */
export function sameMailbox(
  one: string,
  other: string,
  habits: ReadonlyMap<string, MailboxHabit> = MAILBOX_HABITS,
): Sameness {
  const [a, b] = [addressKey(one), addressKey(other)];
  if (a === '' || b === '') return 'different';
  if (a === b) return 'same';
  const normalised = normalisedKey(a, habits);
  return normalised !== undefined && normalised === normalisedKey(b, habits) ? 'normalised' : 'different';
}

function normalisedKey(key: string, habits: ReadonlyMap<string, MailboxHabit>): string | undefined {
  const parts = splitAddress(key);
  const habit = parts && habits.get(parts.domain);
  if (!habit) return undefined;
  const { base } = splitTag(parts.local);
  const local = habit.ignoresDots ? base.replaceAll('.', '') : base;
  return local === '' ? undefined : `${local}@${habit.canonical ?? parts.domain}`;
}
