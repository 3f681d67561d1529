// Takes the pictures that README shows, from the seeded demo city: `node test/e2e/screenshots.js`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { openCity } from './pages/city.js';
import { choose, openOfficer } from './pages/officers.js';
import { smallPng } from './pages/small-png.js';

const FOLDER = join(import.meta.dirname, 'pictures');
const MOST_BYTES = 150_000;
const VIEWPORT = { width: 1280, height: 860 };

mkdirSync(FOLDER, { recursive: true });
const city = await openCity({ letters: '120' });
try {
  const officer = await openOfficer(city, 'sujata-sen', { viewport: VIEWPORT });
  await choose(officer.page, { language: 'en', theme: 'light' });
  await take(officer.page, '/desk?view=open', 'desk');
  await take(officer.page, await tellingTicket(officer.page), 'ticket');
  const deputy = await openOfficer(city, 'dc-sw', { viewport: VIEWPORT });
  await choose(deputy.page, { language: 'en', theme: 'light' });
  await take(deputy.page, '/board', 'board');
} finally {
  await city.close();
}

/** The ticket of the gathered matter: letters, a referral, clocks. */
async function tellingTicket(page) {
  await page.goto('/desk?view=open&q=Silpara');
  return page.locator('.ticket-row .ticket-subject').last().getAttribute('href');
}

async function take(page, path, name) {
  await page.goto(path);
  const file = join(FOLDER, `${name}.png`);
  const picture = smallPng(await page.screenshot());
  if (picture.length > MOST_BYTES)
    throw new Error(`${name} has ${picture.length} bytes, more than ${MOST_BYTES}`);
  writeFileSync(file, picture);
  process.stdout.write(`${file}: ${Math.round(picture.length / 1_000)} kB\n`);
}
