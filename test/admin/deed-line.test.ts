import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TicketView } from '../../src/admin/views/ticket-view.js';
import { doDeed, openFreshTicket } from './deeds.js';
import { NOW, openTestHouse, type TestHouse } from './house.js';

let house: TestHouse;

beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const fresh = () => openFreshTicket(house);
const deed = (...argv: string[]) => doDeed(house, ...argv);

describe('who does it', () => {
  it('is the officer named with --by', async () => {
    const { reference } = await fresh();
    const done = await deed('note', reference, '--text', 'Seen.', '--by', 'si-roy');
    expect(done.notes[0]).toMatchObject({ actor: 'si-roy', text: 'Seen.' });
    expect(done.journal.at(-1)).toMatchObject({ actor: 'si-roy', event: 'noted', text: 'Seen.' });
    expect((await house.run('ticket', 'show', reference)).out).toMatch(
      /si-roy {2}noted {2}noteId=\S+\n +Seen\.\n/,
    );
  });

  it.each([
    ['nobody', 3, 'There is no officer nobody.'],
    ['si-lake', 4, 'si-lake may not act on'],
    ['aud', 4, 'auditors read and do not act'],
    ['si-off', 4, 'si-off is disabled'],
  ])('--by %s ends with %i', async (by, expected, why) => {
    await house.run('officer', 'add', 'si-off', '--name', 'X', '--rank', 'si', '--station', 'behala');
    await house.run('officer', 'disable', 'si-off');
    const { reference } = await fresh();
    const { code, err } = await house.run('ticket', 'note', reference, '--text', 'x', '--by', by);
    expect(code).toBe(expected);
    expect(err).toContain(why);
    expect((await house.store.tickets.find(reference))?.version).toBe(0);
  });
});

describe('somebody faster', () => {
  it('makes the deed that was started before end with 5', async () => {
    const { reference } = await fresh();
    await deed('note', reference, '--text', 'first');
    house.setStartedAt(NOW);
    const { code, err } = await house.run('ticket', 'note', reference, '--text', 'second');
    const rehearsed = await house.run('ticket', 'note', reference, '--text', 'second', '--dry-run');
    house.setStartedAt(undefined);
    expect(code).toBe(5);
    expect(err).toContain(`Somebody else has just changed ${reference}`);
    expect(rehearsed.code).toBe(5);
  });

  it('is seen by the version too', async () => {
    const { reference } = await fresh();
    const { version } = await deed('note', reference, '--text', 'first', '--if-version', '0');
    expect(version).toBe(1);
    const late = await house.run('ticket', 'note', reference, '--text', 'x', '--if-version', '0', '--json');
    expect(late.code).toBe(5);
    expect(JSON.parse(late.err).error.code).toBe('conflict');
    await deed('note', reference, '--text', 'second', '--if-version', '1');
  });
});

describe('what the state does not allow', () => {
  it('ends with 5 and the mend, with and without --dry-run', async () => {
    const { reference } = await fresh();
    for (const more of [[], ['--dry-run']]) {
      const { code, err } = await house.run('ticket', 'resume', reference, ...more);
      expect(code).toBe(5);
      expect(err).toContain(`${reference} is not waiting; it is`);
    }
  });

  it.each([
    [
      ['close', 'REF', '--outcome', 'solved-it', '--text', 'x'],
      2,
      'There is no outcome solved-it. Known are',
    ],
    [['assign', 'REF', '--officer', 'si-none'], 3, 'There is no officer si-none'],
    [['transfer', 'REF', '--to', 'nowhere', '--reason', 'x'], 2, 'There is no station nowhere'],
    [['refer', 'REF', '--agency', 'fire', '--text', 'x'], 3, 'There is no agency fire'],
    [['wait', 'REF', '--for', 'agency', '--until', '2026-11-01'], 2, 'A wait must end in the future'],
    [['wait', 'REF', '--for', 'agency', '--until', 'tomorrow'], 2, '"tomorrow" is no such time; give 3d'],
    [['close', 'REF', '--outcome', 'not-ours', '--text', 'x'], 5, 'was not passed on'],
    [['progress', 'REF', '--text', 'x'], 5, 'has no FIR number'],
    [['note', 'BEHALA-26-000001-0', '--text', 'x'], 2, 'is mistyped'],
    [['note', 'REF', '--text', '  '], 2, 'The note is empty'],
  ])('%j ends with %i', async (argv, expected, why) => {
    const { reference } = await fresh();
    const { code, out, err } = await house.run(
      'ticket',
      ...argv.map((word) => (word === 'REF' ? reference : word)),
    );
    expect({ code, out }).toEqual({ code: expected, out: '' });
    expect(err).toContain(why);
    expect((await house.store.tickets.find(reference))?.version).toBe(0);
  });
});

