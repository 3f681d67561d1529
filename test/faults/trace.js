// Reads what strace wrote of a daemon: file operations with their bytes, each with the places in the log where it began
// and where it ended, because only what began after another ended can be relied upon to come after it.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const CALLS = [
  'openat,open,creat,write,pwrite64,writev,pwritev,sendto,rename,renameat,renameat2,link,linkat,unlink,unlinkat',
  'mkdir,mkdirat,rmdir,fsync,fdatasync,ftruncate',
].join(',');

/** Puts the daemon under a recorder that writes to `log`. */
export function recordTo(log) {
  return ['strace', '-f', '--seccomp-bpf', '-y', '-xx', '-s', '4000000', '-o', log, '-e', `trace=${CALLS}`];
}

/**
 * The operations of `log` that succeeded, in the order in which they ended, as `{call, start, end, paths, fd, bytes,
 * offset, flags}` with what the call has of these. Only those on files below `folder`, and replies that keep a letter
 * (`{call: 'reply', letterId}`).
 */
export async function readTrace(log, folder) {
  const operations = [];
  const pending = new Map();
  let place = 0;
  for await (const line of createInterface({ input: createReadStream(log, 'latin1') })) {
    place += 1;
    const whole = joinLines(line, place, pending);
    if (!whole) continue;
    const operation = readCall(whole.text, folder);
    if (operation) operations.push({ ...operation, start: whole.start, end: place });
  }
  return operations;
}

/** A call during which another thread spoke stands on two lines. */
function joinLines(line, place, pending) {
  const [, pid, text] = /^(\d+) +(.*)$/.exec(line) ?? [];
  if (!pid) return undefined;
  if (text.endsWith('<unfinished ...>')) {
    pending.set(pid, { text: text.slice(0, -'<unfinished ...>'.length), start: place });
    return undefined;
  }
  const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(text);
  if (!resumed) return { text, start: place };
  const begun = pending.get(pid);
  pending.delete(pid);
  return begun && { text: begun.text + resumed[1], start: begun.start };
}

/** The file of a descriptor stands behind it: a path has 4,096 bytes at most, and each is four characters long. */
const LONGEST_RESULT = 4 * 4_096 + 400;

function readCall(text, folder) {
  const [, call, rest] = /^(\w+)\((.*)$/.exec(text) ?? [];
  const result = /\) += (-?\d+)/.exec(text.slice(-LONGEST_RESULT));
  if (!call || !result || result[1].startsWith('-')) return undefined;
  if (call === 'write' || call === 'writev' || call === 'sendto') {
    const reply = replyIn(rest);
    if (reply) return reply;
  }
  const read = READERS[call];
  if (!read) return undefined;
  const operation = read(rest, Number(result[1]));
  const paths = operation?.paths ?? [];
  if (paths.length === 0 || !paths.every((path) => path === folder || path.startsWith(`${folder}/`)))
    return undefined;
  return { call, ...operation };
}

const KEPT = Buffer.from('250 2.0.0 Kept as ').reduce(
  (text, byte) => `${text}\\x${byte.toString(16).padStart(2, '0')}`,
  '',
);

function replyIn(rest) {
  const at = rest.indexOf(KEPT);
  if (at === -1 || !/^\d+<(\\x73\\x6f\\x63|\\x54\\x43\\x50|socket|TCP)/.test(rest)) return undefined;
  const letterId = unhex(rest.slice(at + KEPT.length, at + KEPT.length + 26 * 4)).toString();
  return { call: 'reply', letterId };
}

const READERS = {
  openat: readOpen,
  open: readOpen,
  creat: readOpen,
  write: (rest, result) => ({ ...target(rest), bytes: firstString(rest).subarray(0, result) }),
  pwrite64: (rest, result) => ({
    ...target(rest),
    bytes: firstString(rest).subarray(0, result),
    offset: Number(/, (\d+) *\) += \d+$/.exec(rest)?.[1]),
  }),
  writev: (rest, result) => ({ ...target(rest), bytes: allVectors(rest).subarray(0, result) }),
  rename: readNames,
  renameat: readNames,
  renameat2: readNames,
  link: readNames,
  linkat: readNames,
  unlink: readNames,
  unlinkat: readNames,
  mkdir: readNames,
  mkdirat: readNames,
  rmdir: readNames,
  fsync: target,
  fdatasync: target,
  ftruncate: (rest) => ({ ...target(rest), offset: Number(/, (\d+) *\)/.exec(rest)?.[1]) }),
};

function readOpen(rest) {
  const flags = /", (O_[A-Z_|]+)/.exec(rest)?.[1] ?? '';
  return /O_CREAT|O_TRUNC/.test(flags) ? { ...readNames(rest), flags } : undefined;
}

function readNames(rest) {
  return { paths: [...rest.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, text]) => unhex(text).toString()) };
}

/** The file of the descriptor in front, as strace names it. */
function target(rest) {
  const [, fd, name] = /^(\d+)<([^>]*)>/.exec(rest) ?? [];
  return fd ? { fd: Number(fd), paths: [unhex(name).toString()] } : {};
}

function firstString(rest) {
  const from = rest.indexOf('"') + 1;
  return unhex(rest.slice(from, rest.indexOf('"', from)));
}

function allVectors(rest) {
  return Buffer.concat(
    [...rest.matchAll(/iov_base="((?:\\x[0-9a-f]{2})*)"/g)].map(([, text]) => unhex(text)),
  );
}

function unhex(text) {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex');
}
