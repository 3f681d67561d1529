// What was taken, changed or put into a house is found and named.
import {
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FindingKind } from '../../src/backup/findings.js';
import { commands, live, makePlace, type Place, silent } from './place.js';

let whole: Place;
let place: Place;
let archived: string[];

beforeAll(async () => {
  whole = makePlace();
  await live(whole, 6);
});
afterAll(() => whole[Symbol.dispose]());

beforeEach(() => {
  place?.[Symbol.dispose]();
  place = makePlace();
  cpSync(whole.folder, place.folder, { recursive: true });
  archived = lettersBelow(place.data);
});
afterAll(() => place[Symbol.dispose]());

/** Paths of letters relative to the data folder, oldest first. */
function lettersBelow(data: string): string[] {
  const entries = readdirSync(join(data, 'letters'), { recursive: true }) as string[];
  return entries
    .filter((name) => name.endsWith('.eml'))
    .map((name) => `letters/${name}`)
    .sort();
}

/** What somebody does who opens the database with another program. */
function tamper(script: string): void {
  const database = new Sqlite(join(place.data, 'thanadak.db'));
  database.pragma('foreign_keys = OFF');
  database.exec(script);
  database.close();
}

async function found(): Promise<[FindingKind, string][]> {
  const { findings } = await commands.verify({ file: place.file }, silent);
  for (const { what, mend, subject } of findings) {
    expect(what).toContain(subject);
    expect(mend).not.toBe('');
  }
  return findings.map(({ kind, subject }) => [kind, subject]);
}

const referenceOf = (n: number) => {
  const database = new Sqlite(join(place.data, 'thanadak.db'), { readonly: true });
  const row = database.prepare('select reference from ticket order by id limit 1 offset ?').get(n);
  database.close();
  return (row as { reference: string }).reference;
};

