import { expect, it } from 'vitest';
import { OPERATOR } from '../../src/domain/rights.js';
import { fixedClock } from '../support/clock.js';
import { aLetter, openHouse } from '../support/house.js';

const MINUTE = 60_000;
const MODE = 'acknowledgement: { mode: officer-first, target: 60m, officer_window: 45m }';

async function openTicket(house: Awaited<ReturnType<typeof openHouse>>) {
  await house.send({ raw: aLetter() });
  await house.daemon.idle();
  const [ticket] = await house.daemon.store.tickets.list({ limit: 1 });
  return { id: ticket?.id ?? '', reference: ticket?.reference ?? '' };
}

async function acknowledgement(house: Awaited<ReturnType<typeof openHouse>>, id: string) {
  return (await house.daemon.store.clocks.ofTicket(id)).find(({ name }) => name === 'acknowledgement');
}

it('an officer who answers within the window takes the place of the automatic receipt', async () => {
  const clock = fixedClock();
  await using house = await openHouse(MODE, { clock });
  const { id, reference } = await openTicket(house);
  expect(await house.sent()).toEqual([]);
  clock.advance(30 * MINUTE);
  await house.daemon.desk.reply({ actor: OPERATOR, reference, text: 'We are on our way.' });
  await house.daemon.idle();
  expect(await acknowledgement(house, id)).toMatchObject({
    state: 'met',
    metAt: clock.now(),
    breachedAt: null,
  });
  clock.advance(60 * MINUTE);
  await house.daemon.idle();
  expect((await house.sent()).map(({ text }) => text?.includes('We are on our way.'))).toEqual([true]);
  const [receipt] = await house.daemon.store.outbox.list({ state: 'suppressed', limit: 5 });
  expect(receipt).toMatchObject({ reason: 'answered-personally' });
});

it('otherwise the automatic receipt goes before the hour is over', async () => {
  const clock = fixedClock();
  await using house = await openHouse(MODE, { clock });
  const { id } = await openTicket(house);
  clock.advance(45 * MINUTE);
  await expect.poll(() => house.sent(), { timeout: 5_000 }).toHaveLength(1);
  await house.daemon.idle();
  expect(await acknowledgement(house, id)).toMatchObject({ state: 'met', breachedAt: null });
});
