import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ticketsOfMatter } from '../../src/desk/matters.js';
import { peopleOf } from '../../src/domain/people.js';
import { actorOf, OPERATOR } from '../../src/domain/rights.js';
import { type City, openCity } from '../simulation/city.js';

const START = '2026-10-05T16:30:00.000Z'; // Monday, 22:00 in Kolkata
const MINUTE = 60_000;

let city: City;
beforeEach(async () => {
  city = await openCity({ stations: 12, start: START });
});
afterEach(async () => {
  await city.close();
  city.log.expectNoWarnings();
});

let writers = 0;

/** A letter of somebody new. */
async function open(text: string, to = 's0'): Promise<string> {
  writers += 1;
  city.clock.advance(MINUTE);
  const message = { subject: 'Letter', text };
  const from = `resident${writers}@home.example`;
  const { references } = await city.file({ to: [`${to}@kolkatapolice.example`], from, message });
  await city.outbox.runOnce();
  return references[0] ?? '';
}

const NOISE =
  'The club at Lake Road plays very loud music since 10 pm and my old mother cannot sleep at all.';
const noise = (to?: string) => open(`${NOISE} I am writer ${writers}.`, to);
const order = (reference: string) => ({ actor: OPERATOR, reference });
const gather = (child: string, into: string) => city.desk.gather({ ...order(child), into });

async function events(reference: string): Promise<string[]> {
  const { id } = await city.ticket(reference);
  return (await city.store.journal.ofTicket(id)).map(({ event }) => event);
}

async function suggested(reference: string): Promise<[string, string][]> {
  const found = await city.store.matters.suggestedFor(await city.ticket(reference), 10);
  return found.map(({ other, state }) => [other.reference, state]);
}

async function officer(id: string) {
  const found = peopleOf(city.rules.officers, await city.store.officers.list()).get(id);
  if (!found) throw new Error(`no officer ${id}`);
  return actorOf(found);
}

async function childrenOf(reference: string): Promise<string[]> {
  const { id } = await city.ticket(reference);
  return (await city.store.matters.childrenOf(id)).map((child) => child.reference);
}

describe('finding', () => {
  it('suggests the first letter for each that is like it, and looks at each once', async () => {
    const [first, second] = [await noise(), await noise()];
    const other = await open('My purse was taken in the tram this morning, it held my voter card and keys.');
    expect(await city.matters.pass()).toMatchObject({ marked: 3, suggested: 1 });
    expect(await suggested(second)).toEqual([[first, 'suggested']]);
    expect(await suggested(other)).toEqual([]);
    const third = await noise();
    expect(await city.matters.pass()).toMatchObject({ marked: 1, suggested: 1, compared: 1 });
    expect(await suggested(first)).toEqual([
      [second, 'suggested'],
      [third, 'suggested'],
    ]);
    expect(await city.matters.pass()).toEqual({ marked: 0, suggested: 0, compared: 0 });
  });

  it('keeps stations apart', async () => {
    await noise('s0');
    await noise('s1');
    expect(await city.matters.pass()).toMatchObject({ marked: 2, suggested: 0 });
  });

  it('never suggests a restricted ticket to another, restricted before or afterwards', async () => {
    const [first, second] = [await noise(), await noise()];
    await city.desk.restrict({ ...order(second), restriction: 'named', reason: 'A child.' });
    expect(await city.matters.pass()).toMatchObject({ marked: 2, suggested: 0 });
    const third = await noise();
    await city.matters.pass();
    expect(await suggested(third)).toEqual([[first, 'suggested']]);
    await city.desk.restrict({ ...order(third), restriction: 'named', reason: 'A child.' });
    expect(await suggested(first)).toEqual([]);
    expect(await suggested(third)).toEqual([]);
  });

  it('lets the machine look at letters only, and not at robots', async () => {
    const headers = [{ name: 'auto-submitted', value: 'auto-replied' }];
    for (const from of ['robot1@home.example', 'robot2@home.example']) {
      await city.file({
        to: ['s0@kolkatapolice.example'],
        from,
        message: { subject: 'Away', text: NOISE, headers },
      });
    }
    expect(await city.matters.pass()).toMatchObject({ suggested: 0, compared: 0 });
  });
});

