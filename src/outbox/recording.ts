// One unit of work for many attempts and the next claim together, so that a busy outbox costs few commits.
import { StorageBroken, TemporaryFailure } from '../domain/errors.js';
import type { OutboxRecord } from '../domain/outbox-record.js';
import { millisecondsBetween, shift } from '../domain/time.js';
import type { Store } from '../ports/store.js';
import type { Log, Meter } from '../ports/surroundings.js';
import { type Attempt, type GiveUpAfterMs, resultOf, settle } from './settling.js';

export interface RecordingOptions {
  store: Store;
  log: Log;
  meter: Meter;
  leaseMs: number;
  giveUpAfterMs: GiveUpAfterMs;
}

/** Settles `attempts` and claims at most `room` letters that are due. All or nothing; errors as `Store.transact`. */
export async function recordAndClaim(
  options: RecordingOptions,
  attempts: readonly Attempt[],
  room: number,
): Promise<OutboxRecord[]> {
  const results = attempts.map((attempt) => ({ attempt, result: resultOf(attempt, options.giveUpAfterMs) }));
  const claimed = await options.store.transact(async (unit) => {
    for (const { attempt, result } of results) await settle(unit, attempt, result);
    if (room <= 0) return [];
    const leaseUntil = shift(unit.now, options.leaseMs);
    return unit.outbox.claimDue({ limit: room, now: unit.now, leaseUntil });
  });
  for (const { attempt, result } of results) report(options, attempt, result.state);
  return claimed;
}

/**
 * Settles attempts one by one after an unknown error of the whole group, and takes each out of `attempts` when that is
 * done. Rejects with TemporaryFailure or StorageBroken only; the rest is then still in `attempts`.
 */
export async function recordSingly(options: RecordingOptions, attempts: Attempt[]): Promise<void> {
  for (let attempt = attempts[0]; attempt; attempt = attempts[0]) {
    const outboxId = attempt.record.letter.id;
    const result = resultOf(attempt, options.giveUpAfterMs);
    const whole = () => recordAndClaim(options, [attempt], 0);
    // A letter must not go out again and again because something else on its ticket cannot be written.
    const alone = () => options.store.transact((unit) => unit.outbox.settle(outboxId, result));
    if (!(await succeeds(whole, options.log, outboxId))) await succeeds(alone, options.log, outboxId);
    attempts.shift();
  }
}

async function succeeds(work: () => Promise<unknown>, log: Log, outboxId: string): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof StorageBroken || error instanceof TemporaryFailure) throw error;
    log.error({ error, outboxId }, 'a delivery cannot be written on its ticket');
    return false;
  }
}

/** The reply itself may name the resident's address, so the log has its codes only (RFC 5321 4.2, RFC 3463). */
function report(options: RecordingOptions, { record, outcome, endedAt }: Attempt, state: string): void {
  const { letter, attempts, letterId } = record;
  const codes = /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(outcome.reply)?.[0];
  const fields = { letterId, outboxId: letter.id, kind: letter.kind, attempts, ...(codes ? { codes } : {}) };
  if (state === 'sent') options.log.info(fields, 'letter delivered');
  else if (state === 'deferred') options.log.info(fields, 'letter deferred');
  else options.log.warn(fields, 'letter given up');
  if (state === 'sent' && letter.kind === 'acknowledgement') {
    const seconds = millisecondsBetween(record.receivedAt, endedAt) / 1000;
    options.meter.observe('acknowledgement_latency_seconds', seconds);
  }
}
