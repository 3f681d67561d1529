// The letters a deed writes, heard on their way into the outbox, so that they can be held against those that were seen.
import { ThanadakError } from '../domain/errors.js';
import type { OutgoingLetter } from '../domain/outgoing.js';
import type { UnitOfWork } from '../ports/store.js';
import type { Signer } from '../ports/surroundings.js';

/** The unit of work, and what is put into its outbox as it goes. */
export function listening(unit: UnitOfWork): { unit: UnitOfWork; letters: OutgoingLetter[] } {
  const letters: OutgoingLetter[] = [];
  const outbox: UnitOfWork['outbox'] = {
    ...unit.outbox,
    enqueue(record) {
      letters.push(record.letter);
      return unit.outbox.enqueue(record);
    },
  };
  return { unit: { ...unit, outbox }, letters };
}

/** Errors: 'conflict' when these are not the letters that were previewed; without a mark nothing was. */
export function refuseOthers(
  signer: Signer,
  previewed: string | undefined,
  letters: readonly OutgoingLetter[],
): void {
  if (previewed === undefined || previewed === markOf(signer, letters.filter(isAnswer))) return;
  const message = 'The letter would not be the one you saw any more; look at it again, then send it.';
  throw new ThanadakError('conflict', message);
}

/** Notices to our own officers are not the writer's. */
export function isAnswer({ kind }: OutgoingLetter): boolean {
  return kind !== 'escalation' && kind !== 'digest' && kind !== 'alarm';
}

/** Stands for letters as they are read: ids and times are new each time and are read by nobody. */
export function markOf(signer: Signer, letters: readonly OutgoingLetter[]): string {
  const seen = letters.map(({ kind, to, from, replyTo, subject, text }) => [
    kind,
    to,
    [from.address, from.name],
    replyTo && [replyTo.address, replyTo.name],
    subject,
    text,
  ]);
  return signer.sign('preview', JSON.stringify(seen));
}
