// The way in: name and password, the steps after it, out again.
import { LANGUAGES } from '../../domain/station.js';
import type { Refused } from '../../sign-in/options.js';
import type { WebHouse } from '../frame/house.js';
import {
  type Answer,
  type Asked,
  type DoorRoute,
  fieldOf,
  type Looker,
  type Visitor,
} from '../frame/route.js';
import { LANGUAGE_COOKIE } from '../frame/visiting.js';
import { textIn } from '../words/words.js';
import { clientOf, homeOr, noSession, onward, secondPath } from './client.js';
import { otherWays } from './other-ways.js';
import { type Notice, refusalNotice, refusalStatus } from './sign-in-view.js';
import { steps } from './steps.js';

const LANGUAGE_SECONDS = 400 * 86_400;
/** A name and a password. */
const SMALL_FORM = 8 * 1_024;

export function doorOf(house: WebHouse): DoorRoute[] {
  return [enterPage(house), enter(house), signOut(house), ...steps(house), ...otherWays(house)];
}

function enterPage(house: WebHouse): DoorRoute {
  return {
    method: 'GET',
    path: '/sign-in',
    async answer(looker, asked, visitor) {
      const next = homeOr(fieldOf(asked.query, 'next'));
      if (visitor) return { redirect: visitor.session.level === 'full' ? next : secondPath(next) };
      const said = SAID[fieldOf(asked.query, 'said')] ?? null;
      const chosen = LANGUAGES.find((language) => language === fieldOf(asked.query, 'language'));
      return {
        ...showEnter(house, looker, { next, name: '', said }),
        cookies: chosen ? [languageCookie(chosen)] : [],
      };
    },
  };
}

const SAID: Readonly<Record<string, Notice>> = {
  out: { kind: 'good', key: 'sign-in.signed-out' },
  provider: { kind: 'bad', key: 'sign-in.provider-refused' },
};

function languageCookie(value: string) {
  return { name: LANGUAGE_COOKIE, value, sameSite: 'Lax', maxAge: LANGUAGE_SECONDS, isPlain: true } as const;
}

interface EnterData {
  next: string;
  name: string;
  said: Notice | null;
}

function showEnter(house: WebHouse, looker: Looker, data: EnterData): Extract<Answer, { view: string }> {
  const title = textIn(looker.language)('sign-in.title');
  const provider = house.signIn.provider.name() ?? null;
  return { view: 'sign-in/enter', data: { ...data, title, provider, scripts: ['passkey.js'] } };
}

function enter(house: WebHouse): DoorRoute {
  return {
    method: 'POST',
    path: '/sign-in',
    bodyLimit: SMALL_FORM,
    async answer(looker, asked) {
      const client = clientOf(house, asked);
      const given = { name: fieldOf(asked.form, 'name'), password: fieldOf(asked.form, 'password') };
      const next = homeOr(fieldOf(asked.form, 'next'));
      const came = await house.signIn.enter(given, client);
      if (came.kind === 'signed-in') return onward(house, came, { client, next });
      return refuseEnter(house, looker, { came, name: given.name, next });
    },
  };
}

function refuseEnter(
  house: WebHouse,
  looker: Looker,
  { came, name, next }: { came: Refused; name: string; next: string },
): Answer {
  const said = refusalNotice(came);
  return { ...showEnter(house, looker, { next, name, said }), status: refusalStatus(came) };
}

function signOut(house: WebHouse): DoorRoute {
  return {
    method: 'POST',
    path: '/sign-out',
    bodyLimit: SMALL_FORM,
    async answer(_looker: Looker, _asked: Asked, visitor: Visitor | undefined) {
      if (visitor) await house.signIn.signOut(visitor.session);
      return { redirect: '/sign-in?said=out', cookies: [noSession] };
    },
  };
}
