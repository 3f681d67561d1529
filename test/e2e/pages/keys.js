// Every key of the keyboard map does what the list of keys says, and nothing when keys are switched off.
import { expect, expectEqual } from '../report.js';
import { expectNoTrouble } from './chromium.js';
import { choose, openOfficer } from './officers.js';
import { newTicket } from './work.js';

export async function checkKeys(report, city) {
  const officer = await openOfficer(city, 'mita-roy');
  const { page } = officer;
  const check = (name, run) => report.check(`keys: ${name}`, () => run(page));
  try {
    await choose(page, { shortcuts: true });
    const reference = await newTicket(city, page, 'A letter to try keys on.');
    await check('j and k move through the list, o opens, x chooses', movesAndOpens);
    await check('/ goes to the search, Escape leaves it', searches);
    await check('? shows the keys', helps);
    await check('g and a letter goes to each list', goes);
    await check('Ctrl+K goes anywhere', palette);
    await check('a assigns, t judges on the desk; z takes back', () => deedsOnDesk(page, reference));
    await check('r, n, a, t and e open their forms on the ticket', () => formsOnTicket(page, reference));
    await check('r, n and e on a row of the desk lead to that form', () => fromDesk(page, reference));
    await check('Ctrl+Enter sends what is typed, once', () => sends(page, reference));
    await check('while typing no key does anything else', () => typing(page, reference));
    await check('switched off, no key does anything', () => off(page));
    await report.check('keys: nothing else was asked for or complained of', async () =>
      expectNoTrouble(officer, 'by keys'),
    );
  } finally {
    await officer.close();
  }
}

const here = (page) => page.locator('.ticket-row.here').getAttribute('data-reference');

async function movesAndOpens(page) {
  await page.goto('/desk?view=open');
  const references = await page
    .locator('.ticket-row')
    .evaluateAll((rows) => rows.map((row) => row.dataset.reference));
  await page.keyboard.press('j');
  expectEqual(await here(page), references[0], 'after j');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  expectEqual(await here(page), references[1], 'after j, j, k');
  await page.keyboard.press('x');
  expectEqual(await page.locator('.choose input:checked').count(), 1, 'chosen');
  await page.keyboard.press('o');
  await page.waitForURL(`**/tickets/${references[1]}`);
}

async function searches(page) {
  await page.goto('/desk?view=open');
  await page.keyboard.press('/');
  await page.keyboard.type('door');
  expectEqual(await page.inputValue('#find'), 'door', 'the search');
  await page.waitForFunction(() => new URLSearchParams(location.search).get('q') === 'door');
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement?.id !== 'find'), 'the search is left');
}

async function helps(page) {
  await page.goto('/desk');
  await page.keyboard.press('?');
  await page.locator('#keys[open]').waitFor();
  await page.keyboard.press('Escape');
  expectEqual(await page.locator('#keys[open]').count(), 0, 'dialogs open');
}

async function goes(page) {
  await page.goto('/desk?view=closed');
  const places = await page
    .locator('[data-go]')
    .evaluateAll((links) => links.map((link) => [link.getAttribute('data-go'), link.getAttribute('href')]));
  expect(places.length >= 7, `lists with a key: ${places.length}`);
  for (const [key, href] of places) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await page.waitForURL(`**${href}`);
  }
  return `${places.length} places`;
}

async function palette(page) {
  await page.goto('/desk');
  await page.keyboard.press('Control+k');
  await page.locator('dialog[open] input').waitFor();
  await page.keyboard.type('overdue');
  await page.keyboard.press('Enter');
  await page.waitForURL(/view=overdue/);
}

async function deedsOnDesk(page, reference) {
  await page.goto(`/desk?view=open&q=${reference.slice(0, 6)}`);
  await page.goto('/desk?view=unowned');
  await goToRow(page, reference);
  await page.keyboard.press('a');
  await page.locator('.report.good').waitFor();
  await page.keyboard.press('z');
  await page.locator('.report.good').waitFor();
  await page.goto('/desk?view=unowned');
  await goToRow(page, reference);
  await page.keyboard.press('t');
  await page.locator('details[data-row-menu=t][open]').waitFor();
}

async function goToRow(page, reference) {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.keyboard.press('j');
    if ((await here(page)) === reference) return;
  }
  throw new Error(`${reference} is not in the list`);
}

async function formsOnTicket(page, reference) {
  for (const [key, deed] of Object.entries({ r: 'reply', n: 'note', a: 'assign', t: 'triage', e: 'close' })) {
    await page.goto(`/tickets/${reference}`);
    await page.keyboard.press(key);
    await page.locator(`#deed-${deed}[open]`).waitFor();
    expect(
      await page.evaluate(
        (id) => document.getElementById(id)?.contains(document.activeElement),
        `deed-${deed}`,
      ),
      `${key}: the form has the focus`,
    );
  }
}

async function fromDesk(page, reference) {
  for (const [key, deed] of Object.entries({ r: 'reply', n: 'note', e: 'close' })) {
    await page.goto('/desk?view=unowned');
    await goToRow(page, reference);
    await page.keyboard.press(key);
    await page.waitForURL(`**/tickets/${reference}**`);
    await page.locator(`#deed-${deed}[open]`).waitFor();
  }
}

async function sends(page, reference) {
  await page.goto(`/tickets/${reference}`);
  const posts = [];
  const count = (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/note')) posts.push(request.url());
  };
  page.on('request', count);
  await page.keyboard.press('n');
  await page.locator('#deed-note textarea:focus').waitFor();
  await page.keyboard.type('Sent by the keyboard.');
  await page.keyboard.press('Control+Enter');
  await page.locator('.notice.good').waitFor();
  page.off('request', count);
  expectEqual(posts.length, 1, 'notes sent');
  expectEqual(await page.locator('.card.note', { hasText: 'Sent by the keyboard.' }).count(), 1, 'notes');
}

async function typing(page, reference) {
  await page.goto(`/tickets/${reference}`);
  await page.keyboard.press('n');
  await page.locator('#deed-note textarea:focus').waitFor();
  await page.keyboard.type('jk/?gmrnate');
  expectEqual(await page.inputValue('#deed-note textarea'), 'jk/?gmrnate', 'what was typed');
  expect(page.url().endsWith(reference), 'the page stays');
}

async function off(page) {
  await choose(page, { shortcuts: false });
  await page.goto('/desk?view=open');
  for (const key of ['j', 'o', '/', '?', 'a']) await page.keyboard.press(key);
  expect(page.url().endsWith('/desk?view=open'), 'the page stays');
  expectEqual(
    await page.locator('.ticket-row.here, dialog[open]').count(),
    0,
    'rows chosen and dialogs open',
  );
  await choose(page, { shortcuts: true });
}
