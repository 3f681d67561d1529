import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from './house.js';
import { openTicket } from './records.js';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

function letter(id: string, text: string, urgency: string) {
  return { id, language: 'en', subject: 'Letter', text, urgency, category: 'OTHER' };
}

function fileOf(name: string, lines: readonly string[]): string {
  const file = join(house.folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

const LETTERS = [
  letter('e1', 'He has a knife.', 'urgent'),
  letter('e2', 'He has a gun.', 'urgent'),
  letter('e3', 'I sell a knife.', 'non-urgent'),
  letter('e4', 'My file is lost.', 'non-urgent'),
];

describe('triage evaluate', () => {
  it('gives figures for each language and all', async () => {
    const file = fileOf('letters.jsonl', [...LETTERS.map((one) => JSON.stringify(one)), '']);
    const { code, json } = await house.run('triage', 'evaluate', file, '--json');
    expect(code).toBe(0);
    expect(json()).toMatchObject([
      {
        language: 'en',
        n: 4,
        urgentRecall: 0.5,
        overTriage: 0.5,
        missed: ['e2'],
        falselyUrgent: ['e3'],
        confusion: { urgent: { urgent: 1, 'non-urgent': 1 }, 'non-urgent': { urgent: 1, 'non-urgent': 1 } },
      },
      { language: 'all', n: 4 },
    ]);
    const { out } = await house.run('triage', 'evaluate', file);
    expect(out).toMatch(
      /^LANGUAGE +LETTERS +URGENT FOUND +WRONGLY URGENT +CATEGORY RIGHT\nen +4 +50\.0 % +50\.0 %/,
    );
    expect(out).toMatch(/\nis \\ proposed +urgent +semi-urgent +non-urgent\nurgent +1 +0 +1\n/);
    expect(out).toContain('missed: e2\nwrongly urgent: e3\n');
  });

  it('tells what is wrong with a line, and where', async () => {
    const [first] = LETTERS;
    const file = fileOf('bad.jsonl', [
      JSON.stringify(first),
      'no json',
      '[]',
      JSON.stringify({ ...first, id: 'x', urgency: 'high' }),
      JSON.stringify({ id: 'y', language: 'en', urgency: 'urgent' }),
      JSON.stringify(first),
    ]);
    const { code, err } = await house.run('triage', 'evaluate', file);
    expect(code).toBe(2);
    expect(err).toBe(
      [
        `thanadak: ${file}:2: this is no JSON; each line holds one letter as an object`,
        `${file}:3: this is no JSON object`,
        `${file}:4: urgency must be one of urgent, semi-urgent, non-urgent`,
        `${file}:5: subject, text, category must be there, as text`,
        `${file}:6: the id e1 stands in line 1 already`,
        '',
      ].join('\n'),
    );
    expect((await house.run('triage', 'evaluate', '/no/such.jsonl')).code).toBe(2);
  });
});

describe('triage explain', () => {
  it('shows what was proposed for a ticket and which words made it', async () => {
    const fired = [{ word: 'knife', list: 'danger', weight: 2, softened: 'past' }];
    const proposal = { urgency: 'urgent' as const, category: 'OTHER', score: 2, fired };
    const { reference } = await openTicket(house, { number: 1, proposal });
    expect((await house.run('triage', 'explain', reference, '--json')).json()).toEqual(proposal);
    const told = 'urgent, OTHER, danger score 2\n  knife (danger 2, counted less: past)\n';
    expect((await house.run('triage', 'explain', reference)).out).toBe(told);
    expect((await house.run('ticket', 'show', reference)).out).toContain(
      'What the rules proposed\n    urgent, OTHER, danger score 2\n      knife (danger 2, counted less: past)\n',
    );
  });

  it('proposes for a text from stdin', async () => {
    const { json } = await house.runWith(
      'Please come, he has a knife!\n',
      'triage',
      'explain',
      '-',
      '--json',
    );
    expect(json()).toMatchObject({ urgency: 'urgent', fired: [{ word: 'knife', list: 'danger' }] });
  });

  it('ends with 3 for a ticket the rules did not judge', async () => {
    const { reference } = await openTicket(house, { number: 2 });
    expect((await house.run('triage', 'explain', reference)).code).toBe(3);
  });
});

describe('triage labels', () => {
  it('lists what officers said beside what the rules said', async () => {
    expect((await house.run('triage', 'labels')).err).toBe('No officer has judged a ticket yet.\n');
    const proposal = { urgency: 'urgent' as const, category: 'OTHER', score: 5, fired: [] };
    const { reference } = await openTicket(house, { number: 3, proposal });
    await house.run(
      'ticket',
      'triage',
      reference,
      '--urgency',
      'non-urgent',
      '--category',
      'CIVIC',
      '--by',
      'si-roy',
    );
    expect((await house.run('triage', 'labels', '--json')).json()).toEqual([
      {
        ticket: reference,
        at: '2026-11-24T09:35:00.000Z',
        actor: 'si-roy',
        proposedUrgency: 'urgent',
        proposedCategory: 'OTHER',
        urgency: 'non-urgent',
        category: 'CIVIC',
      },
    ]);
    expect((await house.run('triage', 'labels')).out).toMatch(/si-roy +urgent, OTHER +non-urgent, CIVIC\n/);
  });
});
