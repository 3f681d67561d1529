import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { officersOf } from '../../src/config/people.js';
import type { Officer } from '../../src/domain/people.js';
import { configOf, loadText, problemsOf } from './folder.js';

const CITY = `mail_domain: mail.kolkatapolice.example
forces:
  - code: kp
    name: { en: Kolkata Police }
    divisions:
      - { code: sw, name: { en: South West }, deputy_commissioner: dc.sw@p.example, assistant_commissioner: ac.sw@p.example }
      - { code: sd, name: { en: South }, deputy_commissioner: dc.sd@p.example }
stations:
  - { code: behala, name: { en: B }, force: kp, division: sw, addresses: [b@p.example], officer_in_charge: OC.Behala@p.example }
  - { code: parnasree, name: { en: P }, force: kp, division: sw, addresses: [p@p.example], officer_in_charge: oc.behala@P.example }
  - { code: tollygunge, name: { en: T }, force: kp, division: sd, addresses: [t@p.example] }
`;

function officers(text: string): Officer[] {
  return officersOf(configOf(loadText(CITY + text)));
}

/** `id rank address [what is served]`. */
function lines(text: string): string[] {
  return officers(text)
    .map(({ id, rank, address, stations, divisions }) =>
      [id, rank, address ?? '-', [...stations, ...divisions].join('+') || 'all'].join(' '),
    )
    .sort();
}

const POSTS = [
  'ac.sw@p.example ac ac.sw@p.example kp/sw',
  'dc.sd@p.example dc dc.sd@p.example kp/sd',
  'dc.sw@p.example dc dc.sw@p.example kp/sw',
  'oc.behala@p.example oc OC.Behala@p.example behala+parnasree',
  'postmaster@mail.kolkatapolice.example admin postmaster@mail.kolkatapolice.example all',
];

describe('the officers', () => {
  it('are the posts known by address when nobody is named; one address is one officer', () => {
    expect(lines('')).toEqual(POSTS);
    expect(officers('').find(({ rank }) => rank === 'oc')).toEqual({
      id: 'oc.behala@p.example',
      name: '',
      title: 'OC',
      rank: 'oc',
      address: 'OC.Behala@p.example',
      stations: ['behala', 'parnasree'],
      divisions: [],
      readsRestricted: false,
      disabled: false,
      away: null,
    });
  });

  it.each([
    ['si', {}, { rank: 'officer', title: 'SI' }],
    ['asi', {}, { rank: 'officer', title: 'ASI' }],
    ['si', { title: 'Sub-Inspector' }, { rank: 'officer', title: 'Sub-Inspector' }],
    ['officer', {}, { rank: 'officer', title: '' }],
    ['auditor', {}, { rank: 'auditor', title: '' }],
  ])('of the rank %s, %j', (rank, more, expected) => {
    const option = JSON.stringify({ id: 'a', name: 'A', rank, stations: ['behala'], ...more });
    expect(officers(`officers: [${option}]\n`).find(({ id }) => id === 'a')).toMatchObject(expected);
  });

  it('who are named take the place of the post they hold, and no other', () => {
    const text = `officers:
  - { id: roy, name: A Roy, rank: oc, address: roy@p.example, stations: [parnasree] }
  - { id: sen, name: B Sen, rank: dc, address: sen@p.example, divisions: [kp/sw] }
  - { id: das, name: C Das, rank: ac, address: das@p.example, stations: [behala] }
`;
    expect(lines(text)).toEqual([
      'ac.sw@p.example ac ac.sw@p.example kp/sw',
      'das ac das@p.example behala',
      'dc.sd@p.example dc dc.sd@p.example kp/sd',
      'oc.behala@p.example oc OC.Behala@p.example behala',
      'postmaster@mail.kolkatapolice.example admin postmaster@mail.kolkatapolice.example all',
      'roy oc roy@p.example parnasree',
      'sen dc sen@p.example kp/sw',
    ]);
  });

  it('get the address of their post when they have none of their own', () => {
    const text = `it_cell: it@p.example
officers:
  - { id: roy, name: A Roy, rank: oc, stations: [parnasree, behala] }
  - { id: root, name: IT, rank: admin }
  - { id: desk, name: D, rank: si, stations: [behala] }
`;
    expect(lines(text)).toEqual([
      'ac.sw@p.example ac ac.sw@p.example kp/sw',
      'dc.sd@p.example dc dc.sd@p.example kp/sd',
      'dc.sw@p.example dc dc.sw@p.example kp/sw',
      'desk officer - behala',
      'root admin it@p.example all',
      'roy oc OC.Behala@p.example parnasree+behala',
    ]);
  });

  it('have ids of their own where one address holds posts of several ranks', () => {
    expect(lines('it_cell: dc.sw@p.example\n').filter((line) => line.includes('dc.sw'))).toEqual([
      'dc.sw@p.example admin dc.sw@p.example all',
      'dc:dc.sw@p.example dc dc.sw@p.example kp/sw',
    ]);
  });

  it('may stand in included files', () => {
    const folder = { 'o.yaml': 'officers: [{ id: b, name: B, rank: si, stations: [behala] }]\n' };
    const text = `${CITY}officers: [{ id: a, name: A, rank: auditor }]\ninclude: [o.yaml]\n`;
    expect(configOf(loadText(text, folder)).officers.map(({ id }) => id)).toEqual(['a', 'b']);
    const twice = text.replace('id: a', 'id: b');
    expect(problemsOf(loadText(twice, folder))).toEqual([
      expect.stringMatching(
        /^o.yaml:1:18: officers\[1\].id: the id b is already used at .*main.yaml:12; give one of them another id$/,
      ),
    ]);
  });

  it('of the sample stations answer for each of them, at every rank above the desk', () => {
    const config = configOf(loadConfig(join(import.meta.dirname, '../../config/thanadak.yaml'), {}));
    const all = officersOf(config);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { code, force, division } of config.stations) {
      const ranks = all
        .filter(
          ({ stations, divisions }) => stations.includes(code) || divisions.includes(`${force}/${division}`),
        )
        .map(({ rank }) => rank)
        .filter((rank) => rank !== 'officer');
      expect([code, ...ranks.sort()]).toEqual([code, 'ac', 'dc', 'oc']);
    }
    for (const { address } of all) expect(address ?? '').toMatch(/\.example$/);
  });
});

