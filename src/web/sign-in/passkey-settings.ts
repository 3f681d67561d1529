// Passkeys of the own account.
import type { WebHouse } from '../frame/house.js';
import { fieldOf, type PlainRoute } from '../frame/route.js';
import { clientOf } from './client.js';
import { readJson } from './other-ways.js';
import { myselfIn, refuse } from './secret-settings.js';
import { SAVED } from './settings-page.js';

export function passkeySettings(house: WebHouse): PlainRoute[] {
  const { passkeys } = house.signIn;
  return [
    {
      method: 'POST',
      path: '/settings/passkeys/offer',
      rule: 'signed-in',
      answer: async ({ session, officer }) => ({ json: await passkeys.offer(session, officer) }),
    },
    {
      method: 'POST',
      path: '/settings/passkeys',
      rule: 'signed-in',
      async answer(visit, asked) {
        const myself = await myselfIn(house, visit, asked);
        const response = readJson(fieldOf(asked.form, 'response'));
        const given = { ...myself, name: fieldOf(asked.form, 'name'), response };
        const came = await passkeys.add(given, clientOf(house, asked));
        return came === 'done' ? SAVED : refuse(house, visit, came);
      },
    },
    {
      method: 'POST',
      path: '/settings/passkeys/remove',
      rule: 'signed-in',
      async answer({ officer }, asked) {
        await passkeys.remove(officer, fieldOf(asked.form, 'id'));
        return SAVED;
      },
    },
  ];
}
