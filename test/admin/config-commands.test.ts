import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../src/admin/deps.js';
import { run } from './house.js';

const PROBLEM = { file: 'thanadak.yaml', line: 3, column: 1, message: 'unknown key "statoins"', mend: '' };

const WRONG: Configuration = {
  check: async () => ({
    ok: false,
    text: 'thanadak.yaml:3:1: unknown key "statoins"',
    problems: [PROBLEM],
  }),
  print: async () => ({ text: '', value: null }),
  schema: () => ({}),
  explain: () => ({ nearest: [] }),
  keys: () => [],
};

describe('config check', () => {
  it('ends with 0 when all is well', async () => {
    expect(await run(['config', 'check'], {})).toMatchObject({ code: 0, out: 'All is well.\n', err: '' });
  });

  it('ends with 2 and puts the problems on stderr', async () => {
    const { code, out, err } = await run(['config', 'check'], { configuration: WRONG });
    expect({ code, out, err }).toEqual({
      code: 2,
      out: '',
      err: 'thanadak.yaml:3:1: unknown key "statoins"\n',
    });
  });

  it('gives the problems as JSON on stdout', async () => {
    const result = await run(['config', 'check', '--json'], { configuration: WRONG });
    expect(result.code).toBe(2);
    expect(result.json()).toEqual({ ok: false, problems: [PROBLEM] });
    expect(result.err).toBe('');
  });
});

describe('config print, schema and explain', () => {
  it('print shows the file, and where values come from when asked', async () => {
    expect((await run(['config', 'print'], {})).out).toBe('data_dir: /var\n');
    expect((await run(['config', 'print', '--origin'], {})).out).toContain('# thanadak.yaml:1');
  });

  it('schema is JSON with and without --json', async () => {
    expect((await run(['config', 'schema'], {})).json()).toEqual({ type: 'object' });
    expect((await run(['config', 'schema', '--json'], {})).json()).toEqual({ type: 'object' });
  });

  it('explain tells what a key means', async () => {
    expect((await run(['config', 'explain', 'data_dir'], {})).out).toBe('data_dir: a folder\n');
    expect((await run(['config', 'explain', 'data_dir', '--json'], {})).json()).toEqual({ key: 'data_dir' });
  });

  it('explain ends with 3 for an unknown key and names the nearest', async () => {
    const { code, err } = await run(['config', 'explain', 'datadir'], {});
    expect(code).toBe(3);
    expect(err).toContain('Did you mean data_dir?');
  });
});