describe('gathering', () => {
  it('gives the child the officer of the parent and tells both journals', async () => {
    const [parent, child] = [await noise(), await noise()];
    await city.matters.pass();
    await city.desk.assign({ ...order(parent), officer: 'si-s0-a' });
    await gather(child, parent);
    expect(await city.ticket(child)).toMatchObject({ officer: 'si-s0-a', state: 'open' });
    expect(await suggested(child)).toEqual([[parent, 'gathered']]);
    expect(await events(child)).toEqual(expect.arrayContaining(['gathered', 'assigned']));
    expect(await events(parent)).toContain('child-gathered');
    const { id } = await city.ticket(child);
    const clocks = await city.store.clocks.ofTicket(id);
    expect(clocks.find(({ name }) => name === 'first-action')?.state).toBe('met');
  });

  it('keeps one officer for all: the open children follow their parent', async () => {
    const [parent, child, over] = [await noise(), await noise(), await noise()];
    await gather(child, parent);
    await gather(over, parent);
    await city.desk.close({ ...order(over), outcome: 'action-taken', text: 'Done.' });
    await city.desk.assign({ ...order(parent), officer: 'si-s0-b' });
    expect((await city.ticket(child)).officer).toBe('si-s0-b');
    expect((await city.ticket(over)).officer).toBeNull();
  });

  it.each<[string, () => Promise<[string, string]>, string, RegExp]>([
    ['itself', async () => Array(2).fill(await noise()) as [string, string], 'invalid', /under itself/],
    ['another station’s', async () => [await noise('s0'), await noise('s1')], 'conflict', /is at s1/],
    [
      'a closed one',
      async () => {
        const [child, parent] = [await noise(), await noise()];
        await city.desk.close({ ...order(parent), outcome: 'action-taken', text: 'Done.' });
        return [child, parent];
      },
      'conflict',
      /is closed/,
    ],
    [
      'one restricted otherwise',
      async () => {
        const [child, parent] = [await noise(), await noise()];
        await city.desk.restrict({ ...order(parent), restriction: 'named', reason: 'A child.' });
        return [child, parent];
      },
      'conflict',
      /may not be read by the same people/,
    ],
    [
      'a child',
      async () => {
        const [child, middle, parent] = [await noise(), await noise(), await noise()];
        await gather(middle, parent);
        return [child, middle];
      },
      'conflict',
      /gather under that one/,
    ],
    [
      'one while it is a parent',
      async () => {
        const [child, middle, parent] = [await noise(), await noise(), await noise()];
        await gather(child, middle);
        return [middle, parent];
      },
      'conflict',
      /let them leave it first/,
    ],
    [
      'the same twice',
      async () => {
        const [child, parent] = [await noise(), await noise()];
        await gather(child, parent);
        return [child, parent];
      },
      'conflict',
      /already/,
    ],
  ])('under %s is refused', async (_name, make, code, message) => {
    const [child, parent] = await make();
    const before = await city.ticket(child);
    await expect(gather(child, parent)).rejects.toMatchObject({ code });
    await expect(gather(child, parent)).rejects.toThrow(message);
    expect(await city.ticket(child)).toEqual(before);
  });

  it('is judged by the right to each of the two', async () => {
    const [child, parent] = [await noise(), await noise()];
    for (const reference of [child, parent])
      await city.desk.restrict({ ...order(reference), restriction: 'dc', reason: 'About us.' });
    const deed = city.desk.gather({ actor: await officer('si-s0-a'), reference: child, into: parent });
    await expect(deed).rejects.toMatchObject({ code: 'not-allowed' });
    expect(await childrenOf(parent)).toEqual([]);
    await gather(child, parent);
    expect(await childrenOf(parent)).toEqual([child]);
  });
});

describe('parting', () => {
  it('a child leaves and keeps its officer; whoever is no child cannot', async () => {
    const [parent, child] = [await noise(), await noise()];
    await city.desk.assign({ ...order(parent), officer: 'si-s0-a' });
    await gather(child, parent);
    await city.desk.leaveMatter(order(child));
    expect(await childrenOf(parent)).toEqual([]);
    expect(await city.ticket(child)).toMatchObject({ officer: 'si-s0-a' });
    expect(await events(parent)).toContain('child-left');
    await expect(city.desk.leaveMatter(order(child))).rejects.toThrow(/was not gathered/);
  });

  it.each<[string, (reference: string) => Promise<unknown>]>([
    [
      'restricted',
      (reference) => city.desk.restrict({ ...order(reference), restriction: 'named', reason: 'x' }),
    ],
    ['transferred', (reference) => city.desk.transfer({ ...order(reference), to: 's1', reason: 'There.' })],
    ['merged', async (reference) => city.desk.merge({ ...order(reference), into: await noise() })],
  ])('one that is %s stands alone, as child and as parent', async (_name, change) => {
    const [parent, child, stays] = [await noise(), await noise(), await noise()];
    await gather(child, parent);
    await gather(stays, parent);
    await change(child);
    expect(await childrenOf(parent)).toEqual([stays]);
    expect(await events(child)).toContain('left-matter');
    await change(parent);
    expect(await childrenOf(parent)).toEqual([]);
  });
});

describe('dismissing', () => {
  it('is kept as a label and ends the suggestion for both', async () => {
    const [first, second] = [await noise(), await noise()];
    await city.matters.pass();
    await city.desk.dismissMatter({ ...order(first), other: second });
    expect(await suggested(first)).toEqual([[second, 'dismissed']]);
    expect(await suggested(second)).toEqual([[first, 'dismissed']]);
    expect(await city.store.matters.heads({ limit: 10 })).toEqual([]);
    expect(await events(second)).toContain('suggestion-dismissed');
    expect((await city.ticket(first)).state).toBe('open');
  });

  it('is refused for what is gathered, and without the right to the other', async () => {
    const [first, second, third] = [await noise(), await noise(), await noise()];
    await gather(second, first);
    for (const [reference, other] of [
      [first, second],
      [second, first],
    ] as const) {
      const deed = city.desk.dismissMatter({ ...order(reference), other });
      await expect(deed).rejects.toThrow(`${second} was gathered under ${first}`);
    }
    await city.desk.restrict({ ...order(third), restriction: 'dc', reason: 'About us.' });
    const actor = await officer('si-s0-a');
    const deed = city.desk.dismissMatter({ actor, reference: first, other: third });
    await expect(deed).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

describe('the tickets of a matter', () => {
  it('are its children and then the parent, without the merged', async () => {
    const [parent, child] = [await noise(), await noise()];
    await gather(child, parent);
    const references = (await ticketsOfMatter(city.store, parent.toLowerCase())).map((one) => one.reference);
    expect(references).toEqual([child, parent]);
    await expect(ticketsOfMatter(city.store, child)).rejects.toThrow(`under ${parent}, do it there`);
    await expect(ticketsOfMatter(city.store, await noise())).rejects.toThrow(/gather some first/);
  });
});