describe('a mistake on the line of a deed', () => {
  it.each([
    [['triage', 'X'], 'Give --urgency, --category, or both.'],
    [['record', 'X'], 'Give --fir, --gd, or both.'],
    [['close', 'X', '--text', 'x'], "required option '--outcome <outcome>' not specified"],
    [['wait', 'X', '--for', 'nobody', '--until', '3d'], "'nobody' is invalid"],
    [['note', 'X', '--text', 'x', '--if-version', 'one'], 'It must be a number'],
    [['note', 'X', 'Y', '--text', 'x', '--if-version', '1'], '--if-version is for one ticket alone.'],
    [['note', '-', '--text', '-'], 'References and text cannot both come from stdin'],
    [['note', '-', 'X', '--text', 'x'], 'give no others besides'],
    [['note', 'X', '--text', '@/no/such/file'], '/no/such/file cannot be read'],
    [['split', 'X', 'Y', '--message', 'M'], 'too many arguments'],
  ])('%j ends with 2 before the house is opened', async (argv, why) => {
    const { code, out, err } = await house.run('ticket', ...argv, '--config', 'wrong.yaml');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(why);
  });
});

describe('the text of a deed', () => {
  it('comes from stdin, from a file, or stands on the line', async () => {
    const { reference } = await fresh();
    const file = join(house.folder, 'note.txt');
    writeFileSync(file, 'বাংলা\nfrom a file\n');
    await house.runWith('from stdin\n', 'ticket', 'note', reference, '--text', '-');
    await house.run('ticket', 'note', reference, '--text', `@${file}`);
    await house.run('ticket', 'note', reference, '--text', '@@si-roy please look');
    const { notes }: TicketView = (await house.run('ticket', 'show', reference, '--json')).json();
    expect(notes.map(({ text }) => text)).toEqual(['from stdin', 'বাংলা\nfrom a file', '@si-roy please look']);
  });

  it('must be UTF-8', async () => {
    const { reference } = await fresh();
    const file = join(house.folder, 'latin.txt');
    writeFileSync(file, Buffer.from('caf\xe9', 'latin1'));
    const { code, err } = await house.run('ticket', 'note', reference, '--text', `@${file}`);
    expect(code).toBe(2);
    expect(err).toContain('is not UTF-8 text');
  });
});

describe('a deed on many', () => {
  it('tries all, says of each what became of it, and ends with the code of the first failure', async () => {
    const [one, two, three] = [await fresh(), await fresh(), await fresh()];
    await deed('close', two.reference, '--outcome', 'resolved', '--text', 'x');
    const argv = ['assign', one.reference, two.reference, 'BEHALA-26-999999-Z', three.reference];
    const { code, json } = await house.run('ticket', ...argv, '--officer', 'si-roy', '--json');
    expect(code).toBe(5);
    expect(json()).toEqual([
      { reference: one.reference, done: true, code: null, error: null },
      {
        reference: two.reference,
        done: false,
        code: 'conflict',
        error: `${two.reference} is closed; reopen it first.`,
      },
      { reference: 'BEHALA-26-999999-Z', done: false, code: 'invalid', error: expect.any(String) },
      { reference: three.reference, done: true, code: null, error: null },
    ]);
    expect((await house.store.tickets.find(three.reference))?.officer).toBe('si-roy');
  });

  it('takes references from stdin, each once, and says a line each to people', async () => {
    const [one, two] = [await fresh(), await fresh()];
    const stdin = `# those of today\n\n${one.reference}\r\n  ${two.reference.toLowerCase()} \n${one.reference}\n`;
    const { code, out, err } = await house.runWith(stdin, 'ticket', 'note', '-', '--text', 'Seen.');
    expect({ code, out, err }).toEqual({
      code: 0,
      out: `${one.reference} was given a note.\n${two.reference} was given a note.\n`,
      err: '',
    });
    const { notes }: TicketView = (await house.run('ticket', 'show', one.reference, '--json')).json();
    expect(notes).toHaveLength(1);
  });

  it('is an array with --json even when stdin holds one reference, or none', async () => {
    const { reference } = await fresh();
    const one = await house.runWith(reference, 'ticket', 'note', '-', '--text', 'x', '--json');
    expect(one.json()).toEqual([{ reference, done: true, code: null, error: null }]);
    const none = await house.runWith('\n', 'ticket', 'note', '-', '--text', 'x', '--json');
    expect({ code: none.code, json: none.json() }).toEqual({ code: 0, json: [] });
  });

  it('says with --dry-run which would be refused, and why', async () => {
    const [one, two] = [await fresh(), await fresh()];
    await deed('close', two.reference, '--outcome', 'resolved', '--text', 'x');
    const argv = ['close', one.reference, two.reference, '--outcome', 'resolved', '--text', 'x', '--dry-run'];
    const { code, json } = await house.run('ticket', ...argv, '--json');
    expect(code).toBe(5);
    expect(json()).toMatchObject([
      { reference: one.reference, done: false, wouldBeDone: true, code: null },
      { reference: two.reference, done: false, wouldBeDone: false, code: 'conflict' },
    ]);
    expect((await house.run('ticket', ...argv)).out).toBe(
      `${one.reference} would be closed as resolved.\n${two.reference} would be refused: ${two.reference} is closed; reopen it first.\n`,
    );
    expect((await house.store.tickets.find(one.reference))?.state).toBe('new');
  });
});
