import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from '../../support/browser.js';
import { openAuthenticator } from './authenticator.js';
import { enrol, enter, openSignInHouse, PASSWORD, type SignInHouse } from './officers.js';

const ORIGIN = 'http://127.0.0.1:8025';
let house: SignInHouse;
const key = openAuthenticator(ORIGIN);

beforeAll(async () => {
  house = await openSignInHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

async function add(browser: Browser, name = 'desk', response?: object) {
  const options = JSON.parse((await browser.post('/settings/passkeys/offer')).body) as { challenge: string };
  const made = response ?? key.create(options);
  const given = { response: JSON.stringify(made), name, password: PASSWORD };
  const page = await browser.post('/settings/passkeys', given);
  return { made: made as ReturnType<typeof key.create>, page, options };
}

async function challengeFor(browser: Browser): Promise<{ challenge: string }> {
  return JSON.parse((await browser.post('/sign-in/passkey/ask')).body) as { challenge: string };
}

const use = (browser: Browser, response: object, next = '/settings') =>
  browser.post('/sign-in/passkey', { response: JSON.stringify(response), next });

describe('a passkey', () => {
  it('signs in whoever added it, without password and code', async () => {
    const first = house.browser();
    await enrol(house, first);
    const { made, page } = await add(first);
    expect(page).toMatchObject({ status: 303, to: '/settings?said=saved' });
    expect((await first.get('/settings')).body).toContain('<bdi>desk</bdi>');
    const browser = house.browser();
    const came = await use(browser, key.get(await challengeFor(browser), made.id));
    expect(came).toMatchObject({ status: 200, body: '{"to":"/settings"}' });
    expect((await browser.get('/settings')).status).toBe(200);
    expect(await house.journal('passkey-added')).toHaveLength(1);
  });

  it('is refused with an answer that was used, made up, or from a person not verified', async () => {
    const first = house.browser();
    await enter(first, 'si-roy');
    const { made } = await add(first);
    const browser = house.browser();
    const used = key.get(await challengeFor(browser), made.id);
    expect((await use(house.browser(), used)).status).toBe(200);
    expect((await use(browser, used)).status).toBe(401);
    const invented = key.get({ challenge: Buffer.alloc(32, 7).toString('base64url') }, made.id);
    expect((await use(browser, invented)).status).toBe(401);
    expect((await use(browser, key.get(await challengeFor(browser), made.id, false))).status).toBe(401);
    const spoilt = key.get(await challengeFor(browser), made.id);
    spoilt.response.signature = key.get(await challengeFor(browser), made.id).response.signature;
    expect((await use(browser, spoilt)).status).toBe(401);
    for (const nonsense of [{}, { id: 7 }, { id: made.id, response: { clientDataJSON: 'x' } }]) {
      expect((await use(browser, nonsense)).status).toBe(401);
    }
    expect(browser.cookies.has('thanadak')).toBe(false);
    const late = key.get(await challengeFor(browser), made.id);
    house.clock.advance(6 * 60_000);
    expect((await use(browser, late)).status).toBe(401);
  });

  it('of another site is refused', async () => {
    const first = house.browser();
    await enter(first, 'si-das');
    const { made } = await add(first);
    const phisher = openAuthenticator('https://thanadak.evil.example');
    const browser = house.browser();
    const theirs = phisher.create(await challengeFor(browser));
    const assertion = phisher.get(await challengeFor(browser), theirs.id);
    expect((await use(browser, { ...assertion, id: made.id, rawId: made.id })).status).toBe(401);
  });

  it('is added with the password and the own challenge only, and works no more once removed', async () => {
    const browser = house.browser();
    await enter(browser, 'si-das');
    const { made, options } = await add(browser, 'second');
    expect((await add(browser, 'again', made)).page.status).toBe(401);
    const stranger = house.browser();
    await enter(stranger, 'si-roy');
    const foreign = { response: JSON.stringify(key.create(options)), password: PASSWORD };
    expect((await stranger.post('/settings/passkeys', foreign)).status).toBe(401);
    const offered = JSON.parse((await browser.post('/settings/passkeys/offer')).body) as typeof options;
    const wrong = { response: JSON.stringify(key.create(offered)), password: 'wrong' };
    expect((await browser.post('/settings/passkeys', wrong)).status).toBe(401);
    await stranger.post('/settings/passkeys/remove', { id: made.id });
    expect(await house.store.passkeys.find(made.id)).toBeDefined();
    await browser.post('/settings/passkeys/remove', { id: made.id });
    const asked = await challengeFor(house.browser());
    expect((await use(house.browser(), key.get(asked, made.id))).status).toBe(401);
  });
});
