import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TicketView } from '../../src/admin/views/ticket-view.js';
import type { Ticket } from '../../src/domain/ticket.js';
import { openTestHouse, type TestHouse } from './house.js';
import { openTicket } from './records.js';

let house: TestHouse;
let tickets: Ticket[];
beforeEach(async () => {
  house = await openTestHouse();
  tickets = [];
  const text =
    'The club at Lake Road plays very loud music since 10 pm and my old mother cannot sleep at all. Writer';
  for (const number of [1, 2, 3]) {
    const resident = { address: `r${number}@resident.example`, name: '', verdict: 'aligned' as const };
    tickets.push(await openTicket(house, { number: 2000 + number, text: `${text} ${number}`, resident }));
  }
  await house.run('sweep', '--now');
});
afterEach(() => house.close());

const ref = (index: number) => tickets[index]?.reference ?? '';
const all = () => [ref(0), ref(1), ref(2)];
const show = async (index: number): Promise<TicketView> =>
  (await house.run('ticket', 'show', ref(index), '--json')).json();

describe('matter list and ticket show', () => {
  it('tell what is suggested, and why', async () => {
    const list = (await house.run('matter', 'list', '--json')).json();
    const reasons = expect.arrayContaining(['nearly the same text']);
    expect(list).toEqual([
      {
        reference: ref(0),
        station: 'behala',
        subject: 'Street light',
        state: 'new',
        officer: null,
        children: [],
        suggested: [
          { reference: ref(1), reasons },
          { reference: ref(2), reasons },
        ],
      },
    ]);
    expect((await show(1)).sameMatter).toEqual([{ reference: ref(0), reasons, state: 'suggested' }]);
    const page = (await house.run('ticket', 'show', ref(1))).out;
    expect(page).toMatch(/Same matter\? +BEHALA.*nearly the same text/);
    const { out } = await house.run('matter', 'list', '--station', 'BEHALA');
    expect(out.split('\n')[1]).toMatch(new RegExp(`^${ref(0)}  ${ref(1)}  suggested: `));
  });

  it('say so when there is nothing, and which station is unknown', async () => {
    const nothing = await house.run('matter', 'list', '--station', 'laketown', '--json');
    expect(nothing).toMatchObject({ code: 0, out: '[]\n' });
    expect((await house.run('matter', 'list', '--station', 'nowhere')).code).not.toBe(0);
  });
});

describe('matter gather, leave and dismiss', () => {
  it('make a parent and children, which show each other', async () => {
    const { code, out } = await house.run('matter', 'gather', ...all());
    expect({ code, out }).toEqual({
      code: 0,
      out: `${ref(1)} was gathered under ${ref(0)}.\n${ref(2)} was gathered under ${ref(0)}.\n`,
    });
    expect(await show(0)).toMatchObject({ parent: null, children: [ref(1), ref(2)] });
    expect(await show(1)).toMatchObject({ parent: ref(0), children: [] });
    const again = await house.run('matter', 'gather', ref(0), ref(1), '--json');
    expect(again.code).toBe(5);
    expect(again.json()).toMatchObject([{ done: false, code: 'conflict' }]);
    expect((await house.run('matter', 'leave', ref(1))).code).toBe(0);
    expect((await show(0)).children).toEqual([ref(2)]);
  });

  it('change nothing with --dry-run', async () => {
    const { code, out } = await house.run('matter', 'gather', ref(0), ref(1), '--dry-run');
    expect({ code, out }).toEqual({ code: 0, out: `${ref(1)} would be gathered under ${ref(0)}.\n` });
    expect((await show(0)).children).toEqual([]);
  });

  it('dismiss what is another matter', async () => {
    expect((await house.run('matter', 'dismiss', ref(0), ref(1))).code).toBe(0);
    const states = (await show(0)).sameMatter.map(({ state }) => state);
    expect(states.sort()).toEqual(['dismissed', 'suggested']);
    await house.run('matter', 'dismiss', ref(2), ref(0));
    expect((await house.run('matter', 'list', '--json')).json()).toEqual([]);
  });

  it.each([['gather'], ['dismiss']])('%s wants two tickets', async (name) => {
    expect((await house.run('matter', name, ref(0))).code).toBe(2);
  });
});

describe('one deed for all', () => {
  const close = (...more: string[]) =>
    house.run('matter', 'close', ref(0), '--outcome', 'resolved', '--text', 'Stopped.', ...more);

  it('closes each with a letter of its own', async () => {
    await house.run('matter', 'gather', ...all());
    const { code, out } = await close();
    const order = [ref(1), ref(2), ref(0)];
    expect({ code, out }).toEqual({
      code: 0,
      out: order.map((reference) => `${reference} was closed as resolved.\n`).join(''),
    });
    for (const { id, resident } of tickets) {
      const [letter] = (await house.store.outbox.list({ ticketId: id, limit: 5 })).map((one) => one.letter);
      expect(letter).toMatchObject({ kind: 'closure', to: resident.address });
      expect(all().filter((reference) => JSON.stringify(letter).includes(reference))).toHaveLength(1);
    }
  });

  it('names what is refused, closes the rest and ends with 5', async () => {
    await house.run('matter', 'gather', ...all());
    await house.run('ticket', 'register', ref(1), '--substance', 'Noise.');
    const { code, json } = await close('--json');
    expect(code).toBe(5);
    expect(json()).toMatchObject([
      { reference: ref(1), done: false, code: 'conflict' },
      { reference: ref(2), done: true },
      { reference: ref(0), done: true },
    ]);
    const views = [await show(0), await show(1), await show(2)];
    expect(views.map(({ state }) => state)).toEqual(['closed', 'open', 'closed']);
  });

  it('checks the right to each, and ends with 5 when it is missing', async () => {
    await house.run('matter', 'gather', ...all());
    const argv = ['matter', 'reply', ref(0), '--text', 'We are on it.', '--by', 'aud', '--json'];
    const { code, json } = await house.run(...argv);
    expect(code).toBe(5);
    expect((json() as { code: string }[]).map((one) => one.code)).toEqual(Array(3).fill('not-allowed'));
  });

  it('answers everybody', async () => {
    await house.run('matter', 'gather', ...all());
    const { code, out } = await house.run('matter', 'reply', ref(0), '--text', 'We are on it.');
    expect({ code, lines: out.trim().split('\n').length }).toEqual({ code: 0, lines: 3 });
  });

  it('says what to do with a child, and with a ticket alone', async () => {
    await house.run('matter', 'gather', ref(0), ref(1));
    const child = await house.run('matter', 'reply', ref(1), '--text', 'x');
    expect(child).toMatchObject({ code: 5, out: '' });
    expect(child.err).toContain(`under ${ref(0)}, do it there`);
    expect((await house.run('matter', 'reply', ref(2), '--text', 'x')).code).toBe(5);
  });
});
