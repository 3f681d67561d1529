import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.js';
import { folderWith, LEAST, loadText, problemsOf } from './folder.js';

// LEAST has nine lines: every fault below begins in line 10.
describe('one fault is reported where it stands, with its mend', () => {
  it.each([
    [
      'an unknown key',
      'smtp:\n  max_mesage_bytes: 5',
      'main.yaml:11:3: unknown key max_mesage_bytes in smtp; did you mean max_message_bytes?',
    ],
    ['an unknown section', 'smpt: {}', 'main.yaml:10:1: unknown key smpt; did you mean smtp?'],
    [
      'a key nobody can guess',
      'web: { colour: red }',
      'main.yaml:10:8: unknown key colour in web; known here: listen, public_url, trusted_proxies, metrics_for_all, design_page, sign_in',
    ],
    [
      'a key that is special in JavaScript',
      'web:\n  __proto__: 3',
      'main.yaml:11:3: unknown key __proto__ in web; known here: listen, public_url, trusted_proxies, metrics_for_all, design_page, sign_in',
    ],
    [
      'a top key that is special in JavaScript',
      'constructor: 3',
      /^main.yaml:10:1: unknown key constructor; known here: data_dir, /,
    ],
    [
      'a number for a duration',
      'acknowledgement:\n  target: 60',
      'main.yaml:11:11: acknowledgement.target: expected a duration such as 90s, 30m, 4h or 2d, found the number 60; for minutes write 60m',
    ],
    [
      'a duration of another language',
      'sla: { urgent: { first_action: 4 hours } }',
      'main.yaml:10:32: sla.urgent.first_action: expected a duration such as 90s, 30m, 4h or 2d, found "4 hours"',
    ],
    [
      'a duration of nothing',
      'reading: { deadline: 0s }',
      'main.yaml:10:22: reading.deadline: expected a duration such as 90s, 30m, 4h or 2d, found "0s"',
    ],
    [
      'a text for a number',
      'smtp: { max_message_bytes: 35MB }',
      'main.yaml:10:28: smtp.max_message_bytes: expected a whole number of at least 1024, found "35MB"',
    ],
    [
      'a port out of range',
      'web: { listen: { port: 80250 } }',
      'main.yaml:10:24: web.listen.port: expected a whole number from 0 to 65535, found the number 80250',
    ],
    [
      'an unknown choice',
      'sender_auth: { mode: on }',
      'main.yaml:10:22: sender_auth.mode: expected one of verify, relay, off, found "on"',
    ],
    [
      'a list for a section',
      'web: []',
      'main.yaml:10:6: web: expected a section with options of its own, found an empty list',
    ],
    [
      'a scalar without value',
      'time_zone:',
      'main.yaml:10:11: time_zone: expected a time zone such as Asia/Kolkata, found nothing',
    ],
    [
      'a time zone that is none',
      'time_zone: Asia/Calcuta',
      'main.yaml:10:12: time_zone: expected a time zone such as Asia/Kolkata, found "Asia/Calcuta"',
    ],
    [
      'a language we do not have',
      'languages: [en, ta]',
      'main.yaml:10:17: languages[1]: expected one of en, bn, hi, found "ta"',
    ],
    [
      'a language given twice',
      'languages: [en, bn, en]',
      'main.yaml:10:21: languages[2]: en is listed twice; remove one of them',
    ],
    [
      'no language at all',
      'languages: []',
      'main.yaml:10:12: languages: expected a list of one or more, each one of en, bn, hi, found an empty list',
    ],
    [
      'telephone numbers without quotes',
      'emergency: { numbers: [100] }',
      `main.yaml:10:24: emergency.numbers[0]: expected a text, found the number 100; write it in quotes: '100'`,
    ],
    [
      'a relay that is no IP address',
      'smtp: { trusted_relays: [relay.example] }',
      'main.yaml:10:26: smtp.trusted_relays[0]: expected an IP address, found "relay.example"',
    ],
    [
      'a missing option of a list entry',
      'smtp:\n  listen:\n    - host: 127.0.0.1',
      'main.yaml:12:7: smtp.listen[0].port is missing; give it a whole number from 0 to 65535',
    ],
    [
      'a public address without scheme',
      'web: { public_url: thanadak.example }',
      'main.yaml:10:20: web.public_url: expected an address such as https://thanadak.kolkatapolice.example, found "thanadak.example"',
    ],
    [
      'an officer window as long as the target',
      'acknowledgement: { mode: officer-first, target: 30m }',
      'main.yaml:10:18: acknowledgement.officer_window: must be shorter than acknowledgement.target; shorten it or lengthen the target',
    ],
    [
      'sending without a server',
      'outbound: { transport: smtp }',
      'main.yaml:10:24: outbound.transport: smtp needs the section outbound.smtp; add outbound.smtp with its host, or choose the transport directory',
    ],
    [
      "a relay's word on junk without a relay",
      'junk: { from: relay }',
      'main.yaml:10:15: junk.from: relay needs a relay that we believe; list the relay under smtp.trusted_relays, or choose rspamd',
    ],
    [
      'a mark that is no number',
      'junk: { mark: many }',
      'main.yaml:10:15: junk.mark: expected a number such as 6 or 7.5, found "many"',
    ],
    [
      'a scanner without its port',
      'viruses: { clamd: localhost }',
      'main.yaml:10:19: viruses.clamd: expected an absolute path or HOST:PORT, found "localhost"',
    ],
    [
      'a scanner on a port that cannot be',
      'viruses: { clamd: "127.0.0.1:70000" }',
      'main.yaml:10:19: viruses.clamd: expected an absolute path or HOST:PORT, found "127.0.0.1:70000"',
    ],
    [
      'two listeners on one port',
      'smtp: { listen: [{ host: 127.0.0.1, port: 25 }, { host: 127.0.0.1, port: 25 }] }',
      /^main.yaml:10:49: smtp.listen\[1\]: 127.0.0.1 port 25 is taken by smtp.listen\[0\]/,
    ],
    [
      'the web on a port of the front door',
      'smtp: { listen: [{ host: 0.0.0.0, port: 8025 }] }',
      /^main.yaml:1:1: web.listen: 127.0.0.1 port 8025 is taken by smtp.listen\[0\] \(.*main.yaml:10\); choose another port$/,
    ],
    [
      'a step of the ranks without meaning',
      'escalation: { steps: [{ rank: oc, at: soon }] }',
      'main.yaml:10:39: escalation.steps[0].at: expected a share such as 80% or a duration such as 90m, found "soon"',
    ],
    [
      'a key given twice',
      'log: { level: info }\nlog: { level: warn }',
      'main.yaml:11:1: the key log is given twice in the same section; remove one of them',
    ],
    [
      'a password in the file itself',
      'outbound: { smtp: { host: a.example, tls: starttls, auth: { user: u, password_file: environment:NO_SUCH, password: secret } } }',
      'main.yaml:10:106: unknown key password in outbound.smtp.auth; did you mean password_file?',
    ],
    ['a tag of another program', 'log: !include other.yaml', /^main.yaml:10:6: Unresolved tag/],
  ])('%s', (_, fault, expected) => {
    const [problem] = problemsOf(loadText(`${LEAST}${fault}\n`)).filter((line) => !line.includes('NO_SUCH'));
    if (typeof expected === 'string') expect(problem).toBe(expected);
    else expect(problem).toMatch(expected);
  });
});

