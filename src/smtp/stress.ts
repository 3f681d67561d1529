// When the front door is under stress, and what it asks of clients then: less patience with those who bring nothing.
import type { DoorConnection } from './connection.js';
import type { Door } from './door.js';
import type { FrontDoorLimits } from './options.js';

/** What is looked at about once a second. */
export interface Load {
  /** Connections that are no relay's, as a share of those a listener may have; of the fullest listener. */
  share: number;
  /** Longest delay of the event loop since the look before, in seconds. */
  lagSeconds: number;
}

export interface Stress {
  isOn: boolean;
  /** Since when (performance.now) every look found the event loop late, or under stress everything calm. */
  since: number | undefined;
}

export const CALM: Stress = { isOn: false, since: undefined };

/** One late turn may be a large letter or the disk; a loop that is late all the time has too much to do. */
const LATE_SECONDS = 0.1;
const LATE_FOR_MS = 3_000;
const CALM_FOR_MS = 10_000;
/** So much below the mark the share must be to count as calm again. */
const CALM_SHARE = 0.75;

/**
 * The stress after a look at `load` at `now` (performance.now): on at once when `mark` of the connections are in use,
 * or when the event loop was late for three seconds; off after ten seconds in which neither was near.
 */
export function nextStress(stress: Stress, load: Load, { mark, now }: { mark: number; now: number }): Stress {
  const late = load.lagSeconds > LATE_SECONDS;
  if (stress.isOn) {
    if (late || load.share >= mark * CALM_SHARE) return { isOn: true, since: undefined };
    const since = stress.since ?? now;
    return now - since >= CALM_FOR_MS ? CALM : { isOn: true, since };
  }
  if (load.share >= mark) return { isOn: true, since: undefined };
  if (!late) return CALM;
  const since = stress.since ?? now;
  return now - since >= LATE_FOR_MS ? { isOn: true, since: undefined } : { isOn: false, since };
}

/** The limits that hold for a client now. Relays of ours never lose patience with us, nor we with them. */
export function limitsFor({ trusted, door }: Pick<DoorConnection, 'trusted' | 'door'>): FrontDoorLimits {
  const { limits } = door.settings;
  if (trusted || !door.stress.isOn) return limits;
  const { idleTimeoutMs, sessionMs, junkCommands } = limits.stress;
  return {
    ...limits,
    idleTimeoutMs: Math.min(limits.idleTimeoutMs, idleTimeoutMs),
    sessionMs: Math.min(limits.sessionMs, sessionMs),
    junkCommands: Math.min(limits.junkCommands, junkCommands),
  };
}

/** Looks at the load; when stress begins or ends, clients that are connected already are held to it too. */
export function lookAtLoad(door: Door, load: Load, sessions: () => Iterable<DoorConnection>): void {
  const before = door.stress.isOn;
  const mark = door.settings.limits.stress.clients;
  door.stress = nextStress(door.stress, load, { mark, now: performance.now() });
  if (door.stress.isOn === before) return;
  for (const connection of sessions()) connection.patienceChanged();
  const { log, meter } = door.options;
  if (before) log.info({ ...load }, 'the front door is calm again');
  else {
    meter.count('smtp_stress_total');
    log.info({ ...load }, 'the front door is under stress: clients that bring nothing are sent away sooner');
  }
}
