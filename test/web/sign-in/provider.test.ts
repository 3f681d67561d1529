import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from '../../support/browser.js';
import { openSignInHouse, type SignInHouse } from './officers.js';
import { openProvider } from './provider.js';

const CLIENT = { id: 'thanadak', secret: 'shared with the provider' };
let provider: Awaited<ReturnType<typeof openProvider>>;
let house: SignInHouse;
const folder = mkdtempSync(join(tmpdir(), 'thanadak-oidc-'));

beforeAll(async () => {
  provider = await openProvider(CLIENT);
  const secret = join(folder, 'secret');
  writeFileSync(secret, CLIENT.secret);
  house = await openSignInHouse(`
web:
  listen: { host: 127.0.0.1, port: 0 }
  sign_in:
    oidc: { issuer: "${provider.issuer}", client_id: thanadak, client_secret_file: "${secret}", name: Head Office }
`);
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  await provider.close();
  rmSync(folder, { recursive: true });
});

/** To the provider and back; gives the answer to coming back. */
async function goThere(browser: Browser, next = '/settings') {
  const leaving = await browser.get(`/sign-in/provider?next=${next}`);
  return browser.get(await provider.visit(leaving.to ?? ''), { 'sec-fetch-site': 'cross-site' });
}

describe('a provider', () => {
  it('is offered under its name', async () => {
    expect((await house.browser().get('/sign-in')).body).toContain('Sign in through Head Office');
  });

  it('signs in the officer whose address it has verified, and knows the officer by subject ever after', async () => {
    provider.setPerson({ sub: 'p-1', email: 'Mita.Roy@police.example', email_verified: true });
    const browser = house.browser();
    expect(await goThere(browser)).toMatchObject({ status: 303, to: '/settings' });
    expect((await browser.get('/settings')).body).toContain('Mita Roy');
    expect(browser.cookies.has('thanadak-trip')).toBe(false);
    provider.setPerson({ sub: 'p-1' });
    expect(await goThere(house.browser())).toMatchObject({ to: '/settings' });
    expect(await house.journal('provider-bound')).toHaveLength(1);
  });

  it.each([
    [
      'an address it has not verified',
      { sub: 'p-2', email: 'mita.roy@police.example', email_verified: false },
    ],
    ['an address of nobody', { sub: 'p-3', email: 'nobody@police.example', email_verified: true }],
    ['no address', { sub: 'p-4' }],
  ])('signs in nobody for %s', async (_, person) => {
    provider.setPerson(person);
    const browser = house.browser();
    expect(await goThere(browser)).toMatchObject({ status: 303, to: '/sign-in?said=provider' });
    expect(browser.cookies.has('thanadak')).toBe(false);
  });

  it('that asked for one factor only leaves the code to us where the rank needs one', async () => {
    const oc = { sub: 'p-oc', email: 'oc.behala@police.example', email_verified: true };
    provider.setPerson({ ...oc, amr: ['pwd'] });
    expect(await goThere(house.browser())).toMatchObject({ to: '/sign-in/second?next=%2Fsettings' });
    provider.setPerson({ ...oc, amr: ['pwd', 'otp', 'mfa'] });
    expect(await goThere(house.browser())).toMatchObject({ to: '/settings' });
  });

  it.each([
    ['for another nonce', { nonce: 'other' }],
    ['for another client', { aud: 'other' }],
    ['of another issuer', { iss: 'http://127.0.0.1:1' }],
    ['that is over', { exp: 1_000 }],
  ])('is refused with an ID token %s', async (_, lies) => {
    provider.setPerson({ sub: 'p-1' }, lies);
    expect(await goThere(house.browser())).toMatchObject({ to: '/sign-in?said=provider' });
  });

  it('is refused when another browser comes back, or the same answer comes twice', async () => {
    provider.setPerson({ sub: 'p-1' });
    const browser = house.browser();
    const leaving = await browser.get('/sign-in/provider');
    const back = await provider.visit(leaving.to ?? '');
    expect(await house.browser().get(back)).toMatchObject({ to: '/sign-in?said=provider' });
    const other = house.browser();
    await other.get('/sign-in/provider');
    expect(await other.get(back)).toMatchObject({ to: '/sign-in?said=provider' });
    expect(await browser.get(back)).toMatchObject({ to: '/' });
    const again = house.browser();
    again.cookies.set('thanadak-trip', browser.cookies.get('thanadak-trip') ?? '');
    expect(await again.get(back)).toMatchObject({ to: '/sign-in?said=provider' });
  });

  it('asks for PKCE, state and nonce', async () => {
    const { to } = await house.browser().get('/sign-in/provider');
    const asked = new URL(to ?? '').searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce'])
      expect(asked.get(name)?.length).toBeGreaterThan(20);
    expect(asked.get('scope')).toContain('openid');
    expect(asked.get('redirect_uri')).toBe('http://127.0.0.1:8025/sign-in/provider/back');
  });
});

describe('without a provider', () => {
  it('nobody is sent anywhere', async () => {
    await using plain = await openSignInHouse();
    expect((await plain.browser().get('/sign-in')).body).not.toContain('href="/sign-in/provider');
    expect((await plain.browser().get('/sign-in/provider')).status).toBe(404);
  });
});
