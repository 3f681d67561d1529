// Two command lines closing and transferring the same ticket at once: one wins, the other ends with 5, nothing is half
// done. THANADAK_RACES says how often.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { ask, BEHALA, COMMAND, endOfLog, openInstallation, serve, stopDaemon } from './daemon.js';
import { aLetter } from './letters.js';
import { makePlace, until } from './place.js';
import { expect, expectEqual } from './report.js';
import { sendOnce } from './smtp-client.js';

const RACES = Number(process.env.THANADAK_RACES ?? 10);
const MANY = Number(process.env.THANADAK_MANY_RACES ?? 100);

export async function checkRace(report) {
  const place = makePlace();
  const house = await openInstallation(join(place.folder, 'house'));
  report.explainWith(() => endOfLog(house));
  try {
    await serve(house);
    const references = await openTickets(house, RACES);
    await report.check(`${RACES} tickets closed and transferred at once: one wins each time`, () =>
      raceAll(house, references),
    );
    await report.check('the journal of each tells exactly one of the two', () =>
      readJournals(house, references),
    );
    await report.check(`two command lines on the same ${MANY} tickets: one wins on each`, () =>
      raceMany(house),
    );
  } finally {
    await stopDaemon(house, 'SIGKILL');
    place.close();
  }
}

async function openTickets(house, count) {
  const before = (await ask(house, 'ticket', 'list', '--limit', '100000')).length;
  for (let n = 0; n < count; n += 1)
    await sendOnce(house.ports.smtp, { from: 'rita@home.example', to: BEHALA, raw: aLetter().raw });
  return until('every letter is a ticket', async () => {
    const tickets = await ask(house, 'ticket', 'list', '--limit', '100000');
    return tickets.length === before + count && tickets.slice(0, count).map(({ reference }) => reference);
  });
}

function run(house, ...args) {
  const child = spawn(process.execPath, [COMMAND, '--config', house.file, '--json', ...args], {
    stdio: 'ignore',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
}

async function raceAll(house, references) {
  const wins = { close: 0, transfer: 0 };
  for (const reference of references) {
    const [close, transfer] = await Promise.all([
      run(house, 'ticket', 'close', reference, '--outcome', 'action-taken', '--text', 'A patrol was sent.'),
      run(house, 'ticket', 'transfer', reference, '--to', 'lake', '--reason', 'It lies there.'),
    ]);
    expectEqual([close, transfer].sort(), [0, 5], `exit codes for ${reference}`);
    wins[close === 0 ? 'close' : 'transfer'] += 1;
  }
  return `close won ${wins.close} times, transfer ${wins.transfer} times`;
}

/** Both read the same references from stdin, so that they meet on ticket after ticket. */
function runMany(house, references, ...args) {
  const child = spawn(process.execPath, [COMMAND, '--config', house.file, '--json', ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stdin.end(references.join('\n'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, results: JSON.parse(output) }));
  });
}

async function raceMany(house) {
  const references = await openTickets(house, MANY);
  const [close, transfer] = await Promise.all([
    runMany(
      house,
      references,
      'ticket',
      'close',
      '-',
      '--outcome',
      'action-taken',
      '--text',
      'A patrol was sent.',
    ),
    runMany(house, references, 'ticket', 'transfer', '-', '--to', 'lake', '--reason', 'It lies there.'),
  ]);
  let closed = 0;
  for (const [index, reference] of references.entries()) {
    const both = [close.results[index], transfer.results[index]];
    expectEqual(both.filter(({ done }) => done).length, 1, `winners on ${reference}`);
    const loser = both.find(({ done }) => !done);
    expectEqual(loser.code, 'conflict', `the other on ${reference} (${loser.error})`);
    if (both[0].done) closed += 1;
  }
  await readJournals(
    house,
    references.filter((_, index) => index % 50 === 0),
  );
  const versions = new Set(
    (await ask(house, 'ticket', 'list', '--limit', '100000')).map(({ version }) => version),
  );
  expectEqual([...versions], [1], 'versions of all tickets');
  return `close won ${closed} times, transfer ${MANY - closed} times; exit codes ${close.code} and ${transfer.code}`;
}

async function readJournals(house, references) {
  for (const reference of references) {
    const ticket = await ask(house, 'ticket', 'show', reference);
    const deeds = ticket.journal.filter(({ event }) => event === 'closed' || event === 'transferred');
    expectEqual(deeds.length, 1, `deeds on ${reference}`);
    const state = deeds[0].event === 'closed' ? 'closed' : 'new';
    expectEqual(ticket.state, state, `state of ${reference}`);
    expect(ticket.version === 1, `${reference} has version ${ticket.version}`);
  }
}
