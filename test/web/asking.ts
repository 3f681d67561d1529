// Asks the web face as a browser or a mail scanner would, and looks at the guards on the answer.
import { expect } from 'vitest';

export async function ask(url: string, init: RequestInit = {}) {
  const response = await fetch(url, { redirect: 'manual', ...init });
  return { status: response.status, body: await response.text(), headers: response.headers };
}

export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
export const post = (url: string, init: RequestInit = {}) =>
  ask(url, { method: 'POST', headers: FORM, ...init });

const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
};
const CONTENT_POLICY =
  /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/;

/** The headers that every answer has. */
export function expectGuarded(headers: Headers): void {
  expect(Object.fromEntries(headers)).toMatchObject(HEADERS);
  expect(headers.get('content-security-policy')).toMatch(CONTENT_POLICY);
}
