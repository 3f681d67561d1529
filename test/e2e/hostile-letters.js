// Hostile letters on the ticket's page in a real browser: nothing of theirs runs, loads, asks or leads away.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openChromium, openWindow } from './browser.js';
import { ask, BEHALA, endOfLog, HOME, openInstallation, serve, stopDaemon } from './daemon.js';
import { makePlace, until } from './place.js';
import { expect, expectEqual } from './report.js';
import { sendOnce } from './smtp-client.js';

const LETTERS = join(HOME, 'test', 'web', 'hostile');
const OFFICER = { id: 'si-roy', name: 'Mita Roy', rank: 'si', stations: ['behala'] };
const SETTLE_MS = 1_000;

export async function checkHostileLetters(report) {
  const place = makePlace();
  const house = await openInstallation(join(place.folder, 'house'), (settings) => {
    settings.officers = [OFFICER];
    return settings;
  });
  report.explainWith(() => endOfLog(house));
  const browser = await openChromium();
  try {
    await serve(house);
    const names = readdirSync(LETTERS).filter((name) => name.endsWith('.eml'));
    for (const name of names.sort()) {
      await report.check(`${name}: no script, no request elsewhere, no dialog, no navigation`, () =>
        lookAt({ house, browser }, name),
      );
    }
  } finally {
    await browser.close();
    await stopDaemon(house, 'SIGKILL');
    place.close();
  }
}

async function lookAt({ house, browser }, name) {
  const reference = await fileLetter(house, readFileSync(join(LETTERS, name)));
  const { page, context, seen, origin } = await openWindow(browser, house, { officer: OFFICER.id });
  const address = `${origin}/tickets/${reference}`;
  await page.goto(address);
  const title = await page.title();
  await openEverything(page);
  await page.waitForTimeout(SETTLE_MS);
  expectEqual(page.url(), address, 'the address');
  expectEqual(await page.title(), title, 'the title');
  const frames = page.frames().filter((frame) => frame.url().endsWith('/layout'));
  const asked = seen.requests.filter((url) => url.endsWith('/layout'));
  expectEqual(frames.length, asked.length, 'frames that stayed where they are');
  expectEqual(await page.locator('.letter iframe').count(), asked.length, 'frames that were looked at');
  await clickEverything(frames);
  await page.waitForTimeout(SETTLE_MS / 2);
  expectEqual(page.url(), address, 'the address after clicks');
  expectEqual(seen.foreign, [], 'requests elsewhere');
  expectEqual(seen.dialogs, [], 'dialogs');
  expectEqual(seen.windows, [], 'windows');
  // A policy that had to refuse something means that something hostile was left in the page.
  expectEqual(
    seen.errors.filter((error) => !isMissingPicture(error)),
    [],
    'errors and refusals',
  );
  await refuseFiles(page, origin);
  await context.close();
}

/** What is no picture is not shown; the browser says so. */
function isMissingPicture(error) {
  return /404 \(Not Found\)/.test(error);
}

async function fileLetter(house, raw) {
  const before = await ask(house, 'ticket', 'list');
  await sendOnce(house.ports.smtp, { from: 'rita@home.example', to: BEHALA, raw });
  return until('the letter is a ticket', async () => {
    const tickets = await ask(house, 'ticket', 'list');
    return tickets.length > before.length && tickets[0].reference;
  });
}

/** Every fold and every frame: lazy ones load when they come into view. */
async function openEverything(page) {
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details:not(.deed)')) fold.open = true;
  });
  for (const shown of await page.locator('.letter iframe, .attached-picture').all()) {
    await shown.scrollIntoViewIfNeeded();
    await page.waitForTimeout(300);
  }
}

/** A frame without scripts can still be clicked by people. */
async function clickEverything(frames) {
  for (const frame of frames) {
    const words = frame.locator('span, p, td');
    const count = Math.min(await words.count(), 15);
    for (let index = 0; index < count; index += 1) {
      await words
        .nth(index)
        .click({ force: true, timeout: 1_000 })
        .catch(() => undefined);
    }
    expectEqual(
      await frame.locator('a, form, script, svg, img, iframe, object').count(),
      0,
      'hostile elements',
    );
  }
}

/** Every attachment is saved, never opened; a picture is one by its bytes. */
async function refuseFiles(page, origin) {
  const links = await page.locator('.attachment-list a').evaluateAll((all) => all.map((one) => one.href));
  for (const link of links) {
    const answer = await page.request.get(link);
    const headers = answer.headers();
    expectEqual(answer.status(), 200, 'the status of an attachment');
    expectEqual(headers['content-type'], 'application/octet-stream', 'the type of an attachment');
    expect(/^attachment;/.test(headers['content-disposition']), 'an attachment is not saved');
    expectEqual(headers['x-content-type-options'], 'nosniff', 'sniffing');
    expect(/sandbox/.test(headers['content-security-policy']), 'an attachment has no sandbox');
    const picture = await page.request.get(`${link}/picture`);
    const isPicture = picture.status() === 200;
    expect(isPicture || picture.status() === 404, `a picture is answered with ${picture.status()}`);
    if (isPicture)
      expect(/^image\/(png|jpeg|gif|webp)$/.test(picture.headers()['content-type']), 'no picture');
  }
  expectEqual(page.url().startsWith(origin), true, 'the origin');
}
