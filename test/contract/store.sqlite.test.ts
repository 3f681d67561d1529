// The store contract on SQLite, and what only SQLite can get wrong.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { StorageBroken } from '../../src/domain/errors.js';
import { createIdSource } from '../../src/keys/ids.js';
import { claimFolder, openStore } from '../../src/store/store.js';
import { migrations, openInFolder } from './in-folder.js';
import { describeStore } from './store.contract.js';

describeStore('SQLite', openInFolder);

describe('a SQLite database', () => {
  it('is synced at every commit', async () => {
    await using under = await openInFolder();
    const script = `
      const { openStore } = await import('${join(import.meta.dirname, '../../dist/store/store.js')}');
      const clock = { now: () => new Date().toISOString() };
      let n = 0;
      const ids = { next: () => String(++n) };
      const store = await openStore({ file: process.argv[1], migrations: '${migrations}', clock, ids });
      process.stderr.write('BEGIN\\n');
      for (let i = 0; i < 5; i += 1) await store.transact((u) => u.tickets.nextNumber('behala', 2026));
      process.stderr.write('END\\n');
    `;
    const trace = join(under.folder, 'trace');
    const node = [process.execPath, '--input-type=module', '-e', script, join(under.folder, 'x.db')];
    try {
      execFileSync('strace', ['-f', '-e', 'trace=fsync,fdatasync,write', '-o', trace, ...node], {
        stdio: 'pipe',
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    const lines = readFileSync(trace, 'utf8').split('\n');
    const begin = lines.findIndex((line) => line.includes('"BEGIN'));
    const end = lines.findIndex((line) => line.includes('"END'));
    const syncs = lines.slice(begin, end).filter((line) => /f(data)?sync\(/.test(line));
    expect(syncs.length).toBeGreaterThanOrEqual(5);
  });

  it('refuses to open when it is newer than the program', async () => {
    await using under = await openInFolder();
    const file = join(under.folder, 'thanadak.db');
    const raw = new Sqlite(file);
    raw.prepare('insert into migration values (999, ?, ?, ?)').run('0999_future', 'x', 'y');
    raw.close();
    await expect(under.second()).rejects.toThrow(/newer than this program.*0999_future/);
  });

  it('refuses to open when an applied migration was changed', async () => {
    await using under = await openInFolder();
    const changed = join(under.folder, 'migrations');
    mkdirSync(changed);
    cpSync(migrations, changed, { recursive: true });
    writeFileSync(join(changed, 'sqlite', '0001_initial.sql'), '-- changed');
    const clock = { now: () => new Date().toISOString() };
    const opening = openStore({
      file: join(under.folder, 'thanadak.db'),
      migrations: changed,
      clock,
      ids: createIdSource(clock),
    });
    await expect(opening).rejects.toThrow(/not the one the database was made with/);
  });

  it('leaves nothing of a migration that fails half-way', async () => {
    await using under = await openInFolder();
    const broken = join(under.folder, 'migrations');
    cpSync(migrations, broken, { recursive: true });
    const next = String(readdirSync(join(broken, 'sqlite')).length + 1).padStart(4, '0');
    const script = 'create table half (a); select nonsense from nowhere;';
    writeFileSync(join(broken, 'sqlite', `${next}_broken.sql`), script);
    const file = join(under.folder, 'thanadak.db');
    const clock = { now: () => new Date().toISOString() };
    const options = { file, clock, ids: createIdSource(clock) };
    await expect(openStore({ ...options, migrations: broken })).rejects.toThrow(/nonsense|nowhere/);
    const raw = new Sqlite(file);
    expect(raw.prepare("select count(*) as n from sqlite_master where name = 'half'").get()).toEqual({
      n: 0,
    });
    raw.close();
  });

  it('refuses the database of another program and a file that is none', async () => {
    await using under = await openInFolder();
    const clock = { now: () => new Date().toISOString() };
    const open = (file: string) => openStore({ file, migrations, clock, ids: createIdSource(clock) });
    const foreign = join(under.folder, 'foreign.db');
    const raw = new Sqlite(foreign);
    raw.pragma('application_id = 42');
    raw.exec('create table a (b)');
    raw.close();
    await expect(open(foreign)).rejects.toThrow(StorageBroken);
    const nameless = join(under.folder, 'nameless.db');
    const other = new Sqlite(nameless);
    other.exec('create table a (b)');
    other.close();
    await expect(open(nameless)).rejects.toThrow(/database of another program/);
    const text = join(under.folder, 'text.db');
    writeFileSync(text, 'this is a diary, not a database '.repeat(100));
    await expect(open(text)).rejects.toThrow(StorageBroken);
  });

  it('refuses to open when a migration was left out or is half done', async () => {
    await using under = await openInFolder();
    const raw = new Sqlite(join(under.folder, 'thanadak.db'));
    const last = raw.prepare('select * from migration order by number desc').get() as { number: number };
    raw.prepare('delete from migration where number = ?').run(last.number);
    await expect(under.second()).rejects.toThrow(/cannot be applied .*restore the database/);
    raw.prepare('delete from migration where number = 2').run();
    await expect(under.second()).rejects.toThrow(/not number 2 before it/);
    raw.close();
  });

  it('gives a data folder to one claimant at a time', async () => {
    await using under = await openInFolder();
    const claim = claimFolder(under.folder);
    expect(() => claimFolder(under.folder)).toThrow(/is in use: another Thanadak/);
    claim.release();
    claimFolder(under.folder).release();
  });
});
