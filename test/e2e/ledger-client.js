// Behaves as a good mail server does and remembers: a letter answered with 250 is in the ledger and never sent again,
// every other one is sent until it is. Whether the answer was lost or never given, it cannot tell (RFC 5321 4.5.4.1).
import { setTimeout as sleep } from 'node:timers/promises';
import { aLetter, sha256 } from './letters.js';
import { openSession } from './smtp-client.js';

const PAUSE_MS = 20;
const PATIENCE_MS = 20_000;

/**
 * `letters` letters over `connections` connections to `port`, each resting `pauseMs` after a letter. The ledger maps a
 * Message-ID to `{sha256, letterId, attempts}` as soon as the letter is answered with 250.
 */
export function openLedgerClient({ port, to, letters, connections, onKept = () => undefined, pauseMs = 0 }) {
  const waiting = Array.from({ length: letters }, (_, number) => compose(number, to));
  const client = { ledger: new Map(), trouble: [], stopped: false, done: undefined };
  client.done = Promise.all(
    Array.from({ length: connections }, () => work(client, { port, to, waiting, onKept, pauseMs })),
  );
  return client;
}

function compose(number, to) {
  const { raw, messageId } = aLetter({
    to,
    subject: `Letter ${number}`,
    text: `${number}\r\n${'x '.repeat(300)}`,
  });
  return { raw, messageId, attempts: 0 };
}

async function work(client, task) {
  while (task.waiting.length > 0 && !client.stopped) {
    try {
      await holdSession(client, task);
    } catch (error) {
      client.trouble.push(error.message);
      await sleep(PAUSE_MS);
    }
  }
}

/** Sends letter after letter until there is none left or the server goes away. */
async function holdSession(client, task) {
  const session = await openSession(task.port, { patienceMs: PATIENCE_MS });
  try {
    while (task.waiting.length > 0 && !client.stopped) {
      await sendNext(client, session, task);
      if (task.pauseMs > 0) await sleep(task.pauseMs);
    }
  } finally {
    session.close();
  }
}

async function sendNext(client, session, { to, waiting, onKept }) {
  const letter = waiting.shift();
  letter.attempts += 1;
  try {
    const reply = await session.send({ from: 'rita@home.example', to, raw: letter.raw });
    if (!reply.startsWith('250')) throw new Error(reply);
    const letterId = reply.split(' ').at(-1);
    client.ledger.set(letter.messageId, { sha256: sha256(letter.raw), letterId, attempts: letter.attempts });
    onKept(client.ledger.size);
  } catch (error) {
    waiting.unshift(letter);
    throw error;
  }
}
