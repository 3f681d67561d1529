// The life of a letter as an officer lives it in the browser: from its arrival to closure, and open again.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { aLetter } from '../letters.js';
import { until } from '../place.js';
import { expect, expectEqual } from '../report.js';
import { sendOnce } from '../smtp-client.js';
import { expectNoTrouble } from './chromium.js';
import { openOfficer } from './officers.js';

export const BEHALA = 'behala.ps@kolkatapolice.example';
const RITA = 'rita@home.example';
let letters = 0;

export async function checkWork(report, city) {
  let officer;
  const story = { subject: newSubject('Drums all night') };
  try {
    await report.check(
      'a letter that arrives while the desk is open is told there, and nothing moves',
      async () => {
        officer = await openOfficer(city, 'mita-roy');
        await arrives(city, officer.page, story);
      },
    );
    await report.check('it is read, taken, triaged and noted on its page', () => takeUp(officer.page, story));
    await report.check('the reply that goes out is the one that was previewed', () =>
      replyAsPreviewed(city, officer.page, story),
    );
    await report.check('it is closed with an outcome, and the resident is told', () =>
      close(city, officer.page, story),
    );
    await report.check('the resident answers "No": the page shows it open again, one rank higher', () =>
      comesBack(city, officer.page, story),
    );
    await report.check('nothing else was asked for, refused or complained of meanwhile', async () =>
      expectNoTrouble(officer, 'while a letter was worked'),
    );
  } finally {
    await officer?.close();
  }
}

export function newSubject(text) {
  letters += 1;
  return `${text} ${letters}`;
}

/** Leaves a letter at the front door. */
export function leaveLetter(city, given) {
  const { raw } = aLetter(given);
  return sendOnce(city.house.ports.smtp, { from: RITA, to: BEHALA, raw });
}

/** The ticket with this subject, once it is in the list. */
export function untilListed(page, subject) {
  return until(
    `${subject} is listed`,
    async () => {
      await page.goto(`/desk?view=open&q=${encodeURIComponent(subject)}`);
      const row = page.locator('.ticket-row', { hasText: subject });
      return (await row.count()) > 0 && row.first().getAttribute('data-reference');
    },
    60_000,
  );
}

/** A letter of its own for one check; resolves to the reference of its ticket. */
export async function newTicket(city, page, text, subject = newSubject('A matter')) {
  await leaveLetter(city, { subject, text });
  return untilListed(page, subject);
}

async function arrives(city, page, story) {
  await page.goto('/desk?view=unowned');
  const first = page.locator('.ticket-row').first();
  const before = [await first.getAttribute('data-reference'), await first.boundingBox()];
  await leaveLetter(city, {
    subject: story.subject,
    text: 'Drums are beaten in our lane every night. Please help.',
  });
  await page.locator('#news').waitFor({ state: 'visible', timeout: 60_000 });
  expectEqual(
    [await first.getAttribute('data-reference'), await first.boundingBox()],
    before,
    'the first row',
  );
  await page.click('#news');
  story.reference = await untilListed(page, story.subject);
}

async function takeUp(page, { reference, subject }) {
  await page.locator('.ticket-row', { hasText: subject }).locator('.ticket-subject').click();
  await page.waitForURL(`**/tickets/${reference}`);
  expect((await page.innerText('.letter-text')).includes('Drums are beaten'), 'the letter is read');
  await page.click('.deed-take button');
  await page.locator('.notice.good').waitFor();
  await deed(page, 'triage', async (form) => {
    await form.locator('select[name=urgency]').selectOption('semi-urgent');
    await form.locator('select[name=category]').selectOption('NOI');
  });
  await deed(page, 'note', (form) => form.locator('textarea').fill('Spoke to the club.'));
  expect((await page.innerText('.card.note')).includes('Spoke to the club.'), 'the note stands there');
}

/** Opens a deed's form, fills it in and does it, with the preview between where there is one. */
export async function deed(page, name, fill, { preview } = {}) {
  const form = page.locator(`#deed-${name} form`);
  if (!(await form.isVisible())) await openDeed(page, name);
  await fill(form);
  const look = form.locator('button[value=look]');
  if ((await look.count()) > 0) {
    await look.click();
    await page.locator(`#deed-${name} .preview`).waitFor();
    await preview?.(page.locator(`#deed-${name} .preview`));
  }
  await page.locator(`#deed-${name} button[value=do]`).click();
  await page.locator('.notice.good').waitFor();
}

export async function openDeed(page, name) {
  const more = page.locator('.deed.more');
  const isInner = (await page.locator(`.deed.more #deed-${name}`).count()) > 0;
  if (isInner && !(await more.getAttribute('open'))) await more.locator('> summary').click();
  await page.locator(`#deed-${name} > summary`).click();
}

async function replyAsPreviewed(city, page, { reference }) {
  let seen;
  const text = 'An officer will come at eight.\n\nতিনি বাংলাও বলেন।';
  await deed(page, 'reply', (form) => form.locator('textarea').fill(text), {
    preview: async (preview) => {
      seen = await preview.locator('.letter-text').evaluate((element) => element.textContent);
    },
  });
  const letter = await untilSent(city, ({ text: sent }) => sent.includes('An officer will come at eight.'));
  expectEqual(words(letter.text), words(seen), 'the letter of the reply');
  expect(letter.subject.includes(reference), `its subject names ${reference}`);
}

const words = (text) => text.replace(/\s+/g, ' ').trim();

export function untilSent(city, matches) {
  const folder = join(city.house.dataFolder, 'sent');
  return until(
    'the letter is sent',
    async () => {
      const names = existsSync(folder)
        ? readdirSync(folder)
            .filter((name) => name.endsWith('.eml'))
            .sort()
        : [];
      for (const name of names.slice(-8)) {
        const letter = await simpleParser(readFileSync(join(folder, name)));
        if (matches({ ...letter, text: letter.text ?? '', to: letter.to?.text ?? '' })) return letter;
      }
      return undefined;
    },
    60_000,
  );
}

async function close(city, page, story) {
  await deed(page, 'close', async (form) => {
    await form.locator('select[name=outcome]').selectOption('patrol-arranged');
    await form.locator('textarea').fill('A patrol passes every night now.');
  });
  const closure = await untilSent(city, ({ text }) => text.includes('A patrol passes every night now.'));
  story.closure = closure.messageId;
  await page.reload();
  expect((await page.innerText('.ticket-head')).toLowerCase().includes('closed'), 'the page says closed');
}

async function comesBack(city, page, { reference, closure, subject }) {
  await leaveLetter(city, { subject: `Re: ${subject}`, text: 'No', headers: [`In-Reply-To: ${closure}`] });
  await until(
    'the ticket is open again',
    async () => {
      await page.goto(`/tickets/${reference}`);
      return !(await page.innerText('.ticket-head')).toLowerCase().includes('closed');
    },
    60_000,
  );
  expect((await page.locator('#deed-close').count()) === 1, 'it can be closed once more');
  expect((await page.innerText('.ticket-aside')).includes('Nikhil Sarkar'), 'the officer in charge is told');
}
