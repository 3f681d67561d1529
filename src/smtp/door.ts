// What all listeners of one front door share.
import type { StorageBroken } from '../domain/errors.js';
import type { LogFields } from '../ports/surroundings.js';
import { type Admission, openAdmission } from './admission.js';
import { type DiskGauge, openDiskGauge } from './disk-gauge.js';
import type { FrontDoorOptions, FrontDoorSettings } from './options.js';
import { CALM, type Stress } from './stress.js';

export interface Door {
  readonly options: FrontDoorOptions;
  /** What a reload changes. */
  settings: FrontDoorSettings;
  readonly admission: Admission;
  readonly disk: DiskGauge;
  /** `broken`: the storage cannot be trusted, nothing is taken any more. */
  state: 'open' | 'closing' | 'broken';
  stress: Stress;
  /** One promise, which never rejects, for each letter handed to the spool and not settled. */
  readonly inFlight: Set<Promise<void>>;
}

export function buildDoor(options: FrontDoorOptions): Door {
  const { maxMessageBytes, trustedRelays, diskFloorBytes, limits } = options;
  return {
    options,
    settings: { maxMessageBytes, trustedRelays, diskFloorBytes, limits },
    admission: openAdmission(),
    disk: openDiskGauge(options.spool),
    state: 'open',
    stress: CALM,
    inFlight: new Set(),
  };
}

/** Takes no letter from now on and tells the house, once. */
export function breakDoor(door: Door, error: StorageBroken, fields: LogFields): void {
  if (door.state === 'broken') return;
  door.state = 'broken';
  door.options.log.error({ ...fields, error }, 'the storage is broken, no letter is taken any more');
  door.options.onBroken(error);
}
