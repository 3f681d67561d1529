// Two officers on one ticket: each learns of the other, the slower one is told, and nothing typed is lost.
import { expect } from '../report.js';
import { expectNoTrouble } from './chromium.js';
import { openOfficer } from './officers.js';
import { newTicket, openDeed } from './work.js';

export async function checkTogether(report, city) {
  const one = await openOfficer(city, 'mita-roy');
  const other = await openOfficer(city, 'arun-pal');
  try {
    const reference = await newTicket(city, one.page, 'Two of us will read this.');
    await one.page.goto(`/tickets/${reference}`);
    await other.page.goto(`/tickets/${reference}`);
    await report.check('each page tells who else is at the ticket', () => presence(one.page, other.page));
    await report.check('who comes second is told that it changed, with what was typed', () =>
      conflict(one.page, other.page),
    );
    await report.check('what is typed and not sent is there again when the page is opened anew', () =>
      draft(other.page, reference),
    );
    await report.check('neither page asked for anything else', async () => {
      expectNoTrouble(one, 'of the first officer');
      expectNoTrouble(other, 'of the second officer');
    });
  } finally {
    await one.close();
    await other.close();
  }
}

async function presence(one, other) {
  await one.locator('.ticket-company', { hasText: 'Arun Pal' }).waitFor();
  await other.locator('.ticket-company', { hasText: 'Mita Roy' }).waitFor();
}

async function conflict(one, other) {
  await openDeed(other, 'note');
  await other.fill('#deed-note textarea', 'I have already been there.');
  await openDeed(one, 'note');
  await one.fill('#deed-note textarea', 'The first to write.');
  await one.click('#deed-note button[value=do]');
  await one.locator('.notice.good').waitFor();
  await other.click('#deed-note button[value=do]');
  await other.locator('.notice.bad').waitFor();
  expect(
    (await other.inputValue('#deed-note textarea')) === 'I have already been there.',
    'what was typed is still in the form',
  );
  await other.click('#deed-note button[value=do]');
  await other.locator('.notice.good').waitFor();
}

async function draft(page, reference) {
  await openDeed(page, 'reply');
  await page.fill('#deed-reply textarea', 'Half a sentence');
  await page.locator('#deed-reply [data-kept]:not([hidden])').waitFor();
  await page.goto('/desk');
  await page.goto(`/tickets/${reference}`);
  expect((await page.inputValue('#deed-reply textarea')) === 'Half a sentence', 'the draft is there');
}
