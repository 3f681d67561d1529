// The own settings: language and looks, password, app, passkeys, sessions.
import { LANGUAGES } from '../../domain/station.js';
import type { Preference } from '../../ports/sign-in.js';
import type { WebHouse } from '../frame/house.js';
import { type Asked, fieldOf, type PlainRoute } from '../frame/route.js';
import { passkeySettings } from './passkey-settings.js';
import { secretSettings } from './secret-settings.js';
import { sessionSettings } from './session-settings.js';
import { SAVED, showSettings } from './settings-page.js';
import type { Notice } from './sign-in-view.js';

export function settingsOf(house: WebHouse): PlainRoute[] {
  return [
    {
      method: 'GET',
      path: '/settings',
      rule: 'signed-in',
      answer: (visit, asked) => {
        const said: Notice | null =
          fieldOf(asked.query, 'said') === 'saved' ? { kind: 'good', key: 'sign-in.settings.saved' } : null;
        return showSettings(house, visit, { said });
      },
    },
    ...looks(house),
    ...secretSettings(house),
    ...passkeySettings(house),
    ...sessionSettings(house),
  ];
}

function looks(house: WebHouse): PlainRoute[] {
  return [
    {
      method: 'POST',
      path: '/settings/looks',
      rule: 'signed-in',
      async answer({ officer }, { form }) {
        await save(house, officer.id, {
          language: languageIn(form) ?? null,
          theme: (['auto', 'light', 'dark'] as const).find((one) => one === fieldOf(form, 'theme')) ?? 'auto',
          shortcuts: fieldOf(form, 'shortcuts') !== '',
        });
        return SAVED;
      },
    },
    {
      method: 'POST',
      path: '/settings/language',
      rule: 'signed-in',
      async answer({ officer }, { form }) {
        const known = await house.store.preferences.find(officer.id);
        await save(house, officer.id, { ...known, language: languageIn(form) ?? known.language });
        return { redirect: fieldOf(form, 'back') };
      },
    },
  ];
}

function languageIn(form: Asked['form']): Preference['language'] | undefined {
  return LANGUAGES.find((language) => language === fieldOf(form, 'language'));
}

function save({ store }: WebHouse, officer: string, preference: Preference): Promise<void> {
  return store.transact((unit) => unit.preferences.save(officer, preference));
}
