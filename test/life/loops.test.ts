// Machines that answer us, and are answered: letters stay within the budget, then nobody hears from us any more.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CarriedLetter, type Carrier, disguised, openCarrier, untagged } from '../support/carrier.js';
import { type FixedClock, fixedClock } from '../support/clock.js';
import { openHouse, type TestHouse } from '../support/house.js';

const MINUTE = 60_000;
/** An hour of theirs takes some seconds, and more on a busy machine. */
const PATIENCE_MS = 120_000;
/** Minutes of the test, and minutes between two letters that begin it all anew. */
const HOUR = 60;
const STEP = 2;
/** The beginning of an hour in UTC, so that an hour of the test is one window of the hour. */
const START = '2026-11-24T04:00:00.000Z';
/** To one address from one station, by the rules as they are. */
const STATION = { tenMinutes: 3, hour: 5 };

interface Place {
  domain: string;
  station: string;
}

const KOLKATA: Place = { domain: 'mail.kolkatapolice.example', station: 'behala.ps@kolkatapolice.example' };
const HOWRAH: Place = { domain: 'mail.howrah.example', station: 'bally.ps@howrah.example' };

const domainOf = (address: string) => address.split('@')[1] ?? '';

/** A house whose letters leave by the carrier, and whose letters come through a relay on its own machine. */
async function openPlace(place: Place, carrier: Carrier, clock: FixedClock): Promise<TestHouse> {
  const house = await openHouse(
    `
mail_domain: ${place.domain}
it_cell: it@cell.example
sender_auth: { mode: off }
smtp:
  listen: [{ host: 127.0.0.1, port: 0 }]
  disk_floor_bytes: 0
  trusted_relays: [127.0.0.1]
outbound: { transport: smtp, smtp: { host: 127.0.0.1, port: ${carrier.port}, tls: 'off' } }
stations:
  - code: one
    name: { en: Police Station of ${domainOf(place.station)} }
    force: kp
    division: sw
    addresses: [${place.station}]
`,
    { clock },
  );
  carrier.route(place.station, house.daemon.smtp[0]?.port ?? 0);
  return house;
}

interface Spark {
  from: string;
  subject: string;
  text: string;
}

/** A letter that somebody writes in the name of `from`. */
async function strike(house: TestHouse, to: string, { from, subject, text }: Spark): Promise<void> {
  await house.send({ from, to, raw: letterOf({ from, to, subject, text }) });
}

