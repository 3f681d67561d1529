// The ways in besides the password: a passkey, a provider.
import { ThanadakError } from '../../domain/errors.js';
import { PROVIDER_BACK } from '../../sign-in/provider.js';
import type { WebHouse } from '../frame/house.js';
import { type DoorRoute, fieldOf } from '../frame/route.js';
import { clientOf, cookiesOf, homeOr, noTrip, onward, secondPath, tripCookie, tripOf } from './client.js';
import { refusalStatus } from './sign-in-view.js';

const RESPONSE_LIMIT = 16 * 1_024;

export function otherWays(house: WebHouse): DoorRoute[] {
  return [askPasskey(house), enterWithPasskey(house), toProvider(house), backFromProvider(house)];
}

function askPasskey(house: WebHouse): DoorRoute {
  return {
    method: 'POST',
    path: '/sign-in/passkey/ask',
    bodyLimit: 1_024,
    async answer(_looker, asked) {
      const options = await house.signIn.passkeys.ask(clientOf(house, asked));
      return 'kind' in options ? { json: {}, status: 429 } : { json: options };
    },
  };
}

function enterWithPasskey(house: WebHouse): DoorRoute {
  return {
    method: 'POST',
    path: '/sign-in/passkey',
    bodyLimit: RESPONSE_LIMIT,
    async answer(_looker, asked) {
      const client = clientOf(house, asked);
      const came = await house.signIn.passkeys.enter(readJson(fieldOf(asked.form, 'response')), client);
      if (came.kind !== 'signed-in') return { json: {}, status: refusalStatus(came) };
      const next = homeOr(fieldOf(asked.form, 'next'));
      return { json: { to: came.next ? secondPath(next) : next }, cookies: cookiesOf(house, came, client) };
    },
  };
}

/** Undefined for what is no JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A link, because a form may lead nowhere but to us. It changes nothing but a cookie. */
function toProvider(house: WebHouse): DoorRoute {
  return {
    method: 'GET',
    path: '/sign-in/provider',
    async answer(_looker, asked) {
      if (house.signIn.provider.name() === undefined) throw new ThanadakError('not-found', 'There is none.');
      const next = homeOr(fieldOf(asked.query, 'next'));
      const begun = await house.signIn.provider.begin(next, clientOf(house, asked));
      if ('kind' in begun) return { redirect: '/sign-in?said=provider' };
      return { leave: begun.url, cookies: [tripCookie(begun.sealed)] };
    },
  };
}

function backFromProvider(house: WebHouse): DoorRoute {
  return {
    method: 'GET',
    path: PROVIDER_BACK,
    async answer(_looker, asked) {
      const client = clientOf(house, asked);
      const url = new URL(asked.url, house.rules().publicUrl).href;
      const came = await house.signIn.provider
        .finish({ url, sealed: tripOf(house, asked) }, client)
        .catch(refusedOrThrow);
      if ('kind' in came) return { redirect: '/sign-in?said=provider', cookies: [noTrip] };
      const answer = onward(house, came.signedIn, { client, next: came.next });
      return { ...answer, cookies: [...(answer.cookies ?? []), noTrip] };
    },
  };
}

function refusedOrThrow(error: unknown): { kind: 'refused' } {
  if (error instanceof ThanadakError && error.code === 'refused') return { kind: 'refused' };
  throw error;
}
