// A run is recorded operation by operation; then the power is cut at many moments of it, and the daemon started on what
// a disk may hold then. The order of the operations is proved from the same record. Two sabotaged builds must fail.
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEHALA, HOME, openInstallation } from '../e2e/daemon.js';
import { makePlace } from '../e2e/place.js';
import { expect, expectEqual, needs } from '../e2e/report.js';
import { canTrace } from './abilities.js';
import { cutAt, layOut, readHistory } from './disk-model.js';
import { end, judge, nextLetter, offer, serveAs, settle, start, untilUp } from './house.js';
import { readTrace, recordTo } from './trace.js';

const CONNECTIONS = 3;
/** Crash states tried at the same time. */
const SIDE_BY_SIDE = 2;

export async function checkPowerCuts(report, { letters, cuts, sabotagedCuts, restarts }) {
  const place = makePlace();
  try {
    let record;
    const recorded = await report.check(
      `${letters} letters are recorded, to the last byte on the disk`,
      async () => {
        needs(canTrace(), 'strace that may trace');
        record = await recordRun(join(place.folder, 'record'), letters);
        return `${record.operations.length} operations`;
      },
    );
    if (!recorded) return;
    await report.check('each letter: its sync, then its folder’s sync, then 250', () => provePromise(record));
    await report.check('each letter: the sync of its row, then the removal from the spool', () =>
      proveRemoval(record),
    );
    const split = Math.max(1, Math.min(50, cuts));
    for (let done = 0; done < cuts; done += split) {
      await report.check(
        `power cuts ${done + 1} to ${done + split} lose nothing answered with 250`,
        async () => {
          const found = await cutOften(place, record, { cuts: split, first: done });
          expectEqual(found.slice(0, 3), [], `${found.length} crash states with faults`);
        },
      );
    }
    await checkSabotage(report, { place, letters, cuts: sabotagedCuts });
    await report.check(`faults in ${restarts} recoveries from power cuts lose nothing`, () =>
      breakRecoveries(place, record, restarts),
    );
  } finally {
    place.close();
  }
}

/** `{folder, home, operations, history, ledger}` of a run; the record is proved by building the whole disk from it. */
async function recordRun(folder, letters, home = HOME) {
  const house = await openInstallation(join(folder, 'house'));
  const log = join(folder, 'strace.log');
  const ledger = new Map();
  try {
    await serveAs(house, { home, under: recordTo(log) });
    const waiting = Array.from({ length: letters }, () => ({ ...nextLetter(BEHALA), to: BEHALA }));
    const worker = async () => {
      for (let letter = waiting.shift(); letter; letter = waiting.shift()) await offer(house, letter, ledger);
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, worker));
    await settle(house);
  } finally {
    await end(house);
  }
  const operations = await readTrace(log, house.folder);
  rmSync(log);
  const history = readHistory(operations, house.folder);
  proveRecord(house, history);
  expectEqual(ledger.size, letters, 'letters kept');
  return { folder: house.folder, home, operations, history, ledger };
}

function proveRecord(house, history) {
  const files = cutAt(history, Number.POSITIVE_INFINITY, () => 'all');
  const wrong = [...files].filter(
    ([path, content]) => content !== null && !path.endsWith('-shm') && !readFileSync(path).equals(content),
  );
  expectEqual(
    wrong.map(([path]) => path),
    [],
    'files that differ from their record',
  );
  expect(files.has(join(house.dataFolder, 'thanadak.db-wal')), 'the record holds no database');
}

/** fsync(letter) < rename < fsync(folder) < "250", each ended before the next began. */
function provePromise({ operations, ledger, folder }) {
  const fresh = join(folder, 'var', 'spool', 'new');
  const syncs = operations.filter(({ call }) => call === 'fsync' || call === 'fdatasync');
  const wrong = [...ledger.values()].filter(({ letterId }) => {
    const reply = operations.find((one) => one.call === 'reply' && one.letterId === letterId);
    const rename = operations.find(
      ({ call, paths }) => call.startsWith('rename') && paths[1] === join(fresh, `${letterId}.eml`),
    );
    if (!reply || !rename) return true;
    const lastWrite = operations.findLast(
      ({ call, paths }) => /^write|^pwrite/.test(call) && paths[0] === rename.paths[0],
    );
    const letter = syncs.find(
      (one) => one.paths[0] === rename.paths[0] && one.start > lastWrite.end && one.end < rename.start,
    );
    const names = syncs.find(
      (one) => one.paths[0] === fresh && one.start > rename.end && one.end < reply.start,
    );
    return !letter || !names;
  });
  expectEqual(wrong, [], 'letters out of order');
  return `${ledger.size} letters`;
}

