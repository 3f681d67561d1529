// What a disk may hold after a power cut. By the letter of POSIX only what was synced is there: the bytes of a file after
// its own fsync, a name after the fsync of the folder it stands in. All else may be there, in part, or not at all.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const NEVER = Number.POSITIVE_INFINITY;
const SECTOR = 512;

/**
 * The history of `operations` (see trace.js) on `folder`, which was there before and was empty: `contents`, changes of
 * bytes, and `names`, changes of names, each with the place in the log from which on it is safe.
 */
export function readHistory(operations, folder) {
  const history = {
    folder,
    changes: [],
    live: new Map(),
    syncs: new Map(),
    folderSyncs: new Map(),
    inodes: 0,
  };
  for (const operation of operations) HANDLERS[operation.call]?.(history, operation);
  for (const change of history.changes) change.safeFrom = safeFrom(history, change);
  return history;
}

function openFile(history, { paths: [path], flags, end }) {
  const known = history.live.get(path);
  if (!known) {
    history.inodes += 1;
    const inode = { number: history.inodes, kind: 'file', position: 0 };
    history.live.set(path, inode);
    history.changes.push({ end, names: [{ path, inode }] });
    return;
  }
  known.position = 0;
  if (flags.includes('O_TRUNC')) history.changes.push({ end, inode: known, truncate: 0 });
}

function write(history, { paths: [path], bytes, offset, end }) {
  const inode = history.live.get(path);
  if (!inode) return;
  const at = offset ?? inode.position;
  if (offset === undefined) inode.position += bytes.length;
  history.changes.push({ end, inode, at, bytes });
}

function rename(history, { paths: [from, to], end }) {
  const inode = history.live.get(from);
  if (!inode) return;
  history.live.delete(from);
  history.live.set(to, inode);
  history.changes.push({
    end,
    names: [
      { path: to, inode },
      { path: from, inode: null },
    ],
  });
}

function link(history, { paths: [from, to], end }) {
  const inode = history.live.get(from);
  if (!inode) return;
  history.live.set(to, inode);
  history.changes.push({ end, names: [{ path: to, inode }] });
}

function unlink(history, { paths: [path], end }) {
  history.live.delete(path);
  history.changes.push({ end, names: [{ path, inode: null }] });
}

function makeFolder(history, { paths: [path], end }) {
  history.inodes += 1;
  const inode = { number: history.inodes, kind: 'folder' };
  history.live.set(path, inode);
  history.changes.push({ end, names: [{ path, inode }] });
}

function sync(history, { paths: [path], start, end }) {
  const inode = history.live.get(path);
  const isFolder = path === history.folder || inode?.kind === 'folder';
  const kept = isFolder ? history.folderSyncs : history.syncs;
  const key = isFolder ? path : inode?.number;
  if (key === undefined) return;
  if (!kept.has(key)) kept.set(key, []);
  kept.get(key).push({ start, end });
}

const HANDLERS = {
  openat: openFile,
  open: openFile,
  creat: openFile,
  write,
  writev: write,
  pwrite64: write,
  ftruncate: (history, { paths: [path], offset, end }) => {
    const inode = history.live.get(path);
    if (inode) history.changes.push({ end, inode, truncate: offset });
  },
  rename,
  renameat: rename,
  renameat2: rename,
  link,
  linkat: link,
  unlink,
  unlinkat: unlink,
  mkdir: makeFolder,
  mkdirat: makeFolder,
  fsync: sync,
  fdatasync: sync,
};

/** A rename is safe with the folder it goes to; that alone is what every journal promises. */
function safeFrom({ syncs, folderSyncs }, { end, inode, names }) {
  const list = names ? folderSyncs.get(dirname(names[0].path)) : syncs.get(inode.number);
  return list?.find(({ start }) => start > end)?.end ?? NEVER;
}

/**
 * The files after a cut at `place` of the log, a map from path to bytes (a folder is null). `luck(change)` decides what
 * of the changes that were not safe is there: 'all', 'none', or 'torn' for half of the bytes.
 */
export function cutAt({ changes, folder }, place, luck) {
  const bytes = new Map();
  const names = new Map();
  for (const change of changes) {
    if (change.end > place) break;
    const share = change.safeFrom <= place ? 'all' : luck(change);
    if (share === 'none') continue;
    if (change.names) for (const { path, inode } of change.names) names.set(path, inode);
    else applyBytes(bytes, change, share);
  }
  return reachable(names, bytes, folder);
}

function applyBytes(bytes, { inode, at, bytes: given, truncate }, share) {
  const old = bytes.get(inode.number) ?? Buffer.alloc(0);
  if (truncate !== undefined) {
    bytes.set(inode.number, resized(old, truncate));
    return;
  }
  const part = share === 'torn' ? given.subarray(0, Math.floor(given.length / 2 / SECTOR) * SECTOR) : given;
  const next = resized(old, Math.max(old.length, at + part.length));
  part.copy(next, at);
  bytes.set(inode.number, next);
}

function resized(buffer, length) {
  const next = Buffer.alloc(length);
  buffer.copy(next, 0, 0, Math.min(length, buffer.length));
  return next;
}

/** A file in a folder whose own name was not kept is gone with it. */
function reachable(names, bytes, folder) {
  const isThere = (path) => path === folder || (names.get(path)?.kind === 'folder' && isThere(dirname(path)));
  const files = new Map();
  for (const [path, inode] of names) {
    if (!inode || !isThere(dirname(path))) continue;
    files.set(path, inode.kind === 'folder' ? null : (bytes.get(inode.number) ?? Buffer.alloc(0)));
  }
  return files;
}

/** Writes the state of `cutAt` below another folder. The shared memory of the database is never on a disk. */
export function layOut(files, from, to) {
  for (const [path, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (path.endsWith('-shm')) continue;
    const target = join(to, path.slice(from.length));
    mkdirSync(content === null ? target : dirname(target), { recursive: true, mode: 0o700 });
    if (content !== null) writeFileSync(target, content, { mode: 0o600 });
  }
}
