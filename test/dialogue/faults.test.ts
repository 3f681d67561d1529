import type { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { DiskFull, PermanentFailure, StorageBroken, TemporaryFailure } from '../../src/domain/errors.js';
import type { Spool } from '../../src/ports/spool.js';
import { LETTER, openTestDoor, type TestDoor, TO_BEHALA, until } from '../support/front-door.js';

let house: TestDoor;
afterEach(() => house.close());

const END = `
  C: Hello
  C: .`;

/** Drains the letter, then fails. */
function failWith(error: unknown): Partial<Spool> {
  return {
    keep: async ({ body }) => {
      for await (const _chunk of body);
      throw error;
    },
  };
}

describe('a spool that fails', () => {
  it.each([
    ['a full disk', new DiskFull('The disk is full.'), '452 4.3.1'],
    ['a temporary failure', new TemporaryFailure('Busy.'), '451 4.3.0'],
    ['something that calls itself permanent', new PermanentFailure('Never.'), '451 4.3.0'],
    ['an unknown error', new TypeError('x is not a function'), '451 4.3.0'],
    ['something that is no error', 'oops', '451 4.3.0'],
  ])('never refuses for ever: %s', async (_kind, error, code) => {
    house = await openTestDoor({ spool: failWith(error) });
    await (await house.greeted()).hold(`${TO_BEHALA}${END}
      S: ${code} ...
      C: NOOP
      S: 250 2.0.0 OK`);
    expect(house.kept).toEqual([]);
    expect(house.log.takeWarnings()).toHaveLength(1);
  });

  it('at once, before it has read a byte, does not leave the session behind', async () => {
    house = await openTestDoor({
      spool: {
        keep: () => {
          throw new Error('no such folder');
        },
      },
    });
    const talk = await house.greeted();
    await talk.hold(TO_BEHALA);
    await talk.send(`${'x'.repeat(300_000)}\r\n.\r\nNOOP\r\n`);
    await talk.hold(`
      S: 451 4.3.0 ...
      S: 250 2.0.0 OK`);
    expect(house.log.takeWarnings()).toHaveLength(1);
  });

  it('beyond trust ends all taking of letters, and the house is told once', async () => {
    house = await openTestDoor({ spool: failWith(new StorageBroken('A sync failed: EIO.')) });
    const waiting = await house.greeted();
    await (await house.greeted()).hold(`${TO_BEHALA}${END}
      S: 451 4.3.0 ...
      C: MAIL FROM:<rita@home.example>
      S: 451 4.3.0 ...`);
    await waiting.hold(`
      C: MAIL FROM:<rita@home.example>
      S: 451 4.3.0 ...`);
    await (await house.talk()).hold(`
      S: 421 4.3.2 ...
      S: closed`);
    expect(house.broken).toHaveLength(1);
    expect(house.door.isListening()).toBe(false);
    house.log.takeWarnings();
  });

  it('is not believed for another letter once it has failed beyond trust', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    house = await openTestDoor({
      spool: {
        keep: async ({ id, body, envelope }) => {
          await drain(body);
          if (id.endsWith('2')) throw new StorageBroken('A sync failed: EIO.');
          await gate;
          const receivedAt = '2026-11-24T04:00:00.000Z';
          return { id, envelope, receivedAt, bytes: 0, sha256: '', bareNewlines: false };
        },
      },
    });
    const [first, second] = [await house.greeted(), await house.greeted()];
    await first.hold(`${TO_BEHALA}${END}`);
    await second.hold(`${TO_BEHALA}${END}
      S: 451 4.3.0 ...`);
    release();
    await first.hold('S: 451 4.3.0 ...');
    expect(house.kept).toEqual([]);
    house.log.takeWarnings();
  });

  it('to answer in time is answered for with 451, and a letter it kept all the same stays kept', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    house = await openTestDoor({
      limits: { handoverMs: 200 },
      spool: {
        keep: async (letter) => {
          const { id, envelope, body } = letter;
          await drain(body);
          await gate;
          const receivedAt = '2026-11-24T04:00:00.000Z';
          return { id, envelope, receivedAt, bytes: 7, sha256: '', bareNewlines: false };
        },
      },
    });
    await (await house.greeted()).hold(`${TO_BEHALA}${END}
      S: 451 4.3.0 The letter could not be kept in time, please try again later
      C: NOOP
      S: 250 2.0.0 OK`);
    release();
    await until(() => house.kept.length === 1, 'the late letter is handed on');
    expect(house.log.takeWarnings().map(({ level }) => level)).toEqual(['error', 'warn']);
  });

  it('to take a single byte is answered for with 451 though the client could not finish', async () => {
    house = await openTestDoor({ limits: { handoverMs: 200 }, spool: { keep: () => new Promise(() => {}) } });
    const talk = await house.greeted();
    await talk.hold(TO_BEHALA);
    await talk.send(`${'x'.repeat(900_000)}\r\n.\r\nNOOP\r\n`);
    await talk.hold(`
      S: 451 4.3.0 ...
      S: 250 2.0.0 OK`);
    house.log.takeWarnings();
  });

  it('is given all the time in the world while the client still sends', async () => {
    house = await openTestDoor({ limits: { handoverMs: 100 } });
    const talk = await house.greeted();
    await talk.hold(TO_BEHALA);
    for (let step = 0; step < 10; step += 1) {
      await talk.send('x');
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    await talk.hold(`${END}
      S: 250 2.0.0 Kept as ...`);
  });
});

