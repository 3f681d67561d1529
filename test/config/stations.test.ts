import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { addressKey } from '../../src/domain/address.js';
import { buildDirectory, findRecipient } from '../../src/domain/directory.js';
import { configOf } from './folder.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const config = configOf(loadConfig(join(root, 'config/thanadak.yaml'), {}));

describe('the sample stations', () => {
  it('are those of three forces, each with its divisions', () => {
    expect(config.forces.map(({ code, divisions }) => [code, divisions.length])).toEqual([
      ['bkp', 1],
      ['bdn', 1],
      ['kp', 11],
    ]);
    expect(config.stations).toHaveLength(97);
    expect(config.forces[2]?.divisions.map(({ code }) => code).join(' ')).toBe(
      'nnsd cd esd sd pd sed ssd sw ed bd hq',
    );
  });

  it('have addresses of their own, under domains that cannot exist', () => {
    const addresses = config.stations.flatMap((station) => [
      ...station.addresses,
      station.officerInCharge ?? '',
    ]);
    expect(new Set(addresses.map(addressKey)).size).toBe(addresses.length);
    for (const address of addresses) expect(address).toMatch(/^[a-z.]+@[a-z]+police\.example$/);
  });

  it('have commissioners under the same domains, one address a post', () => {
    const addresses = config.forces.flatMap(({ divisions }) =>
      divisions.flatMap((division) => [
        division.deputyCommissioner ?? '',
        division.assistantCommissioner ?? '',
      ]),
    );
    expect(new Set(addresses).size).toBe(26);
    for (const address of addresses) expect(address).toMatch(/^[ad]c\.[a-z]+@[a-z]+police\.example$/);
  });

  it('have names in three languages, each written in its own script', () => {
    for (const { name } of config.stations) {
      expect(name.en).toMatch(/^[A-Za-z ]+$/);
      expect(name.bn).toMatch(/^[\p{Script=Bengali}\s]+$/u);
      expect(name.hi).toMatch(/^[\p{Script=Devanagari}\s]+$/u);
    }
  });

  it.each([
    ['behala.ps@kolkatapolice.example', 'behala'],
    ['behalawomen.ps@kolkatapolice.example', 'behala-women'],
    ['northport.ps@kolkatapolice.example', 'north-port'],
    ['park-street@mail.kolkatapolice.example', 'park-street'],
    ['laketown.ps@bidhannagarpolice.example', 'lake-town'],
    ['dumdum.ps@barrackporepolice.example', 'dum-dum'],
  ])('%s reaches %s', (address, code) => {
    expect(findRecipient(buildDirectory(config.stations, config.mailDomain), address)?.station).toBe(code);
  });
});
