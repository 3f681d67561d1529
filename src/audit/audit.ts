// Proves that the journal is whole: signs how far it has come, and walks it to find what was changed behind our back.
import {
  type AuditSummary,
  ChainAudit,
  type Checkpoint,
  checkpointText,
  type Digest,
  type Finding,
} from '../domain/journal-chain.js';
import { millisecondsBetween } from '../domain/time.js';
import type { Store } from '../ports/store.js';
import type { Clock, Sealer } from '../ports/surroundings.js';

export interface AuditOptions {
  store: Store;
  sealer: Sealer;
  digest: Digest;
  /** What the signature says it is of: the mail domain. */
  origin: string;
}

const APART_MS = 10 * 60_000;

/**
 * Signs the journal's last row, unless nothing was written since the last checkpoint or that one is younger than ten
 * minutes (`atOnce`: whatever its age). Resolves to the newest checkpoint. Errors: those of Store.transact.
 */
export async function sealJournal(
  { store, sealer, origin, clock }: AuditOptions & { clock: Clock },
  atOnce = false,
): Promise<Checkpoint | undefined> {
  const newest = await store.journal.newestCheckpoint();
  const isFresh = newest !== undefined && millisecondsBetween(newest.at, clock.now()) < APART_MS;
  if (isFresh && !atOnce) return newest;
  return store.transact(async (unit) => {
    const last = await unit.journal.lastChained();
    if (!last?.chainHash || (newest && last.number <= newest.number)) return newest;
    const sealed = { number: last.number, at: unit.now, chainHash: last.chainHash };
    const signature = sealer.seal(checkpointText(origin, sealed));
    const checkpoint = { ...sealed, keyId: sealer.keyId, signature };
    await unit.journal.addCheckpoint(checkpoint);
    return checkpoint;
  });
}

export interface Audited {
  summary: AuditSummary;
  findings: Finding[];
}

const PAGE = 2_000;

/** Walks the whole journal; `onRow` hears how far it is, and may let others have their turn. Errors: those of the store. */
export async function auditJournal(
  { store, sealer, digest, origin }: AuditOptions,
  onRow: (number: number) => void | Promise<void> = () => undefined,
): Promise<Audited> {
  const checkpoints = await store.journal.checkpoints();
  const audit = new ChainAudit({
    digest,
    checkpoints,
    judge: (checkpoint) => sealer.judge({ ...checkpoint, text: checkpointText(origin, checkpoint) }),
  });
  for (let after = 0; ; ) {
    const rows = await store.journal.chainedAfter(after, PAGE);
    for (const row of rows) audit.take(row);
    after = rows.at(-1)?.number ?? after;
    await onRow(after);
    if (rows.length < PAGE) break;
  }
  audit.finish();
  return { summary: audit.summary, findings: audit.findings };
}
