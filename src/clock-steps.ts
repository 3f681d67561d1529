// What the house does when the clock on the wall is set under it: letters do not wait for the old time, and while the
// new one is in doubt nothing is erased or given up because of it.
import { type Instant, instantOf } from './domain/time.js';
import type { Rooms } from './rooms.js';
import { type ClockWatch, watchClock } from './schedule/clock-watch.js';
import type { Finding } from './web/readiness.js';

/** Begins to watch, with what the journal says of the time before; also that is told. */
export async function watchClockOf({
  store,
  clock,
  log,
}: Pick<Rooms, 'store' | 'clock' | 'log'>): Promise<ClockWatch> {
  const last = await store.journal.lastChained();
  const now = clock.now();
  const watch = watchClock({ newest: last && Date.parse(last.at), startedAt: Date.parse(now) });
  const doubt = watch.doubt();
  if (doubt) log.info({ doubt, newest: last?.at, now }, 'the clock is in doubt: look whether it is right');
  if (last && last.at > now) await hasten({ store, log }, { after: last.at, now });
  return watch;
}

/** Called every second. */
export async function lookAtClock({ clockWatch, store, clock, log, meter }: Rooms): Promise<void> {
  const step = clockWatch.look();
  if (step === 0) return;
  meter.count('clock_steps_total', { direction: step > 0 ? 'ahead' : 'back' });
  log.warn(
    { seconds: Math.round(step / 1_000), doubt: clockWatch.doubt() },
    'the clock of this machine was set',
  );
  const now = clock.now();
  if (step < 0) await hasten({ store, log }, { after: instantOf(Date.parse(now) - step), now });
}

/** Letters that were to go at a time which the clock left again would wait for as long as it went back. */
async function hasten(
  { store, log }: Pick<Rooms, 'store' | 'log'>,
  { after, now }: { after: Instant; now: Instant },
): Promise<void> {
  const letters = await store.transact((unit) => unit.outbox.hasten(after, now));
  if (letters > 0) log.info({ letters }, 'letters that waited for a time that went back are due now');
}

export function clockFinding({ clockWatch }: Pick<Rooms, 'clockWatch'>): Finding {
  const doubt = clockWatch.doubt();
  if (!doubt) return { ok: true };
  return {
    ok: false,
    minor: true,
    detail: `${doubt}; nothing is erased or given up`,
    mend: 'Look whether the clock is right; then restart the service, or wait a day.',
  };
}