// CITY has eleven lines: every fault below begins in line 12.
describe('an officer who does not fit', () => {
  it.each([
    [
      'an unknown station',
      '{ id: a, name: A, rank: si, stations: [behla] }',
      'main.yaml:12:51: officers[0].stations[0]: there is no station behla; did you mean behala?',
    ],
    [
      'an unknown division',
      '{ id: a, name: A, rank: dc, divisions: [kp/sww] }',
      'main.yaml:12:52: officers[0].divisions[0]: there is no division kp/sww; did you mean kp/sw?',
    ],
    [
      'a division without its force',
      '{ id: a, name: A, rank: dc, divisions: [sw] }',
      'main.yaml:12:52: officers[0].divisions[0]: expected a force and its division such as kp/sw, found "sw"',
    ],
    [
      'a desk without a station',
      '{ id: a, name: A, rank: officer }',
      'main.yaml:12:12: officers[0]: a serves no station and no division; a person of the rank officer needs stations or divisions',
    ],
    [
      'an unknown rank',
      '{ id: a, name: A, rank: inspector, stations: [behala] }',
      'main.yaml:12:36: officers[0].rank: expected one of officer, oc, ac, dc, admin, auditor, si, asi, found "inspector"',
    ],
    [
      'an id that the journal uses',
      '{ id: system, name: A, rank: admin }',
      'main.yaml:12:18: officers[0].id: this id is taken: the journal uses it for others; choose another',
    ],
    [
      'a deputy, whom the command names',
      '{ id: a, name: A, rank: admin, deputy: b }',
      /^main.yaml:12:43: unknown key deputy in officers\[0\]/,
    ],
  ])('%s', (_, option, expected) => {
    const problems = problemsOf(loadText(`${CITY}officers: [${option}]\n`));
    expect(problems).toHaveLength(1);
    if (typeof expected === 'string') expect(problems[0]).toBe(expected);
    else expect(problems[0]).toMatch(expected);
  });

  it('is not asked for a station of an included file that is missing', () => {
    const text = `${CITY}include: [nowhere.yaml]\nofficers: [{ id: a, name: A, rank: dc, stations: [x], divisions: [y/z] }]\n`;
    expect(problemsOf(loadText(text))).toEqual([expect.stringMatching(/nowhere.yaml cannot be read/)]);
  });

  it('is the IT cell without an address', () => {
    expect(problemsOf(loadText(`${CITY}it_cell: nobody\n`))).toEqual([
      'main.yaml:12:10: it_cell: expected a mail address such as it@kolkatapolice.example, or NAME@<mail_domain>, found "nobody"',
    ]);
  });
});
