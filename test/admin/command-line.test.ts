import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StorageBroken, TemporaryFailure } from '../../src/domain/errors.js';
import { openTestHouse, run, type TestHouse } from './house.js';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

describe('a mistake on the line', () => {
  it.each([
    [['tickt', 'list'], "unknown command 'tickt'", 'Did you mean ticket?'],
    [['ticket', 'lst'], "unknown command 'lst'", 'Did you mean list?'],
    [['ticket', 'list', '--staton', 'x'], "unknown option '--staton'", 'Did you mean --station?'],
    [['ticket', 'list', '--state', 'broken'], "'broken' is invalid", 'new, open, waiting, closed, merged'],
    [['ticket', 'list', '--urgency', 'high'], "'high' is invalid", 'urgent, semi-urgent, non-urgent'],
    [['ticket', 'list', '--limit', '0'], "'0' is invalid", 'a number above 0'],
    [['ticket', 'list', '--limit', '1e3'], "'1e3' is invalid", 'a number above 0'],
    [['ticket', 'show'], "missing required argument 'ref'", 'Add --help'],
    [['status', 'please'], 'too many arguments', 'Add --help'],
    [['completion', 'csh'], "'csh' is invalid", 'bash, zsh, fish'],
  ])('%j ends with 2 and says what is possible', async (argv, what, hint) => {
    const { code, out, err } = await house.run(...argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(what);
    expect(err).toContain(hint);
    expect(house.opened()).toBe(0);
  });

  it('is told in JSON when JSON was asked for, and stdout stays empty', async () => {
    const { code, out, err } = await house.run('ticket', 'list', '--state', 'broken', '--json');
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(JSON.parse(err)).toEqual({
      error: { code: 'invalid', message: expect.stringContaining("'broken' is invalid") },
    });
  });

  it('without a command shows the help and ends with 2', async () => {
    const { code, out, err } = await house.run();
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Usage: thanadak');
    expect(JSON.parse((await house.run('--json')).err).error.code).toBe('invalid');
  });
});

describe('help', () => {
  it('stands at every command with examples and the global options', async () => {
    const script = (await run(['completion', 'fish'], {})).out;
    const places = /^set -g __thanadak_places (.*)$/m.exec(script)?.[1] ?? '';
    const paths = [...places.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '');
    expect(paths).toEqual(expect.arrayContaining(['serve', 'ticket close', 'officer away', 'sweep']));
    for (const argv of [[], ...paths.map((path) => path.split(' '))]) {
      const { code, out } = await house.run(...argv, '--help');
      expect(code, argv.join(' ')).toBe(0);
      expect(out, argv.join(' ')).toContain('--config <file>');
      expect(out, argv.join(' ')).toContain('--json');
      expect(out, argv.join(' ')).toContain('Examples:\n');
      expect(out, argv.join(' ')).toContain(`  $ thanadak ${argv.join(' ')}`.trimEnd());
    }
  });

  it('does not show what is only for completion', async () => {
    expect((await house.run('--help')).out).not.toContain('__complete');
  });

  it('gives the version', async () => {
    expect(await house.run('--version')).toMatchObject({ code: 0, out: '0.1.0\n' });
  });
});

describe('--config and --json', () => {
  it('are taken before, between and after the words of a command', async () => {
    for (const argv of [
      ['--config', 'a.yaml', '--json', 'config', 'print'],
      ['config', '--json', '--config=a.yaml', 'print'],
      ['config', 'print', '-c', 'a.yaml', '--json'],
    ]) {
      const files: unknown[] = [];
      const print = async (file: string | undefined) => {
        files.push(file);
        return { text: 'text\n', value: { data_dir: '/var' } };
      };
      const configuration = { ...SILENT, print };
      const { out } = await run(argv, { configuration });
      expect(JSON.parse(out)).toEqual({ data_dir: '/var' });
      expect(files).toEqual(['a.yaml']);
    }
  });

  it('need not be there', async () => {
    const files: unknown[] = [];
    const serve = async (file: string | undefined) => {
      files.push(file);
      return 0;
    };
    await run(['serve'], { serve });
    expect(files).toEqual([undefined]);
  });
});

const SILENT = {
  check: async () => ({ ok: true, text: '', problems: [] }),
  print: async () => ({ text: '', value: null }),
  schema: () => ({}),
  explain: () => ({ nearest: [] }),
  keys: () => [],
};

describe('what goes wrong in the house', () => {
  it('is a sentence on stderr and the exit code of its kind', async () => {
    const { code, err } = await house.run('status', '--config', 'wrong.yaml');
    expect(code).toBe(2);
    expect(err).toBe('thanadak: wrong.yaml:3:1 unknown key "statoins"\n');
  });

  it('says try again when the database is busy', async () => {
    const openHouse = async () => {
      throw new TemporaryFailure('The database is busy.');
    };
    const { code, err } = await run(['ticket', 'list', '--json'], { openHouse });
    expect(code).toBe(75);
    expect(JSON.parse(err)).toEqual({ error: { code: 'unavailable', message: 'The database is busy.' } });
  });

  it('shows the operator the cause', async () => {
    const openHouse = async () => {
      throw new StorageBroken('The database failed.', { cause: new Error('disk I/O error') });
    };
    const { code, err } = await run(['ticket', 'list'], { openHouse });
    expect(code).toBe(1);
    expect(err).toBe('thanadak: The database failed.\n  because: disk I/O error\n');
  });

  it('closes the house even when a command fails in it', async () => {
    expect((await house.run('ticket', 'show', 'NOWHERE')).code).toBe(2);
    expect(house.opened()).toBe(0);
  });
});

describe('serve and migrate', () => {
  it('serve ends with the code of the daemon', async () => {
    expect((await run(['serve'], { serve: async () => 75 })).code).toBe(75);
  });

  it('migrate says what it did', async () => {
    const migrate = async () => ({ applied: ['0002_sla'], current: '0002_sla' });
    expect((await run(['migrate'], { migrate })).out).toBe(
      'Applied 0002_sla. The database is at 0002_sla.\n',
    );
    expect((await run(['migrate', '--json'], { migrate })).json()).toEqual(await migrate());
    expect((await run(['migrate'], {})).out).toBe('Nothing to do. The database is at 0001_initial.\n');
  });
});