/** The row stands in the log of the database with the id of the letter in it. */
function proveRemoval({ operations, ledger, folder }) {
  const wal = join(folder, 'var', 'thanadak.db-wal');
  const writes = operations.filter(({ call, paths }) => call === 'pwrite64' && paths[0] === wal);
  const wrong = [...ledger.values()].filter(({ letterId }) => {
    const removal = operations.find(
      ({ call, paths }) =>
        call.startsWith('unlink') && paths[0] === join(folder, 'var', 'spool', 'new', `${letterId}.eml`),
    );
    const linked = operations.find(
      ({ call, paths }) =>
        call.startsWith('link') && paths[1]?.endsWith(`/${letterId}.eml`) && paths[1].includes('/letters/'),
    );
    const row = writes.find(({ bytes }) => bytes.includes(letterId));
    if (!removal || !linked || !row) return true;
    const sync = (path, after, before) =>
      operations.some(
        (one) => one.call === 'fsync' && one.paths[0] === path && one.start > after && one.end < before,
      );
    const archive = linked.paths[1].slice(0, linked.paths[1].lastIndexOf('/'));
    return !sync(archive, linked.end, row.start) || !sync(wal, row.end, removal.start);
  });
  expectEqual(wrong, [], 'letters out of order');
  return `${ledger.size} letters`;
}

