// A storm of letters must cost by their number, not by its square. Comparisons are counted, not seconds.
import { describe, expect, it } from 'vitest';
import { MOST_COMPARED } from '../../src/matters/alike.js';
import { createMatters, type MattersDone, MOST_A_PASS } from '../../src/matters/matters.js';
import type { Store } from '../../src/ports/store.js';
import { openInFolder } from '../contract/in-folder.js';
import { aMessage, aTicket, at, T0 } from '../contract/records.js';
import { recordingLog } from '../support/log.js';

const LETTERS = 3_000;
const NOISE =
  'The club at Lake Road plays very loud music since 10 pm and my old mother cannot sleep at all.';

/** A word made of syllables, another for each number. */
function word(n: number): string {
  const syllables = ['ka', 'mo', 'ri', 'tu', 'se', 'na', 'pu', 'li', 'go', 'ta', 'be', 'di', 'fo'];
  let rest = n * 2_654_435 + 17;
  let made = '';
  for (let i = 0; i < 4; i += 1) {
    made += syllables[rest % syllables.length];
    rest = Math.floor(rest / syllables.length);
  }
  return made;
}

const same = (n: number) => `${NOISE} ${word(n)}`;
const unlike = (n: number) =>
  `House ${n} of ${word(n)} Lane has no water since ${word(n * 7)}, says ${word(n * 13)} of floor ${n % 9} in anger.`;
const onePlace = (n: number) =>
  `At Lake Road ${1 + (n % 11)} pm ${word(n)} ${word(n * 3)} ${word(n * 5)} was seen with ${word(n * 11)}.`;
const mixed = (n: number) => [same, unlike, onePlace][n % 3]?.(n) ?? '';

async function storm(store: Store, textOf: (n: number) => string): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < LETTERS; from += 500) {
    await store.transact(async (unit) => {
      for (let n = from; n < from + 500; n += 1) {
        const ticket = aTicket({ receivedAt: at(n / 60) });
        await unit.tickets.open(ticket);
        await unit.messages.add(
          aMessage(ticket.id, { subject: '', text: textOf(n), receivedAt: ticket.receivedAt }),
        );
        ids.push(ticket.id);
      }
    });
  }
  return ids;
}

describe('a storm of 3,000 letters', () => {
  it.each([
    ['nearly alike', same, 2.5],
    ['of nothing alike', unlike, 20],
    ['of one place', onePlace, MOST_COMPARED],
    ['of all these', mixed, MOST_COMPARED],
  ])(
    '%s is compared with few each',
    async (_name, textOf, mostEach) => {
      await using under = await openInFolder();
      under.setNow(T0);
      const ids = await storm(under.store, textOf);
      const clock = { now: () => at(LETTERS / 60) };
      const log = recordingLog();
      const matters = createMatters({
        store: under.store,
        clock,
        log,
        isBusy: () => false,
        timeZone: () => 'Asia/Kolkata',
      });
      const total: MattersDone = { marked: 0, suggested: 0, compared: 0 };
      for (let done = await matters.pass(); done.marked > 0; done = await matters.pass()) {
        expect(done.marked).toBeLessThanOrEqual(MOST_A_PASS);
        for (const key of ['marked', 'suggested', 'compared'] as const) total[key] += done[key];
      }
      expect(total.marked).toBe(LETTERS);
      // All against all were 4,498,500.
      expect(total.compared / LETTERS).toBeLessThanOrEqual(mostEach);
      if (textOf === same) expect(total.suggested).toBe(LETTERS - 1);
      // Made words meet by chance here and there.
      if (textOf === unlike) expect(total.suggested).toBeLessThan(LETTERS / 100);
      log.expectNoWarnings();
      if (textOf !== same) return;
      const last = await under.store.tickets.findById(ids.at(-1) ?? '');
      if (!last) throw new Error('the last ticket is gone');
      expect((await under.store.matters.suggestedFor(last, 10)).map(({ other }) => other.id)).toEqual([
        ids[0],
      ]);
    },
    120_000,
  );
});

it('looks at few while letters stream in, and at the rest afterwards', async () => {
  await using under = await openInFolder();
  under.setNow(T0);
  await storm(under.store, unlike);
  let busy = true;
  const matters = createMatters({
    store: under.store,
    clock: { now: () => at(LETTERS / 60) },
    log: recordingLog(),
    isBusy: () => busy,
    timeZone: () => 'Asia/Kolkata',
  });
  expect((await matters.pass()).marked).toBe(100);
  busy = false;
  expect((await matters.pass()).marked).toBe(MOST_A_PASS);
}, 60_000);
