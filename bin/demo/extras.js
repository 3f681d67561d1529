// What a city has besides ordinary letters: robots, junk, forgers, one fire told by three, a held letter, somebody away.
import { workerOf } from './city.js';
import { inventLetter } from './course.js';
import { holdLetter } from './hold.js';
import { ANSWERS, FIRE, MATTERS } from './letters.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const BEHALA = 'behala.ps@kolkatapolice.example';

export function addExtras({ random, ...demo }) {
  for (const add of [addRobots, addFire, addLate, addAnswers, addSmall])
    add({ ...demo, random: random.fork() });
}

function addRobots({ course, end }) {
  const junk = { 'X-Spam-Flag': 'YES', 'X-Spam-Score': '14.2' };
  const from = { name: 'Prize Office', address: 'win@prizes.example' };
  for (const [days, subject] of [
    [6, 'You have won a lottery'],
    [3, 'Cheap loans in ten minutes'],
    [0.3, 'Followers for your page'],
  ]) {
    course.at(end - days * DAY, () =>
      course.send({
        from,
        to: [BEHALA],
        subject,
        text: 'Click at once: http://prizes.example/',
        above: junk,
        verdict: 'none',
      }),
    );
  }
  course.at(end - 2 * DAY, () =>
    course.send({
      from: { name: 'Ananya Chatterjee', address: 'ananya.c@home.example' },
      to: [BEHALA],
      subject: 'Automatic reply: out of office',
      text: 'I am on leave until Monday.',
      headers: { 'Auto-Submitted': 'auto-replied' },
    }),
  );
  course.at(end - 5 * HOUR, () =>
    course.send({
      from: { name: 'Commissioner', address: 'commissioner@home.example' },
      to: [BEHALA],
      subject: 'Pay this bill today',
      text: 'Officer in charge, please pay the attached bill today and tell nobody.',
      verdict: 'fail',
    }),
  );
}

function addFire({ course, end, random }) {
  const told = [];
  for (const [index, letter] of FIRE.entries()) {
    course.at(end - 9 * HOUR + index * 17 * MINUTE, async () => {
      const { from, to, subject, text } = inventLetter(random, 'behala', letter);
      told.push(...(await course.send({ from, to: [to], subject, text })));
    });
  }
  course.at(end - 8 * HOUR, async () => {
    const on = { reference: told[0], worker: 'sujata-sen' };
    await course.deed('assign', on, { officer: 'sujata-sen' });
    await course.deed('gather', { ...on, reference: told[1] }, { into: told[0] });
    await course.deed('refer', on, {
      agency: 'fire',
      text: 'Please inspect the godown behind Silpara market.',
    });
  });
}

/** Tickets that nobody touched: their escalations climb. */
function addLate({ course, end, random }) {
  for (const [days, station, index] of [
    [4.2, 'behala', 1],
    [2.6, 'taratala', 13],
    [1.4, 'behala', 11],
    [0.4, 'thakurpukur', 14],
    [0.12, 'behala', 28],
    [0.02, 'behala', 11],
    [0.008, 'haridevpur', 15],
  ]) {
    course.at(end - days * DAY, async () => {
      const { from, to, subject, text, files } = inventLetter(random, station, MATTERS[index]);
      await course.send({ from, to: [to], subject, text, files });
    });
  }
}

/** Four times a day those who were told answer most of what they were told; what came last is still open. */
function addAnswers({ course, house, end, random }) {
  for (let ago = 23.5; ago > 0.3; ago -= 0.25) {
    course.at(end - ago * DAY, async () => {
      const before = new Date(end - ago * DAY - 2 * HOUR).toISOString();
      const open = await house.daemon.store.escalations.list({ open: true, limit: 200 });
      for (const { id, at, told } of open) {
        const actor = house.actors.get(told[0]);
        if (actor && at < before && random.next() < 0.8) await house.acknowledge({ id, actor });
      }
    });
  }
}

function addSmall({ course, house, clock, end, random }) {
  course.at(end - 30 * HOUR, async () => {
    const letter = inventLetter(random, 'behala', MATTERS[4]);
    const { from, to, subject, text } = letter;
    const [reference] = await course.send({ from, to: [to], subject, text });
    const on = { ...letter, reference, worker: workerOf('behala') };
    await course.deed('triage', on, { category: 'TRF' });
    await course.deed('restrict', on, {
      by: 'oc-behala',
      restriction: 'named',
      reason: 'The resident asked that the name stays with few.',
    });
    await course.deed('reply', on, { text: ANSWERS.en.reply, by: 'oc-behala' });
  });
  course.at(end - 3 * HOUR, () =>
    holdLetter(house, {
      id: house.newId(),
      envelope: {
        from: 'gopal.naskar@home.example',
        to: [BEHALA],
        client: { address: '127.0.0.1', name: 'mx', relay: null },
        protocol: 'ESMTP',
        tls: null,
      },
      raw: `From: Gopal Naskar <gopal.naskar@home.example>\r\nTo: ${BEHALA}\r\nSubject: Water in the lane\r\nMessage-ID: <held-1@home.example>\r\nDate: ${new Date(clock.time).toUTCString()}\r\n\r\nThe lane is under water again.\r\n`,
      problem: 'It could not be filed five times: a part of it has no end.',
    }),
  );
}
