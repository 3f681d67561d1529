// Where the bench works, and how it leaves nothing behind: one folder, and what was started, undone also on Ctrl-C.
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Magic numbers of tmpfs and ramfs (statfs(2)): a sync there costs nothing and measures nothing. */
const IN_MEMORY = new Set([0x01021994, 0x858458f6]);

/**
 * @typedef {object} Place
 * @property {string} folder
 * @property {(undo: () => void) => () => void} onLeave `undo` must be synchronous; the result takes it back
 * @property {() => void} leave
 */

/**
 * Makes the folder, below `dir` when given.
 * @param {string | undefined} dir
 * @returns {Place}
 */
export function openPlace(dir) {
  const folder = mkdtempSync(join(chooseDisk(dir), 'thanadak-bench-'));
  // Postfix works under a user of its own, who must be able to pass.
  chmodSync(folder, 0o711);
  /** @type {Set<() => void>} */
  const undos = new Set([() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })]);
  const leave = () => {
    for (const undo of [...undos].reverse()) undo();
    undos.clear();
  };
  process.on('exit', leave);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
  return {
    folder,
    onLeave(undo) {
      undos.add(undo);
      return () => undos.delete(undo);
    },
    leave,
  };
}

/** @param {string | undefined} dir */
function chooseDisk(dir) {
  const candidates = dir === undefined ? [tmpdir(), '/var/tmp'] : [dir];
  const found = candidates.find((candidate) => !IN_MEMORY.has(statfsSync(candidate).type));
  if (found) return found;
  throw new Error(`${candidates.join(' and ')} lie in memory; name a folder on a disk with --dir.`);
}

/**
 * Ends a process group that the bench started, if it is still there.
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}

/**
 * Asks `look` again and again until it answers something. Rejects with `what` after `limitMs`.
 * @template T
 * @param {{ what: string, everyMs: number, limitMs: number }} how
 * @param {() => T | undefined | Promise<T | undefined>} look
 * @returns {Promise<T>}
 */
export async function waitFor({ what, everyMs, limitMs }, look) {
  const until = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > until) throw new Error(`${what}: not within ${limitMs / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** Share of the processors that is used while the bench does nothing, looked at for a second. */
export async function shareOfOthers() {
  const before = processorTimes();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const after = processorTimes();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

function processorTimes() {
  const times = cpus().map((cpu) => cpu.times);
  const idle = times.reduce((sum, each) => sum + each.idle, 0);
  const all = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, idle);
  return { idle, all };
}
