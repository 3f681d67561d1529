// What the way in reads from a request and leaves in the browser.
import type { Client, SignedIn } from '../../sign-in/options.js';
import { type Cookie, cookieName, cookieOf, isSecureUrl } from '../frame/cookies.js';
import type { WebHouse } from '../frame/house.js';
import type { Answer, Asked } from '../frame/route.js';
import { SESSION_COOKIE } from '../frame/visiting.js';

const KNOWN_COOKIE = 'thanadak-known';
const TRIP_COOKIE = 'thanadak-trip';
/** As long as browsers keep a cookie at all. */
const KNOWN_SECONDS = 400 * 86_400;
const TRIP_SECONDS = 600;

export function clientOf(house: WebHouse, asked: Asked): Client {
  return {
    address: asked.address,
    userAgent: String(asked.headers['user-agent'] ?? ''),
    knownBrowser: ownCookie(house, asked, KNOWN_COOKIE),
  };
}

function ownCookie(house: WebHouse, { headers }: Asked, name: string): string {
  const isSecure = isSecureUrl(house.rules().publicUrl);
  return cookieOf(String(headers.cookie ?? ''), cookieName(name, isSecure)) ?? '';
}

/** The cookies of somebody who came further. Only whoever has come all the way makes the browser known. */
export function cookiesOf(house: WebHouse, { token, officer, next }: SignedIn, client: Client): Cookie[] {
  const session: Cookie = { name: SESSION_COOKIE, value: token, sameSite: 'Strict' };
  if (next !== undefined) return [session];
  const value = house.signIn.known(officer, client);
  return [session, { name: KNOWN_COOKIE, value, sameSite: 'Strict', maxAge: KNOWN_SECONDS }];
}

/** Where somebody goes who came further. */
export function onward(
  house: WebHouse,
  signedIn: SignedIn,
  { client, next }: { client: Client; next: string },
): Answer {
  const cookies = cookiesOf(house, signedIn, client);
  if (signedIn.next === undefined) return { redirect: homeOr(next), cookies };
  return { redirect: secondPath(next), cookies };
}

export function secondPath(next: string): string {
  return `/sign-in/second?next=${encodeURIComponent(homeOr(next))}`;
}

/** Where somebody wanted to go; never back to the way in. */
export function homeOr(next: string): string {
  return next.startsWith('/') && !/^\/sign-(?:in|out)\b/.test(next) ? next : '/';
}

export const noSession: Cookie = { name: SESSION_COOKIE, value: '', sameSite: 'Strict', maxAge: 0 };

/** Comes back from another site with the browser, so it must be `Lax`; it is sealed. */
export function tripCookie(sealed: string): Cookie {
  return { name: TRIP_COOKIE, value: sealed, sameSite: 'Lax', maxAge: TRIP_SECONDS };
}

export const noTrip: Cookie = { name: TRIP_COOKIE, value: '', sameSite: 'Lax', maxAge: 0 };

export function tripOf(house: WebHouse, asked: Asked): string {
  return ownCookie(house, asked, TRIP_COOKIE);
}
