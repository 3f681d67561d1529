// Stations by their code.
import { ThanadakError } from '../domain/errors.js';
import { POSTMASTER } from '../domain/station.js';
import type { House } from './deps.js';

/** Errors: 'not-found'. */
export function checkStation({ config }: Pick<House, 'config'>, code: string): void {
  const codes = [POSTMASTER, ...config.stations.map((station) => station.code)];
  if (codes.includes(code.toLowerCase())) return;
  throw new ThanadakError('not-found', `There is no station "${code}". Known: ${codes.join(', ')}.`);
}
