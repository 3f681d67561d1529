// The front door under flood: relays of ours get in and are not hurried, strangers that bring nothing leave sooner.
import { afterEach, describe, expect, it } from 'vitest';
import { LETTER, openTestDoor, type TestDoor, TO_BEHALA, until } from '../support/front-door.js';

const RELAY = '127.0.0.2';
const STRESS = { clients: 0.5, idleTimeoutMs: 300, sessionMs: 60_000, junkCommands: 2 };
const stressed = () => until(() => house.door.isStressed(), 'under stress');

let house: TestDoor;
afterEach(() => house.close());

describe('relays of ours', () => {
  it('get in when there is no place for strangers any more, and take none of theirs', async () => {
    house = await openTestDoor({ trustedRelays: [RELAY], limits: { clients: 2 } });
    const relays = [await house.greeted(RELAY), await house.greeted(RELAY), await house.greeted(RELAY)];
    await house.greeted();
    await house.greeted();
    await (await house.talk()).hold(`
      S: 421 4.3.2 Too many connections, please try again later
      S: closed`);
    relays.push(await house.greeted(RELAY));
    for (const relay of relays) await relay.hold(LETTER);
    expect(house.kept).toHaveLength(4);
    expect(house.door.sessions()).toBe(6);
  });

  it('get in while strangers are turned away by the hundred', async () => {
    house = await openTestDoor({ trustedRelays: [RELAY], limits: { clients: 1 } });
    await house.greeted();
    const flood = Array.from({ length: 300 }, () => house.talk());
    const relay = await house.greeted(RELAY);
    await relay.hold(LETTER);
    const replies = await Promise.all((await Promise.all(flood)).map((talk) => talk.line()));
    expect(new Set(replies)).toEqual(new Set(['421 4.3.2 Too many connections, please try again later']));
    await until(() => house.door.sessions() === 2, 'those turned away are gone');
  });

  it('are not hurried under stress', async () => {
    house = await openTestDoor({ trustedRelays: [RELAY], limits: { clients: 2, stress: STRESS } });
    const relay = await house.greeted(RELAY);
    const rest = `
      C: RSET
      S: 250 ...`;
    const stranger = await house.greeted();
    await stressed();
    await stranger.hold(`
      S: 421 4.4.2 Nothing heard from you for too long, closing
      S: closed`);
    await relay.hold(`${rest}${rest}${rest}${rest}${LETTER}`);
  });
});

describe('strangers under stress', () => {
  it('leave sooner when they say nothing, also those who came before', async () => {
    house = await openTestDoor({ limits: { clients: 4, stress: STRESS } });
    const early = await house.greeted();
    const midLetter = await house.greeted();
    await midLetter.hold(TO_BEHALA);
    await stressed();
    for (const talk of [early, midLetter]) {
      await talk.hold(`
        S: 421 4.4.2 Nothing heard from you for too long, closing
        S: closed`);
    }
    expect(house.meter.counts.filter((count) => count === 'smtp_stress_total')).toHaveLength(1);
    expect(await house.spool.list()).toEqual([]);
  });

  it('leave sooner when they bring no letter, and bring letters as ever', async () => {
    house = await openTestDoor({ limits: { clients: 1, stress: { ...STRESS, idleTimeoutMs: 10_000 } } });
    const talk = await house.greeted();
    await stressed();
    await talk.hold(`${LETTER}${LETTER}
      C: RSET
      S: 250 ...
      C: RSET
      S: 250 ...
      C: RSET
      S: 421 4.7.0 Too many commands that bring no letter, closing
      S: closed`);
  });

  it('leave sooner when they only trickle', async () => {
    house = await openTestDoor({ limits: { clients: 1, stress: { ...STRESS, sessionMs: 500 } } });
    const talk = await house.greeted();
    await talk.hold(TO_BEHALA);
    const trickle = setInterval(() => talk.send('x'), 50);
    await talk.hold(`
      S: 421 4.4.2 Your session has lasted too long, closing
      S: closed`);
    clearInterval(trickle);
  });
});

describe('a slow machine', () => {
  it('is stress too, when the event loop is late for seconds', async () => {
    let lag = 0.2;
    house = await openTestDoor({ lagSeconds: () => lag, limits: { stress: { ...STRESS, clients: 1 } } });
    await until(() => house.door.isStressed(), 'under stress');
    lag = 0;
    await (await house.greeted()).hold('S: 421 4.4.2 ...');
    const told = house.log.lines.filter(({ message }) => message.includes('stress'));
    expect(told).toMatchObject([{ level: 'info', fields: { lagSeconds: 0.2 } }]);
  });
});
