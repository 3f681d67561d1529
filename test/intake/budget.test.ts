import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUDGET_RULES, budgetCounters, circuitCounters } from '../../src/domain/budget.js';
import { OPERATOR } from '../../src/domain/rights.js';
import { filingRules } from '../../src/settings.js';
import { type City, openCity } from '../simulation/city.js';

const HOUR = 3_600_000;
/** One for each ten minutes, so that every letter has a subject of its own. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyzäöüß';
let city: City;
beforeEach(async () => {
  city = await openCity({ stations: 4, start: '2026-10-05T04:30:00.000Z' });
});
afterEach(async () => {
  await city.close();
  city.log.expectNoWarnings();
});

const SUBJECTS = [
  'Noise',
  'Theft',
  'Parking',
  'Drain',
  'Dogs',
  'Music',
  'Lamp',
  'Shop',
  'Gate',
  'Wall',
  'Bell',
  'Tree',
];

interface Written {
  from?: string;
  station?: string;
  subject?: string;
}

const filingBudget = () => filingRules(city.config, city.rules.templates).acknowledgement.budget;

async function write(text: string, { from = 'rita@home.example', station = 's0', ...letter }: Written = {}) {
  const message = { subject: letter.subject ?? 'Letter', text, from: { address: from, name: '' } };
  return city.file({ to: [`${station}@kolkatapolice.example`], from, message });
}

/** One letter about each subject, to the stations in turn; what became of their receipts. */
async function storm(count: number, stations = ['s0']): Promise<(string | null)[]> {
  const reasons: (string | null)[] = [];
  for (const [n, subject] of SUBJECTS.slice(0, count).entries()) {
    const station = stations[n % stations.length];
    const filed = await write(`Something else happened in house ${n}.`, {
      subject,
      ...(station && { station }),
    });
    reasons.push(filed.suppressed);
  }
  return reasons;
}

describe('a storm of letters', () => {
  it('in the name of one address is acknowledged no oftener than allowed, and every letter is a ticket', async () => {
    const reasons = await storm(8);
    expect(reasons).toEqual([null, null, null, ...Array(5).fill('budget-station')]);
    expect(await city.store.tickets.list({ limit: 20 })).toHaveLength(8);
    expect(await city.store.tickets.list({ owed: true, limit: 20 })).toHaveLength(5);
  });

  it('climbs the ladder: three in ten minutes, five in the hour, ten in the day', async () => {
    const sent: number[] = [];
    for (let tenMinutes = 0; tenMinutes < 30; tenMinutes += 1) {
      const reasons: (string | null)[] = [];
      for (const subject of ['Noise', 'Theft', 'Parking', 'Drain'].map(
        (word) => `${word} ${LETTERS[tenMinutes]}`,
      ))
        reasons.push((await write(`It happened again: ${subject}, in the evening.`, { subject })).suppressed);
      sent.push(reasons.filter((reason) => reason === null).length);
      city.clock.advance(HOUR / 6);
    }
    // From half past four on: the first hour has three windows of ten minutes.
    expect(sent).toEqual([3, 2, 0, 3, 2, ...Array(25).fill(0)]);
  });

  it('about one subject is acknowledged twice in the hour', async () => {
    const subjects = ['Noise', 'Re: noise', 'NOISE 7', 'Theft'];
    const reasons: (string | null)[] = [];
    for (const [n, subject] of subjects.entries())
      reasons.push((await write(`Something else happened in house ${n}.`, { subject })).suppressed);
    expect(reasons).toEqual([null, null, 'budget-subject', null]);
  });

  it('over several stations is bounded for the address', async () => {
    const reasons = await storm(12, ['s0', 's1', 's2', 's3']);
    expect(reasons.filter((reason) => reason === null)).toHaveLength(10);
    expect(reasons.slice(10)).toEqual(['budget-address', 'budget-address']);
  });

  it('does not touch others, and is over in the next hour', async () => {
    await storm(8);
    const honest = await write('My own matter is another one.', { from: 'honest@home.example' });
    expect(honest.suppressed).toBeNull();
    city.clock.advance(HOUR);
    expect((await write('One more thing happened today.')).suppressed).toBeNull();
  });

  it('uses up nothing by what is refused', async () => {
    await storm(8);
    const counters = budgetCounters(
      filingBudget(),
      { address: 'rita@home.example', stations: ['s0'], subject: 'Noise' },
      city.clock.now(),
    );
    const used = await city.store.allowances.used(counters);
    expect(Object.fromEntries(counters.map(({ reason }, index) => [reason, used[index]]))).toEqual({
      'budget-station': 3,
      'budget-subject': 1,
      'budget-address': 3,
      'budget-domain': 3,
      'budget-all': 3,
    });
  });

  it('is forgotten by the sweep of the next day', async () => {
    await storm(3);
    const counters = circuitCounters(filingBudget(), city.clock.now());
    await city.sla.sweep();
    expect(await city.store.allowances.used(counters)).toEqual([3, 3, 3]);
    city.clock.advance(24 * HOUR);
    await city.sla.sweep();
    expect(await city.store.allowances.used(counters)).toEqual([0, 0, 0]);
  });
});

describe('the rungs as they are configured by themselves', () => {
  it('are those of the rules', () => {
    expect(filingBudget()).toEqual(BUDGET_RULES);
  });
});

describe('a letter that says the same again', () => {
  it('joins the ticket with a counter, and is not acknowledged again', async () => {
    const [first] = (await write('The music is loud again, please come.')).references;
    const again = await write('The MUSIC is loud again -- please come!');
    expect(again).toMatchObject({ outcome: 'joined', references: [first] });
    expect(await city.ticket(first ?? '')).toMatchObject({ repeats: 1 });
    await city.outbox.runOnce();
    expect(city.delivered).toHaveLength(1);
  });

  it.each([
    ['of somebody else', 'ravi@home.example', 's0'],
    ['at another station', 'rita@home.example', 's1'],
  ])('%s is a ticket of its own', async (_name, from, station) => {
    await write('The music is loud again, please come.');
    expect(await write('The music is loud again, please come.', { from, station })).toMatchObject({
      outcome: 'opened',
    });
  });

  it('is a ticket of its own after a day, or when the first is closed', async () => {
    const [first = ''] = (await write('The music is loud again, please come.')).references;
    await city.desk.close({ actor: OPERATOR, reference: first, outcome: 'action-taken', text: 'Done.' });
    expect(await write('The music is loud again, please come.')).toMatchObject({ outcome: 'opened' });
    city.clock.advance(25 * HOUR);
    expect(await write('The music is loud again, please come.')).toMatchObject({ outcome: 'opened' });
  });

  it('of a few words only says nothing', async () => {
    await write('Help!');
    expect(await write('Help!')).toMatchObject({ outcome: 'opened' });
  });
});
