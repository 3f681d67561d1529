// The whole desk with JavaScript switched off: everything is a link or a form.
import { expect, expectEqual } from '../report.js';
import { expectNoTrouble } from './chromium.js';
import { choose, openOfficer } from './officers.js';
import { deed, leaveLetter, newSubject, untilListed } from './work.js';

export async function checkWithoutScripts(report, city) {
  const officer = await openOfficer(city, 'mita-roy', { javaScriptEnabled: false });
  const { page } = officer;
  const subject = newSubject('Without scripts');
  let reference;
  try {
    await report.check('JavaScript off: the desk lists, filters, searches and saves a list', async () => {
      await leaveLetter(city, { subject, text: 'Dogs bark at the corner every night.' });
      reference = await untilListed(page, subject);
      await filters(page);
    });
    await report.check('JavaScript off: deeds on several tickets, and taking them back', () =>
      several(page, reference),
    );
    await report.check('JavaScript off: a ticket is read, answered with a preview, noted and closed', () =>
      ticket(page, reference),
    );
    await report.check('JavaScript off: language and looks are chosen, and the session is ended', () =>
      settings(page),
    );
    await report.check('JavaScript off: nothing else was asked for', async () =>
      expectNoTrouble(officer, 'without scripts'),
    );
  } finally {
    city.states.delete('mita-roy');
    await officer.close();
  }
}

async function filters(page) {
  await page.goto('/desk?view=open');
  await page.click('.narrow-down summary');
  await page.selectOption('#n-urgency', 'urgent');
  await page.click('.narrow-down button[type=submit]');
  expect(new URL(page.url()).searchParams.get('urgency') === 'urgent', `the address says it: ${page.url()}`);
  expect((await page.locator('.chip').count()) > 0, 'what is left out is told');
  await page.click('.save-view summary');
  await page.fill('#save-name', 'Urgent ones');
  await page.click('.save-view button[type=submit]');
  await page.locator('.saved a', { hasText: 'Urgent ones' }).waitFor();
  await page.locator('.saved form button').first().click();
  expectEqual(await page.locator('.saved a', { hasText: 'Urgent ones' }).count(), 0, 'saved lists');
}

async function several(page, reference) {
  await page.goto(`/desk?view=unowned&q=bark`);
  await page.locator(`.ticket-row[data-reference="${reference}"] .choose input`).check();
  await page.click('button[name=deed][value=take]');
  await page.locator('.report.good').waitFor();
  await page.click('form[action="/desk/undo"] button');
  await page.locator('.report.good').waitFor();
}

async function ticket(page, reference) {
  await page.goto(`/tickets/${reference}`);
  await page.click('.deed-take button');
  await deed(page, 'reply', (form) => form.locator('textarea').fill('We shall look into it.'));
  await deed(page, 'note', (form) => form.locator('textarea').fill('Rang the resident.'));
  await deed(page, 'close', async (form) => {
    await form.locator('select[name=outcome]').selectOption('advice-given');
    await form.locator('textarea').fill('The owner keeps the dogs in at night.');
  });
  expect((await page.innerText('.ticket-head')).toLowerCase().includes('closed'), 'it is closed');
}

async function settings(page) {
  await choose(page, { language: 'bn', theme: 'dark' });
  expectEqual(await page.getAttribute('html', 'lang'), 'bn', 'language of the page');
  expectEqual(await page.getAttribute('html', 'data-theme'), 'dark', 'looks of the page');
  await choose(page, { language: 'en', theme: 'auto' });
  await page.click('details.account summary');
  await page.click('form[action="/sign-out"] button');
  await page.waitForURL(/sign-in/);
}
