// What keeps the house well, as the pages of the administration see and start it.
import { auditJournal } from './audit/audit.js';
import { sha256 } from './machine/digest.js';
import { readyChecks } from './readings.js';
import type { Rooms } from './rooms.js';
import { readLastBackup } from './vault/last.js';
import type { Upkeep } from './web/frame/house.js';
import { createReadiness } from './web/readiness.js';

export function upkeepOf(rooms: Rooms): Upkeep {
  const readiness = createReadiness(readyChecks(rooms));
  return {
    readiness: () => readiness([]),
    lastBackupAt: async () => (await readLastBackup(rooms.config.dataDir))?.savedAt ?? null,
    startBackup() {
      if (rooms.config.backup.directory === undefined) return false;
      rooms.backups.run().catch((error: unknown) => rooms.log.error({ error }, 'the backup failed'));
      return true;
    },
    ...verifying(rooms),
  };
}

function verifying(rooms: Rooms): Pick<Upkeep, 'journalVerified' | 'isVerifying' | 'startVerifying'> {
  let verified: ReturnType<Upkeep['journalVerified']> = null;
  let running = false;
  const verify = async () => {
    const { store, sealer, config, clock } = rooms;
    const options = { store, sealer, digest: sha256, origin: config.mailDomain };
    const audited = await auditJournal(options, othersTurn);
    verified = { at: clock.now(), findings: audited.findings.length, rows: audited.summary.rows };
  };
  return {
    journalVerified: () => verified,
    isVerifying: () => running,
    startVerifying() {
      if (running) return;
      running = true;
      verify()
        .catch((error: unknown) => rooms.log.error({ error }, 'the journal could not be verified'))
        .finally(() => {
          running = false;
        });
    },
  };
}

/** A page of the journal costs tens of milliseconds, and letters come in meanwhile. */
function othersTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
