// What time brings about, as the house wakes it once a minute.
import { oldestUsefulSlot } from '../domain/budget.js';
import { latestSlot } from '../domain/local-slot.js';
import { type DigestOptions, sendDigests } from './digest.js';
import { eraseOver, type RetentionOptions, removeFiles } from './retention.js';
import { type SweepOptions, sweep } from './sweep.js';

export interface Sla {
  /**
   * One pass: everything that fell due, then the lists for officers; once a day, counters that are over are thrown away.
   * Passes never overlap. Resolves to what was done. Rejects with StorageBroken, or when the store
   * could not be asked (try again).
   */
  sweep(): Promise<{ events: number; digests: number }>;
}

export function createSla(options: SweepOptions & DigestOptions & RetentionOptions): Sla {
  let last: Promise<unknown> = Promise.resolve();
  let digestedSlot: string | undefined;
  let forgottenBefore: string | undefined;
  let erasedHour: string | undefined;

  async function pass() {
    const events = await sweep(options);
    const { digestTimes, timeZone } = options.rules();
    const slot = latestSlot(digestTimes, timeZone, options.clock.now());
    // The store knows which lists went out; asking it every minute would be a write each.
    const digests = slot === undefined || slot === digestedSlot ? 0 : await sendDigests(options);
    digestedSlot = slot;
    await forgetCounters();
    await eraseHourly();
    await removeFiles(options);
    return { events, digests };
  }

  /** Counters of days that are over bound nothing any more; once a day, because it looks at them all. */
  async function forgetCounters() {
    const oldest = oldestUsefulSlot(options.clock.now());
    if (oldest === forgottenBefore) return;
    await options.store.transact((unit) => unit.allowances.forgetBefore(oldest));
    forgottenBefore = oldest;
  }

  async function eraseHourly() {
    const hour = options.clock.now().slice(0, 13);
    if (hour === erasedHour || options.isTimeSure?.() === false) return;
    const erased = await eraseOver(options);
    if (erased > 0) options.log.info({ tickets: erased }, 'tickets whose time is over were erased');
    erasedHour = hour;
  }

  return {
    sweep() {
      const next = last.then(pass, pass);
      last = next.catch(() => undefined);
      return next;
    },
  };
}