describe('verification', () => {
  it('finds nothing in a house that is in order, and reads every letter', async () => {
    const verified = await commands.verify({ file: place.file }, silent);
    expect(verified).toMatchObject({ findings: [], letters: 6, tickets: 6, otherVersion: false, set: null });
    const bytes = archived.reduce((sum, path) => sum + readFileSync(join(place.data, path)).length, 0);
    expect(verified.bytes).toBe(bytes);
  });

  it('finds one flipped bit in a letter', async () => {
    const path = join(place.data, archived[2] ?? '');
    const bytes = readFileSync(path);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(await found()).toEqual([['letter-damaged', archived[2]]]);
  });

  it('finds a letter that is missing', async () => {
    rmSync(join(place.data, archived[0] ?? ''));
    expect(await found()).toEqual([['letter-missing', archived[0]]]);
  });

  it('finds files that are none of ours, and letters without a row', async () => {
    const day = (archived[0] ?? '').slice(0, 'letters/2026/11/24'.length);
    writeFileSync(join(place.data, day, 'notes.txt'), 'mine');
    writeFileSync(join(place.data, 'letters', 'readme'), 'mine');
    mkdirSync(join(place.data, 'letters', '2026', 'November'), { recursive: true });
    writeFileSync(join(place.data, day, '01JZZZZZZZZZZZZZZZZZZZZZZZ.eml'), 'a stranger');
    expect((await found()).sort()).toEqual(
      [
        ['foreign-file', 'letters/2026/November'],
        ['foreign-file', `${day}/notes.txt`],
        ['foreign-file', 'letters/readme'],
        ['letter-without-row', `${day}/01JZZZZZZZZZZZZZZZZZZZZZZZ.eml`],
      ].sort(),
    );
  });

  it('is not misled by a letter that is just being filed', async () => {
    const day = (archived[0] ?? '').slice(0, 'letters/2026/11/24'.length);
    const id = '01JZZZZZZZZZZZZZZZZZZZZZZZ';
    writeFileSync(join(place.data, day, `${id}.eml`), 'on its way');
    writeFileSync(join(place.data, 'spool', 'new', `${id}.eml`), 'on its way');
    expect(await found()).toEqual([]);
  });

  it('finds a ticket whose row was deleted, by its number and by what pointed to it', async () => {
    const reference = referenceOf(3);
    tamper(`delete from ticket where reference = '${reference}'`);
    const findings = await found();
    expect(findings).toContainEqual(['ticket-missing', reference]);
    expect(findings.map(([kind]) => kind)).toContain('dangling-row');
    expect(findings.map(([kind]) => kind)).toContain('journal-without-ticket');
  });

  it('finds the last ticket deleted with everything that hangs on it', async () => {
    const reference = referenceOf(5);
    const id = `(select id from ticket where reference = '${reference}')`;
    tamper(`
      delete from outbox_also where ticket_id = ${id};
      ${['outbox', 'message', 'clock', 'journal', 'matter_key', 'matter_mark', 'matter_suggestion']
        .map((table) => `delete from ${table} where ticket_id = ${id};`)
        .join('\n')}
      delete from ticket where reference = '${reference}'`);
    const kinds = await found();
    expect(kinds).toContainEqual(['ticket-missing', reference]);
    expect(kinds.map(([kind]) => kind)).toContain('letter-on-no-ticket');
  });

  it('finds a ticket that somebody numbered by hand', async () => {
    tamper('update counter set value = value - 1');
    expect(await found()).toEqual([['number-not-given', referenceOf(5)]]);
  });

  it.each<[FindingKind, string]>([
    ['journal-number-missing', 'delete from journal where number = 3'],
    ['message-unlike-letter', "update message set sha256 = 'other' where number = 2"],
    ['letter-on-no-ticket', 'delete from message where number = 6'],
    ['ticket-without-message', 'delete from message where number = 6'],
    ['message-number-missing', 'delete from message where number = 2'],
    ['merged-into-nothing', "update ticket set merged_into = 'BEHALA-26-999999-X' where rowid = 1"],
    ['sent-without-time', 'update outbox set sent_at = null where rowid = 1'],
    ['owed-and-forgotten', "update outbox set state = 'queued' where rowid = 1"],
    ['settled-and-due', "update outbox set next_at = '2026-11-24T00:00:00.000Z' where rowid = 1"],
    ['receipt-sent-unacknowledged', 'update ticket set acknowledged_at = null where rowid = 1'],
    ['clock-met-unacknowledged', 'update ticket set acknowledged_at = null where rowid = 1'],
    [
      'acknowledged-clock-open',
      "update clock set state = 'running', met_at = null where name = 'acknowledgement'",
    ],
    ['clock-against-itself', "update clock set met_at = null where name = 'acknowledgement'"],
    ['receipt-for-no-ticket', "insert into outbox_also select 'nobody', id from outbox limit 1"],
    ['register-number-missing', "insert into register_counter values ('behala', 2026, 1)"],
  ])('finds %s', async (kind, script) => {
    tamper(script);
    expect((await found()).map(([found]) => found)).toContain(kind);
  });

  it('finds a damaged page, and says to restore', async () => {
    tamper('pragma wal_checkpoint(TRUNCATE)');
    const handle = openSync(join(place.data, 'thanadak.db'), 'r+');
    for (let page = 8; page < 30; page += 1)
      writeSync(handle, Buffer.alloc(4_096, 0x5a), 0, 4_096, page * 8_192);
    const { findings } = await commands.verify({ file: place.file }, silent);
    expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(['database-damaged']));
    expect(findings[0]?.mend).toContain('thanadak restore');
  });

  it('judges a database of an older version by what every version has', async () => {
    tamper('delete from migration where number = (select max(number) from migration)');
    rmSync(join(place.data, archived[0] ?? ''));
    const verified = await commands.verify({ file: place.file }, silent);
    expect(verified.otherVersion).toBe(true);
    expect(verified.findings.map(({ kind }) => kind)).toEqual(['letter-missing']);
  });
});
