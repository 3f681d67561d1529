import { join } from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Config } from '../../src/config/config.js';
import { loadConfig } from '../../src/config/load.js';
import { printConfig } from '../../src/config/print.js';
import { restartNeeded } from '../../src/config/reload.js';
import type { Agency, Outcome } from '../../src/domain/category.js';
import { configOf, folderWith, LEAST, loadText, problemsOf } from './folder.js';

describe('the options of the desk', () => {
  const config = () => configOf(loadText(LEAST));

  it('have the types of the domain', () => {
    expectTypeOf<Config['agencies']>().toExtend<Agency[]>();
    expectTypeOf<Config['outcomes']>().toExtend<Outcome[]>();
    expect(config().waiting.closeAfter).toBe(7 * 86_400_000);
    expect(config().closure).toEqual({ returnWindow: 15 * 86_400_000, reopenings: 3 });
    expect(config().triage.words).toBeUndefined();
    expect(config().agencies).toEqual([]);
    expect(config().itCell).toBe('postmaster@mail.kolkatapolice.example');
  });

  it('bring the whole table of categories', () => {
    const table = config().categories.map(
      ({ code, urgency, restriction, cognizable }) =>
        `${code} ${urgency} ${restriction}${cognizable ? ' cognizable' : ''}`,
    );
    expect(table).toEqual([
      'EMG urgent none',
      'DV urgent named',
      'SEX urgent named',
      'MISS urgent none',
      'THF semi-urgent none',
      'CYB semi-urgent none',
      'THR semi-urgent none',
      'SUS semi-urgent none',
      'NOI non-urgent none',
      'TRF non-urgent none',
      'CIV non-urgent none',
      'LOST non-urgent none',
      'HELP non-urgent none',
      'SEN semi-urgent none',
      'CPL semi-urgent dc',
      'PERM non-urgent none',
      'FUP non-urgent none',
      'INFO non-urgent none',
      'SPAM non-urgent none',
      'OTHER non-urgent none',
    ]);
  });

  it('bring outcomes, one of which needs a ticket that was passed on', () => {
    const { outcomes } = config();
    expect(outcomes.map(({ code }) => code).join(' ')).toBe(
      'action-taken patrol-arranged advice-given fir-registered gd-recorded settled not-found duplicate withdrawn ' +
        'no-answer not-ours',
    );
    expect(outcomes.filter((outcome) => outcome.needsPassingOn).map(({ code }) => code)).toEqual([
      'not-ours',
    ]);
  });

  it('name categories and outcomes in three languages, each in its own script', () => {
    for (const { name } of [...config().categories, ...config().outcomes]) {
      expect(name.en).toMatch(/^[A-Za-z, ]+$/);
      expect(name.bn).toMatch(/^[\p{Script=Bengali}, ]+$/u);
      expect(name.hi).toMatch(/^[\p{Script=Devanagari}, ]+$/u);
    }
  });

  it('take times and an agency of a category', () => {
    const text = `agencies: [{ code: kmc, name: { en: KMC }, address: desk@kmc.example }]
categories:
  - { code: CIV, name: { en: Lights }, urgency: non-urgent, hand_off: kmc, first_action: 3d, resolution: 30d, calendar: office }
  - { code: OTHER, name: { en: Other }, urgency: non-urgent }
`;
    const [civic, other] = configOf(loadText(LEAST + text)).categories;
    expect(civic).toMatchObject({
      handOff: 'kmc',
      firstAction: 3 * 86_400_000,
      resolution: 30 * 86_400_000,
      calendar: 'office',
    });
    expect(other).toEqual({
      code: 'OTHER',
      name: { en: 'Other' },
      urgency: 'non-urgent',
      restriction: 'none',
      cognizable: false,
    });
  });

  it('are printed so that they load again', () => {
    const printed = printConfig(configOf(loadText(`${LEAST}data_dir: /srv\ntriage: { words: w }\n`)));
    const folder = folderWith({ 'again.yaml': printed });
    expect(printConfig(configOf(loadConfig(join(folder, 'again.yaml'), {})))).toBe(printed);
    expect(printed).toMatch(/^ {2}words: \/.*\/w$/m);
  });

  it('may all be reloaded', () => {
    const steps = 'steps: [{ rank: dc, at: 1h }]';
    const after = `officers: [{ id: a, name: A, rank: admin }]
it_cell: it@x.example
calendars: [{ name: office, week: { monday: [09:00-10:00] } }]
sla: { calendar: office, signature: 48h, progress: 80d, urgent: { calendar: office } }
escalation: { ${steps}, ladders: [{ clock: progress, ${steps} }], quiet_hours: {}, digest: [] }
categories: [{ code: OTHER, name: { en: Other }, urgency: urgent }]
outcomes: [{ code: no-answer, name: { en: Nothing } }]
agencies: [{ code: kmc, name: { en: KMC }, address: desk@kmc.example }]
waiting: { close_after: 1d }
closure: { return_window: 1d, reopenings: 0 }
triage: { words: words }
`;
    const load = (text: string) => configOf(loadText(`${LEAST}data_dir: /srv\n${text}`));
    expect(restartNeeded(load(''), load(after))).toEqual([]);
  });
});

