// What becomes of the demo's letters: courses, each a list of steps that follow the letter after some time.
import { ANSWERS, NOTES } from './letters.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A step: milliseconds after the step before, and what happens. `at` is the demo, `on` the ticket's matter. */
const assigned = [20 * MINUTE, async (at, on) => at.deed('assign', on, { officer: await at.workerOn(on) })];
const noted = [2 * HOUR, (at, on) => at.deed('note', on, { text: on.random.pick(NOTES) })];
const replied = [90 * MINUTE, (at, on) => at.deed('reply', on, { text: ANSWERS[on.language].reply })];
const more = [5 * HOUR, (at, on) => at.answer(on, ANSWERS[on.language].more)];
const closed = [
  20 * HOUR,
  (at, on) =>
    at.deed('close', on, {
      outcome: on.random.pick(['action-taken', 'patrol-arranged', 'advice-given', 'settled', 'not-found']),
      text: ANSWERS[on.language].close,
    }),
];
const asked = [
  3 * HOUR,
  (at, on) => at.deed('ask', on, { text: ANSWERS[on.language].ask, until: at.in(7 * DAY) }),
];
const registered = [
  2 * HOUR,
  (at, on) => at.deed('registerInformation', on, { substance: `${on.subject}. As told in the letter.` }),
];

/** Days later, where that is past. */
const closedLater = [2.5 * DAY, closed[1]];

export const COURSES = {
  untouched: [],
  taken: [assigned],
  noted: [assigned, noted, closedLater],
  answered: [assigned, noted, replied, closedLater],
  talking: [assigned, replied, more, closedLater],
  asked: [assigned, asked],
  askedAndTold: [assigned, asked, more, closedLater],
  closed: [assigned, replied, closed],
  thanked: [assigned, closed, [6 * HOUR, (at, on) => at.answer(on, ANSWERS[on.language].thanks)]],
  returned: [
    assigned,
    replied,
    closed,
    [8 * HOUR, (at, on) => at.answer(on, ANSWERS[on.language].no)],
    [9 * HOUR, replied[1]],
    closedLater,
  ],
  waiting: [assigned, [HOUR, (at, on) => at.deed('wait', on, { for: 'agency', until: at.in(5 * DAY) })]],
  referred: [
    assigned,
    [
      2 * HOUR,
      (at, on) =>
        at.deed('refer', on, {
          agency: on.agency ?? 'kmc',
          text: 'Please look into this and tell the resident.',
        }),
    ],
  ],
  transferred: [
    [
      30 * MINUTE,
      (at, on) =>
        at.deed('transfer', on, {
          to: on.station === 'parnasree' ? 'behala' : 'parnasree',
          reason: 'The place lies in the area of another station.',
        }),
    ],
  ],
  registered: [assigned, registered],
  signed: [
    assigned,
    registered,
    [30 * HOUR, (at, on) => at.deed('sign', on, { how: 'at-station' })],
    [
      HOUR,
      (at, on) =>
        at.deed('recordNumber', on, { firNumber: `${214 + Math.floor(on.random.next() * 60)}/2026` }),
    ],
  ],
  triaged: [
    [15 * MINUTE, (at, on) => at.deed('triage', on, { urgency: 'semi-urgent' })],
    assigned,
    noted,
    closedLater,
  ],
  undelivered: [assigned, replied, [10 * MINUTE, (at, on) => at.bounce(on)]],
};

/** Courses of letters older than some days, and of newer ones; the more often one stands here, the more often it comes. */
export const OLD = [
  ...Array(9).fill('closed'),
  ...Array(3).fill('thanked'),
  ...Array(2).fill('returned'),
  ...['answered', 'talking', 'referred', 'transferred', 'askedAndTold', 'waiting', 'noted', 'undelivered'],
];
export const NEW = [
  ...Array(3).fill('untouched'),
  ...['taken', 'taken', 'noted', 'answered', 'talking', 'asked', 'waiting', 'referred', 'closed', 'triaged'],
];
export const COGNIZABLE = [
  'registered',
  'signed',
  'signed',
  'noted',
  'answered',
  'closed',
  'closed',
  'thanked',
];