let written = 0;
function letterOf({ from, to, subject, text }: Spark & { to: string }): string {
  written += 1;
  const head = [`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, `Message-ID: <w${written}@any.example>`];
  return `${head.join('\r\n')}\r\n\r\n${text}\r\n`;
}

/** So many letters in an hour that nothing can be said to bound them. */
const ENDLESS = 200;

/** Resolves when no letter moves any more, neither in a house nor between them. */
async function settled(houses: readonly TestHouse[], moved: () => number): Promise<void> {
  for (let calm = 0, before = moved(); calm < 2; before = moved()) {
    for (const { daemon } of houses) await daemon.idle();
    if (moved() > ENDLESS) throw new Error(`${moved()} letters were sent, and they do not stop`);
    calm = moved() === before ? calm + 1 : 0;
  }
}

/** Words of their own for every letter, so that no letter says what another said. */
const WORDS = 'noise theft parking drain dogs music lamp shop gate wall bell tree'.split(' ');
function newWords(n: number): { subject: string; text: string } {
  const matter = `${WORDS[n % 12]} and ${WORDS[Math.floor(n / 12) % 12]}`;
  return { subject: matter, text: `It is about ${matter}, please.` };
}

const ticketsOf = (house: TestHouse) => house.daemon.store.tickets.list({ limit: 1_000 });
const alarms = (carrier: Carrier) => carrier.taken.filter(({ to }) => to === 'it@cell.example');
/** Letters of one house to the other; officers are told besides of tickets that wait. */
const between = (carrier: Carrier) =>
  sentTo(carrier, HOWRAH.station).length + sentTo(carrier, KOLKATA.station).length;
const sentTo = (carrier: Carrier, address: string) =>
  carrier.taken.filter(({ to }) => untagged(to) === address);

let clock: FixedClock;
beforeEach(() => {
  clock = fixedClock(START);
});

describe.each([
  { how: 'as they are', change: (letter: CarriedLetter) => letter },
  { how: 'with every mark of a machine taken off on the way', change: disguised },
])('two houses pointed at each other, their letters carried $how', ({ how, change }) => {
  const house = { kolkata: undefined as TestHouse | undefined, howrah: undefined as TestHouse | undefined };
  let carrier: Carrier;

  beforeEach(async () => {
    carrier = await openCarrier(change);
    house.kolkata = await openPlace(KOLKATA, carrier, clock);
    house.howrah = await openPlace(HOWRAH, carrier, clock);
  });
  afterEach(async () => {
    await house.kolkata?.[Symbol.asyncDispose]();
    await house.howrah?.[Symbol.asyncDispose]();
    await carrier[Symbol.asyncDispose]();
  });

  /** An hour in which somebody sets the two on each other again and again; what was sent each time. */
  async function anHour(): Promise<number[]> {
    const { kolkata, howrah } = house;
    if (!kolkata || !howrah) throw new Error('no house is open');
    const sent: number[] = [];
    for (let minute = 0; minute < HOUR; minute += STEP) {
      const before = between(carrier);
      const from = HOWRAH.station;
      await Promise.all([
        strike(kolkata, KOLKATA.station, { from, ...newWords(minute) }),
        strike(kolkata, KOLKATA.station, { from, subject: 'Again', text: 'Nobody has come to us yet.' }),
      ]);
      await settled([kolkata, howrah], () => carrier.taken.length);
      sent.push(between(carrier) - before);
      clock.advance(STEP * MINUTE);
      await kolkata.daemon.sweep();
      await howrah.daemon.sweep();
    }
    await settled([kolkata, howrah], () => carrier.taken.length);
    return sent;
  }

  it(
    'exchange no more letters in an hour than the budgets allow, then fall silent',
    async () => {
      const sent = await anHour();
      const { kolkata, howrah } = house;
      if (!kolkata || !howrah) throw new Error('no house is open');
      process.stderr.write(
        `${how}: ${between(carrier)} letters in an hour, ${sent.filter((n) => n > 0).length} times out of ${sent.length}; ` +
          `tickets ${(await ticketsOf(kolkata)).length} and ${(await ticketsOf(howrah)).length}\n`,
      );
      expect(sentTo(carrier, HOWRAH.station).length).toBe(STATION.hour);
      expect(sentTo(carrier, KOLKATA.station).length).toBeLessThanOrEqual(STATION.hour);
      // Nothing any more from the minute on in which the hour's budget was used up.
      expect(sent.slice(14 / STEP).every((count) => count === 0)).toBe(true);
      expect(alarms(carrier)).toEqual([]);
      // Not a letter was lost on the way to a ticket, and what was said again is one ticket with a counter.
      const again = (await ticketsOf(kolkata)).filter(({ subject }) => subject === 'Again');
      expect(again).toMatchObject([{ repeats: HOUR / STEP - 1 }]);
      const answers = sentTo(carrier, KOLKATA.station).length;
      expect(await ticketsOf(kolkata)).toHaveLength(HOUR / STEP + 1 + answers);
      expect(await ticketsOf(howrah)).toHaveLength(sentTo(carrier, HOWRAH.station).length);
    },
    PATIENCE_MS,
  );
});

const ROBOT = 'orders@shop.example';

describe.each([
  { from: 'one address', addressFor: (_n: number) => ROBOT },
  { from: 'an address for each letter', addressFor: (n: number) => `orders+${n}@shop.example` },
])('a robot that answers everything in other words each time, from $from', ({ addressFor }) => {
  let house: TestHouse;
  let robot: Carrier;
  let answers: number;

  beforeEach(async () => {
    answers = 0;
    robot = await openCarrier(() => {
      answers += 1;
      const from = addressFor(HOUR + answers);
      const raw = Buffer.from(letterOf({ from, to: KOLKATA.station, ...newWords(HOUR + answers) }));
      return { from, to: KOLKATA.station, raw };
    });
    house = await openPlace(KOLKATA, robot, clock);
    robot.route(ROBOT, house.daemon.smtp[0]?.port ?? 0);
  });
  afterEach(async () => {
    await house[Symbol.asyncDispose]();
    await robot[Symbol.asyncDispose]();
  });

  it(
    'hears from us no oftener in an hour than the budgets allow, even if it begins anew all the time',
    async () => {
      const heard: number[] = [];
      for (let minute = 0; minute < HOUR; minute += STEP) {
        const before = sentTo(robot, ROBOT).length;
        await strike(house, KOLKATA.station, { from: addressFor(minute), ...newWords(minute) });
        await settled([house], () => robot.taken.length);
        heard.push(sentTo(robot, ROBOT).length - before);
        clock.advance(STEP * MINUTE);
        await house.daemon.sweep();
      }
      expect(heard[0]).toBe(STATION.tenMinutes);
      expect(sentTo(robot, ROBOT)).toHaveLength(STATION.hour);
      expect(heard.slice(12 / STEP).every((count) => count === 0)).toBe(true);
      expect(answers).toBe(STATION.hour);
      expect(alarms(robot)).toEqual([]);
      expect(await ticketsOf(house)).toHaveLength(HOUR / STEP + answers);
      const owed = await house.daemon.store.tickets.list({ owed: true, limit: 1_000 });
      expect(owed).toHaveLength(HOUR / STEP + answers - STATION.hour);
    },
    PATIENCE_MS,
  );
});
