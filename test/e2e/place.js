// Folders, ports and processes of a run, and that none of them stays behind.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

const undone = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
process.once('exit', () => {
  for (const undo of [...undone].reverse()) undo();
});

/** Remembers how to undo something, at once and not later; the result forgets it again. */
export function atExit(undo) {
  undone.add(undo);
  return () => undone.delete(undo);
}

/** A folder that others may pass through: Postfix works under a user of its own. */
export function makePlace() {
  const folder = mkdtempSync(join(tmpdir(), 'thanadak-e2e-'));
  chmodSync(folder, 0o755);
  const forget = atExit(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    close() {
      forget();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const given = new Set();

/**
 * A port nobody listens on, below those the system gives to clients: a client that calls such a port while its server
 * is away may find itself at the other end.
 */
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

export function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Starts a program in a process group of its own, so that its children end with it; `output` grows as it speaks. */
export function startProgram(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options, detached: true });
  const program = { child, output: '', exited: undefined, kill: (signal) => killGroup(child, signal) };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      program.output += chunk;
    });
  }
  const forget = atExit(() => killGroup(child, 'SIGKILL'));
  program.exited = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
    child.once('close', (code, signal) => {
      forget();
      resolve({ code, signal });
    });
  });
  return program;
}

function killGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

const COMMAND_LIMIT_MS = 120_000;

/** Runs a command to its end, which comes after two minutes at the latest; never rejects for its exit code. */
export function runCommand(command, args, options = {}) {
  return new Promise((resolve) => {
    const limits = { maxBuffer: 1 << 28, timeout: COMMAND_LIMIT_MS, killSignal: 'SIGKILL' };
    const child = execFile(command, args, { ...limits, ...options }, (error, stdout, stderr) => {
      forget();
      resolve({ code: error ? (error.code ?? 1) : 0, stdout, stderr });
    });
    const forget = atExit(() => child.kill('SIGKILL'));
  });
}

/** Whether the command is installed. */
export function has(command) {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore', env: withSbin() });
    return true;
  } catch {
    return false;
  }
}

export function withSbin(env = process.env) {
  return { ...env, PATH: `${env.PATH}:/usr/sbin:/sbin` };
}

/** Asks until the answer is true or something else of worth. */
export async function until(what, ask, limitMs = 15_000) {
  const endsAt = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > endsAt) throw new Error(`not within ${limitMs / 1_000} s: ${what}`);
    await sleep(50);
  }
}
