// Claims what is due, hands it over, writes what became of it. At least once, always with the same Message-ID: a crash
// between handing over and writing means that the lease runs out and the letter goes again (RFC 5321 4.5.4.1).
import { messageOf, StorageBroken, TemporaryFailure } from '../domain/errors.js';
import type { OutboxRecord } from '../domain/outbox-record.js';
import type { DeliveryOutcome } from '../domain/outgoing.js';
import type { Delivery } from '../ports/delivery.js';
import type { Clock } from '../ports/surroundings.js';
import { type RecordingOptions, recordAndClaim, recordSingly } from './recording.js';
import type { Attempt } from './settling.js';

/** Letters claimed before intake has its turn again while it has a backlog. */
const BITE = 16;
/** Milliseconds between two bites. */
const REST_MS = 500;
/** Milliseconds in which letters that end together are gathered for one unit of work. */
const GATHER_MS = 20;
/** Milliseconds before results that could not be written are written again. */
const RETRY_MS = 1_000;
/** Times in a row that writing may fail while closing; the letters concerned go again after their lease. */
const CLOSING_FAILURES = 3;

export interface OutboxOptions extends RecordingOptions {
  delivery: Delivery;
  clock: Clock;
  /** Letters under way at the same time. */
  concurrency: number;
  /** Intake has a backlog: filing comes first, and the outbox goes on in small bites. */
  isBusy?: (() => boolean) | undefined;
  /** Storage cannot be trusted any more; nothing is claimed or written after this. */
  onBroken(error: StorageBroken): void;
}

export interface Outbox {
  /** Something may be due. Cheap when nothing is, and while a pass runs. */
  wake(): void;
  /** A pass over what is due now (one bite of it when intake is busy). Resolves to the number of letters settled. */
  runOnce(): Promise<number>;
  /** Resolves when nothing due is left untried. */
  idle(): Promise<void>;
  /** Claims no more and resolves when the letters under way are settled. */
  close(): Promise<void>;
}

interface State {
  options: OutboxOptions;
  /** The pass that runs; there is never a second one. */
  pass: Promise<number> | undefined;
  /** Somebody woke us since the last claim. */
  woken: boolean;
  resting: NodeJS.Timeout | undefined;
  underWay: Set<string>;
  ended: Attempt[];
  /** Told when a letter has ended and when somebody woke us. */
  onChange: () => void;
  failures: number;
  closed: boolean;
  broken: boolean;
}

/** Wakes up only when told; `leaseMs` must be longer than any delivery takes. */
export function createOutbox(options: OutboxOptions): Outbox {
  const state: State = {
    options,
    pass: undefined,
    woken: false,
    resting: undefined,
    underWay: new Set(),
    ended: [],
    onChange: () => undefined,
    failures: 0,
    closed: false,
    broken: false,
  };
  return {
    wake: () => wake(state),
    runOnce: () => runOnce(state),
    idle: () => whenIdle(state),
    close() {
      state.closed = true;
      stopResting(state);
      return whenIdle(state);
    },
  };
}

function wake(state: State): void {
  if (state.closed || state.resting) return;
  state.woken = true;
  if (state.pass) state.onChange();
  else void runOnce(state);
}

async function whenIdle(state: State): Promise<void> {
  while (state.pass || state.resting) {
    if (state.resting) {
      stopResting(state);
      wake(state);
    }
    await state.pass;
  }
}

async function runOnce(state: State): Promise<number> {
  while (state.pass) await state.pass;
  if (state.closed) return 0;
  state.pass = pass(state).finally(() => {
    state.pass = undefined;
    if (state.woken) wake(state);
  });
  return state.pass;
}

/** Claims into free room and settles what has ended, until nothing is due and nothing under way. */
async function pass(state: State): Promise<number> {
  let settled = 0;
  let claimed = 0;
  for (;;) {
    const turn = await takeTurn(state, roomIn(state, claimed));
    settled += turn.settled;
    claimed += turn.claimed.length;
    for (const record of turn.claimed) start(state, record);
    if (turn.claimed.length === 0 && state.underWay.size === 0 && state.ended.length === 0) break;
    await whenSomethingChanged(state);
  }
  if (claimed >= BITE && state.options.isBusy?.()) rest(state);
  return settled;
}

