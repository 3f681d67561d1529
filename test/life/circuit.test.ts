// More letters than receipts may go out: the IT cell is told once, receipts rest, and go again by themselves.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OPERATOR } from '../../src/domain/rights.js';
import { type FixedClock, fixedClock } from '../support/clock.js';
import { aLetter, openHouse, type TestHouse } from '../support/house.js';

const TEN_MINUTES = 600_000;
const IT_CELL = 'it@kolkatapolice.example';
const RULES = `
it_cell: ${IT_CELL}
sender_auth: { mode: off }
smtp:
  listen: [{ host: 127.0.0.1, port: 0 }]
  disk_floor_bytes: 0
  trusted_relays: [127.0.0.1]
acknowledgement: { allowance: { all_per_ten_minutes: 3 } }
`;

let house: TestHouse;
let clock: FixedClock;
beforeEach(async () => {
  clock = fixedClock();
  house = await openHouse(RULES, { clock });
});
afterEach(() => house[Symbol.asyncDispose]());

let written = 0;

/** One letter of each of `count` residents, and all that comes of them. */
async function write(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    written += 1;
    const from = `resident${written}@home${written}.example`;
    const raw = aLetter({ text: `Something happened in house ${written}.` }).replaceAll(
      'rita@home.example',
      from,
    );
    await house.send({ from, raw });
  }
  await house.daemon.idle();
}

const receipts = async () =>
  (await house.sent()).filter(({ subject }) => subject?.startsWith('We have received'));
const alarms = async () => (await house.sent()).filter(({ subject }) => subject?.includes('receipts rest'));
const owed = () => house.daemon.store.tickets.list({ owed: true, limit: 100 });
const told = () =>
  house.log.takeWarnings().map(({ message, fields }) => [message, fields.limit, fields.until]);

async function metric(name: string): Promise<string | undefined> {
  const response = await fetch(`http://127.0.0.1:${house.daemon.webPort}/metrics`);
  return new RegExp(`^${name} (.*)$`, 'm').exec(await response.text())?.[1];
}

const LINE = 'far too many letters: receipts are withheld for a while, and the IT cell is told';

it('tells the IT cell once, keeps every letter, and sends again when the time is over', async () => {
  await write(9);
  expect(await receipts()).toHaveLength(3);
  expect(await owed()).toHaveLength(6);
  const [alarm, ...others] = await alarms();
  expect(others).toEqual([]);
  expect([alarm?.to].flat()[0]?.text).toBe(IT_CELL);
  expect(alarm?.headers.get('auto-submitted')).toBe('auto-generated');
  expect(alarm?.subject).toBe('Automatic receipts rest until 24 November 2026, 9:40 am');
  expect(alarm?.text?.replace(/\s+/g, ' ')).toContain('3 have gone to everybody');
  expect(told()).toEqual([[LINE, 3, '2026-11-24T04:10:00.000Z']]);
  expect(await metric('thanadak_acknowledgement_alarms_total')).toBe('1');
  expect(await metric('thanadak_acknowledgements_suppressed_total{reason="budget-all"}')).toBe('6');

  clock.advance(TEN_MINUTES);
  await write(3);
  expect(await receipts()).toHaveLength(6);
  expect(await alarms()).toHaveLength(1);
  expect(told()).toEqual([]);
});

it('tells the IT cell again in the next window in which it happens', async () => {
  await write(4);
  clock.advance(TEN_MINUTES);
  await write(6);
  expect(await alarms()).toHaveLength(2);
  expect(told().map(([, , until]) => until)).toEqual([
    '2026-11-24T04:10:00.000Z',
    '2026-11-24T04:20:00.000Z',
  ]);
});

it('lets an officer send what was withheld, whatever the budget says', async () => {
  await write(5);
  const tickets = await owed();
  expect(tickets).toHaveLength(2);
  for (const { reference } of tickets)
    await house.daemon.desk.sendAcknowledgement({ actor: OPERATOR, reference });
  await house.daemon.idle();
  expect(await receipts()).toHaveLength(5);
  expect(await owed()).toEqual([]);
  expect(told()).toHaveLength(1);
});

it('bounds nobody on the machine itself by default', async () => {
  const unbounded = await openHouse(RULES.replace('  trusted_relays: [127.0.0.1]\n', ''), { clock });
  for (let n = 0; n < 8; n += 1)
    await unbounded.send({ raw: aLetter({ text: `Something happened in house ${n}.` }) });
  await unbounded.daemon.idle();
  expect(await unbounded.sent()).toHaveLength(8);
  await unbounded[Symbol.asyncDispose]();
});