describe('all faults at once', () => {
  it('in different sections, in the order of the lines', () => {
    const text = `${LEAST.replace('division: sw', 'division: swd')}smtp: { max_mesage_bytes: 5 }\nweb: { listen: { port: x } }\n`;
    const problems = problemsOf(loadText(text, {}, { THANADAK_READING__WORKERS: 'many' }));
    expect(problems).toEqual([
      'main.yaml:8:15: stations[0].division: the force kp has no division swd; did you mean sw?',
      'main.yaml:10:9: unknown key max_mesage_bytes in smtp; did you mean max_message_bytes?',
      'main.yaml:11:24: web.listen.port: expected a whole number from 0 to 65535, found "x"',
      'environment: THANADAK_READING__WORKERS: reading.workers: expected a whole number from 1 to 64, found "many"',
    ]);
  });

  it('a faulty station does not hide the faults of its neighbours', () => {
    const text = `${LEAST}  - { code: tala, nme: 5 }\n  - { code: behala, name: { en: X }, force: kp, division: sw, addresses: [x@x.example] }\n`;
    const problems = problemsOf(loadText(text));
    expect(problems).toContain('main.yaml:10:19: unknown key nme in stations[1]; did you mean name?');
    expect(problems.at(-1)).toMatch(/^main.yaml:11:13: stations\[2\].code: the code behala is already used/);
  });
});

