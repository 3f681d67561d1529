// Installs and compiles what is missing or out of date, and does nothing when nothing is. Needs only Node and npm.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => join(root, ...parts);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Thanadak needs Node 20.19 or newer; this is ${process.versions.node}.`);
}
install();
compile();

function install() {
  if (isInstalled()) return;
  say('installing packages');
  run('npm', ['ci', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error']);
}

/** What the lock file asks for is there, and the database addon runs on this Node. */
function isInstalled() {
  const installed = packagesOf(at('node_modules', '.package-lock.json'));
  const wanted = Object.entries(packagesOf(at('package-lock.json')) ?? {});
  const missing = wanted.filter(
    ([path, { version, optional }]) => path !== '' && !optional && installed?.[path]?.version !== version,
  );
  return installed !== undefined && missing.length === 0 && addonRuns();
}

function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

function addonRuns() {
  try {
    const Database = createRequire(import.meta.url)('better-sqlite3');
    new Database(':memory:').close();
    return true;
  } catch {
    return false;
  }
}

function compile() {
  const stamp = at('dist', '.compiled');
  const wanted = fingerprint(...sources('src').sort().map(describe), readFileSync(at('tsconfig.build.json')));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('compiling');
  run(process.execPath, [at('node_modules', 'typescript', 'bin', 'tsc'), '-p', at('tsconfig.build.json')]);
  mkdirSync(at('dist'), { recursive: true });
  writeFileSync(stamp, wanted);
}

function sources(folder) {
  return readdirSync(at(folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? sources(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function describe(file) {
  const { size, mtimeMs } = statSync(at(file));
  return `${file} ${size} ${mtimeMs}\n`;
}

function fingerprint(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** Output goes to stderr: stdout belongs to the command that comes after. */
function run(command, args) {
  try {
    execFileSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  } catch {
    fail(`${command} failed; its output is above.`);
  }
}

function say(text) {
  process.stderr.write(`thanadak: ${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
