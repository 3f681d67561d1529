// Whoever bombs a station must not make it bomb its officers.
import { expect, it } from 'vitest';
import { fixedClock } from '../support/clock.js';
import { aLetter, openHouse } from '../support/house.js';

const LETTERS = 45;
const BOUND = 30;

it('an officer gets at most thirty notices in an hour, then the list, once; every step is told all the same', async () => {
  const clock = fixedClock('2026-11-24T04:00:00.000Z');
  await using house = await openHouse('sla: { non-urgent: { first_action: 60m } }', { clock });
  for (let number = 0; number < LETTERS; number += 1) {
    const text = `Please mend lamp post ${number}, which has been dark since the rains.`;
    await house.send({ raw: aLetter({ subject: `Lamp ${number}`, text }) });
  }
  await house.daemon.idle();
  clock.advance(70 * 60_000);
  await house.daemon.sweep();
  await house.daemon.idle();
  const told = await house.daemon.store.escalations.list({ limit: 1_000 });
  const reached = new Map<string, number>();
  for (const name of told.flatMap((escalation) => escalation.told)) {
    reached.set(name, (reached.get(name) ?? 0) + 1);
  }
  const [most = 0] = [...reached.values()].sort((one, other) => other - one);
  expect(most).toBeGreaterThanOrEqual(LETTERS);
  const receivers = new Map<string, { notices: number; lists: number }>();
  for (const letter of await house.sent()) {
    const [to] = [letter.to].flat();
    const address = to?.value[0]?.address ?? '';
    if (address === 'rita@home.example') continue;
    const counted = receivers.get(address) ?? { notices: 0, lists: 0 };
    const isList = letter.subject?.startsWith('Open and waiting for you: ') ?? false;
    receivers.set(address, {
      notices: counted.notices + (isList ? 0 : 1),
      lists: counted.lists + (isList ? 1 : 0),
    });
  }
  expect([...receivers.values()]).toContainEqual({ notices: BOUND, lists: 1 });
  for (const { notices } of receivers.values()) expect(notices).toBeLessThanOrEqual(BOUND);
});
