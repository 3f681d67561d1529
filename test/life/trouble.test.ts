// Letters that cannot be filed, and a house that is told to stop or finds its storage broken.
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { aLetter, openHouse, type TestHouse } from '../support/house.js';

const subjects = async (house: TestHouse) =>
  (await house.daemon.store.tickets.list({ limit: 100 })).map((ticket) => ticket.subject).sort();

/** Lets the database refuse a letter for a reason the program does not know. */
function refuseTickets(house: TestHouse, subject: string): () => void {
  const raw = new Sqlite(join(house.folder, 'var', 'thanadak.db'));
  raw.exec(`create trigger refuse before insert on ticket when new.subject = '${subject}'
            begin select raise(abort, 'refused by a trigger'); end`);
  return () => {
    raw.exec('drop trigger refuse');
    raw.close();
  };
}

describe('a letter that cannot be filed', () => {
  it('is held with the reason, leaves its neighbours alone, and is filed once released', async () => {
    await using house = await openHouse();
    const allow = refuseTickets(house, 'poison');
    const letters = ['one', 'poison', 'two', 'three'].map((subject) =>
      house.send({ raw: aLetter({ subject }) }),
    );
    await Promise.all(letters);
    await house.daemon.idle();
    expect(await subjects(house)).toEqual(['one', 'three', 'two']);
    const [held, ...others] = await house.daemon.spool.listHeld();
    expect(others).toEqual([]);
    expect(held?.problem).toContain('refused by a trigger');
    expect(house.log.takeWarnings().map((line) => line.message)).toContain(
      'a letter cannot be filed and is held',
    );

    allow();
    expect(await house.daemon.spool.release(held?.id ?? '')).toBe(true);
    await expect.poll(() => subjects(house), { timeout: 5_000 }).toContain('poison');
    expect(await house.daemon.spool.listHeld()).toEqual([]);
    await house.daemon.idle();
    expect(await house.sent()).toHaveLength(4);
  });

  it('because another process keeps the database is filed when that one lets go', async () => {
    await using house = await openHouse();
    const raw = new Sqlite(join(house.folder, 'var', 'thanadak.db'));
    raw.exec('begin immediate');
    await house.send({ raw: aLetter({ subject: 'patient' }) });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await house.daemon.spool.list()).toHaveLength(1);
    raw.exec('rollback');
    raw.close();
    await expect.poll(() => subjects(house), { timeout: 10_000 }).toEqual(['patient']);
    await house.daemon.idle();
    house.log.takeWarnings();
  });
});

describe('a house whose database breaks', () => {
  it('says so, takes no more letters, and loses none', async () => {
    const house = await openHouse();
    await house.send({ raw: aLetter({ subject: 'before' }) });
    await house.daemon.idle();
    house.daemon.store.close();
    await house.send({ raw: aLetter({ subject: 'after' }) }).catch(() => undefined);
    await expect.poll(async () => (await house.daemon.spool.list()).length, { timeout: 5_000 }).toBe(1);
    house.log.takeWarnings();
    await house.daemon[Symbol.asyncDispose]();
    house.log.takeWarnings();
    await using again = await openHouse('', { folder: house.folder });
    await expect.poll(() => subjects(again), { timeout: 5_000 }).toEqual(['after', 'before']);
  });
});
