import { describe, expect, it } from 'vitest';
import { enrol, enter, hidden, openSignInHouse, PASSWORD, recoveryCodesIn, secretIn } from './officers.js';

describe('the authenticator app', () => {
  it('must be set up by an OC at the first sign-in, and opens the pages with its first code', async () => {
    await using house = await openSignInHouse();
    const browser = house.browser();
    expect(await enter(browser, 'oc-behala')).toMatchObject({ to: '/sign-in/second?next=%2F' });
    const page = await browser.get('/sign-in/second?next=/settings');
    expect(page.body).toMatch(/<svg viewBox="0 0 \d+ \d+"[^>]*><rect [^>]*\/><path d="M/);
    expect(page.body).not.toContain('style=');
    const sealed = hidden(page.body, 'sealed');
    const wrong = await browser.post('/sign-in/enrol', { sealed, code: '000000' });
    expect(wrong.status).toBe(401);
    expect(secretIn(wrong.body)).toBe(secretIn(page.body));
    expect((await browser.get('/settings')).status).toBe(303);
    const before = browser.cookies.get('thanadak');
    const code = house.code(secretIn(page.body));
    const done = await browser.post('/sign-in/enrol', { sealed, code, next: '/settings' });
    expect(done.status).toBe(200);
    expect(new Set(recoveryCodesIn(done.body)).size).toBe(10);
    expect(browser.cookies.get('thanadak')).not.toBe(before);
    expect((await browser.get('/settings')).body).toContain('10 recovery codes are left.');
    const stored = await house.store.credentials.find('oc-behala');
    expect(JSON.stringify(stored)).not.toContain(secretIn(page.body));
  });

  it('is asked ever after, takes a code once, and a recovery code once', async () => {
    await using house = await openSignInHouse();
    const { secret, codes } = await enrol(house, house.browser());
    const again = house.browser();
    await enter(again, 'oc-behala');
    expect((await again.post('/sign-in/code', { code: house.code(secret) })).status).toBe(401);
    house.clock.advance(30_000);
    const code = house.code(secret);
    expect(await again.post('/sign-in/code', { code, next: '/settings' })).toMatchObject({ to: '/settings' });
    const thief = house.browser();
    await enter(thief, 'oc-behala');
    expect((await thief.post('/sign-in/code', { code })).status).toBe(401);
    expect((await thief.get('/settings')).status).toBe(303);
    const [first = ''] = codes;
    expect((await thief.post('/sign-in/code', { code: first.toUpperCase() })).status).toBe(303);
    expect(await house.journal('recovery-code-used')).toHaveLength(1);
    const other = house.browser();
    await enter(other, 'oc-behala');
    expect((await other.post('/sign-in/code', { code: first })).status).toBe(401);
  });

  it('cannot be replaced by who knows the password only', async () => {
    await using house = await openSignInHouse();
    const foreign = house.browser();
    await enter(foreign, 'oc-behala');
    const page = await foreign.get('/sign-in/second');
    await enrol(house, house.browser());
    const browser = house.browser();
    await enter(browser, 'oc-behala');
    const given = { sealed: hidden(page.body, 'sealed'), code: house.code(secretIn(page.body), 30) };
    expect(await browser.post('/sign-in/enrol', given)).toMatchObject({ to: '/sign-in/second?next=%2F' });
    expect((await browser.post('/sign-in/password', { password: PASSWORD, new: 'x' })).status).toBe(303);
    expect((await browser.get('/sign-in/second')).body).toContain('name="code"');
    // The enrolment that was open before ended with the sessions of that time.
    expect((await foreign.post('/sign-in/enrol', given)).status).toBe(303);
    expect((await browser.get('/settings')).status).toBe(303);
  });

  it('codes can be tried ten times in a quarter of an hour', async () => {
    await using house = await openSignInHouse();
    const { secret } = await enrol(house, house.browser());
    const browser = house.browser();
    await enter(browser, 'oc-behala');
    const statuses: number[] = [];
    for (let tries = 0; tries < 11; tries += 1) {
      statuses.push((await browser.post('/sign-in/code', { code: String(100_000 + tries) })).status);
    }
    // The code of the enrolment was one of ten.
    expect(statuses).toEqual([...Array(9).fill(401), 429, 429]);
    house.clock.advance(60_000);
    expect((await browser.post('/sign-in/code', { code: house.code(secret) })).status).toBe(429);
  });

  it('is needed by nobody, or by everybody, as configured', async () => {
    const listen = 'listen: { host: 127.0.0.1, port: 0 }';
    await using off = await openSignInHouse(`web: { ${listen}, sign_in: { totp: off } }`);
    expect(await enter(off.browser(), 'oc-behala')).toMatchObject({ to: '/' });
    await using all = await openSignInHouse(`web: { ${listen}, sign_in: { totp: all } }`);
    expect(await enter(all.browser(), 'si-roy')).toMatchObject({ to: '/sign-in/second?next=%2F' });
  });

  it('may be set up and given up by who does not need it, each with the password once more', async () => {
    await using house = await openSignInHouse();
    const browser = house.browser();
    await enter(browser, 'si-roy');
    const page = await browser.get('/settings/totp');
    const sealed = hidden(page.body, 'sealed');
    const code = house.code(secretIn(page.body));
    expect((await browser.post('/settings/totp', { sealed, code, password: 'wrong' })).status).toBe(401);
    const done = await browser.post('/settings/totp', { sealed, code, password: PASSWORD });
    expect(recoveryCodesIn(done.body)).toHaveLength(10);
    const renewed = await browser.post('/settings/recovery-codes', { password: PASSWORD });
    expect(recoveryCodesIn(renewed.body)).not.toEqual(recoveryCodesIn(done.body));
    expect((await browser.post('/settings/totp/stop', { password: 'wrong' })).status).toBe(401);
    expect((await browser.post('/settings/totp/stop', { password: PASSWORD })).status).toBe(303);
    expect(await enter(house.browser(), 'si-roy')).toMatchObject({ to: '/' });
  });

  it('cannot be given up by who needs it', async () => {
    await using house = await openSignInHouse();
    const browser = house.browser();
    await enrol(house, browser);
    expect((await browser.post('/settings/totp/stop', { password: PASSWORD })).status).toBe(401);
    expect((await house.store.credentials.find('oc-behala'))?.totp).not.toBeNull();
  });
});

describe('the pages of signing in', () => {
  it.each([
    ['en', 'Sign in'],
    ['bn', 'সাইন ইন'],
    ['hi', 'साइन इन'],
  ])('speak %s, and remember it', async (language, title) => {
    await using house = await openSignInHouse();
    const browser = house.browser();
    await browser.get(`/sign-in?language=${language}`);
    const page = await browser.get('/sign-in');
    expect(page.body).toContain(`<html lang="${language}"`);
    expect(page.body).toContain(`<h1>${title}</h1>`);
  });

  it('hold what was typed as text only', async () => {
    await using house = await openSignInHouse();
    const page = await enter(house.browser(), '"><script>alert(1)</script>', 'x');
    expect(page.body).toContain('value="&quot;&gt;&lt;script&gt;');
    expect(page.body).not.toContain('<script>alert');
  });
});
