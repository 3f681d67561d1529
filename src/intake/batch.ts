// Files letters together in one unit of work, singly when that fails, and clears the spool of what was filed.
import { messageOf, StorageBroken, TemporaryFailure } from '../domain/errors.js';
import type { SpooledLetter } from '../domain/letter.js';
import { millisecondsBetween } from '../domain/time.js';
import type { Spool } from '../ports/spool.js';
import type { Store } from '../ports/store.js';
import type { Clock, Log, Meter } from '../ports/surroundings.js';
import type { Alarm } from './alarm.js';
import type { Filed, ReadLetter } from './filing.js';
import type { FiledTogether } from './together.js';

export interface BatchOptions {
  store: Store;
  spool: Spool;
  clock: Clock;
  log: Log;
  meter: Meter;
  /** Files all of these letters or none; errors as fileTogether's. */
  file(letters: readonly ReadLetter[]): Promise<FiledTogether>;
  /** Something was put into the outbox. */
  onFiled(): void;
}

/** A letter that is read and has no place in the archive yet. */
export type WaitingLetter = Omit<ReadLetter, 'archivePath'>;

type Batch = readonly WaitingLetter[];

/**
 * Files every letter of `batch`, or holds one that cannot be filed. Resolves to those to be tried again later.
 * Rejects with StorageBroken only.
 */
export async function fileBatch(options: BatchOptions, batch: Batch): Promise<SpooledLetter[]> {
  try {
    await moveTogether(options, batch);
    return [];
  } catch (error) {
    if (error instanceof StorageBroken) throw error;
    if (error instanceof TemporaryFailure) return putBack(options, batch, error);
    options.log.warn(
      { error, letters: batch.length },
      'a batch could not be filed; filing its letters singly',
    );
    const later: SpooledLetter[] = [];
    for (const read of batch) later.push(...(await fileAlone(options, read)));
    return later;
  }
}

function putBack({ log }: BatchOptions, batch: Batch, error: unknown): SpooledLetter[] {
  log.warn({ error, letters: batch.length }, 'letters could not be filed now; trying again');
  return batch.map(({ letter }) => letter);
}

/** An unknown error that comes again when the letter is filed alone belongs to the letter: it is held, never dropped. */
async function fileAlone(options: BatchOptions, read: WaitingLetter): Promise<SpooledLetter[]> {
  try {
    await moveTogether(options, [read]);
    return [];
  } catch (error) {
    if (error instanceof StorageBroken) throw error;
    const isOurs = error instanceof TemporaryFailure || !(await storeAnswers(options));
    return isOurs ? putBack(options, [read], error) : hold(options, read.letter, error);
  }
}

/** A store that answers nobody is no fault of this letter. */
function storeAnswers({ store }: BatchOptions): Promise<boolean> {
  return store.outbox.nextDueAt().then(
    () => true,
    () => false,
  );
}

async function hold(options: BatchOptions, letter: SpooledLetter, error: unknown): Promise<SpooledLetter[]> {
  const { spool, log, meter } = options;
  log.error({ letterId: letter.id, error }, 'a letter cannot be filed and is held');
  meter.count('letters_held_total');
  return spool.hold(letter.id, messageOf(error)).then(
    () => [],
    () => [letter],
  );
}

async function moveTogether(options: BatchOptions, batch: Batch): Promise<void> {
  const paths = await options.spool.archive(batch.map(({ letter }) => letter));
  const { filed, alarm } = await options.file(
    batch.map((read, index) => ({ ...read, archivePath: paths[index] ?? '' })),
  );
  for (const [index, { letter }] of batch.entries()) report(options, letter, filed[index]);
  if (alarm) sound(options, alarm);
  options.onFiled();
  await Promise.all(batch.map(({ letter }) => clear(options, letter)));
}

function report(options: BatchOptions, letter: SpooledLetter, filed: Filed | undefined): void {
  const { log, meter, clock } = options;
  if (!filed) return;
  const { outcome, references, suppressed } = filed;
  meter.count('letters_filed_total', { outcome });
  meter.observe('filing_seconds', millisecondsBetween(letter.receivedAt, clock.now()) / 1000);
  if (suppressed) meter.count('acknowledgements_suppressed_total', { reason: suppressed });
  log.info(
    { letterId: letter.id, outcome, references, ...(suppressed ? { suppressed } : {}) },
    'letter filed',
  );
}

/** After the commit, so that what the log says has happened. */
function sound({ log, meter }: BatchOptions, { limit, until }: Alarm): void {
  meter.count('acknowledgement_alarms_total');
  log.warn(
    { limit, until },
    'far too many letters: receipts are withheld for a while, and the IT cell is told',
  );
}

/** A letter that stays in the spool after its commit is found filed by the next sweep, so a failure here is harmless. */
async function clear({ spool, log }: BatchOptions, letter: SpooledLetter): Promise<void> {
  await spool.remove(letter.id).catch((error: unknown) => {
    log.warn({ letterId: letter.id, error }, 'a filed letter could not be cleared from the spool');
  });
}
