// The own sessions: seen and ended.
import type { WebHouse } from '../frame/house.js';
import { fieldOf, type PlainRoute } from '../frame/route.js';
import { SAVED } from './settings-page.js';

export function sessionSettings({ signIn }: WebHouse): PlainRoute[] {
  return [
    {
      method: 'POST',
      path: '/settings/sessions/end',
      rule: 'signed-in',
      async answer({ officer }, asked) {
        await signIn.sessions.revoke(officer.id, fieldOf(asked.form, 'id'));
        return SAVED;
      },
    },
    {
      method: 'POST',
      path: '/settings/sessions/end-others',
      rule: 'signed-in',
      async answer({ officer, session }) {
        await signIn.endOthers(officer.id, session.id);
        return SAVED;
      },
    },
  ];
}
