// The demo's course of time: a clock that we move, what is due done on the way, and the deeds of its people.
import { addressOf } from './city.js';
import { COGNIZABLE, COURSES, NEW, OLD } from './courses.js';
import { MATTERS, PLACES, RESIDENTS, WHEN } from './letters.js';

const DAY = 86_400_000;
const REFUSED = new Set(['conflict', 'not-allowed', 'refused']);
const SWEEP_MS = 30 * 60_000;
/** Older than this a letter has usually been worked. */
const OLD_MS = 3 * DAY;

/**
 * `house`: the daemon, the post and the actors by id; `clock` is what the daemon runs by; `end` the present. The plan
 * is worked off in the order of time by `run`.
 */
export function createCourse({ house, clock, random, end }) {
  const plan = [];
  let planned = 0;
  const course = {
    at(time, work) {
      planned += 1;
      plan.push({ time: Math.round(time), order: planned, work });
    },
    in: (ms) => new Date(Math.round(clock.time + ms)).toISOString(),
    run: () => run({ house, clock, plan, end }),
    ...deedsOf({ house, clock, random: random.fork() }),
    follow: (on, name) => follow({ course, clock, end }, on, COURSES[name]),
  };
  return course;
}

async function run({ house, clock, plan, end }) {
  for (;;) {
    plan.sort((a, b) => a.time - b.time || a.order - b.order);
    const next = plan.shift();
    await passTime({ house, clock }, Math.min(next?.time ?? end, end));
    if (!next || next.time > end) return;
    await next.work();
    await house.daemon.idle();
  }
}

async function passTime({ house, clock }, until) {
  while (clock.time + SWEEP_MS < until) {
    clock.time += SWEEP_MS;
    await house.daemon.sweep();
  }
  clock.time = Math.max(clock.time, until);
  await house.daemon.sweep();
  await house.daemon.idle();
}

/** Plans the steps of a course one after the other; what lies after the present does not happen. */
function follow({ course, clock, end }, on, [step, ...rest]) {
  if (!step) return;
  const [after, work] = step;
  const time = clock.time + after * on.random.between(0.6, 1.5);
  if (time > end) return;
  course.at(time, async () => {
    await work(course, on);
    follow({ course, clock, end }, on, rest);
  });
}

function deedsOf({ house, clock, random }) {
  let letters = 0;
  const course = {
    /** Leaves a letter; resolves to the tickets that it opened or joined. */
    async send(letter) {
      letters += 1;
      const messageId = `<demo-${letters}-${random.text(8, 'abcdefghkmnpqrstuvwxyz')}@${letter.from.address.split('@')[1]}>`;
      const id = await house.post.send({ date: new Date(clock.time), messageId, ...letter });
      await house.daemon.idle();
      await house.daemon.findMatters();
      return house.daemon.store.letters.referencesOf(id);
    },
    workerOn: (on) => whoMay(house, on),
    /** One deed by the officer of the matter, or by `by`. What the ticket's state or the rules refuse is not done. */
    async deed(name, on, { by, ...order } = {}) {
      const actor = house.actors.get(by ?? (await whoMay(house, on)));
      try {
        await house.daemon.desk[name]({ actor, reference: on.reference, ...order });
      } catch (error) {
        if (!REFUSED.has(error.code)) throw error;
      }
    },
    /** The resident answers the last letter that we sent. */
    async answer(on, text) {
      const sent = await lastLetter(house, on);
      if (!sent) return;
      const headers = { 'In-Reply-To': sent.messageId, References: sent.messageId };
      await course.send({ from: on.from, to: [on.to], subject: `Re: ${sent.subject}`, text, headers });
    },
    /** A mail server says that our last letter could not be handed over (RFC 3464). */
    async bounce(on) {
      const sent = await lastLetter(house, on);
      if (sent) await course.send(reportAbout(sent));
    },
  };
  return course;
}

/** The officer of the matter, or somebody who may read what is kept from most. */
async function whoMay({ daemon }, { reference, worker }) {
  const { restriction, station } = await daemon.store.tickets.find(reference);
  if (restriction === 'none') return worker;
  return restriction === 'named' && station === 'behala' ? 'sujata-sen' : 'dc-sw';
}

async function lastLetter({ daemon }, { reference, from }) {
  const ticket = await daemon.store.tickets.find(reference);
  const records = await daemon.store.outbox.list({ ticketId: ticket.id, state: 'sent', limit: 20 });
  return records.find(({ letter }) => letter.to === from.address)?.letter;
}

function reportAbout({ messageId, envelopeFrom }) {
  const from = { name: 'Mail Delivery System', address: 'mailer-daemon@mx.home.example' };
  const part = (type, ...lines) => [`--b`, `Content-Type: ${type}`, '', ...lines, ''];
  const raw = [
    `From: ${from.name} <${from.address}>`,
    `To: ${envelopeFrom}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: <report-${messageId.slice(1, 20)}@mx.home.example>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    ...part('text/plain', 'The letter could not be handed over.'),
    ...part(
      'message/delivery-status',
      'Reporting-MTA: dns; mx.home.example',
      '',
      'Final-Recipient: rfc822; somebody@home.example',
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 no such user',
    ),
    ...part('text/rfc822-headers', `Message-ID: ${messageId}`),
    '--b--',
    '',
  ].join('\r\n');
  return { from, envelopeFrom: '', to: [envelopeFrom], raw };
}

/** A letter of the list, filled in, with its writer. */
export function inventLetter(random, station, matter = random.pick(MATTERS)) {
  const filled = (text) =>
    text
      .replace('{place}', random.pick(PLACES[matter.language]))
      .replace('{when}', random.pick(WHEN[matter.language]));
  const [name, mailbox] = random.pick(RESIDENTS);
  return {
    ...matter,
    subject: filled(matter.subject),
    text: `${filled(matter.text)}\n\n${name}`,
    from: { name, address: `${mailbox}@home.example` },
    to: addressOf(station),
    station,
  };
}

/** The name of a course for a letter that arrived `age` milliseconds before the present. */
export function chooseCourse(random, { cognizable, urgent }, age) {
  if (cognizable && age > DAY) return random.pick(COGNIZABLE);
  if (urgent && age > DAY) return random.pick(['closed', 'closed', 'thanked', 'talking', 'answered']);
  return random.pick(age > OLD_MS ? OLD : NEW);
}
