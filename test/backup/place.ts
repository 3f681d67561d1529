// A house that was at work and is closed now, beside a folder for its backups; both go when the test is over.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBackups } from '../../src/backups.js';
import { aLetter, openHouse, type TestHouse } from '../support/house.js';

export interface Place extends Disposable {
  /** Of the house: `thanadak.yaml` and `var/`. */
  folder: string;
  data: string;
  file: string;
  backups: string;
  /** A path in the same temporary folder, not made yet. */
  path(name: string): string;
}

export function makePlace(): Place {
  const base = mkdtempSync(join(tmpdir(), 'thanadak-backup-'));
  const folder = join(base, 'house');
  return {
    folder,
    data: join(folder, 'var'),
    file: join(folder, 'thanadak.yaml'),
    backups: join(base, 'backups'),
    path: (name) => join(base, name),
    [Symbol.dispose]: () => rmSync(base, { recursive: true, force: true }),
  };
}

export const commands = openBackups('0.0.0-test');
export const silent = () => undefined;

/** Opens the house of the place, lets so many letters become tickets, does `more`, and closes it. */
export async function live(
  place: Place,
  letters: number,
  more: (house: TestHouse) => Promise<void> = async () => undefined,
): Promise<void> {
  await using house = await openHouse('sender_auth: { mode: off }', { folder: place.folder });
  for (let n = 0; n < letters; n += 1) {
    const text = `The lamp at corner ${n} of our street is dark, ${'and dark '.repeat(n)}.`;
    await house.send({ raw: aLetter({ text, subject: `Lamp ${n}` }) });
  }
  await house.daemon.idle();
  await more(house);
}

export function backUp(place: Place, keep?: number) {
  return commands.make({ file: place.file, directory: place.backups, keep }, silent);
}
