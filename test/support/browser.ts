// An officer's browser without a window: keeps cookies, sends forms as a page of ours would.

import type { SessionLevel } from '../../src/ports/sign-in.js';
import type { Store } from '../../src/ports/store.js';
import { openSession } from '../../src/sign-in/sessions.js';
import { csrfOf } from '../../src/sign-in/tokens.js';

export interface Page {
  status: number;
  body: string;
  headers: Headers;
  /** Where a redirect leads; null for any other answer. */
  to: string | null;
}

export interface Browser {
  /** By name, as the server set them. */
  cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Page>;
  /** Sends `form` with the session's `csrf`, unless the form has one of its own. */
  post(
    path: string,
    form?: Record<string, string | readonly string[]>,
    headers?: Record<string, string>,
  ): Promise<Page>;
  /** The code in the forms of this session; empty for strangers. */
  csrf(): string;
}

/** Whoever opens the pages at `port` for the first time. */
export function openBrowser(port: number): Browser {
  const base = `http://127.0.0.1:${port}`;
  const cookies = new Map<string, string>();
  const ask = async (
    path: string,
    init: RequestInit & { headers: Record<string, string> },
  ): Promise<Page> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = cookie === '' ? init.headers : { cookie, ...init.headers };
    const response = await fetch(base + path, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    const to = response.headers.get('location');
    return { status: response.status, body: await response.text(), headers: response.headers, to };
  };
  const csrf = () => {
    const token = cookies.get('thanadak') ?? cookies.get('__Host-thanadak');
    return token === undefined ? '' : csrfOf(token);
  };
  return {
    cookies,
    csrf,
    get: (path, headers = {}) => ask(path, { headers }),
    post(path, form = {}, headers = {}) {
      const fields = Object.entries({ csrf: csrf(), ...form }).flatMap(([name, value]) =>
        [value].flat().map((one) => [name, String(one)] as [string, string]),
      );
      return ask(path, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
      });
    },
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split('; ');
  const [name = '', value = ''] = pair.split('=');
  if (attributes.includes('Max-Age=0')) cookies.delete(name);
  else cookies.set(name, value);
}

/** A browser in which this officer has signed in, without the pages of signing in. */
export async function signedIn(
  at: { store: Store; webPort: number },
  officer: string,
  level: SessionLevel = 'full',
): Promise<Browser> {
  const { token } = await at.store.transact((unit) =>
    openSession(unit, { officer, level, way: 'password', userAgent: 'test' }),
  );
  const browser = openBrowser(at.webPort);
  browser.cookies.set('thanadak', token);
  return browser;
}