/** Runs `cuts` crash states; resolves to those with faults. Stops at the first when `first fault` is all that is asked. */
async function cutOften(place, record, { cuts, stopAtFault = false }) {
  const wrong = [];
  const moments = momentsOf(record, cuts);
  const worker = async () => {
    for (let moment = moments.shift(); moment; moment = moments.shift()) {
      const faults = await tryCut(place, record, moment);
      if (faults.length > 0) wrong.push({ ...moment, faults: faults.slice(0, 3) });
      if (stopAtFault && wrong.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  return wrong;
}

/** Half of the cuts come right after a 250, when most is promised and least is old; the others anywhere after the first. */
function momentsOf({ operations }, count) {
  const replies = operations.filter(({ call }) => call === 'reply').map(({ end: place }) => place);
  const [first, last] = [replies[0], operations.at(-1).end];
  return Array.from({ length: count }, (_, index) => ({
    place:
      index % 2 === 0
        ? replies[Math.floor(((index + Math.random()) / count) * replies.length)]
        : first + Math.floor(((index + Math.random()) / count) * (last - first)),
    /** The likelihood that what was not synced is there. */
    luck: [0, 0, 0.5, 0.9][index % 4],
  }));
}

let states = 0;

/** Lays out a crash state; the house is not started. */
async function afterCut(place, record, { place: moment, luck }) {
  states += 1;
  const house = await openInstallation(join(place.folder, `state-${states}`));
  const files = cutAt(record.history, moment, ({ bytes }) => {
    if (Math.random() >= luck) return 'none';
    return bytes && Math.random() < 0.3 ? 'torn' : 'all';
  });
  layOut(files, record.folder, house.folder);
  return { house, ledger: ledgerAt(record, moment) };
}

function ledgerAt({ operations, ledger }, moment) {
  const told = new Set(
    operations
      .filter(({ call, end: place }) => call === 'reply' && place <= moment)
      .map(({ letterId }) => letterId),
  );
  return new Map([...ledger].filter(([, { letterId }]) => told.has(letterId)));
}

async function tryCut(place, record, moment) {
  const { house, ledger } = await afterCut(place, record, moment);
  try {
    return await judgeAfterStart(house, ledger, record.home);
  } finally {
    await end(house);
    rmSync(house.folder, { recursive: true, force: true });
  }
}

/** Letters lost are no reason to settle never: whatever keeps the house from it is a fault of the state. */
async function judgeAfterStart(house, ledger, home) {
  try {
    await serveAs(house, { home });
    await settle(house);
    return judge(house, ledger);
  } catch (error) {
    return [error.message];
  }
}

const SABOTAGE = [
  {
    name: 'synchronous=NORMAL',
    file: 'store/engine/sqlite.js',
    line: /^ *if \(database\.pragma\('synchronous', \{ simple: true \}\) !== 2\) \{$/m,
    instead: "if (database.pragma('synchronous = NORMAL') === null) {",
  },
  {
    name: 'the folder’s sync left out',
    file: 'spool/rounds.js',
    line: /^ *await folderSync\.sync\(\);$/m,
    instead: '',
  },
];

/** What these builds lose shows that the cuts above would have shown a loss. */
async function checkSabotage(report, { place, letters, cuts }) {
  for (const sabotage of SABOTAGE) {
    await report.check(`the same cuts show the fault of a build with ${sabotage.name}`, async () => {
      const home = sabotagedHome(place.folder, sabotage);
      const record = await recordRun(
        join(place.folder, `record-${sabotage.file.split('/')[0]}`),
        letters,
        home,
      );
      const found = await cutOften(place, record, { cuts, stopAtFault: cuts < 20 });
      const lost = found.filter(({ faults }) => faults.some((fault) => fault.includes('is lost')));
      expect(lost.length > 0, `none of ${cuts} crash states lost a letter, so the cuts prove nothing`);
      return `${lost.length} states lose letters: ${lost[0].faults[0]}`;
    });
  }
}

/** A copy of what was compiled with one line replaced; the product itself knows no such switch. */
function sabotagedHome(folder, { file, line, instead }) {
  const home = join(folder, `home-${file.split('/')[0]}`);
  mkdirSync(home, { recursive: true });
  for (const part of ['bin', 'dist', 'config', 'migrations', 'package.json']) {
    cpSync(join(HOME, part), join(home, part), { recursive: true });
  }
  symlinkSync(join(HOME, 'node_modules'), join(home, 'node_modules'));
  const target = join(home, 'dist', file);
  const text = readFileSync(target, 'utf8');
  expectEqual(text.match(new RegExp(line, 'gm'))?.length, 1, `lines to replace in ${file}`);
  writeFileSync(target, text.replace(line, instead));
  return home;
}

const RECOVERY_FAULTS = [
  ['fsync', 'EIO'],
  ['pwrite64', 'EIO'],
  ['pwrite64', 'ENOSPC'],
  ['openat', 'EMFILE'],
  ['link', 'ENOSPC'],
  ['unlink', 'EIO'],
  ['mkdir', 'ENOSPC'],
  ['ftruncate', 'EIO'],
];

/** The disk fails while the house recovers from a power cut; it may refuse to start, and the next start finds all. */
async function breakRecoveries(place, record, restarts) {
  const told = { refused: 0, started: 0 };
  for (const [index, moment] of momentsOf(record, restarts).entries()) {
    const { house, ledger } = await afterCut(place, record, moment);
    try {
      const fault = RECOVERY_FAULTS[index % RECOVERY_FAULTS.length];
      told[(await startUnderFault(house, fault)) ? 'started' : 'refused'] += 1;
      const faults = await judgeAfterStart(house, ledger, record.home);
      expectEqual(faults, [], `faults after ${fault.join(' ')} at the start after a cut at ${moment.place}`);
    } finally {
      await end(house);
      rmSync(house.folder, { recursive: true, force: true });
    }
  }
  return `${told.refused} refused to start at first, ${told.started} went on`;
}

/** Opening files begins with those of the program itself, so it fails late. */
async function startUnderFault(house, [call, error]) {
  const span = { fsync: 12, pwrite64: 40, openat: 40, link: 3, unlink: 4, mkdir: 6, ftruncate: 2 }[call];
  const when = (call === 'openat' ? 2_080 : 0) + 1 + Math.floor(Math.random() * span);
  const inject = `inject=${call}:error=${error}:when=${when}+${1 + Math.floor(Math.random() * 9)}`;
  const under = ['strace', '-f', '--seccomp-bpf', '-o', '/dev/null', '-e', `trace=${call}`, '-e', inject];
  start(house, { under });
  let ready = true;
  try {
    await settleUnderFault(house);
  } catch {
    ready = false;
  }
  await end(house);
  return ready;
}

async function settleUnderFault(house) {
  await untilUp(house);
  await settle(house, 4_000);
}