function roomIn(state: State, claimed: number): number {
  if (state.closed) return 0;
  const { concurrency, isBusy } = state.options;
  const bite = isBusy?.() ? BITE - claimed : concurrency;
  return Math.max(0, Math.min(bite, concurrency - state.underWay.size));
}

function rest(state: State): void {
  state.woken = false;
  stopResting(state);
  state.resting = setTimeout(() => {
    state.resting = undefined;
    wake(state);
  }, REST_MS);
  state.resting.unref();
}

function stopResting(state: State): void {
  clearTimeout(state.resting);
  state.resting = undefined;
}

interface Turn {
  settled: number;
  claimed: OutboxRecord[];
}

const NOTHING: Turn = { settled: 0, claimed: [] };

async function takeTurn(state: State, room: number): Promise<Turn> {
  const ended = state.ended.splice(0);
  if (state.broken) return NOTHING;
  state.woken = false;
  try {
    if (ended.length === 0 && !(room > 0 && (await isSomethingDue(state)))) return NOTHING;
    const claimed = await recordAndClaim(state.options, ended, room);
    state.failures = 0;
    return { settled: ended.length, claimed };
  } catch (error) {
    return await recover(state, ended, error);
  }
}

async function isSomethingDue({ options }: State): Promise<boolean> {
  const dueAt = await options.store.outbox.nextDueAt();
  return dueAt !== undefined && dueAt <= options.clock.now();
}

async function recover(state: State, ended: Attempt[], error: unknown): Promise<Turn> {
  const { log } = state.options;
  if (error instanceof StorageBroken) return giveUp(state, error);
  if (ended.length === 0) {
    log.warn({ error }, 'what is due in the outbox could not be claimed; trying again later');
    return NOTHING;
  }
  if (error instanceof TemporaryFailure) return keepForLater(state, ended, error);
  const letters = ended.length;
  log.warn({ error, letters }, 'deliveries could not be written together; writing them singly');
  try {
    await recordSingly(state.options, ended);
    return { settled: letters, claimed: [] };
  } catch (again) {
    return again instanceof StorageBroken ? giveUp(state, again) : keepForLater(state, ended, again);
  }
}

function giveUp(state: State, error: StorageBroken): Turn {
  state.broken = true;
  state.closed = true;
  state.options.onBroken(error);
  return NOTHING;
}

async function keepForLater(state: State, ended: Attempt[], error: unknown): Promise<Turn> {
  state.failures += 1;
  const letters = ended.length;
  if (state.closed && state.failures >= CLOSING_FAILURES) {
    state.options.log.error(
      { error, letters },
      'deliveries could not be written; they go again after the lease',
    );
    return NOTHING;
  }
  state.options.log.warn({ error, letters }, 'deliveries could not be written now; trying again');
  state.ended.unshift(...ended);
  await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  return NOTHING;
}

function start(state: State, record: OutboxRecord): void {
  const { id, kind } = record.letter;
  // Its lease ran out while it is still under way here; a second attempt beside the first would only be a copy.
  if (state.underWay.has(id)) return;
  state.underWay.add(id);
  void deliver(state, record).then((outcome) => {
    state.underWay.delete(id);
    state.ended.push({ record, outcome, endedAt: state.options.clock.now() });
    state.options.meter.count('deliveries_total', { kind, result: outcome.kind });
    state.onChange();
  });
}

async function deliver({ options }: State, { letter }: OutboxRecord): Promise<DeliveryOutcome> {
  try {
    return await options.delivery.deliver(letter);
  } catch (error) {
    options.log.warn({ error, outboxId: letter.id }, 'a delivery failed in an unknown way');
    return { kind: 'temporary', reply: messageOf(error) };
  }
}

/** Resolves shortly after a letter has ended or somebody woke us with room left, at once when nothing is under way. */
function whenSomethingChanged(state: State): Promise<void> {
  return new Promise((resolve) => {
    let gathering: NodeJS.Timeout | undefined;
    state.onChange = () => {
      if (state.underWay.size === 0) {
        clearTimeout(gathering);
        // Letters that end without waiting for anybody must not keep the event loop from all others.
        setImmediate(resolve);
      } else if (state.ended.length > 0 || (state.woken && state.underWay.size < state.options.concurrency)) {
        gathering ??= setTimeout(resolve, GATHER_MS);
      }
    };
    state.onChange();
  });
}
