import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endSessions } from '../../../src/sign-in/account.js';
import { enter, OTHER_PASSWORD, openSignInHouse, PASSWORD, type SignInHouse } from './officers.js';

let house: SignInHouse;

beforeAll(async () => {
  house = await openSignInHouse();
});
// Tries are counted in windows of a quarter of an hour, and all sessions of the test before are over.
beforeEach(() => house.clock.advance(12 * 3_600_000));
afterAll(() => house[Symbol.asyncDispose]());

describe('signing in with a password', () => {
  it('opens the pages, leads where one wanted to go, and is written down', async () => {
    const browser = house.browser();
    expect((await browser.get('/sign-in?next=/settings')).body).toContain('name="next" value="/settings"');
    const came = await enter(browser, 'si-roy', PASSWORD, '/settings');
    expect(came).toMatchObject({ status: 303, to: '/settings' });
    expect((await browser.get('/settings')).status).toBe(200);
    expect(await house.journal('signed-in')).toMatchObject([{ actor: 'si-roy' }]);
  });

  it.each(['mita.roy@police.example', ' SI-Roy ', 'MITA.ROY@police.example'])(
    'knows the name %s',
    async (name) => {
      expect(await enter(house.browser(), name)).toMatchObject({ status: 303, to: '/' });
    },
  );

  it('sets a cookie that no script reads and no other site sends', async () => {
    const came = await enter(house.browser(), 'si-roy');
    expect(came.headers.getSetCookie()[0]).toMatch(
      /^thanadak=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  it('sets a __Host- cookie where the pages are reached over TLS', async () => {
    const web = 'web: { listen: { host: 127.0.0.1, port: 0 }, public_url: "https://desk.police.example" }';
    await using house = await openSignInHouse(web);
    const browser = house.browser();
    const came = await enter(browser, 'si-roy');
    expect(came.headers.getSetCookie()[0]).toMatch(
      /^__Host-thanadak=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    );
    expect((await browser.get('/settings')).status).toBe(200);
  });

  it.each([
    ['a wrong password', 'si-roy', 'wrong'],
    ['no such officer', 'nobody', PASSWORD],
    ['an officer without a password', 'dc.sw@kolkatapolice.example', PASSWORD],
    ['nothing at all', '', ''],
  ])('gives the same answer for %s', async (_, name, password) => {
    const wrong = await enter(house.browser(), name, password);
    const known = await enter(house.browser(), 'si-das', 'also wrong');
    const plain = (body: string, typed: string) =>
      body.replaceAll(`value="${typed}"`, 'value=""').replaceAll(' autofocus', '');
    expect(wrong.status).toBe(401);
    expect(wrong.headers.getSetCookie()).toEqual([]);
    expect(plain(wrong.body, name)).toBe(plain(known.body, 'si-das'));
  });

  it('takes as long for an unknown name as for a known one', async () => {
    const timed = async (name: string) => {
      const begun = performance.now();
      await enter(house.browser(), name, 'wrong');
      return performance.now() - begun;
    };
    await timed('warm-up');
    const known = Math.min(await timed('si-roy'), await timed('si-das'), await timed('oc-behala'));
    const unknown = Math.min(await timed('no-one'), await timed('none-such'), await timed('nobody'));
    expect(unknown).toBeGreaterThan(known / 3);
    expect(unknown).toBeLessThan(known * 3);
  });

  it('never leads to another site', async () => {
    for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', '/sign-in', '/a\r\nb']) {
      const { to } = await enter(house.browser(), 'si-roy', PASSWORD, next);
      expect(['/', '/sign-in']).toContain(to);
    }
  });

  it('asks whoever was given a password to choose one, and lets in nobody before that', async () => {
    await using house = await openSignInHouse('', true);
    const browser = house.browser();
    expect(await enter(browser, 'si-roy')).toMatchObject({ to: '/sign-in/second?next=%2F' });
    expect(await browser.get('/settings')).toMatchObject({
      status: 303,
      to: '/sign-in/second?next=%2Fsettings',
    });
    const short = await browser.post('/sign-in/password', { password: PASSWORD, new: 'short' });
    expect(short.status).toBe(422);
    expect(short.body).toContain('It is too short.');
    const same = await browser.post('/sign-in/password', { password: PASSWORD, new: PASSWORD });
    expect(same.status).toBe(422);
    const done = await browser.post('/sign-in/password', { password: PASSWORD, new: OTHER_PASSWORD });
    expect(done).toMatchObject({ status: 303, to: '/' });
    expect((await browser.get('/settings')).status).toBe(200);
    expect((await enter(house.browser(), 'si-roy')).status).toBe(401);
  });
});

describe('a session', () => {
  it('has another id after every step, so that one planted before is worth nothing', async () => {
    await using house = await openSignInHouse();
    const browser = house.browser();
    browser.cookies.set('thanadak', 'A'.repeat(43));
    await enter(browser, 'si-roy');
    const first = browser.cookies.get('thanadak');
    expect(first).not.toBe('A'.repeat(43));
    const thief = house.browser();
    thief.cookies.set('thanadak', first ?? '');
    await browser.post('/settings/password', { password: PASSWORD, new: OTHER_PASSWORD });
    expect(browser.cookies.get('thanadak')).not.toBe(first);
    expect((await browser.get('/settings')).status).toBe(200);
    expect((await thief.get('/settings')).status).toBe(303);
  });

  it('is stored as a hash only', async () => {
    const browser = house.browser();
    await enter(browser, 'si-roy');
    const [session] = await house.store.sessions.openOf('si-roy');
    expect(session?.id).not.toContain(browser.cookies.get('thanadak'));
  });

  it('ends without a request for half an hour, and after twelve hours in any case', async () => {
    const browser = house.browser();
    await enter(browser, 'si-roy');
    house.clock.advance(29 * 60_000);
    expect((await browser.get('/settings')).status).toBe(200);
    house.clock.advance(29 * 60_000);
    expect((await browser.get('/settings')).status).toBe(200);
    house.clock.advance(31 * 60_000);
    expect((await browser.get('/settings')).status).toBe(303);
    await enter(browser, 'si-roy');
    for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
      expect((await browser.get('/settings')).status).toBe(200);
      house.clock.advance(20 * 60_000);
    }
    expect((await browser.get('/settings')).status).toBe(303);
  });

  it('ends by signing out, for whoever else holds its cookie too', async () => {
    const browser = house.browser();
    await enter(browser, 'si-roy');
    const thief = house.browser();
    thief.cookies.set('thanadak', browser.cookies.get('thanadak') ?? '');
    expect(await browser.post('/sign-out')).toMatchObject({ status: 303, to: '/sign-in?said=out' });
    expect(browser.cookies.has('thanadak')).toBe(false);
    expect((await thief.get('/settings')).status).toBe(303);
    expect(await house.journal('signed-out')).toHaveLength(1);
  });

  it('is seen and ended from another one', async () => {
    const [here, there, stranger] = [house.browser(), house.browser(), house.browser()];
    for (const browser of [here, there]) await enter(browser, 'si-roy');
    await enter(stranger, 'si-das');
    const page = await here.get('/settings');
    const id =
      /sessions\/end"><input[^>]*><input type="hidden" name="id" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    await stranger.post('/settings/sessions/end', { id });
    expect((await there.get('/settings')).status).toBe(200);
    await here.post('/settings/sessions/end', { id });
    expect((await there.get('/settings')).status).toBe(303);
    expect((await here.get('/settings')).status).toBe(200);
  });

  it('ends at once when the officer is disabled or the operator says so', async () => {
    await using house = await openSignInHouse();
    const [roy, das] = [house.browser(), house.browser()];
    await enter(roy, 'si-roy');
    await enter(das, 'si-das');
    await house.store.transact((unit) =>
      endSessions(unit, { officer: 'si-das', actor: 'operator', why: 'revoked' }),
    );
    expect((await das.get('/settings')).status).toBe(303);
    const officer = { id: 'si-roy', name: 'Mita Roy', title: 'SI', rank: 'officer', address: null } as const;
    const rest = {
      stations: ['behala'],
      divisions: [],
      readsRestricted: false,
      away: null,
      absenceOnly: true,
    };
    await house.store.transact((unit) => unit.officers.save({ ...officer, ...rest, disabled: true }));
    expect((await roy.get('/settings')).status).toBe(303);
    expect((await enter(house.browser(), 'si-roy')).status).toBe(401);
  });
});

describe('a form', () => {
  it.each([
    ['of another site', {}, { 'sec-fetch-site': 'cross-site' }],
    ['of another origin', {}, { 'sec-fetch-site': '', origin: 'https://evil.example' }],
    ['without the code of the session', { csrf: '' }, {}],
    ['with the code of another session', { csrf: 'B'.repeat(43) }, {}],
  ])('%s changes nothing', async (_, form, headers) => {
    const browser = house.browser();
    await enter(browser, 'si-roy');
    const sent = await browser.post('/settings/looks', { theme: 'dark', ...form }, headers);
    expect(sent.status).toBe(403);
    expect(await house.store.preferences.find('si-roy')).toMatchObject({ theme: 'auto' });
    expect((await browser.post('/sign-out', form, headers)).status).toBe(403);
    expect((await browser.get('/settings')).status).toBe(200);
  });

  it('signs in nobody from another site', async () => {
    const form = { name: 'si-roy', password: PASSWORD };
    const sent = await house.browser().post('/sign-in', form, { 'sec-fetch-site': 'cross-site' });
    expect(sent.status).toBe(403);
    expect(sent.headers.getSetCookie()).toEqual([]);
  });

  it('whose session is over gives back what was typed', async () => {
    const sent = await house.browser().post('/settings/looks', { note: 'a long <b>text</b> of mine' });
    expect(sent.status).toBe(401);
    expect(sent.body).toContain('a long &lt;b&gt;text&lt;/b&gt; of mine');
  });
});

describe('tries', () => {
  it('of strangers end after twenty in a quarter of an hour; the officer’s own browser goes on', async () => {
    const own = house.browser();
    await enter(own, 'si-roy');
    await own.post('/sign-out');
    const stranger = house.browser();
    const statuses: number[] = [];
    for (let tries = 0; tries < 21; tries += 1)
      statuses.push((await enter(stranger, 'si-roy', 'wrong')).status);
    // The officer's own first sign-in was one of twenty.
    expect(statuses).toEqual([...Array(19).fill(401), 429, 429]);
    expect((await enter(stranger, 'si-roy')).status).toBe(429);
    expect(await enter(own, 'si-roy')).toMatchObject({ status: 303, to: '/' });
    house.clock.advance(15 * 60_000);
    expect((await enter(stranger, 'si-roy')).status).toBe(303);
    const told = await house.journal('sign-in-refused');
    expect(told.filter(({ detail }) => detail.includes('"si-roy"'))).toHaveLength(1);
  });

  it('of one address end after a hundred, whatever the names', async () => {
    await using house = await openSignInHouse();
    const statuses = await Promise.all(
      Array.from({ length: 101 }, (_, index) => enter(house.browser(), `name-${index}`, 'x')),
    );
    const counts = new Map<number, number>();
    for (const { status } of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
    // Those who found forty waiting before them are told to try again.
    expect(counts.get(429)).toBe(1);
    expect((counts.get(401) ?? 0) + (counts.get(503) ?? 0)).toBe(100);
    house.log.takeWarnings();
  });
});

describe('the address of a client', () => {
  const forwarded = { 'x-forwarded-for': '192.0.2.7' };
  const form = { name: 'si-roy', password: PASSWORD };

  it('is believed of a proxy that is trusted', async () => {
    const listen = 'listen: { host: 127.0.0.1, port: 0 }';
    await using behind = await openSignInHouse(`web: { ${listen}, trusted_proxies: [127.0.0.0/8] }`);
    await behind.browser().post('/sign-in', form, forwarded);
    expect((await behind.journal('signed-in')).at(-1)?.detail).toContain('192.0.2.7');
  });

  it('is that of the connection for everybody else', async () => {
    await house.browser().post('/sign-in', form, forwarded);
    expect((await house.journal('signed-in')).at(-1)?.detail).toContain('127.0.0.1');
  });
});
