import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { PermanentFailure, StorageBroken, TemporaryFailure } from '../../src/domain/errors.js';
import { createLog, type LogOptions } from '../../src/log/log.js';

function openLog(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const log = createLog({
    level: 'debug',
    residents: false,
    destination: { write: (line) => lines.push(line) },
    ...options,
  });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? 'null') };
}

describe('a log line', () => {
  it('is one line of JSON with the level as a word, the time in UTC and the message', () => {
    const { log, lines, last } = openLog();
    log.info({ letterId: '01J', bytes: 12 }, 'letter kept');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      letterId: '01J',
      bytes: 12,
      msg: 'letter kept',
    });
  });

  it('tells the time of the station as well, and both are the same instant', () => {
    const { log, last } = openLog({ timeZone: 'Asia/Kolkata' });
    log.info({}, 'x');
    expect(last().timeLocal).toMatch(/\+05:30$/);
    expect(Date.parse(last().timeLocal)).toBe(Date.parse(last().time));
  });

  it('stays one line whatever a stranger wrote (CVE-2015-1165 and its kind)', () => {
    const { log, lines, last } = openLog();
    log.info({ helo: 'x\r\n{"level":"error"}\u001b[2J\u009b2J\u202egnp.exe' }, 'line\nbreak');
    expect(lines.join('').match(/\n/g)).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toMatch(/\p{Cc}|\p{Cf}/u);
    expect(last().msg).toBe('line\nbreak');
  });

  it('does not grow with what a stranger sends', () => {
    const { log, lines } = openLog();
    log.info({ reply: 'a'.repeat(1_000_000) }, 'x');
    expect(lines[0]?.length).toBeLessThan(5_000);
  });

  it('is not written below the level, which can change while we run', () => {
    const { log, lines } = openLog({ level: 'warn' });
    log.info({}, 'not yet');
    log.setLevel('debug');
    log.debug({}, 'now');
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['now']);
  });

  it('survives values that refer to themselves', () => {
    const { log, last } = openLog();
    const knot: Record<string, unknown> = {};
    knot.knot = knot;
    log.info({ knot }, 'x');
    expect(JSON.stringify(last().knot)).toContain('(deeper)');
  });
});

describe('what the log withholds', () => {
  const seeded = {
    station: 'behala',
    from: 'rina@resident.example',
    to: ['behala.ps@force.example'],
    subject: 'my neighbour',
    text: 'he hit me',
    name: 'Rina',
    address: 'rina@resident.example',
    password: 'hunter2',
    smtp: { pass: 'hunter2', apiKey: 'hunter2', authorization: 'Basic hunter2', subject: 'my neighbour' },
  };

  it('is every secret and everything of a resident', () => {
    const { log, lines, last } = openLog();
    log.info(seeded, 'x');
    expect(lines[0]).not.toMatch(/hunter2|rina|neighbour|hit me|force\.example/i);
    expect(last().station).toBe('behala');
    expect(last().from).toBe('(withheld)');
  });

  it('is the secrets alone when the operator asked for residents', () => {
    const { log, lines, last } = openLog({ residents: true });
    log.info(seeded, 'x');
    expect(lines[0]).not.toContain('hunter2');
    expect(last()).toMatchObject({
      from: 'rina@resident.example',
      to: ['behala.ps@force.example'],
      name: 'Rina',
    });
  });

  it.each([
    '550 5.1.1 <rina@resident.example>: user unknown',
    '550 5.1.1 "rina das"@resident.example unknown',
    '550 रीना.rina@डाक.example unknown',
    "mailbox 'rina@resident.example' full",
    'to=rina@resident.example,size=1',
  ])('is any address in what a mail server said: %s', (reply) => {
    const { log, lines } = openLog();
    log.warn({ reply, error: new Error(reply) }, reply);
    expect(lines[0]).not.toMatch(/rina|resident/);
  });

  it('is not the path of a package in a stack', () => {
    const { log, last } = openLog();
    const error = new Error('x');
    error.stack = 'Error: x\n    at f (/opt/thanadak/node_modules/@scope/package/index.js:1:2)';
    log.error({ error }, 'x');
    expect(last().error.stack).toContain('node_modules/@scope/package/index.js:1:2');
  });
});

describe('an error in the log', () => {
  it('has its code, its stack and its chain of causes', () => {
    const { log, last } = openLog();
    const root = Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' });
    log.error({ error: new StorageBroken('The letter could not be kept.', { cause: root }) }, 'x');
    expect(last().error).toMatchObject({
      type: 'StorageBroken',
      message: 'The letter could not be kept.',
      code: 'internal',
      stack: expect.stringContaining('log.test.ts'),
      cause: { type: 'Error', message: 'connect refused', code: 'ECONNREFUSED' },
    });
  });

  it('has no stack when it is an outcome we expect', () => {
    const { log, last } = openLog();
    log.warn({ error: new TemporaryFailure('try later') }, 'x');
    log.warn({ error: new PermanentFailure('no such mailbox') }, 'x');
    expect(last().error).toEqual({ type: 'PermanentFailure', message: 'no such mailbox', code: 'refused' });
  });
});

describe('the log on stderr', () => {
  const program = `
    import { createLog } from './dist/log/log.js';
    const log = createLog({ level: 'info', residents: false });
    for (let i = 0; i < 1000; i++) log.info({ i }, 'line');
    if (process.argv.includes('kill')) { log.error({}, 'last words'); process.kill(process.pid, 'SIGKILL'); }
    process.exit(3);`;
  const runToEnd = (ending: string) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', program, ending], { encoding: 'utf8' });

  it('loses no line when the process ends', () => {
    const { stderr, status } = runToEnd('exit');
    expect(status).toBe(3);
    expect(
      stderr
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).i),
    ).toEqual([...Array(1000).keys()]);
  });

  it('has the last words of a process that is killed', () => {
    const { stderr, signal } = runToEnd('kill');
    expect(signal).toBe('SIGKILL');
    expect(stderr).toContain('"msg":"last words"');
  });
});
