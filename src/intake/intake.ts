// From the spool to a ticket: read, file in batches, clear the spool. Woken by the front door, and by a sweep that
// finds what an earlier process left: recovering from a crash is the normal way.
import { messageOf, StorageBroken, systemCode, TemporaryFailure } from '../domain/errors.js';
import type { SpooledLetter } from '../domain/letter.js';
import { millisecondsBetween } from '../domain/time.js';
import type { Reader } from '../ports/reading.js';
import type { Spool } from '../ports/spool.js';
import type { Store } from '../ports/store.js';
import type { Clock, IdSource, Log, Meter, Signer } from '../ports/surroundings.js';
import { type Filed, fileLetter, type ReadLetter } from './filing.js';
import type { FilingRules } from './rules.js';

/** Letters filed in one unit of work when there is a backlog. */
const BATCH = 128;
/** Milliseconds between two units of work, unless a batch is full: a commit costs the same for one letter and for many. */
const GATHER_MS = 100;
/** The same between two hand-overs to the reader. */
const READ_GATHER_MS = 50;
/** Letters being read or read and not yet filed. */
const READ_AHEAD = 512;
/** Letters known in memory; what is beyond stays on disk until the next sweep. */
const WAITING_MAX = 10_000;
/** A batch of more letters than this, not longer ago than that, means that letters are streaming in. */
const BUSY = { letters: 8, withinMs: 500 };
/** Milliseconds before a letter that met a temporary failure is tried again. */
const RETRY_MS = 1_000;

export interface IntakeOptions {
  store: Store;
  spool: Spool;
  reader: Reader;
  signer: Signer;
  clock: Clock;
  ids: IdSource;
  log: Log;
  meter: Meter;
  rules(): FilingRules;
  /** Something was put into the outbox. */
  onFiled(): void;
  /** Storage cannot be trusted any more. */
  onBroken(error: StorageBroken): void;
}

export interface Intake {
  /** Takes on a letter that the spool has just kept. */
  offer(letter: SpooledLetter): void;
  /** Takes on every letter in the spool that is not yet known. */
  sweep(): Promise<void>;
  /** Letters taken on and not yet filed. */
  backlog(): number;
  /** Letters are coming in faster than one by one: filing them goes before sending. */
  isBusy(): boolean;
  /** Resolves when nothing is left to do, or everything left waits for a retry. */
  idle(): Promise<void>;
  /** Stops taking on letters and resolves when what is being filed is filed. The rest stays in the spool. */
  close(): Promise<void>;
}

interface State {
  options: IntakeOptions;
  /** Ids taken on, so that offer and sweep never file a letter twice at once. */
  known: Set<string>;
  waiting: SpooledLetter[];
  reading: number;
  ready: Omit<ReadLetter, 'archivePath'>[];
  filing: boolean;
  /** When letters were last given to the reader; a timer for the next time. Both on the clock of `performance`. */
  readAt: number;
  gathering: NodeJS.Timeout | undefined;
  /** When the last batch began, on the clock of `performance`. */
  filedAt: number;
  /** Letters in that batch. */
  filedLetters: number;
  closed: boolean;
  whenIdle: (() => void)[];
}

export function createIntake(options: IntakeOptions): Intake {
  const state: State = {
    options,
    known: new Set(),
    waiting: [],
    reading: 0,
    ready: [],
    filing: false,
    readAt: Number.NEGATIVE_INFINITY,
    gathering: undefined,
    filedAt: Number.NEGATIVE_INFINITY,
    filedLetters: 0,
    closed: false,
    whenIdle: [],
  };
  return {
    offer(letter) {
      takeOn(state, letter);
      advance(state);
    },
    sweep: () => sweep(state),
    backlog: () => state.waiting.length + state.reading + state.ready.length,
    isBusy: () => state.filedLetters > BUSY.letters && performance.now() - state.filedAt < BUSY.withinMs,
    idle: () => whenIdle(state),
    close() {
      state.closed = true;
      state.waiting = [];
      clearTimeout(state.gathering);
      return whenIdle(state);
    },
  };
}

function takeOn(state: State, letter: SpooledLetter): void {
  if (state.closed || state.known.has(letter.id) || state.known.size >= WAITING_MAX) return;
  state.known.add(letter.id);
  state.waiting.push(letter);
}

async function sweep(state: State): Promise<void> {
  const { spool, log } = state.options;
  for (const id of await spool.list()) {
    if (state.closed || state.known.size >= WAITING_MAX) break;
    if (state.known.has(id)) continue;
    const letter = await spool.find(id);
    if (letter) takeOn(state, letter);
    else log.warn({ letterId: id }, 'a spooled letter has no envelope');
  }
  advance(state);
}

function advance(state: State): void {
  if (state.waiting.length > 0) readGathered(state);
  if (!state.filing && state.ready.length > 0) void fileReady(state);
  if (isIdle(state)) for (const resolve of state.whenIdle.splice(0)) resolve();
}

/** Like filing, reading costs less by the handful: a lone letter is read at once, those in a stream wait a little. */
function readGathered(state: State): void {
  const rest = state.readAt + READ_GATHER_MS - performance.now();
  if (rest > 0 && state.waiting.length < BATCH) {
    state.gathering ??= setTimeout(() => {
      state.gathering = undefined;
      advance(state);
    }, rest);
    return;
  }
  state.readAt = performance.now();
  while (state.reading + state.ready.length < READ_AHEAD) {
    const letter = state.waiting.shift();
    if (!letter) break;
    void readLetter(state, letter);
  }
}

