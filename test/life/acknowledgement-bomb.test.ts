// A bomb of letters under one forged name: its owner hears of us a few times, and who wrote in earnest meanwhile is
// answered at once.
import { expect, it } from 'vitest';
import type { Ticket } from '../../src/domain/ticket.js';
import { type Talk, talkTo } from '../support/dialogue.js';
import { openHouse, type TestHouse } from '../support/house.js';

/** `THANADAK_BOMB=full` makes it ten thousand. */
const PLAN =
  process.env.THANADAK_BOMB === 'full'
    ? { clients: 200, bombs: 10_000, honest: 200 }
    : { clients: 50, bombs: 1_000, honest: 50 };
const VICTIM = 'victim@home.example';
const STATION = 'behala.ps@kolkatapolice.example';
const TEN_MINUTES = 600_000;
/** To one address from one station in ten minutes, by the rules as they are. */
const BUDGET = 3;
const WITHIN_MS = 60_000;

const RULES = `
sender_auth: { mode: off }
smtp:
  listen: [{ host: 127.0.0.1, port: 0 }]
  disk_floor_bytes: 0
  trusted_relays: [127.0.0.1]
  limits: { clients: 300, clients_per_address: 0 }
`;

/** Letters only: numbers alone make no other subject. */
const spell = (n: number) => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('');

function letterOf(from: string, n: number): string {
  return [
    `From: ${from}`,
    `To: ${STATION}`,
    `Subject: Matter ${spell(n)}`,
    `Message-ID: <bomb-${n}@home.example>`,
    '',
    `This is about matter ${spell(n)}, which is like no other. Please look into it.`,
  ].join('\r\n');
}

/** One client's session, as the relay that took its letters hands them on; every letter names the client. */
async function bring(
  port: number,
  client: number,
  letters: readonly { from: string; n: number }[],
): Promise<void> {
  const talk = await talkTo(port);
  await talk.hold(`
    S: 220 ...
    C: EHLO relay.kolkatapolice.example
    S: 250-...
    S: 250 ...`);
  for (const { from, n } of letters) await leave(talk, { client, from, raw: letterOf(from, n) });
  await talk.end();
}

async function leave(talk: Talk, { client, from, raw }: { client: number; from: string; raw: string }) {
  await talk.hold(`
    C: XFORWARD NAME=client${client}.example ADDR=198.51.100.${client} PROTO=ESMTP HELO=client${client}.example
    S: 250 ...
    C: MAIL FROM:<${from}>
    C: RCPT TO:<${STATION}>
    C: DATA
    S: 250 ...
    S: 250 ...
    S: 354 ...`);
  await talk.send(`${raw}\r\n.\r\n`);
  await talk.hold('S: 250 2.0.0 Kept as ...');
}

/** What each client brings: its share of the bomb, and the letters of honest residents in the midst of it. */
function shares(): { from: string; n: number }[][] {
  const each: { from: string; n: number }[][] = Array.from({ length: PLAN.clients }, () => []);
  for (let n = 0; n < PLAN.bombs; n += 1) each[n % PLAN.clients]?.push({ from: VICTIM, n });
  for (let n = 0; n < PLAN.honest; n += 1) {
    const share = each[n % PLAN.clients] ?? [];
    const from = `resident${n}@home${n % 20}.example`;
    share.splice((n * 7) % share.length, 0, { from, n: PLAN.bombs + n });
  }
  return each;
}

const isHonest = ({ resident }: Ticket) => resident.address !== VICTIM;

/** Milliseconds from the receipt of each ticket's letter to its receipt taken by the far side, the shortest first. */
function answeredAfter(tickets: readonly Ticket[]): number[] {
  const never = Number.POSITIVE_INFINITY;
  return tickets
    .map(({ receivedAt, acknowledgedAt }) =>
      acknowledgedAt === null ? never : Date.parse(acknowledgedAt) - Date.parse(receivedAt),
    )
    .sort((a, b) => a - b);
}

async function receiptsToVictim({ daemon }: TestHouse) {
  const records = await daemon.store.outbox.list({ limit: 100_000 });
  return records.filter(({ letter }) => letter.to === VICTIM);
}

it(`of ${PLAN.bombs} letters brings their owner no more than the budget; ${PLAN.honest} honest ones are answered in a minute`, async () => {
  await using house = await openHouse(RULES);
  const port = house.daemon.smtp[0]?.port ?? 0;
  const startedAt = Date.now();
  await Promise.all(shares().map((letters, client) => bring(port, client + 1, letters)));
  const takenMs = Date.now() - startedAt;
  await house.daemon.idle();
  const filedMs = Date.now() - startedAt;

  const tickets = await house.daemon.store.tickets.list({ limit: 100_000 });
  const after = answeredAfter(tickets.filter(isHonest));
  const receipts = await receiptsToVictim(house);
  const sent = receipts.filter(({ state }) => state !== 'suppressed');
  process.stderr.write(
    `${tickets.length} letters from ${PLAN.clients} clients taken in ${takenMs} ms, all done in ${filedMs} ms; ` +
      `${sent.length} receipts to the forged address; ${after.length} honest ones answered after ` +
      `${after[Math.floor(after.length / 2)]} ms (median), ${after.at(-1)} ms (longest)\n`,
  );

  expect(tickets).toHaveLength(PLAN.bombs + PLAN.honest);
  const windows = Math.floor(Date.now() / TEN_MINUTES) - Math.floor(startedAt / TEN_MINUTES) + 1;
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.length).toBeLessThanOrEqual(BUDGET * windows);
  expect(receipts).toHaveLength(PLAN.bombs);
  const withheld = receipts.filter(({ state }) => state === 'suppressed');
  expect(new Set(withheld.map(({ reason }) => reason))).toEqual(new Set(['budget-station']));
  expect(after).toHaveLength(PLAN.honest);
  expect(after.at(-1)).toBeLessThan(WITHIN_MS);
  expect(await house.sent()).toHaveLength(sent.length + PLAN.honest);
}, 600_000);