describe('files as editors and accidents make them', () => {
  it('loads with Windows line ends and still counts lines right', () => {
    expect(problemsOf(loadText(LEAST.replaceAll('\n', '\r\n')))).toEqual([]);
    const problems = problemsOf(loadText(`${LEAST}log:\n  levl: info\n`.replaceAll('\n', '\r\n')));
    expect(problems).toEqual(['main.yaml:11:3: unknown key levl in log; did you mean level?']);
  });

  it('loads with a byte order mark and still counts columns right', () => {
    expect(problemsOf(loadText(`\ufeff${LEAST}`))).toEqual([]);
    expect(problemsOf(loadText(`\ufeffsmpt: 1\n${LEAST}`))[0]).toMatch(/^main.yaml:1:1: unknown key smpt/);
  });

  it('says of an empty file what is missing', () => {
    for (const text of ['', '# only a comment\n', '{}\n']) {
      expect(problemsOf(loadText(text)).map((problem) => problem.replace(/;.*/, ''))).toEqual([
        'main.yaml:1:1: mail_domain is missing',
        'main.yaml:1:1: forces is missing',
        'main.yaml:1:1: stations is missing',
      ]);
    }
  });

  it('says of a file without options that it holds none', () => {
    expect(problemsOf(loadText('- a\n'))).toEqual([
      'main.yaml:1:1: the file holds no options; write options as key: value',
    ]);
  });

  it('reports syntax errors with their place, and nothing that follows from them', () => {
    const problems = problemsOf(loadText(`${LEAST}web: { listen: [\n`));
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem).toMatch(/^main.yaml:1[01]:\d+: /);
    expect(problemsOf(loadText(`smtp:\n\thostname: x\n`))[0]).toMatch(/^main.yaml:2:1: /);
  });

  it('reports a file that does not exist or is not UTF-8', () => {
    const missing = loadConfig('/nowhere/thanadak.yaml', {});
    expect(missing).toMatchObject({
      ok: false,
      problems: [{ line: 0, message: 'cannot be read: no such file' }],
    });
    const latin = folderWith({ 'main.yaml': Buffer.from([0x61, 0x3a, 0x20, 0xe9]) });
    expect(problemsOf(loadConfig(`${latin}/main.yaml`, {}))).toEqual([
      'main.yaml: cannot be read: it is not UTF-8 text',
    ]);
  });

  it('does not follow ten thousand aliases, nor aliases of aliases', () => {
    const flat = `log: &a info\nlanguages: [${Array(10_000).fill('*a').join(',')}]\n`;
    const nested = Array.from({ length: 20 }, (_, i) => `k${i + 1}: &k${i + 1} [*k${i}, *k${i}, *k${i}]`);
    for (const text of [flat, `k0: &k0 [x, x]\n${nested.join('\n')}\n`]) {
      expect(problemsOf(loadText(text))).toEqual([
        'main.yaml:1:1: too many aliases (*name); use at most 100 of one anchor',
      ]);
    }
  });

  it('does not fall over endless nesting', () => {
    const [problem] = problemsOf(loadText('['.repeat(100_000)));
    expect(problem).toMatch(/^main.yaml:1:/);
  });
});