// LEAST has nine lines: every fault below begins in line 10.
describe('options of the desk that do not fit', () => {
  const other = '{ code: OTHER, name: { en: x }, urgency: urgent }';

  it.each([
    [
      'no category for what fits no other',
      'categories: [{ code: EMG, name: { en: x }, urgency: urgent }]',
      'main.yaml:10:13: categories: the category OTHER is missing; add it; the program uses it by itself',
    ],
    [
      'no outcome for an unanswered question',
      'outcomes: [{ code: done, name: { en: x } }]',
      'main.yaml:10:11: outcomes: the outcome no-answer is missing; add it; the program uses it by itself',
    ],
    [
      'no category at all',
      'categories: []',
      'main.yaml:10:13: categories: expected a list of one or more, each a section, found an empty list',
    ],
    [
      'a category in small letters',
      `categories: [${other}, { code: civ, name: { en: x }, urgency: urgent }]`,
      'main.yaml:10:73: categories[1].code: expected a code of 2 to 8 capital letters, found "civ"',
    ],
    [
      'a category given twice',
      `categories: [${other}, ${other}]`,
      /^main.yaml:10:73: categories\[1\].code: the code OTHER is already used at .*main.yaml:10; /,
    ],
    [
      'an agency nobody knows',
      `agencies: [{ code: kmc, name: { en: x }, address: a@x.example }]\ncategories: [{ code: OTHER, name: { en: x }, urgency: urgent, hand_off: kmcc }]`,
      'main.yaml:11:73: categories[0].hand_off: there is no agency kmcc; did you mean kmc?',
    ],
    [
      'an agency given twice',
      'agencies: [{ code: a, name: { en: x }, address: a@x.example }, { code: a, name: { en: x }, address: a@x.example }]',
      /^main.yaml:10:72: agencies\[1\].code: the code a is already used/,
    ],
    [
      'a restriction nobody knows',
      'categories: [{ code: OTHER, name: { en: x }, urgency: urgent, restriction: oc }]',
      'main.yaml:10:76: categories[0].restriction: expected one of none, named, dc, found "oc"',
    ],
    [
      'a login whose password could be read on the way',
      'outbound: { smtp: { host: a.example, tls: opportunistic, auth: { user: u, password_file: environment:PW } } }',
      'main.yaml:10:43: outbound.smtp.tls: with opportunistic the password can cross the network in clear; choose starttls or implicit',
    ],
    [
      'a login without TLS',
      'outbound: { smtp: { host: 192.0.2.1, tls: off, auth: { user: u, password_file: environment:PW } } }',
      /^main.yaml:10:43: outbound.smtp.tls: with off the password can cross/,
    ],
    [
      'a login with the TLS of the default',
      'outbound: { smtp: { host: 127.example, auth: { user: u, password_file: environment:PW } } }',
      /^main.yaml:10:19: outbound.smtp.tls: with opportunistic /,
    ],
  ])('%s', (_, fault, expected) => {
    const problems = problemsOf(loadText(`${LEAST}${fault}\n`, {}, { PW: 'secret' }));
    expect(problems).toHaveLength(1);
    if (typeof expected === 'string') expect(problems[0]).toBe(expected);
    else expect(problems[0]).toMatch(expected);
  });

  it.each(['127.0.0.1', 'localhost', "'::1'"])('a login in clear to %s is one on this machine', (host) => {
    const text = `outbound: { smtp: { host: ${host}, tls: off, auth: { user: u, password_file: environment:PW } } }\n`;
    expect(problemsOf(loadText(LEAST + text, {}, { PW: 'secret' }))).toEqual([]);
  });
});
