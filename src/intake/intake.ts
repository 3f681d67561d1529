// From the spool to a ticket: read, file in batches, clear the spool. Woken by the front door, and by a sweep that
// finds what an earlier process left: recovering from a crash is the normal way.
import { StorageBroken, systemCode } from '../domain/errors.js';
import type { SpooledLetter } from '../domain/letter.js';
import { metDnsTrouble } from '../domain/sender-check.js';
import { millisecondsBetween } from '../domain/time.js';
import type { Reader } from '../ports/reading.js';
import type { Screening } from '../ports/screening.js';
import type { SenderAuth } from '../ports/sender-auth.js';
import { type BatchOptions, fileBatch, type WaitingLetter } from './batch.js';

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

export interface IntakeOptions extends BatchOptions {
  reader: Reader;
  senderAuth: SenderAuth;
  screening: Screening;
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
  /** Those that came by a relay of ours; they go first. */
  relayed: SpooledLetter[];
  reading: number;
  ready: WaitingLetter[];
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
    relayed: [],
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
    backlog: () => countWaiting(state) + state.reading + state.ready.length,
    isBusy: () => state.filedLetters > BUSY.letters && performance.now() - state.filedAt < BUSY.withinMs,
    idle: () => whenIdle(state),
    close() {
      state.closed = true;
      state.waiting = [];
      state.relayed = [];
      clearTimeout(state.gathering);
      return whenIdle(state);
    },
  };
}

/** In a flood from elsewhere there is still a place for what a relay brings. */
function takeOn(state: State, letter: SpooledLetter): void {
  const isRelayed = letter.envelope.client.relay !== null;
  const places = isRelayed ? 2 * WAITING_MAX : WAITING_MAX;
  if (state.closed || state.known.has(letter.id) || state.known.size >= places) return;
  state.known.add(letter.id);
  (isRelayed ? state.relayed : state.waiting).push(letter);
}

function countWaiting({ waiting, relayed }: State): number {
  return waiting.length + relayed.length;
}

async function sweep(state: State): Promise<void> {
  const { spool } = state.options;
  const missing: string[] = [];
  for (const id of await spool.list()) {
    if (state.closed || state.known.size >= WAITING_MAX) break;
    if (state.known.has(id)) continue;
    const letter = await spool.find(id);
    if (letter) takeOn(state, letter);
    else missing.push(id);
  }
  await reportMissing(state, missing);
  advance(state);
}

/** Most are letters that were filed since the spool was listed; one that is still there has lost its envelope. */
async function reportMissing(state: State, missing: readonly string[]): Promise<void> {
  if (missing.length === 0) return;
  const there = new Set(await state.options.spool.list());
  for (const id of missing) {
    if (!there.has(id) || state.known.has(id)) continue;
    // A power cut may bring back the letter and not its envelope, when both were removed because it was filed.
    if (await state.options.store.letters.find(id)) await state.options.spool.remove(id);
    else state.options.log.warn({ letterId: id }, 'a spooled letter has no envelope');
  }
}

function advance(state: State): void {
  if (countWaiting(state) > 0) readGathered(state);
  if (!state.filing && state.ready.length > 0) void fileReady(state);
  if (isIdle(state)) for (const resolve of state.whenIdle.splice(0)) resolve();
}

/** Like filing, reading costs less by the handful: a lone letter is read at once, those in a stream wait a little. */
function readGathered(state: State): void {
  const rest = state.readAt + READ_GATHER_MS - performance.now();
  if (rest > 0 && countWaiting(state) < BATCH) {
    state.gathering ??= setTimeout(() => {
      state.gathering = undefined;
      advance(state);
    }, rest);
    return;
  }
  state.readAt = performance.now();
  while (state.reading + state.ready.length < READ_AHEAD) {
    const letter = state.relayed.shift() ?? state.waiting.shift();
    if (!letter) break;
    void readLetter(state, letter);
  }
}

function isIdle(state: State): boolean {
  return !state.filing && state.reading === 0 && state.ready.length === 0 && countWaiting(state) === 0;
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
    if (!message.parsed) meter.count('letters_unreadable_total');
    const read = { spooled: letter, path: spool.pathOf(letter.id), message };
    const screening = state.options.screening.screen(read);
    const sender = await state.options.senderAuth.check(read);
    const dns = metDnsTrouble(sender) ? 'trouble' : 'answered';
    meter.count('sender_checks_total', { verdict: sender.verdict, dns });
    state.ready.push({ letter, message, sender, screened: screening && (await screening) });
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
      await settleBatch(state, batch);
    }
  } finally {
    state.filing = false;
    advance(state);
  }
}

/** After a broken storage its letters stay known, so that no sweep takes them on again: the house is about to stop. */
async function settleBatch(state: State, batch: readonly WaitingLetter[]): Promise<void> {
  try {
    const later = new Set(await fileBatch(state.options, batch));
    for (const { letter } of batch) {
      if (later.has(letter)) tryLater(state, letter);
      else state.known.delete(letter.id);
    }
  } catch (error) {
    if (!(error instanceof StorageBroken)) throw error;
    state.options.onBroken(error);
  }
}

/** A letter that comes alone is filed at once; in a stream of letters each waits a little for the next ones. */
async function gather(state: State): Promise<void> {
  const rest = state.filedAt + GATHER_MS - performance.now();
  if (rest > 0 && state.ready.length < BATCH) await new Promise((resolve) => setTimeout(resolve, rest));
  state.filedAt = performance.now();
}
