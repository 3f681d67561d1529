import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

// A process of its own, because only a real pipe breaks. It runs what the tests compiled at their start.
const PROGRAM = `
import { openStandardStreams } from ${JSON.stringify(resolve('dist/admin/standard-streams.js'))};
const streams = openStandardStreams(process);
for (let line = 0; line < 20000; line += 1) await streams.writeRaw(Buffer.from('line ' + line + '\\n'));
streams.stdout('last\\n');
streams.stderr('done\\n');
process.exitCode = 5;
`;

function pipeInto(reader: string) {
  const script = `"$1" --input-type=module -e "$2" | ${reader}; printf 'code %s' "\${PIPESTATUS[0]}"`;
  return spawnSync('bash', ['-c', script, 'bash', process.execPath, PROGRAM], { encoding: 'utf8' });
}

describe('the standard streams', () => {
  it('take a reader that goes away for no error', () => {
    expect(pipeInto('head -n 1')).toMatchObject({ stdout: 'line 0\ncode 5', stderr: 'done\n' });
  });

  it('lose nothing when the reader stays', () => {
    expect(pipeInto('tail -n 2')).toMatchObject({ stdout: 'line 19999\nlast\ncode 5', stderr: 'done\n' });
  });

  it('read all of stdin, byte for byte', () => {
    const source = `
import { openStandardStreams } from ${JSON.stringify(resolve('dist/admin/standard-streams.js'))};
const bytes = await openStandardStreams(process).readStdin();
process.stdout.write(Buffer.from(bytes).toString('hex'));
`;
    const input = Buffer.from([0x41, 0xff, 0x00, 0xe0, 0xa6]);
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
      input,
      encoding: 'utf8',
    });
    expect(stdout).toBe(input.toString('hex'));
  });
});
