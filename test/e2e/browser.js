// Debian's Chromium on a running daemon, with an officer signed in; it tells everything that goes on in its pages.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { HOME } from './daemon.js';
import { needs } from './report.js';

const CHROMIUM = '/usr/bin/chromium';

export async function openChromium() {
  needs(existsSync(CHROMIUM), 'chromium');
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

/** Opens a session in the store as signing in does; resolves to the cookie's value. */
export async function sessionOf(house, officer) {
  const from = (path) => import(join(HOME, 'dist', path));
  const { openStore } = await from('store/store.js');
  const { openSession } = await from('sign-in/sessions.js');
  const { createIdSource } = await from('keys/ids.js');
  const { systemClock } = await from('schedule/system-clock.js');
  const store = await openStore({
    file: join(house.dataFolder, 'thanadak.db'),
    migrations: join(HOME, 'migrations'),
    clock: systemClock,
    ids: createIdSource(systemClock),
  });
  try {
    const asked = { officer, level: 'full', way: 'password', userAgent: 'end-to-end' };
    return (await store.transact((unit) => openSession(unit, asked))).token;
  } finally {
    store.close();
  }
}

/**
 * A window of its own. `seen` fills with what no page of ours may do: requests that leave the house, dialogs, downloads
 * nobody asked for, windows, navigations by itself, errors and refusals of the browser.
 */
export async function openWindow(browser, house, { officer, ...options }) {
  const origin = `http://127.0.0.1:${house.ports.web}`;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  if (officer) {
    const value = await sessionOf(house, officer);
    await context.addCookies([{ name: 'thanadak', value, url: origin, httpOnly: true, sameSite: 'Strict' }]);
  }
  const seen = { foreign: [], dialogs: [], windows: [], navigations: [], errors: [], requests: [] };
  context.on('request', (request) => {
    const url = request.url();
    seen.requests.push(url);
    if (!url.startsWith(`${origin}/`) && !url.startsWith('about:')) seen.foreign.push(url);
  });
  const page = await context.newPage();
  context.on('page', (other) => seen.windows.push(other.url()));
  page.on('dialog', (dialog) => {
    seen.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('framenavigated', (frame) => seen.navigations.push(frame.url()));
  page.on('console', (message) => {
    if (message.type() === 'error') seen.errors.push(message.text());
  });
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  return { page, context, seen, origin };
}
