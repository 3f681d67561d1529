import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, run, type TestHouse } from './house.js';
import { openTicket } from './records.js';

let folder: string;
let house: TestHouse;

// Stands where the real command would: it answers `__complete` and notes how it was called.
const STUB = `#!/bin/sh
if [ "$1" != __complete ]; then exit 9; fi
case "$2" in
  stations) printf '%s\\n' behala laketown "$4" ;;
  tickets) printf '%s\\n' BEHALA-26-000001-X ;;
  keys) printf '%s\\n' data_dir smtp.max_message_bytes ;;
  officers) printf '%s\\n' si-roy oc-behala ;;
  outcomes) printf '%s\\n' resolved not-ours ;;
esac
`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'thanadak-completion-'));
  for (const shell of ['bash', 'zsh', 'fish']) {
    writeFileSync(join(folder, shell), (await run(['completion', shell], {})).out);
  }
  writeFileSync(join(folder, 'thanadak'), STUB);
  chmodSync(join(folder, 'thanadak'), 0o755);
  house = await openTestHouse();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await house.close();
});

/** What bash offers for the last of `words`. */
function complete(...words: string[]): string[] {
  const script = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _thanadak; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` };
  const args = ['--norc', '-euc', script, 'bash', join(folder, 'bash'), 'thanadak', ...words];
  const { status, stdout, stderr } = spawnSync('bash', args, { env, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').filter((line) => line !== '');
}

describe('completion in bash', () => {
  it.each([
    [['tic'], ['ticket']],
    [
      ['ticket', 'r'],
      ['reply', 'resume', 'refer', 'reopen', 'restrict', 'register', 'record'],
    ],
    [
      ['--json', 'ticket', 's'],
      ['show', 'split', 'sign'],
    ],
    [['ticket', 'close', 'BEHALA-26-000001-X', ''], ['BEHALA-26-000001-X']],
    [
      ['ticket', 'close', '--outcome', ''],
      ['resolved', 'not-ours'],
    ],
    [['ticket', 'assign', '--officer', 's'], ['si-roy']],
    [['ticket', 'merge', '--into', ''], ['BEHALA-26-000001-X']],
    [['ticket', 'list', '--attention', '--unc'], ['--unclosed']],
    [['ticket', 'list', '--attention', '--state', 'm'], ['merged']],
    [['officer', 'add', '--station', 'b'], ['behala']],
    [
      ['clock', 'explain', '--clock', ''],
      ['acknowledgement', 'first-action', 'resolution', 'signature', 'progress'],
    ],
    [['--config', 'ticket', 'letter', 'r'], ['release']],
    [
      ['ticket', 'list', '--st'],
      ['--station', '--state'],
    ],
    [
      ['ticket', 'list', '--state', ''],
      ['new', 'open', 'waiting', 'closed', 'merged'],
    ],
    [['ticket', 'list', '--state', '=', 'm'], ['merged']],
    [
      ['ticket', 'list', '--urgency', '='],
      ['urgent', 'semi-urgent', 'non-urgent'],
    ],
    [['letter', 'list', '--state', 'h'], ['held']],
    [['ticket', 'list', '--station', 'be'], ['behala']],
    [
      ['-c', 'my.yaml', 'ticket', 'list', '--station', ''],
      ['behala', 'laketown', 'my.yaml'],
    ],
    [['ticket', 'show', ''], ['BEHALA-26-000001-X']],
    [['ticket', 'show', 'BEHALA-26-000001-X', ''], []],
    [['ticket', 'list', '--after', 'B'], ['BEHALA-26-000001-X']],
    [['ticket', 'list', '--search', ''], []],
    [['config', 'explain', 'smtp'], ['smtp.max_message_bytes']],
    [['config', 'pr'], ['print']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['status', '--c'], ['--config']],
    [['nonsense', ''], []],
  ])('%j offers %j', (words, offered) => {
    expect(complete(...words)).toEqual(offered);
  });

  it('offers every command, and not what is hidden', () => {
    expect(complete('')).toEqual([
      'serve',
      'status',
      'ticket',
      'matter',
      'escalation',
      'acknowledgement',
      'clock',
      'register',
      'report',
      'triage',
      'officer',
      'letter',
      'outbox',
      'sweep',
      'config',
      'migrate',
      'audit',
      'retention',
      'backup',
      'restore',
      'verify',
      'key',
      'completion',
    ]);
  });
});

const hasShell = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;

describe('completion in other shells', () => {
  it.runIf(hasShell('zsh'))('zsh can read its script', () => {
    expect(spawnSync('zsh', ['-n', join(folder, 'zsh')], { encoding: 'utf8' }).stderr).toBe('');
  });

  it.runIf(hasShell('fish'))('fish can read its script', () => {
    expect(spawnSync('fish', ['-n', join(folder, 'fish')], { encoding: 'utf8' }).stderr).toBe('');
  });

  it('fish is told commands, choices and lists of the house', async () => {
    const { out } = await run(['completion', 'fish'], {});
    expect(out).toContain(
      `complete -c thanadak -n '__thanadak_at "ticket"' -a 'list' -d 'List tickets, newest first or by deadline'`,
    );
    expect(out).toContain(`-l urgency -x -a 'urgent semi-urgent non-urgent'`);
    expect(out).toContain(`-l station -x -a '(thanadak __complete stations 2>/dev/null)'`);
  });
});

describe('what completion asks the house for', () => {
  it('are station codes and references, one a line', async () => {
    const ticket = await openTicket(house, { number: 1 });
    expect((await house.run('__complete', 'stations')).out).toBe('behala\nlaketown\npostmaster\n');
    expect((await house.run('__complete', 'tickets')).out).toBe(`${ticket.reference}\n`);
    expect((await house.run('__complete', 'keys')).out).toBe('data_dir\ntime_zone\n');
  });

  it('are officers and the codes of the configuration', async () => {
    expect((await house.run('__complete', 'officers')).out).toContain('oc-behala\nsi-lake\n');
    expect((await house.run('__complete', 'outcomes')).out).toBe('resolved\nnot-ours\n');
    expect((await house.run('__complete', 'categories')).out).toBe('CIVIC\nOTHER\nTHEFT\nPOL\n');
    expect((await house.run('__complete', 'agencies')).out).toBe('kmc\n');
    expect((await house.run('__complete', 'escalations')).out).toBe('');
  });

  it('is silence when the house cannot be opened', async () => {
    const { code, out, err } = await run(['__complete', 'stations'], {});
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: '' });
  });
});
