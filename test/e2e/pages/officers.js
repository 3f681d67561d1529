// Officers of the demo city at the browser: how they sign in.
import { generateSync } from 'otplib';
import { expect } from '../report.js';
import { openWindow } from './chromium.js';

const STEP_SECONDS = 30;

/** The code of an authenticator app; `steps` counts from the present one. */
export function codeOf(totp, { steps = 0, aheadMs = 0 } = {}) {
  const epoch = Math.floor((Date.now() + aheadMs) / 1_000) + steps * STEP_SECONDS;
  return generateSync({ secret: totp, epoch });
}

/** Fills in the pages of signing in, up to whatever comes after them. */
export async function signIn(page, { id, password, totp }, options = {}) {
  await page.goto(`/sign-in${options.next ? `?next=${encodeURIComponent(options.next)}` : ''}`);
  await page.fill('input[name=name]', id);
  await page.fill('input[name=password]', password);
  await page.click('form[action="/sign-in"] button[type=submit]');
  if (!totp) return;
  await page.waitForURL(/sign-in\/second/);
  await page.fill('input[name=code]', codeOf(totp, options));
  await page.click('form[action="/sign-in/code"] button[type=submit]');
}

/** An officer with a window of their own, signed in. A code works once, so that the state is kept for further windows. */
export async function openOfficer(city, id, options = {}) {
  const account = city.accounts.find((one) => one.id === id);
  const known = city.states.get(id);
  const window = await openWindow(city.browser, city.origin, { ...options, storageState: known });
  const page = await window.newPage();
  if (!known) {
    await signIn(page, account, { aheadMs: city.aheadMs });
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    const state = await window.context.storageState();
    expect(state.cookies.length > 0, `${id} has a session`);
    city.states.set(id, state);
  }
  return { ...window, page, account };
}

/** Language and looks, as the officer chooses them. */
export async function choose(page, { language, theme, shortcuts }) {
  await page.goto('/settings');
  if (language !== undefined) await page.selectOption('select[name=language]', language);
  if (theme !== undefined) await page.selectOption('select[name=theme]', theme);
  if (shortcuts !== undefined) await page.setChecked('input[name=shortcuts]', shortcuts);
  await page.click('form[action="/settings/looks"] button[type=submit]');
  await page.waitForLoadState();
}
