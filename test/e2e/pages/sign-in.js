// Signing in: a password and a code, each refused when it is wrong or used; a session that ends under the fingers.
import { expect, expectEqual } from '../report.js';
import { expectNoTrouble, openWindow } from './chromium.js';
import { codeOf, openOfficer, signIn } from './officers.js';

export async function checkSignIn(report, city) {
  await report.check('a wrong password and an unknown name get the same page', () => sameRefusal(city));
  await report.check('password and code open the pages; the same code does not open them again', () =>
    passwordAndCode(city),
  );
  await report.check('a stranger is led to sign in and back to where he wanted', () => ledBack(city));
  await report.check('signing out ends the session, also for a copy of its cookie', () => signOut(city));
  await report.check('a session ended elsewhere: the next page asks to sign in', () => revoked(city));
}

const accountOf = (city, id) => city.accounts.find((account) => account.id === id);

async function inWindow(city, work) {
  const window = await openWindow(city.browser, city.origin);
  try {
    await work(await window.newPage(), window);
    expectNoTrouble(window, 'while signing in');
  } finally {
    await window.close();
  }
}

function sameRefusal(city) {
  return inWindow(city, async (page) => {
    const seen = [];
    for (const id of ['mita-roy', 'nobody-at-all']) {
      await signIn(page, { id, password: 'not the password at all' });
      seen.push((await page.innerText('main')).replaceAll(id, ''));
    }
    expectEqual(seen[0], seen[1], 'what both read');
    expect(page.url().endsWith('/sign-in'), `still at the door: ${page.url()}`);
  });
}

function passwordAndCode(city) {
  return inWindow(city, async (page) => {
    const account = accountOf(city, 'oc-parnasree');
    await signIn(page, { ...account, totp: null });
    await page.waitForURL(/sign-in\/second/);
    await page.fill('input[name=code]', '000000');
    await page.click('form[action="/sign-in/code"] button[type=submit]');
    expect(await page.locator('input[name=code]').isVisible(), 'a wrong code asks again');
    await page.goto('/desk');
    expect(page.url().includes('/sign-in'), 'half a session opens nothing');
    const code = codeOf(account.totp);
    await page.goto('/sign-in/second');
    await page.fill('input[name=code]', code);
    await page.click('form[action="/sign-in/code"] button[type=submit]');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await page.context().clearCookies();
    await signIn(page, { ...account, totp: null });
    await page.fill('input[name=code]', code);
    await page.click('form[action="/sign-in/code"] button[type=submit]');
    expect(await page.locator('input[name=code]').isVisible(), 'a used code asks again');
  });
}

function ledBack(city) {
  return inWindow(city, async (page) => {
    await page.goto('/settings');
    expect(page.url().includes('/sign-in?next='), page.url());
    await page.fill('input[name=name]', 'kamal-das');
    await page.fill('input[name=password]', accountOf(city, 'kamal-das').password);
    await page.click('form[action="/sign-in"] button[type=submit]');
    await page.waitForURL(/\/settings$/);
  });
}

async function signOut(city) {
  const officer = await openOfficer(city, 'rekha-nag');
  const copy = await openOfficer(city, 'rekha-nag');
  city.states.delete('rekha-nag');
  try {
    await officer.page.goto('/settings');
    await officer.page.click('details.account summary');
    await officer.page.click('form[action="/sign-out"] button');
    await officer.page.waitForURL(/sign-in/);
    await copy.page.goto('/settings');
    expect(copy.page.url().includes('/sign-in'), 'the copy opens nothing');
    expectNoTrouble(officer, 'while signing out');
  } finally {
    await officer.close();
    await copy.close();
  }
}

async function revoked(city) {
  const here = await openOfficer(city, 'salim-khan');
  city.states.delete('salim-khan');
  const there = await openOfficer(city, 'salim-khan');
  try {
    await there.page.goto('/settings');
    await there.page.click('form[action="/settings/sessions/end-others"] button');
    await there.page.waitForLoadState();
    await here.page.goto('/settings');
    expect(here.page.url().includes('/sign-in'), 'the ended session opens nothing');
    await there.page.goto('/settings');
    expect(there.page.url().endsWith('/settings'), 'the other one goes on');
  } finally {
    await here.close();
    await there.close();
  }
}
