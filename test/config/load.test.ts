import { join } from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Config } from '../../src/config/config.js';
import { findConfigFile, loadConfig } from '../../src/config/load.js';
import { restartNeeded } from '../../src/config/reload.js';
import { buildDirectory } from '../../src/domain/directory.js';
import type { Force, Language, Station } from '../../src/domain/station.js';
import type { Urgency } from '../../src/domain/ticket.js';
import { configOf, folderWith, LEAST, loadText, problemsOf } from './folder.js';

const TALA = `stations:
  - code: tala
    name: { en: Tala Police Station }
    force: kp
    division: sw
    addresses: [tala.ps@kolkatapolice.example]
`;

describe('the loaded configuration', () => {
  it('has the types of the domain, camelCase keys and milliseconds', () => {
    expectTypeOf<Config['stations']>().toExtend<Station[]>();
    expectTypeOf<Config['forces']>().toExtend<Force[]>();
    expectTypeOf<Config['languages']>().toEqualTypeOf<Language[]>();
    expectTypeOf<Config['sla'][Urgency]['firstAction']>().toEqualTypeOf<number>();
    const config = configOf(loadText(`${LEAST}acknowledgement: { target: 90s }\n`));
    expect(config.acknowledgement.target).toBe(90_000);
    expect(config.sla['semi-urgent'].firstAction).toBe(4 * 3_600_000);
    expect(config.smtp.limits.lettersPerAddress).toBe(100);
    expect(buildDirectory(config.stations, config.mailDomain).stations.get('behala')?.addresses).toEqual([
      'behala.ps@kolkatapolice.example',
    ]);
  });

  it('takes a section whose options are all commented out as its defaults', () => {
    const config = configOf(
      loadText(`${LEAST}smtp:\n  # hostname: x\nweb:\n  listen:\nescalation:\n  steps:\n`),
    );
    expect(config.smtp.hostname).toBe('mail.kolkatapolice.example');
    expect(config.web.listen).toEqual({ host: '127.0.0.1', port: 8025 });
    expect(config.escalation.steps).toBeUndefined();
  });

  it('holds paths as absolute ones, relative to the file that names them', () => {
    const folder = folderWith({ 'etc/main.yaml': `${LEAST}data_dir: ../data\n` });
    const config = configOf(loadConfig(join(folder, 'etc/main.yaml'), {}));
    expect(config.dataDir).toBe(join(folder, 'data'));
    expect(config.outbound.directory).toBe(join(folder, 'data/sent'));
    expect(config.replyKeyFile).toBe(join(folder, 'data/keys/reply.key'));
  });

  it('reads marks of a clock as a share or as milliseconds', () => {
    const steps =
      'escalation: { steps: [{ rank: oc, at: 80% }, { rank: dc, at: 90m, answer_within: 2h }] }\n';
    expect(configOf(loadText(LEAST + steps)).escalation.steps).toEqual([
      { rank: 'oc', at: { percent: 80 }, answerWithin: 86_400_000 },
      { rank: 'dc', at: { after: 5_400_000 }, answerWithin: 7_200_000 },
    ]);
  });
});

describe('included files', () => {
  it('add their stations in the order of their names, each read once', () => {
    const others = {
      's/b.yaml': TALA,
      's/a.yaml': TALA.replaceAll('tala', 'posta'),
      's/c.txt': 'no',
      's/.d.yaml': ':',
    };
    const loaded = loadText(`${LEAST}include: [s/*.yaml, s/b.yaml]\n`, others);
    expect(configOf(loaded).stations.map((station) => station.code)).toEqual(['behala', 'posta', 'tala']);
    expect(loaded.ok && loaded.files.map((file) => file.replace(/.*thanadak-config-[^/]*./, ''))).toEqual([
      'main.yaml',
      's/a.yaml',
      's/b.yaml',
    ]);
  });

  it('do not include the main file itself', () => {
    const loaded = loadText(`${LEAST}include: ['*.yaml']\n`, { 'tala.yaml': TALA });
    expect(configOf(loaded).stations).toHaveLength(2);
  });

  it('have their faults reported in themselves', () => {
    const bad = TALA.replace('division: sw', 'divison: sw');
    expect(problemsOf(loadText(`${LEAST}include: [s/*.yaml]\n`, { 's/tala.yaml': bad }))).toEqual([
      's/tala.yaml:2:5: stations[1].division is missing; give it a code of lower-case letters, digits and single hyphens, at most 24 characters',
      's/tala.yaml:5:5: unknown key divison in stations[1]; did you mean division?',
    ]);
  });

  it('clash with the main file over an address, told with both places', () => {
    const thief = TALA.replace('tala.ps@', 'behala.ps@');
    const [problem] = problemsOf(loadText(`${LEAST}include: [s/*.yaml]\n`, { 's/tala.yaml': thief }));
    expect(problem).toMatch(/^s\/tala.yaml:6:17: .* already means the station behala \(.*main.yaml:9\)/);
  });

  it('may hold forces, stations and officers only', () => {
    const others = { 'a.yaml': 'smtp: {}\nstation: []\n', 'b.yaml': '- x\n', 'c.yaml': 'stations: {}\n' };
    expect(problemsOf(loadText(`${LEAST}include: [a.yaml, b.yaml, c.yaml]\n`, others))).toEqual([
      'a.yaml:1:1: smtp cannot stand in an included file, only forces, stations and officers can; move it to the main file',
      'a.yaml:2:1: station cannot stand in an included file, only forces, stations and officers can; did you mean stations?',
      'b.yaml:1:1: an included file holds the lists forces, stations and officers only',
      'c.yaml:1:11: stations: expected a list; begin each entry with -',
    ]);
  });

  it('that are missing are reported at the include, without ghosts of what they would have held', () => {
    const text =
      'mail_domain: mail.kolkatapolice.example\ninclude: [nowhere.yaml, s/*.yaml, "*/x.yaml", t/*.yml]\n';
    const problems = problemsOf(loadText(text, { 't/a.yaml': TALA }));
    expect(problems).toHaveLength(4);
    expect(problems[0]).toMatch(
      /^main.yaml:2:11: the included file .*nowhere.yaml cannot be read: no such file; /,
    );
    expect(problems[1]).toMatch(
      /^main.yaml:2:25: include s\/\*.yaml: the folder .*\/s cannot be read: no such folder; /,
    );
    expect(problems[2]).toMatch(
      /^main.yaml:2:35: include \*\/x.yaml: \* may stand in the last part of a path only; /,
    );
    expect(problems[3]).toMatch(/^main.yaml:2:47: include t\/\*.yml: no file in .*\/t matches; /);
  });
});

