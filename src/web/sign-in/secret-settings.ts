// The own password, authenticator app and recovery codes.
import type { Refused } from '../../sign-in/options.js';
import type { WebHouse } from '../frame/house.js';
import { type Answer, type Asked, fieldOf, type PlainRoute, type Visit } from '../frame/route.js';
import { textIn } from '../words/words.js';
import { clientOf, cookiesOf } from './client.js';
import { SAVED, showSettings } from './settings-page.js';
import { enrolmentView, type Notice, refusalNotice, refusalStatus } from './sign-in-view.js';

export function secretSettings(house: WebHouse): PlainRoute[] {
  return [
    post('/settings/password', (visit, asked) => changePassword(house, visit, asked)),
    {
      method: 'GET',
      path: '/settings/totp',
      rule: 'signed-in',
      answer: async (visit, asked) => showEnrolment(house, { visit, asked }, null),
    },
    post('/settings/totp', (visit, asked) => enrol(house, visit, asked)),
    post('/settings/totp/stop', async (visit, asked) => {
      const came = await house.signIn.stopTotp(await myselfIn(house, visit, asked), clientOf(house, asked));
      return came === 'done' ? SAVED : refuse(house, visit, came);
    }),
    post('/settings/recovery-codes', async (visit, asked) => {
      const myself = await myselfIn(house, visit, asked);
      const came = await house.signIn.renewRecoveryCodes(myself, clientOf(house, asked));
      return 'kind' in came ? refuse(house, visit, came) : showCodes(visit, came);
    }),
  ];
}

function post(path: string, answer: PlainRoute['answer']): PlainRoute {
  return { method: 'POST', path, rule: 'signed-in', bodyLimit: 16 * 1_024, answer };
}

/** Who asks, with the password given once more. Errors: 'conflict' when the session has ended meanwhile. */
export async function myselfIn(house: WebHouse, { officer, session }: Visit, { form }: Asked) {
  const current = await house.signIn.sessionOf(session.id);
  return { session: current, officer, password: fieldOf(form, 'password') };
}

export function refuse(house: WebHouse, visit: Visit, came: Refused): Promise<Answer> {
  return showSettings(house, visit, { said: refusalNotice(came), status: refusalStatus(came) });
}

async function changePassword(house: WebHouse, visit: Visit, asked: Asked): Promise<Answer> {
  const client = clientOf(house, asked);
  const myself = await myselfIn(house, visit, asked);
  const came = await house.signIn.changePassword({ ...myself, next: fieldOf(asked.form, 'new') }, client);
  if (came.kind === 'signed-in') return { ...SAVED, cookies: cookiesOf(house, came, client) };
  if (came.kind !== 'objection') return refuse(house, visit, came);
  return showSettings(house, visit, { objection: `sign-in.objection.${came.objection}`, status: 422 });
}

interface Enrolling {
  visit: Visit;
  asked: Asked;
}

function showEnrolment(
  house: WebHouse,
  { visit, asked }: Enrolling,
  said: Notice | null,
): Extract<Answer, { view: string }> {
  const { id } = visit.officer;
  const enrolment =
    house.signIn.sameEnrolment(id, fieldOf(asked.form, 'sealed')) ?? house.signIn.beginEnrolment(id);
  const title = textIn(visit.language)('sign-in.enrol.title');
  const data = { title, next: '/settings', said, action: '/settings/totp', asksPassword: true };
  return { view: 'sign-in/enrol', data: { ...data, ...enrolmentView(enrolment) } };
}

async function enrol(house: WebHouse, visit: Visit, asked: Asked): Promise<Answer> {
  const client = clientOf(house, asked);
  const myself = await myselfIn(house, visit, asked);
  const given = { sealed: fieldOf(asked.form, 'sealed'), code: fieldOf(asked.form, 'code') };
  const came = await house.signIn.enrol({ ...myself, ...given }, client);
  if (came.kind === 'enrolled') {
    return { ...showCodes(visit, came.recoveryCodes), cookies: cookiesOf(house, came.signedIn, client) };
  }
  const said = refusalNotice(came, 'sign-in.code.wrong');
  return { ...showEnrolment(house, { visit, asked }, said), status: refusalStatus(came) };
}

function showCodes({ language }: Visit, codes: readonly string[]): Extract<Answer, { view: string }> {
  const title = textIn(language)('sign-in.recovery.title');
  return { view: 'sign-in/recovery', data: { title, codes, next: '/settings' } };
}
