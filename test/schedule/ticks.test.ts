import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/schedule/system-clock.js';
import { longestPause, startSchedule, startTicks } from '../../src/schedule/ticks.js';
import { recordingLog } from '../support/log.js';

const log = recordingLog();

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-24T03:54:30.000Z') });
});

afterEach(() => {
  vi.useRealTimers();
  log.expectNoWarnings();
});

describe('the clock on the wall', () => {
  it('tells UTC with milliseconds', () => {
    expect(systemClock.now()).toBe('2026-11-24T03:54:30.000Z');
  });
});

describe('ticks', () => {
  it('come every second and at the beginning of every minute', async () => {
    const seconds: string[] = [];
    const minutes: string[] = [];
    const ticks = startTicks({
      everySecond: () => void seconds.push(systemClock.now()),
      everyMinute: () => void minutes.push(systemClock.now().slice(0, 19)),
      log,
    });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(seconds).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(120_000);
    await ticks.stop();
    expect(minutes).toEqual(['2026-11-24T03:55:00', '2026-11-24T03:56:00']);
  });

  it('go on after a task has failed, which is logged', async () => {
    let turns = 0;
    const ticks = startTicks({
      everySecond: () => {
        turns += 1;
        throw new Error('database is locked');
      },
      log,
    });
    await vi.advanceTimersByTimeAsync(2_000);
    await ticks.stop();
    expect(turns).toBe(2);
    expect(log.takeWarnings().map((line) => (line.fields.error as Error).message)).toEqual([
      'database is locked',
      'database is locked',
    ]);
  });

  it('never run a task beside itself', async () => {
    let running = 0;
    let most = 0;
    const slow = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 150_000));
      running -= 1;
    };
    const ticks = startTicks({ everySecond: slow, everyMinute: () => {}, log });
    await vi.advanceTimersByTimeAsync(400_000);
    expect(most).toBe(1);
    const stopped = ticks.stop();
    await vi.advanceTimersByTimeAsync(150_000);
    await stopped;
  });

  it('stop after the task that is running, and for good', async () => {
    const steps: string[] = [];
    const ticks = startTicks({
      everySecond: async () => {
        steps.push('begun');
        await new Promise((resolve) => setTimeout(resolve, 500));
        steps.push('ended');
      },
      log,
    });
    await vi.advanceTimersByTimeAsync(1_000);
    const stopped = ticks.stop().then(() => steps.push('stopped'));
    await vi.advanceTimersByTimeAsync(5_000);
    await stopped;
    expect(steps).toEqual(['begun', 'ended', 'stopped']);
  });

  it('do not keep the process alive', () => {
    const program = `
      import { longestPause, startSchedule, startTicks } from './dist/schedule/ticks.js';
      startTicks({ everySecond: () => {}, everyMinute: () => {}, log: {} });`;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(child).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });
});

describe('a clock that is set', () => {
  const YEAR_MS = 365 * 86_400_000;

  async function turnsAround(change: (now: number) => number): Promise<number[]> {
    const minutes: number[] = [];
    const hours: number[] = [];
    const ticks = startTicks({ everyMinute: () => void minutes.push(Date.now()), log });
    const schedule = startSchedule({
      name: 'backup',
      cron: '*/10 * * * *',
      timeZone: 'Asia/Kolkata',
      task: () => void hours.push(Date.now()),
      log,
    });
    await vi.advanceTimersByTimeAsync(30 * 60_000);
    const before = [minutes.length, hours.length];
    vi.setSystemTime(change(Date.now()));
    await vi.advanceTimersByTimeAsync(30 * 60_000);
    await ticks.stop();
    await schedule.stop();
    expect(before).toEqual([30, 3]);
    return [minutes.length - 30, hours.length - 3];
  }

  it('back by a year goes on every minute and by its rule', async () => {
    const [minutes, tens] = await turnsAround((now) => now - YEAR_MS);
    expect(minutes).toBeGreaterThanOrEqual(29);
    expect(minutes).toBeLessThanOrEqual(31);
    expect(tens).toBeGreaterThanOrEqual(2);
  });

  it('ahead by a year makes up for all it jumped over by one turn', async () => {
    const [minutes, tens] = await turnsAround((now) => now + YEAR_MS);
    expect(minutes).toBeGreaterThanOrEqual(29);
    expect(minutes).toBeLessThanOrEqual(31);
    expect(tens).toBeLessThanOrEqual(5);
  });
});

describe('a schedule', () => {
  it('runs at the moments of its rule in the time zone of the house', async () => {
    const turns: string[] = [];
    const schedule = startSchedule({
      name: 'backup',
      cron: '0,30 9 * * *',
      timeZone: 'Asia/Kolkata',
      task: () => void turns.push(systemClock.now().slice(0, 16)),
      log,
    });
    await vi.advanceTimersByTimeAsync(3 * 3_600_000);
    await schedule.stop();
    await vi.advanceTimersByTimeAsync(86_400_000);
    expect(turns).toEqual(['2026-11-24T04:00']);
  });

  it.each([
    ['40 * * * *', 1],
    ['0 */6 * * *', 6],
    ['30 2 * * *', 24],
    ['30 2 * * 1-5', 72],
    ['0 3 * * 0', 168],
    ['0 9-17 * * *', 16],
  ])('%s pauses for %i hours at most', (cron, hours) => {
    expect(longestPause(cron, 'Asia/Kolkata')).toBe(hours * 3_600_000);
  });
});
