// The journal and its key, as the command line has them.
import type { HouseAudit } from './admin/deps.js';
import { auditJournal, sealJournal } from './audit/audit.js';
import type { Config } from './config/config.js';
import { ThanadakError } from './domain/errors.js';
import { checkpointText } from './domain/journal-chain.js';
import { journalKeyFile } from './home.js';
import { openSealer } from './keys/sealer.js';
import { sha256 } from './machine/digest.js';
import type { Store } from './ports/store.js';
import { systemClock } from './schedule/system-clock.js';

/** Errors: 'invalid' when the key file holds no key. */
export function openAudit(config: Pick<Config, 'dataDir' | 'mailDomain'>, store: Store): HouseAudit {
  const sealer = openSealer(journalKeyFile(config));
  const options = { store, sealer, digest: sha256, origin: config.mailDomain, clock: systemClock };
  return {
    keyId: sealer.keyId,
    publicKey: sealer.publicKey,
    verify: () => auditJournal(options),
    async checkpoint() {
      const checkpoint = await sealJournal(options, true);
      if (!checkpoint) throw new ThanadakError('conflict', 'The journal is empty: there is nothing to sign.');
      const { keyId, signature } = checkpoint;
      return {
        ...checkpoint,
        note: `${checkpointText(config.mailDomain, checkpoint)}\n${keyId} ${signature}\n`,
      };
    },
  };
}
