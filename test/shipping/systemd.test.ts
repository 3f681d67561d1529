import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = join(import.meta.dirname, '../../config/systemd');
const systemd = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' });

/** The settings of a unit file; a repeated one has several values. */
function settingsOf(file: string): Map<string, string[]> {
  const settings = new Map<string, string[]>();
  for (const line of readFileSync(join(FOLDER, file), 'utf8').split('\n')) {
    const match = /^(\w+)=(.*)$/.exec(line);
    if (match) settings.set(match[1] ?? '', [...(settings.get(match[1] ?? '') ?? []), match[2] ?? '']);
  }
  return settings;
}

describe('the service', () => {
  const service = settingsOf('thanadak.service');

  it('lets V8 compile, without which Node dies', () => {
    expect(service.has('MemoryDenyWriteExecute')).toBe(false);
  });

  it('gives the daemon the 30 seconds it may take to stop', () => {
    expect(Number(service.get('TimeoutStopSec')?.[0])).toBeGreaterThan(30);
  });

  it('starts again whatever happened, and never gives up', () => {
    expect(service.get('Restart')).toEqual(['always']);
    expect(service.get('StartLimitIntervalSec')).toEqual(['0']);
  });

  it('has no privilege and a folder that is its own', () => {
    expect(service.get('CapabilityBoundingSet')).toEqual(['']);
    expect(service.get('DynamicUser')).toEqual(['yes']);
    expect(service.get('StateDirectoryMode')).toEqual(['0700']);
  });

  it('gets port 25 from the socket', () => {
    const socket = settingsOf('thanadak.socket');
    expect(socket.get('ListenStream')).toEqual(['25']);
    expect(socket.get('FileDescriptorName')).toEqual(['smtp']);
    expect(service.get('Requires')).toContain('thanadak.socket');
  });

  it.skipIf(systemd.status !== 0)('is exposed to 2.0 of 10 at most, as systemd counts', () => {
    const { stdout, stderr, status } = spawnSync(
      'systemd-analyze',
      ['security', '--offline=yes', '--threshold=20', join(FOLDER, 'thanadak.service')],
      { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } },
    );
    const exposure = Number(/Overall exposure level[^:]*: ([\d.]+)/.exec(stdout)?.[1]);
    expect({ exposure, status, stderr: status === 0 ? '' : stderr }).toMatchObject({ status: 0, stderr: '' });
    expect(exposure).toBeLessThanOrEqual(2);
  });
});
