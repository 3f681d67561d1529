// A database copied while others write, and what its own checks find.
import { existsSync, openSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { StorageBroken } from '../../src/domain/errors.js';
import { openInspection } from '../../src/store/inspection.js';
import { migrations, openInFolder } from './in-folder.js';
import { aLetter } from './records.js';

/** A store with so many letters, about two to a page. */
async function filled(letters: number) {
  const under = await openInFolder();
  for (let begun = 0; begun < letters; begun += 500) {
    await under.store.transact(async (unit) => {
      for (let n = begun; n < Math.min(begun + 500, letters); n += 1) await unit.letters.add(letterOf(n));
    });
  }
  const file = join(under.folder, 'thanadak.db');
  return { ...under, file, open: () => openInspection({ file, migrations }) };
}

const letterOf = (n: number) => {
  const id = `L${String(n).padStart(6, '0')}`;
  return aLetter({ id, fingerprint: id.padEnd(3_000, 'f') });
};

function countLetters(file: string): number {
  const database = new Sqlite(file, { readonly: true });
  try {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    return (database.prepare('select count(*) as n from letter').get() as { n: number }).n;
  } finally {
    database.close();
  }
}

describe('a copy of the database', () => {
  it('is the database of one moment, however often others write meanwhile, and takes each page once', async () => {
    await using under = await filled(2_000);
    const inspection = under.open();
    const path = join(under.folder, 'copy.db');
    const seen: number[] = [];
    let written = 2_000;
    const writer = await under.second();
    const pages = () => seen.length;
    const copying = inspection.copyTo(path, (done) => seen.push(done));
    while (pages() === 0) await new Promise((resolve) => setImmediate(resolve));
    const writing = (async () => {
      for (let round = 0; round < 20; round += 1) {
        await writer.transact((unit) => unit.letters.add(letterOf(written)));
        written += 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    await Promise.all([copying, writing]);
    inspection.close();
    expect(seen.length).toBeGreaterThan(3);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(countLetters(path)).toBe(2_000);
    expect(countLetters(under.file)).toBe(2_020);
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(readdirSync(under.folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
  });

  it('holds what stands only in the log of the database', async () => {
    await using under = await filled(3);
    const inspection = under.open();
    const path = join(under.folder, 'copy.db');
    expect(statSync(`${under.file}-wal`).size).toBeGreaterThan(0);
    await inspection.copyTo(path, () => undefined);
    inspection.close();
    expect(countLetters(path)).toBe(3);
  });

  it('leaves nothing behind when it fails', async () => {
    await using under = await filled(1_000);
    const inspection = under.open();
    const path = join(under.folder, 'copy.db');
    const stopped = inspection.copyTo(path, () => {
      throw new Error('stopped');
    });
    await expect(stopped).rejects.toThrow('stopped');
    inspection.close();
    expect(readdirSync(under.folder).filter((name) => name.startsWith('copy'))).toEqual([]);
  });

  it('is refused when the database is damaged', async () => {
    await using under = await filled(2_000);
    const raw = new Sqlite(under.file);
    raw.pragma('wal_checkpoint(TRUNCATE)');
    raw.close();
    const handle = openSync(under.file, 'r+');
    for (let page = 20; page < 60; page += 1)
      writeSync(handle, Buffer.alloc(4_096, 0xa5), 0, 4_096, page * 8_192);
    const inspection = under.open();
    const path = join(under.folder, 'copy.db');
    await expect(inspection.copyTo(path, () => undefined)).rejects.toThrow(StorageBroken);
    expect(existsSync(path)).toBe(false);
    expect(inspection.damage().length).toBeGreaterThan(0);
    inspection.close();
  });
});

describe('an inspection', () => {
  it('refuses what is not there, not ours, or no database', async () => {
    await using under = await openInFolder();
    const open = (name: string) => () => openInspection({ file: join(under.folder, name), migrations });
    expect(open('nothing.db')).toThrow(StorageBroken);
    const foreign = new Sqlite(join(under.folder, 'foreign.db'));
    foreign.exec('create table a (b)');
    foreign.close();
    expect(open('foreign.db')).toThrow(/not a database of Thanadak/);
    writeFileSync(join(under.folder, 'text.db'), 'a diary '.repeat(1_000));
    expect(open('text.db')).toThrow(StorageBroken);
    expect(existsSync(join(under.folder, 'nothing.db'))).toBe(false);
  });

  it('pages through letters and tells whether the shape is ours', async () => {
    await using under = await filled(5);
    const inspection = under.open();
    const first = await inspection.letters('', 3);
    const rest = await inspection.letters(first.at(-1)?.id ?? '', 3);
    expect([...first, ...rest].map(({ id }) => id)).toEqual([0, 1, 2, 3, 4].map((n) => letterOf(n).id));
    expect(await inspection.isCurrent()).toBe(true);
    expect(await inspection.hasLetter('L000004')).toBe(true);
    expect(await inspection.hasLetter('L000005')).toBe(false);
    inspection.close();
    const raw = new Sqlite(under.file);
    raw.prepare('delete from migration where number = (select max(number) from migration)').run();
    raw.close();
    const older = under.open();
    expect(await older.isCurrent()).toBe(false);
    older.close();
  });
});
