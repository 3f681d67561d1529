import { afterEach, beforeEach, expect, it } from 'vitest';
import { OPERATOR } from '../../src/domain/rights.js';
import { type City, openCity } from '../simulation/city.js';

let city: City;
beforeEach(async () => {
  city = await openCity({ stations: 2, start: '2026-10-05T04:30:00.000Z' });
});
afterEach(async () => {
  await city.close();
  city.log.expectNoWarnings();
});

async function write(n: number, headers: { name: string; value: string }[] = []) {
  const message = { subject: 'Letter', text: `Something happened in house number ${n}.`, headers };
  const filed = await city.file({ to: ['s0@kolkatapolice.example'], from: 'rita@home.example', message });
  return filed.references[0] ?? '';
}

it('an officer sends the receipt that exceeded the budget, and the clock is met by it', async () => {
  let reference = '';
  for (let n = 0; n < 3; n += 1) reference = await write(n);
  await city.outbox.runOnce();
  expect(city.delivered).toHaveLength(2);
  await city.desk.sendAcknowledgement({ actor: OPERATOR, reference });
  await city.outbox.runOnce();
  expect(city.delivered.at(-1)?.text).toContain(reference);
  const { id } = await city.ticket(reference);
  expect(await city.store.clocks.ofTicket(id)).toMatchObject([
    { name: 'acknowledgement', state: 'met' },
    {},
    {},
  ]);
  const again = city.desk.sendAcknowledgement({ actor: OPERATOR, reference });
  await expect(again).rejects.toMatchObject({ code: 'conflict' });
});

it('nobody sends one to a robot', async () => {
  const reference = await write(1, [{ name: 'auto-submitted', value: 'auto-replied' }]);
  const deed = city.desk.sendAcknowledgement({ actor: OPERATOR, reference });
  await expect(deed).rejects.toThrow(/withheld for good \(auto-submitted\)/);
});
