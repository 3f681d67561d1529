// Shows the own settings.
import type { WebHouse } from '../frame/house.js';
import type { Answer, Visit } from '../frame/route.js';
import { textIn } from '../words/words.js';
import { settingsView } from './settings-view.js';
import type { Notice } from './sign-in-view.js';

/** The page once more, after a deed that did not do. */
export async function showSettings(
  { store, signIn }: WebHouse,
  { officer, session, language }: Visit,
  told: { said?: Notice | null; objection?: string | null; status?: number },
): Promise<Answer> {
  const facts = {
    preference: await store.preferences.find(officer.id),
    credential: await store.credentials.find(officer.id),
    recoveryCodes: await store.credentials.countRecoveryCodes(officer.id),
    needsTotp: signIn.needsTotp(officer),
    passkeys: await store.passkeys.ofOfficer(officer.id),
    sessions: await signIn.sessions.openOf(officer.id),
    session: session.id,
  };
  const { said = null, objection = null, status } = told;
  const title = textIn(language)('sign-in.settings.title');
  const data = { ...settingsView(facts), title, said, objection, scripts: ['passkey.js'] };
  return { view: 'sign-in/settings', data, status };
}

/** Where every deed of the page leads that did. */
export const SAVED: Answer = { redirect: '/settings?said=saved' };
