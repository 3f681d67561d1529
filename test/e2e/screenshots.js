// Takes the pictures that README shows, from the seeded demo city: `node test/e2e/screenshots.js`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { openCity } from './pages/city.js';
import { choose, openOfficer } from './pages/officers.js';
import { smallPng } from './pages/small-png.js';
import { until } from './place.js';

const FOLDER = join(import.meta.dirname, 'pictures');
const MOST_BYTES = 150_000;
const COUNTED_MS = 120_000;
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
  await untilCounted(deputy.page);
  await take(deputy.page, '/board', 'board');
} finally {
  await city.close();
}

/** One on which both sides have written; else one of the gathered matter. */
async function tellingTicket(page) {
  for (const words of ['green gate', 'সবুজ গেট', 'Silpara']) {
    await page.goto(`/desk?view=open&q=${encodeURIComponent(words)}`);
    const found = page.locator('.ticket-row .ticket-subject');
    if ((await found.count()) > 0) return found.first().getAttribute('href');
  }
  throw new Error('no ticket of the demo city is worth a picture');
}

/** The daemon counts its days within a minute of its start. */
function untilCounted(page) {
  const isCounted = async () => {
    await page.goto('/board');
    return !(await page.innerText('main')).includes('Nothing is counted');
  };
  return until('the figures are counted', isCounted, COUNTED_MS);
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