describe('those who are told of a letter', () => {
  it('may fail without harm to the session', async () => {
    house = await openTestDoor({
      onKept: () => {
        throw new Error('intake is asleep');
      },
    });
    await (await house.greeted()).hold(`${LETTER}${LETTER}`);
    expect(house.log.takeWarnings()).toHaveLength(2);
  });
});

describe('a client that vanishes', () => {
  it('in the middle of its letter leaves nothing behind', async () => {
    house = await openTestDoor();
    const talk = await house.greeted();
    await talk.hold(TO_BEHALA);
    await talk.send('x'.repeat(100_000));
    talk.socket().resetAndDestroy();
    await until(() => house.log.lines.some(({ message }) => message.includes('before its letter')), 'logged');
    expect(await house.spool.list()).toEqual([]);
    expect(house.kept).toEqual([]);
    await (await house.greeted()).hold(LETTER);
  });

  it('between commands of a transaction does no harm', async () => {
    house = await openTestDoor();
    const talk = await house.greeted();
    await talk.hold(`
      C: MAIL FROM:<rita@home.example>
      S: 250 ...`);
    talk.socket().resetAndDestroy();
    await until(() => house.log.lines.some(({ message }) => message === 'a session broke off'), 'logged');
    await (await house.greeted()).hold(LETTER);
  });

  it('after the final dot has left its letter with us', async () => {
    let arrived = false;
    house = await openTestDoor({
      spool: {
        keep: async (letter) => {
          const kept = await house.spool.keep(letter);
          arrived = true;
          await until(() => house.log.lines.length > 0 || talk.socket().closed, 'the client has gone');
          return kept;
        },
      },
    });
    const talk = await house.greeted();
    await talk.hold(`${TO_BEHALA}${END}`);
    await until(() => arrived, 'the letter is there');
    talk.socket().resetAndDestroy();
    await until(() => house.kept.length === 1, 'it is handed on');
  });
});

describe('closing time', () => {
  it('lets a letter in transfer finish and sends everybody else away', async () => {
    house = await openTestDoor();
    const sending = await house.greeted();
    await sending.hold(TO_BEHALA);
    const idle = await house.greeted();
    const closed = house.door.close(10_000);
    await idle.hold(`
      S: 421 4.3.2 We are closing for a moment, please try again later
      S: closed`);
    expect(house.door.isListening()).toBe(false);
    await expect(house.talk()).rejects.toThrow('ECONNREFUSED');
    await sending.hold(`${END}
      S: 250 2.0.0 Kept as 01TEST00000000000000000001
      S: 421 4.3.2 ...
      S: closed`);
    await closed;
    expect(house.kept).toHaveLength(1);
  });

  it('does not wait longer than the grace for a client that never finishes', async () => {
    house = await openTestDoor();
    const talk = await house.greeted();
    await talk.hold(TO_BEHALA);
    await house.door.close(400);
    expect(await house.spool.list()).toEqual([]);
    await talk.hold(`
      S: 421 4.3.2 ...
      S: closed`);
    await until(() => house.log.lines.some(({ message }) => message.includes('before its letter')), 'logged');
    expect(await house.spool.list()).toEqual([]);
  });
});

async function drain(body: Readable): Promise<void> {
  for await (const _chunk of body);
}
