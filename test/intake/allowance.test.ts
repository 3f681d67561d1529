import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPERATOR } from '../../src/domain/rights.js';
import { type City, openCity } from '../simulation/city.js';

const HOUR = 3_600_000;
let city: City;
beforeEach(async () => {
  city = await openCity({ stations: 2, start: '2026-10-05T04:30:00.000Z' });
});
afterEach(async () => {
  await city.close();
  city.log.expectNoWarnings();
});

async function write(text: string, from = 'rita@home.example', station = 's0') {
  const message = { subject: 'Letter', text, from: { address: from, name: '' } };
  return city.file({ to: [`${station}@kolkatapolice.example`], from, message });
}

describe('a storm of letters', () => {
  it('in the name of one address is acknowledged no oftener than allowed, and every letter is a ticket', async () => {
    const reasons: (string | null)[] = [];
    for (let n = 0; n < 8; n += 1)
      reasons.push((await write(`Something else happened in house ${n}.`)).suppressed);
    expect(reasons).toEqual([
      null,
      null,
      null,
      null,
      null,
      'allowance-station',
      'allowance-station',
      'allowance-station',
    ]);
    expect(await city.store.tickets.list({ limit: 20 })).toHaveLength(8);
    expect(await city.store.tickets.list({ owed: true, limit: 20 })).toHaveLength(3);
  });

  it('over several stations is bounded for the address', async () => {
    const reasons: (string | null)[] = [];
    for (let n = 0; n < 12; n += 1) {
      reasons.push(
        (await write(`Something else happened in house ${n}.`, 'rita@home.example', `s${n % 2}`)).suppressed,
      );
    }
    expect(reasons.filter((reason) => reason === null)).toHaveLength(10);
    expect(reasons.at(-1)).toMatch(/^allowance-/);
  });

  it('does not touch others, and is over in the next hour', async () => {
    for (let n = 0; n < 8; n += 1) await write(`Something else happened in house ${n}.`);
    expect((await write('My own matter is another one.', 'honest@home.example')).suppressed).toBeNull();
    city.clock.advance(HOUR);
    expect((await write('One more thing happened today.')).suppressed).toBeNull();
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
    expect(await write('The music is loud again, please come.', from, station)).toMatchObject({
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
