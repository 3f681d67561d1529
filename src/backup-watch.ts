// Backups that the daemon makes by itself, and whether the last one is as young as it should be.
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Said } from './backup-thread.js';
import { type BackupOrder, backupOrder } from './backups.js';
import { messageOf } from './domain/errors.js';
import { millisecondsBetween } from './domain/time.js';
import type { Opened } from './lifecycle.js';
import type { Rooms } from './rooms.js';
import { longestPause, startSchedule } from './schedule/ticks.js';
import { readLastBackup } from './vault/last.js';
import type { Finding } from './web/readiness.js';

export interface BackupWatch {
  /** Makes one now; resolves when it is done, well or not, which the log tells. */
  run(): Promise<void>;
  /** Age of what the newest backup holds, in seconds; undefined without one where none is configured. */
  ageSeconds(): Promise<number | undefined>;
  /** 1 or 0; undefined before the first. */
  lastOk(): Promise<number | undefined>;
  check(): Promise<Finding>;
}

/** Starts the schedule of the configuration, when it names a folder. */
export function watchBackups(rooms: Rooms, opened: Opened): BackupWatch {
  const { config, clock } = rooms;
  const { directory, schedule } = config.backup;
  const startedAt = clock.now();
  let thread: Worker | undefined;
  const run = async () => {
    if (directory === undefined) return;
    const from = { files: rooms.configFiles(), version: rooms.version };
    thread = startThread(backupOrder(rooms.config, from, directory));
    try {
      tell(rooms, await saidBy(thread));
    } finally {
      thread = undefined;
    }
  };
  const last = () => readLastBackup(config.dataDir);
  const age = async () => {
    const since = (await last())?.savedAt ?? (directory === undefined ? undefined : startedAt);
    return since === undefined ? since : Math.max(0, millisecondsBetween(since, clock.now()) / 1_000);
  };
  if (directory !== undefined) {
    const { timeZone } = config;
    const ticks = startSchedule({ name: 'backup', cron: schedule, timeZone, task: run, log: rooms.log });
    opened.push('backups', async () => {
      // A set not finished is nobody's; the next run removes it.
      await thread?.terminate();
      await ticks.stop();
    });
  }
  return {
    run,
    ageSeconds: age,
    async lastOk() {
      const record = await last();
      return record && Number(record.ok);
    },
    async check() {
      if (directory === undefined) return { ok: true, detail: 'none configured' };
      const limit = (2 * longestPause(schedule, config.timeZone)) / 1_000;
      return findingOf({ age: (await age()) ?? 0, limit, problem: (await last())?.problem ?? '' });
    },
  };
}

/** Threads run compiled code only, also when this module itself is run from its source. */
function startThread(order: BackupOrder): Worker {
  const fromSource = import.meta.url.endsWith('.ts');
  const url = new URL(fromSource ? '../dist/backup-thread.js' : './backup-thread.js', import.meta.url);
  return new Worker(fileURLToPath(url), { workerData: order, name: 'backup' });
}

function saidBy(thread: Worker): Promise<Said> {
  return new Promise((resolve) => {
    thread.once('message', resolve);
    thread.once('error', (error) => resolve({ ok: false, problem: messageOf(error) }));
    thread.once('exit', () => resolve({ ok: false, problem: 'The thread ended before its work was done.' }));
  });
}

function tell({ log }: Rooms, said: Said): void {
  if (!said.ok) log.error({ problem: said.problem }, 'the backup failed; the next turn tries again');
  else if (said.problems.length > 0)
    log.error({ ...said }, 'a backup was made, and not everything could be saved');
  else log.info({ set: said.set, letters: said.letters }, 'a backup was made');
}

/** Letters can be taken all the same: an old backup is a problem, not a reason to send anybody away. */
function findingOf(state: { age: number; limit: number; problem: string }): Finding {
  const mend = 'Run thanadak backup and see what it says; look at the folder of backup.directory.';
  const hours = (seconds: number) => `${(seconds / 3_600).toFixed(1)} hours`;
  if (state.age > state.limit) {
    const why = state.problem === '' ? '' : `; the last one failed: ${state.problem}`;
    const detail = `the newest backup is ${hours(state.age)} old, ${hours(state.limit)} are allowed${why}`;
    return { ok: false, minor: true, detail, mend };
  }
  if (state.problem === '') return { ok: true, detail: `${hours(state.age)} old` };
  return { ok: false, minor: true, detail: `the last backup did not go well: ${state.problem}`, mend };
}
