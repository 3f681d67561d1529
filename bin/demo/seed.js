// `npm run demo -- --seed`: a data folder and a configuration with a city that has been at work for some weeks.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { newAccounts, STATIONS, settingsOf, workerOf } from './city.js';
import { chooseCourse, createCourse, inventLetter } from './course.js';
import { addExtras } from './extras.js';
import { openPost } from './post.js';
import { createRandom } from './random.js';

const HELP = `npm run demo -- --seed [--data DIR] [--number N] [--letters COUNT] [--smtp-port PORT] [--web-port PORT]

Makes the folder DIR (var/demo when left out) with a configuration, officers of every rank and the letters of some weeks,
filed and worked by the real program. The same number N (1 when left out) makes the same city, seen from the present.
`;
const DAY = 86_400_000;
const PERIOD_DAYS = 24;

/** Makes the city; resolves to the path of its configuration. `root`: the program's folder. */
export async function seed(root, args) {
  const options = readOptions(args);
  const folder = resolve(options.data ?? join(root, 'var', 'demo'));
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Error(`${folder} is not empty. Remove it first, or name another folder with --data.`);
  const random = createRandom(Number(options.number));
  const accounts = newAccounts();
  const files = writeFiles({ root, folder, accounts, options });
  await liveThrough(root, { file: files.config, random, accounts, letters: Number(options.letters) });
  tell({ ...files, accounts, root, webPort: options['web-port'] });
  return files.config;
}

function readOptions(args) {
  const text = (value) => ({ type: 'string', ...(value === undefined ? {} : { default: value }) });
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      data: text(),
      number: text('1'),
      letters: text('120'),
      'smtp-port': text('2525'),
      'web-port': text('8025'),
    },
  });
  if (!values.help) return values;
  process.stdout.write(HELP);
  process.exit(0);
}

function writeFiles({ root, folder, accounts, options }) {
  mkdirSync(folder, { recursive: true });
  const ports = { smtpPort: Number(options['smtp-port']), webPort: Number(options['web-port']) };
  const files = { config: join(folder, 'thanadak.yaml'), accounts: join(folder, 'accounts.json') };
  writeFileSync(
    files.config,
    `# Made by npm run demo -- --seed.\n${stringify(settingsOf({ root, ...ports }))}`,
  );
  writeFileSync(files.accounts, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
  return { config: files.config, accountsFile: files.accounts };
}

async function liveThrough(root, { file, random, accounts, letters }) {
  const dist = (path) => import(new URL(`dist/${path}`, `file://${root}/`).href);
  const { loadOrThrow } = await dist('configuration.js');
  const { startDaemon } = await dist('daemon.js');
  const config = loadOrThrow(file);
  // Whole minutes: with the same number the same instants, moved as a whole.
  const end = Math.floor(Date.now() / 60_000) * 60_000;
  const clock = { time: end - PERIOD_DAYS * DAY, now: () => new Date(clock.time).toISOString() };
  const quiet = { debug() {}, info() {}, warn: complain, error: complain, setLevel() {} };
  const smtp = { ...config.smtp, listen: config.smtp.listen.map((one) => ({ ...one, port: 0 })) };
  const web = { ...config.web, listen: { ...config.web.listen, port: 0 } };
  const overrides = {
    clock,
    ids: await idsOf(clock, createRandom(letters)),
    log: quiet,
    sockets: [],
    configFiles: () => [file],
  };
  const daemon = await startDaemon({ ...config, smtp, web }, 'demo', overrides);
  try {
    await giveAccounts(dist, { config, daemon, accounts });
    const post = await openPost(daemon.smtp[0].port);
    const house = {
      daemon,
      post,
      actors: await actorsOf(dist, config),
      newId: overrides.ids.next,
      acknowledge: await answering(dist, { config, store: daemon.store }),
    };
    const course = createCourse({ house, clock, random, end });
    planLetters({ course, random, end, letters });
    addExtras({ course, house, clock, random, end });
    await course.run();
    post.close();
  } finally {
    await daemon[Symbol.asyncDispose]();
  }
}

function complain(fields, message) {
  process.stderr.write(`${message}: ${fields.error?.stack ?? JSON.stringify(fields)}\n`);
}

/** ULIDs of the demo's time and chance. */
async function idsOf(clock, random) {
  const { monotonicFactory } = await import('ulid');
  const next = monotonicFactory(random.next);
  return { next: () => next(clock.time) };
}

async function actorsOf(dist, config) {
  const { officersOf } = await dist('config/people.js');
  const { actorOf } = await dist('domain/rights.js');
  return new Map(officersOf(config).map((officer) => [officer.id, actorOf(officer)]));
}

/** What an officer does who says "I have it" to an escalation. */
async function answering(dist, { config, store }) {
  const { acknowledgeEscalation } = await dist('desk/escalations.js');
  const { officeRules } = await dist('office.js');
  const rules = officeRules(config, { templates: {}, triage: () => undefined });
  return (order) => acknowledgeEscalation({ store, rules: () => rules }, order);
}

async function giveAccounts(dist, { config, daemon, accounts }) {
  const { createPasswords } = await dist('identity/passwords.js');
  const { openLocker } = await dist('keys/locker.js');
  const { signInKeyFile } = await dist('home.js');
  const passwords = createPasswords();
  const locker = openLocker(signInKeyFile(config));
  for (const { id, password, totp } of accounts) {
    const hash = await passwords.hash(password);
    await daemon.store.transact(async (unit) => {
      await unit.credentials.setPassword(id, { hash, at: unit.now, mustChange: false });
      if (totp)
        await unit.credentials.setTotp(id, {
          sealed: locker.lock(`totp ${id}`, totp),
          since: unit.now,
          step: 0,
        });
    });
  }
}

/** More and more letters towards the present, most of them at one station. */
function planLetters({ course, random, end, letters }) {
  for (let number = 0; number < letters; number += 1) {
    const chance = random.fork();
    const isFresh = number < letters / 10;
    const age = isFresh ? chance.next() * DAY * 0.6 : chance.next() ** 1.4 * PERIOD_DAYS * DAY * 0.97;
    const station = chance.next() < 0.5 ? 'behala' : chance.pick(STATIONS);
    const letter = inventLetter(chance, station);
    course.at(end - age, async () => {
      const { from, to, subject, text, files } = letter;
      const verdict = chance.pick(['pass', 'pass', 'pass', 'none', 'none']);
      const [reference] = await course.send({ from, to: [to], subject, text, files, verdict });
      if (!reference) return;
      const on = { ...letter, reference, worker: workerOf(station), random: chance };
      course.follow(on, chooseCourse(chance, letter, age));
    });
  }
}

function tell({ config, accountsFile, accounts, root, webPort }) {
  const say = (line) => process.stdout.write(`${line}\n`);
  const width = Math.max(...accounts.map(({ id }) => id.length));
  say(`The demo city is ready. Start it:  node ${join(root, 'bin', 'thanadak.js')} serve --config ${config}`);
  say(`and sign in at http://127.0.0.1:${webPort}/ as one of these (${accountsFile} has them too):\n`);
  for (const { id, rank, password, totp } of accounts)
    say(
      `  ${id.padEnd(width)}  ${rank.padEnd(8)}  ${password}  ${totp ? `authenticator secret ${totp}` : ''}`,
    );
}
