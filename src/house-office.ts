// The desk as a second process has it: the daemon finds the letters it owes within a second.
import type { HouseOffice } from './admin/deps.js';
import type { Config } from './config/config.js';
import { acknowledgeEscalation } from './desk/escalations.js';
import { instantOf } from './domain/time.js';
import { HOME, loadWording } from './home.js';
import { createSigner, loadOrMakeKeys } from './keys/signer.js';
import { createLog } from './log/log.js';
import { createMeter } from './log/meter.js';
import { createMatters } from './matters/matters.js';
import { loadTriage, officeRules, openOffice } from './office.js';
import { peopleNow } from './ports/office.js';
import type { IdSource } from './ports/surroundings.js';
import { createCounting } from './reports/counting.js';
import { systemClock } from './schedule/system-clock.js';
import { eraseOver, planErasures, removeFiles } from './sla/retention.js';
import { createSla } from './sla/sla.js';
import { openArchive } from './spool/archive.js';
import type { OpenedStore } from './store/store.js';

/** Errors: 'invalid' for wording or word lists. */
export async function openHouseOffice(
  config: Config,
  { store, ids }: { store: OpenedStore; ids: IdSource },
): Promise<HouseOffice> {
  const rules = officeRules(config, {
    templates: await loadWording(config),
    triage: () => loadTriage(config, HOME),
  });
  const log = createLog({ ...config.log, timeZone: config.timeZone });
  const meter = createMeter({ process: false, undeclared: () => undefined });
  const nobody = () => undefined;
  const { options, desk, life } = openOffice({
    store,
    rules: () => rules,
    ids,
    signer: createSigner(loadOrMakeKeys(config.replyKeyFile)),
    meter,
    onLetters: nobody,
  });
  const archive = openArchive(config.dataDir);
  const sla = createSla({ ...options, life, archive, clock: systemClock, log });
  const matters = createMatters({
    store,
    clock: systemClock,
    log,
    isBusy: () => false,
    timeZone: () => rules.timeZone,
  });
  const counting = createCounting({ store, rules: () => rules, clock: systemClock, isBusy: () => false });
  return {
    desk,
    rules,
    people: () => peopleNow(rules, store),
    acknowledgeEscalation: (order) => acknowledgeEscalation(options, order),
    async sweep() {
      const done = await sla.sweep();
      const { suggested } = await matters.pass();
      await counting.pass();
      return { ...done, suggested };
    },
    planErasures: () => planErasures(options, systemClock.now()),
    async eraseOver() {
      const retention = { ...options, life, archive, clock: systemClock };
      const erased = await eraseOver(retention);
      await removeFiles(retention);
      return erased;
    },
    startedAt: instantOf(Math.floor(performance.timeOrigin)),
  };
}
