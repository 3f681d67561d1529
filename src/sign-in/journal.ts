// What of signing in stands in the journal: who came in and how; of what was refused the first, and then ever more rarely.
import type { UnitOfWork } from '../ports/store.js';
import { countRefused } from './throttle.js';

export type SignInEvent =
  | 'signed-in'
  | 'signed-out'
  | 'sign-in-refused'
  | 'password-set'
  | 'totp-set-up'
  | 'totp-removed'
  | 'recovery-codes-made'
  | 'recovery-code-used'
  | 'passkey-added'
  | 'passkey-removed'
  | 'sessions-ended'
  | 'provider-bound';

export async function note(
  unit: UnitOfWork,
  event: SignInEvent,
  { actor, ...detail }: { actor: string; officer: string } & Record<string, unknown>,
): Promise<void> {
  await unit.journal.write(null, { actor, event, detail });
}

/** Refused tries of a name in a day at which a line is written: a flood of them must not become one of lines. */
const TOLD_AT = [5, 20, 100, 500, 2_500, 12_500];

/** `officer` null: no such officer, all such names counted together. */
export async function noteRefused(
  unit: UnitOfWork,
  refused: { officer: string | null; address: string; step: 'password' | 'code' | 'passkey' },
): Promise<void> {
  const { officer, address, step } = refused;
  const tries = await countRefused(unit, officer ?? '');
  if (!TOLD_AT.includes(tries)) return;
  const detail = { officer, step, tries, from: address };
  await unit.journal.write(null, { actor: 'system', event: 'sign-in-refused', detail });
}
