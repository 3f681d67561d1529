// The stations one letter is for, each once.
import { type Directory, findRecipient } from '../domain/directory.js';
import type { SpooledLetter } from '../domain/letter.js';
import { POSTMASTER } from '../domain/station.js';

export interface Destination {
  station: string;
  /** `+token` of the address; the first one that came with a token wins. */
  token: string | undefined;
  address: string;
}

/**
 * One destination per addressed station. A recipient that a reload has taken away since the letter was accepted
 * is filed for the IT cell: accepted is accepted.
 */
export function destinationsOf(letter: SpooledLetter, directory: Directory): Destination[] {
  const byStation = new Map<string, Destination>();
  for (const address of letter.envelope.to) {
    const recipient = findRecipient(directory, address);
    const station = recipient?.station ?? POSTMASTER;
    const token = recipient?.token;
    const known = byStation.get(station);
    if (!known) byStation.set(station, { station, token, address });
    else known.token ??= token;
  }
  return [...byStation.values()];
}
