// The own settings as plain data.
import type { Instant } from '../../domain/time.js';
import type { Credential, Passkey, Preference, Session } from '../../ports/sign-in.js';
import type { PhraseKey } from '../words/words.js';
import { browserName } from './sign-in-view.js';

export interface SettingsView {
  preference: Preference;
  languages: readonly (readonly [code: string, name: string])[];
  themes: readonly (readonly [code: Preference['theme'], label: PhraseKey])[];
  hasPassword: boolean;
  totp: { since: Instant; recoveryCodes: number; required: boolean } | null;
  passkeys: { id: string; name: string; usedAt: Instant | null }[];
  sessions: { id: string; browser: string; seenAt: Instant; isThis: boolean }[];
}

export interface SettingsFacts {
  preference: Preference;
  credential: Credential | undefined;
  recoveryCodes: number;
  /** Whether the rank needs an authenticator app. */
  needsTotp: boolean;
  passkeys: readonly Passkey[];
  sessions: readonly Session[];
  /** Id of the session that asks. */
  session: string;
}

const LANGUAGE_NAMES = [
  ['en', 'English'],
  ['bn', 'বাংলা'],
  ['hi', 'हिन्दी'],
] as const;

const THEMES = [
  ['auto', 'sign-in.settings.theme.auto'],
  ['light', 'sign-in.settings.theme.light'],
  ['dark', 'sign-in.settings.theme.dark'],
] as const;

export function settingsView(facts: SettingsFacts): SettingsView {
  const { preference, credential, recoveryCodes, needsTotp, passkeys, sessions, session } = facts;
  const totp = credential?.totp;
  return {
    preference,
    languages: LANGUAGE_NAMES,
    themes: THEMES,
    hasPassword: (credential?.passwordHash ?? null) !== null,
    totp: totp ? { since: totp.since, recoveryCodes, required: needsTotp } : null,
    passkeys: passkeys.map(({ id, name, usedAt }) => ({ id, name, usedAt })),
    sessions: sessions.map(({ id, userAgent, seenAt }) => ({
      id,
      browser: browserName(userAgent),
      seenAt,
      isThis: id === session,
    })),
  };
}
