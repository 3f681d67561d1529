import { describe, expect, it } from 'vitest';
import { buildDirectory } from '../../../src/domain/directory.js';
import type { Officer, Rank } from '../../../src/domain/people.js';
import { actorOf, maySee, OPERATOR } from '../../../src/domain/rights.js';
import type { Station } from '../../../src/domain/station.js';
import { RESTRICTIONS } from '../../../src/domain/ticket.js';
import { scopeOf } from '../../../src/ports/office.js';

const station = (code: string, division: string): Station => ({
  code,
  name: { en: code },
  force: 'kp',
  division,
  addresses: [`${code}@police.example`],
});
const STATIONS = [station('behala', 'sw'), station('lake', 'sw'), station('tala', 'n')];
const directory = buildDirectory(STATIONS, 'mail.police.example');

const officer = (rank: Rank, changes: Partial<Officer> = {}): Officer => ({
  id: 'x',
  name: 'X',
  title: '',
  rank,
  address: null,
  stations: [],
  divisions: [],
  readsRestricted: false,
  disabled: false,
  away: null,
  ...changes,
});

const EVERYBODY: Officer[] = [
  officer('officer', { stations: ['behala'] }),
  officer('officer', { stations: ['behala', 'tala'], readsRestricted: true }),
  officer('oc', { stations: ['lake'] }),
  officer('ac', { divisions: ['kp/sw'] }),
  officer('dc', { divisions: ['kp/n'], stations: ['behala'] }),
  officer('admin'),
  officer('auditor'),
  officer('dc', { divisions: ['kp/sw'], disabled: true }),
  officer('officer'),
];

describe('the scope of queries', () => {
  it.each(EVERYBODY)('says of every ticket what maySee says: %o', (one) => {
    const actor = actorOf(one);
    const scope = scopeOf(actor, directory);
    for (const place of STATIONS) {
      for (const restriction of RESTRICTIONS) {
        const inScope =
          (scope.stations === null || scope.stations.includes(place.code)) &&
          scope.restrictions.includes(restriction);
        expect([place.code, restriction, inScope]).toEqual([
          place.code,
          restriction,
          maySee(actor, { restriction }, place),
        ]);
      }
    }
  });

  it('of the operator is everything', () => {
    expect(scopeOf(OPERATOR, directory)).toEqual({ stations: null, restrictions: ['none', 'named', 'dc'] });
  });
});