describe('the environment', () => {
  it('comes before the file, which comes before the default', () => {
    const text = `${LEAST}smtp: { max_message_bytes: 2048 }\nlog: { level: warn }\n`;
    const config = configOf(
      loadText(
        text,
        {},
        {
          THANADAK_SMTP__MAX_MESSAGE_BYTES: '4096',
          THANADAK_LOG__RESIDENTS: 'true',
          THANADAK_SLA__SEMI_URGENT__FIRST_ACTION: '2h',
          THANADAK_DATA_DIR: '/srv/thanadak',
          THANADAK_TIME_ZONE: '',
        },
      ),
    );
    expect(config.smtp.maxMessageBytes).toBe(4096);
    expect(config.log).toEqual({ level: 'warn', residents: true });
    expect(config.sla['semi-urgent'].firstAction).toBe(7_200_000);
    expect(config.outbound.directory).toBe('/srv/thanadak/sent');
    expect(config.timeZone).toBe('Asia/Kolkata');
  });

  it('reports what looks like an option and is none, and leaves the variables of others alone', () => {
    const env = {
      THANADAK_CONFIG: 'x',
      THANADAK_BENCH: '1',
      THANADAK_TIMEZONE: 'x',
      THANADAK_SMTP__LISTN: 'x',
      THANADAK_STATIONS: 'x',
    };
    expect(problemsOf(loadText(LEAST, {}, env))).toEqual([
      'environment: THANADAK_SMTP__LISTN is not an option; did you mean THANADAK_SMTP__LISTEN?',
      'environment: THANADAK_STATIONS: stations is no single value; set it in the file',
      'environment: THANADAK_TIMEZONE is not an option; did you mean THANADAK_TIME_ZONE?',
    ]);
  });
});

describe('which file is loaded', () => {
  it('the option, else the variable, else the one of the installation', () => {
    const env = { THANADAK_CONFIG: '/srv/b.yaml' };
    expect(findConfigFile('/srv/a.yaml', env, '/opt/thanadak')).toBe('/srv/a.yaml');
    expect(findConfigFile(undefined, env, '/opt/thanadak')).toBe('/srv/b.yaml');
    expect(['/opt/thanadak/config/thanadak.yaml', '/etc/thanadak/thanadak.yaml']).toContain(
      findConfigFile(undefined, {}, '/opt/thanadak'),
    );
  });
});

describe('what needs a restart', () => {
  const changed = (before: string, after: string) =>
    restartNeeded(
      configOf(loadText(`${LEAST}data_dir: /srv\n${before}\n`)),
      configOf(loadText(`${LEAST}data_dir: /srv\n${after}\n`)),
    );

  it.each([
    ['', '', []],
    ['', 'web: { listen: { port: 80 } }', ['web.listen.port']],
    ['', 'smtp: { listen: [{ host: 127.0.0.1, port: 25 }] }', ['smtp.listen']],
    ['', 'reading: { workers: 2, deadline: 20s }', ['reading.workers', 'reading.deadline']],
    ['', 'outbound: { smtp: { host: a.example } }', ['outbound.smtp']],
    ['', 'time_zone: UTC', ['time_zone']],
    ['', 'smtp: { max_message_bytes: 5000, limits: { clients: 3 }, trusted_relays: [127.0.0.1] }', []],
    [
      '',
      'acknowledgement: { target: 30m }\nlanguages: [bn]\nemergency: { numbers: ["1"] }\nlog: { level: debug }',
      [],
    ],
  ])('from «%s» to «%s»: %j', (before, after, keys) => {
    expect(changed(before, after)).toEqual(keys);
  });

  it('not for another station', () => {
    const before = configOf(loadText(`${LEAST}data_dir: /srv\n`));
    const after = configOf(loadText(`${LEAST}data_dir: /srv\ninclude: [t.yaml]\n`, { 't.yaml': TALA }));
    expect(restartNeeded(before, after)).toEqual([]);
  });
});