function isIdle(state: State): boolean {
  return !state.filing && state.reading === 0 && state.ready.length === 0 && state.waiting.length === 0;
}

function whenIdle(state: State): Promise<void> {
  return isIdle(state) ? Promise.resolve() : new Promise((resolve) => state.whenIdle.push(resolve));
}

async function readLetter(state: State, letter: SpooledLetter): Promise<void> {
  const { reader, spool, meter, clock, log } = state.options;
  const startedAt = clock.now();
  state.reading += 1;
  try {
    const message = await reader.read(spool.pathOf(letter.id));
    meter.observe('reading_seconds', millisecondsBetween(startedAt, clock.now()) / 1000);
    state.ready.push({ letter, message });
  } catch (error) {
    // Gone from the spool means filed already, by an earlier pass.
    if (isGone(error)) state.known.delete(letter.id);
    else {
      log.warn({ letterId: letter.id, error }, 'a letter could not be opened; trying again');
      tryLater(state, letter);
    }
  } finally {
    state.reading -= 1;
    advance(state);
  }
}

function isGone(error: unknown): boolean {
  return systemCode(error) === 'ENOENT' || (error instanceof Error && systemCode(error.cause) === 'ENOENT');
}

function tryLater(state: State, letter: SpooledLetter): void {
  setTimeout(() => {
    state.known.delete(letter.id);
    takeOn(state, letter);
    advance(state);
  }, RETRY_MS).unref();
}

async function fileReady(state: State): Promise<void> {
  state.filing = true;
  try {
    while (state.ready.length > 0) {
      await gather(state);
      const batch = state.ready.splice(0, BATCH);
      state.filedLetters = batch.length;
      await fileBatch(state, batch);
    }
  } finally {
    state.filing = false;
    advance(state);
  }
}

/** A letter that comes alone is filed at once; in a stream of letters each waits a little for the next ones. */
async function gather(state: State): Promise<void> {
  const rest = state.filedAt + GATHER_MS - performance.now();
  if (rest > 0 && state.ready.length < BATCH) await new Promise((resolve) => setTimeout(resolve, rest));
  state.filedAt = performance.now();
}

type Batch = State['ready'];

async function fileBatch(state: State, batch: Batch): Promise<void> {
  try {
    await fileTogether(state, batch);
  } catch (error) {
    if (error instanceof StorageBroken) return state.options.onBroken(error);
    if (error instanceof TemporaryFailure) return putBack(state, batch, error);
    state.options.log.warn(
      { error, letters: batch.length },
      'a batch could not be filed; filing its letters singly',
    );
    for (const read of batch) await fileAlone(state, read);
  }
}

function putBack(state: State, batch: Batch, error: unknown): void {
  state.options.log.warn({ error, letters: batch.length }, 'letters could not be filed now; trying again');
  for (const { letter } of batch) tryLater(state, letter);
}

/** An unknown error that comes again when the letter is filed alone belongs to the letter: it is held, never dropped. */
async function fileAlone(state: State, read: Batch[number]): Promise<void> {
  const { spool, log, meter, onBroken } = state.options;
  const letterId = read.letter.id;
  try {
    await fileTogether(state, [read]);
  } catch (error) {
    if (error instanceof StorageBroken) return onBroken(error);
    if (error instanceof TemporaryFailure || !(await storeAnswers(state)))
      return putBack(state, [read], error);
    log.error({ letterId, error }, 'a letter cannot be filed and is held');
    meter.count('letters_held_total');
    await spool.hold(letterId, messageOf(error)).catch(() => tryLater(state, read.letter));
    state.known.delete(letterId);
  }
}

/** A store that answers nobody is no fault of this letter. */
function storeAnswers({ options }: State): Promise<boolean> {
  return options.store.outbox.nextDueAt().then(
    () => true,
    () => false,
  );
}

async function fileTogether(state: State, batch: Batch): Promise<void> {
  const { store, spool, signer, ids, rules } = state.options;
  const paths = await spool.archive(batch.map(({ letter }) => letter));
  const tools = { rules: rules(), signer, ids };
  const filed = await store.transact(async (unit) => {
    const results: Filed[] = [];
    for (const [index, read] of batch.entries()) {
      results.push(await fileLetter(unit, { ...read, archivePath: paths[index] ?? '' }, tools));
    }
    return results;
  });
  for (const [index, { letter }] of batch.entries()) report(state, letter, filed[index]);
  state.options.onFiled();
  await Promise.all(batch.map(({ letter }) => clear(state, letter)));
}

function report(state: State, letter: SpooledLetter, filed: Filed | undefined): void {
  const { log, meter, clock } = state.options;
  if (!filed) return;
  const { outcome, references, suppressed } = filed;
  meter.count('letters_filed_total', { outcome });
  meter.observe('filing_seconds', millisecondsBetween(letter.receivedAt, clock.now()) / 1000);
  if (suppressed) meter.count('acknowledgements_suppressed_total', { reason: suppressed });
  log.info(
    { letterId: letter.id, outcome, references, ...(suppressed ? { suppressed } : {}) },
    'letter filed',
  );
}

/** A letter that stays in the spool after its commit is found filed by the next sweep, so a failure here is harmless. */
async function clear(state: State, letter: SpooledLetter): Promise<void> {
  const { spool, log } = state.options;
  await spool.remove(letter.id).catch((error: unknown) => {
    log.warn({ letterId: letter.id, error }, 'a filed letter could not be cleared from the spool');
  });
  state.known.delete(letter.id);
}
