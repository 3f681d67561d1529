import { describe, expect, it } from 'vitest';
import { LEAST, loadText, problemsOf } from './folder.js';

// LEAST has nine lines: the second station begins in line 10.
describe('stations must fit together', () => {
  const station = (code: string, rest: string) => `  - { code: ${code}, name: { en: X }, ${rest} }\n`;
  const own = (address: string) => `force: kp, division: sw, addresses: ['${address}']`;

  it.each([
    [
      'a code used twice',
      station('behala', own('b@x.example')),
      /^main.yaml:10:13: stations\[1\].code: the code behala is already used at .*main.yaml:5; /,
    ],
    [
      'a reserved code',
      station('postmaster', own('b@x.example')),
      'main.yaml:10:13: stations[1].code: the code postmaster is taken: the IT cell gets those letters; choose another',
    ],
    [
      'a code in capitals',
      station('TALA', own('b@x.example')),
      'main.yaml:10:13: stations[1].code: expected a code of lower-case letters, digits and single hyphens, at most 24 characters, found "TALA"',
    ],
    [
      'a code that is too long',
      station('a-code-of-twenty-five-chars', own('b@x.example')),
      /^main.yaml:10:13: stations\[1\].code: expected a code/,
    ],
    [
      'an unknown force',
      station('tala', 'force: kpp, division: sw, addresses: [b@x.example]'),
      'main.yaml:10:43: stations[1].force: there is no force kpp; did you mean kp?',
    ],
    [
      'an unknown division',
      station('tala', 'force: kp, division: swd, addresses: [b@x.example]'),
      'main.yaml:10:57: stations[1].division: the force kp has no division swd; did you mean sw?',
    ],
    [
      'no address',
      station('tala', 'force: kp, division: sw, addresses: []'),
      /^main.yaml:10:72: stations\[1\].addresses: expected a list of one or more, each a mail address .*, found an empty list$/,
    ],
    [
      'an address that is none',
      station('tala', own('tala at x.example')),
      /^main.yaml:10:73: stations\[1\].addresses\[0\]: expected a mail address such as .*, found "tala at x.example"$/,
    ],
    [
      'two addresses in one',
      station('tala', own('a@x.example,b@x.example')),
      /^main.yaml:10:73: .* expected a mail address/,
    ],
    [
      'an address of another station in other capitals',
      station('tala', own('BEHALA.PS@KolkataPolice.example.')),
      /already means the station behala|expected a mail address/,
    ],
    [
      'the same address in capitals',
      station('tala', own('BEHALA.PS@KolkataPolice.example')),
      /^main.yaml:10:73: stations\[1\].addresses\[0\]: BEHALA.PS@KolkataPolice.example already means the station behala \(.*main.yaml:9\); give it to one of them only$/,
    ],
    [
      'the code address of another station',
      station('tala', own('behala@mail.kolkatapolice.example')),
      /^main.yaml:10:73: .* already means the station behala \(.*main.yaml:5\)/,
    ],
    [
      'the address of the postmaster',
      station('tala', own('Postmaster@x.example')),
      'main.yaml:10:73: stations[1].addresses[0]: Postmaster@x.example belongs to the IT cell (RFC 5321); choose another address',
    ],
  ])('%s', (_, entry, expected) => {
    const [problem] = problemsOf(loadText(LEAST + entry));
    if (typeof expected === 'string') expect(problem).toBe(expected);
    else expect(problem).toMatch(expected);
  });

  it('accepts the code address of the station itself, and an internationalised one', () => {
    const entry = station(
      'tala',
      "force: kp, division: sw, addresses: [tala@mail.kolkatapolice.example, 'টালা@উদাহরণ.example']",
    );
    expect(problemsOf(loadText(LEAST + entry))).toEqual([]);
  });

  it('reports a force and a division that exist twice', () => {
    const text = LEAST.replace(
      'stations:',
      `  - { code: kp, name: { en: X }, divisions: [{ code: a, name: { en: A } }, { code: a, name: { en: B } }] }\nstations:`,
    );
    const problems = problemsOf(loadText(text));
    expect(problems[0]).toMatch(
      /^main.yaml:4:13: forces\[1\].code: the code kp is already used at .*main.yaml:3/,
    );
    expect(problems[1]).toMatch(
      /^main.yaml:4:84: forces\[1\].divisions\[1\].code: the code a is already used at .*main.yaml:4/,
    );
  });
});
