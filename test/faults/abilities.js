// What this machine lets us do.
import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { has, withSbin } from '../e2e/place.js';

let tracing;

/** Whether strace is there and may trace; containers often forbid it. */
export function canTrace() {
  tracing ??= has('strace') && succeeds('strace', ['-o', '/dev/null', 'true']);
  return tracing;
}

export function isRoot() {
  return process.getuid?.() === 0;
}

/** Runs a system command to its end; throws what it said when it fails. */
export function run(command, args) {
  return execFileSync(command, args, {
    env: withSbin(),
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
}

export function succeeds(command, args) {
  try {
    run(command, args);
    return true;
  } catch {
    return false;
  }
}
