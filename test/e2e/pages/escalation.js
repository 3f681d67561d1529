// A letter nobody acts on: up the ranks as time passes, to the deputy commissioner's board, and answered there.
import { expect, expectEqual } from '../report.js';
import { expectNoTrouble } from './chromium.js';
import { restartAhead } from './city.js';
import { openOfficer } from './officers.js';
import { leaveLetter, newSubject, untilListed } from './work.js';

const MINUTE = 60_000;
/** Each is past one more step of the ladder for the first action on an urgent matter. */
const AHEAD_MINUTES = [16, 45, 90];
const MOST_ANSWERED = 150;
/** One page of the desk. */
const DESK_ROWS = 50;

export async function checkEscalation(report, city) {
  let reference;
  await report.check('an urgent letter that nobody acts on is late on the desk', async () => {
    reference = await breach(city);
  });
  await report.check('it stands on the board of the deputy commissioner until she answers it there', () =>
    answerOnBoard(city, reference),
  );
  await report.check('a figure of the board leads to the tickets it counts', () => drillDown(city));
  await report.check('another division’s deputy commissioner sees nothing of it', () =>
    foreign(city, reference),
  );
}

async function breach(city) {
  const officer = await openOfficer(city, 'mita-roy');
  try {
    const subject = newSubject('They are breaking the door with a knife');
    await leaveLetter(city, {
      subject,
      text: 'Please come now, they have a knife and are breaking the door. Help!',
    });
    const reference = await untilListed(officer.page, subject);
    for (const minutes of AHEAD_MINUTES) await restartAhead(city, minutes * MINUTE);
    await officer.page.goto(`/desk?view=overdue&q=${encodeURIComponent(subject)}`);
    const row = officer.page.locator(`.ticket-row[data-reference="${reference}"]`);
    expect((await row.locator('.deadline.late').innerText()).includes('late'), 'it is late in words');
    expectNoTrouble(officer, 'on the desk');
    return reference;
  } finally {
    await officer.close();
  }
}

async function answerOnBoard(city, reference) {
  const deputy = await openOfficer(city, 'dc-sw');
  const { page } = deputy;
  try {
    await page.goto('/board');
    const waiting = page.locator('main li').filter({ has: page.locator('form[action$="/acknowledge"]') });
    const mine = waiting.filter({ hasText: reference });
    const answered = await answerUntil(page, { waiting, mine });
    const before = await mine.count();
    await mine.first().locator('button').click();
    await page.locator('.notice.good', { hasText: reference }).waitFor();
    expectEqual(await mine.count(), before - 1, `what waits of ${reference}`);
    await page.goto(`/tickets/${reference}`);
    expect((await page.innerText('.ticket-aside')).includes('Anjali Kar'), 'the ticket says who has it');
    expectNoTrouble(deputy, 'on the board');
    return `after ${answered} that had waited longer`;
  } finally {
    await deputy.close();
  }
}

/** The oldest come first and only so many are shown: the deputy commissioner works her way down to ours. */
async function answerUntil(page, { waiting, mine }) {
  for (let answered = 0; answered < MOST_ANSWERED; answered += 1) {
    if ((await mine.count()) > 0) return answered;
    expect((await waiting.count()) > 0, 'the escalation waits on the board');
    await waiting.first().locator('button').click();
    await page.waitForLoadState();
  }
  throw new Error('the escalation does not come up on the board');
}

async function drillDown(city) {
  const deputy = await openOfficer(city, 'dc-sw');
  try {
    await deputy.page.goto('/board');
    const link = deputy.page.locator('main .figures td a[href*="/desk"]').first();
    const figure = Number((await link.innerText()).replace(/\D/g, ''));
    await link.click();
    await deputy.page.waitForLoadState();
    const rows = await deputy.page.locator('.ticket-row').count();
    expectEqual(rows, Math.min(figure, DESK_ROWS), 'tickets behind the figure');
    return `${figure} tickets`;
  } finally {
    await deputy.close();
  }
}

async function foreign(city, reference) {
  const other = await openOfficer(city, 'dc-cd');
  try {
    await other.page.goto('/board');
    expect(!(await other.page.innerText('main')).includes(reference), 'not on the board');
    const answer = await other.page.goto(`/tickets/${reference}`);
    expectEqual(answer.status(), 404, 'the ticket of another division');
  } finally {
    await other.close();
  }
}
