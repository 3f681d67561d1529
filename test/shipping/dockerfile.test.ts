import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Instruction {
  word: string;
  rest: string;
}

function parseDockerfile(text: string): Instruction[] {
  const joined = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n/g, ' ');
  return joined.split('\n').flatMap((line) => {
    const match = /^(\w+)\s+(.*)$/.exec(line.trim());
    return match ? [{ word: (match[1] ?? '').toUpperCase(), rest: match[2] ?? '' }] : [];
  });
}

const instructions = parseDockerfile(read('Dockerfile'));
const lastStage = instructions.slice(instructions.findLastIndex(({ word }) => word === 'FROM'));
const restOf = (word: string) => lastStage.filter((it) => it.word === word).map((it) => it.rest);
/** Sources of all COPY instructions from the build context. */
const copied = instructions
  .filter(({ word, rest }) => word === 'COPY' && !rest.includes('--from='))
  .flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1));

function execForm(text: string | undefined): string[] {
  return JSON.parse(text ?? 'null');
}

describe('the image', () => {
  it('stands on an LTS line of Node that the program supports, the same in both stages', () => {
    const bases = instructions.filter(({ word }) => word === 'FROM').map(({ rest }) => rest.split(' ')[0]);
    expect(new Set(bases).size).toBe(1);
    const major = Number(/^node:(\d+)-\w+-slim(@sha256:[0-9a-f]{64})?$/.exec(bases[0] ?? '')?.[1]);
    expect(major % 2).toBe(0);
    expect(major).toBeGreaterThanOrEqual(24);
    const addon = JSON.parse(read('node_modules/better-sqlite3/package.json'));
    expect(addon.engines.node).toContain(`${major}.x`);
  });

  it('does not run as root', () => {
    const users = restOf('USER');
    expect(users).toHaveLength(1);
    expect(users[0]).toMatch(/^[1-9]\d*(:[1-9]\d*)?$/);
    const after = lastStage.slice(lastStage.findIndex(({ word }) => word === 'USER'));
    expect(after.map(({ word }) => word)).not.toContain('RUN');
  });

  it('starts the command itself, so that signals reach it', () => {
    expect(execForm(restOf('ENTRYPOINT')[0])).toEqual(['node', 'bin/thanadak.js']);
    expect(execForm(restOf('CMD')[0])).toEqual(['serve']);
    expect(restOf('STOPSIGNAL')).toEqual(['SIGTERM']);
  });

  it('asks its own command whether it is well', () => {
    const [options, command] = (restOf('HEALTHCHECK')[0] ?? '').split(/\bCMD\b/);
    expect(options).toMatch(/--timeout=\d+s/);
    expect(execForm(command)).toEqual(['node', 'bin/thanadak.js', 'status']);
  });

  it('keeps what it writes in the one place that is a volume', () => {
    expect(execForm(restOf('VOLUME')[0])).toEqual(['/var/lib/thanadak']);
    const made = restOf('RUN').filter((command) => command.includes('/var/lib/thanadak'));
    expect(made).toEqual([expect.stringContaining('--mode=0700')]);
  });

  it('is installed from the lock file and carries no tools of the workshop', () => {
    const runs = instructions.filter(({ word }) => word === 'RUN').map(({ rest }) => rest);
    expect(runs).toContain('npm ci');
    expect(runs.some((command) => command.includes('npm prune --omit=dev'))).toBe(true);
    expect(restOf('RUN').join(' ')).not.toMatch(/apt-get|npm/);
    const shipped = restOf('COPY')
      .join(' ')
      .replaceAll(/\S*src\/web\/(views|assets)\b/g, '');
    expect(shipped).not.toMatch(/\bsrc\b|\btest\b/);
  });

  it('has everything the program needs at run time', () => {
    const sources = restOf('COPY').flatMap((rest) => rest.split(/\s+/).slice(0, -1));
    for (const needed of [
      'package.json',
      'bin',
      'config',
      'migrations',
      '/build/dist',
      '/build/src/web/views',
      '/build/src/web/assets',
      '/build/node_modules',
    ]) {
      expect(sources).toContain(needed);
    }
  });

  it.each(copied)('is made of %s, which exists and is not kept out of the build', (path) => {
    expect(existsSync(join(ROOT, path))).toBe(true);
    expect(read('.dockerignore').split('\n')).toContain(`!${path}`);
  });

  it('is made of nothing else', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    expect(allowed).toEqual(['*', ...new Set(copied.map((path) => `!${path}`))].sort(byOrderOf(allowed)));
  });
});

function byOrderOf(list: string[]) {
  return (a: string, b: string) => list.indexOf(a) - list.indexOf(b);
}
