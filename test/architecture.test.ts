// The import table of src/README.md, held against every import in src/.
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const src = join(root, 'src');

interface Room {
  kind: string;
  imports: string[];
  packages: string[];
}

function readTable(): Map<string, Room> {
  const rooms = new Map<string, Room>();
  const rows = readFileSync(join(src, 'README.md'), 'utf8').split('\n');
  const begin = rows.findIndex((row) => /^\|\s*room\s*\|/.test(row));
  for (const row of rows.slice(begin + 2)) {
    if (!row.startsWith('|')) break;
    const [name = '', kind = '', , imports = '', packages = ''] = row
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    rooms.set(name, { kind, imports: list(imports), packages: list(packages) });
  }
  return rooms;
}

function list(cell: string): string[] {
  return cell === '-' ? [] : cell.split(',').map((item) => item.trim());
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesBelow(join(folder, entry.name))
      : entry.name.endsWith('.ts')
        ? [join(folder, entry.name)]
        : [],
  );
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)/g,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? '');
}

function roomOf(file: string): string {
  return relative(src, file).split('/')[0]?.replace(/\.ts$/, '') ?? '';
}

const rooms = readTable();
const files = filesBelow(src);

function problemsOf(file: string): string[] {
  const name = roomOf(file);
  const room = rooms.get(name);
  if (!room) return [`${relative(root, file)}: room ${name} is not in the table`];
  if (room.imports.includes('everything')) return [];
  return importsOf(file)
    .filter((target) => !mayImport({ file, name, room }, target))
    .map((target) => `${relative(root, file)} imports ${target}`);
}

function mayImport(from: { file: string; name: string; room: Room }, target: string): boolean {
  if (target.startsWith('.')) {
    const other = roomOf(normalize(join(dirname(from.file), target)).replace(/\.js$/, '.ts'));
    return other === from.name || from.room.imports.includes(other);
  }
  if (target.startsWith('node:') || builtinModules.includes(target)) return from.name !== 'domain';
  const parcel = target.split('/').slice(0, target.startsWith('@') ? 2 : 1);
  return from.room.packages.includes(parcel.join('/'));
}

describe('the house', () => {
  it('has a table that names every room, and no room that does not exist', () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual([...rooms.keys()].sort());
  });

  it('lets no room import what the table does not allow', () => {
    expect(files.flatMap(problemsOf)).toEqual([]);
  });

  it('keeps the words of the engines inside the engine', () => {
    const outside = files.filter((file) => !relative(src, file).startsWith('store/engine/'));
    const leaks = outside.filter(
      (file) => !file.includes('/config/') && /postgres|sqlite(?!\.js)/i.test(codeOf(file)),
    );
    expect(leaks.map((file) => relative(root, file))).toEqual([]);
  });

  it('keeps files below 300 lines', () => {
    const long = files.filter((file) => readFileSync(file, 'utf8').split('\n').length > 300);
    expect(long.map((file) => relative(root, file))).toEqual([]);
  });

  it('begins every file with what it answers for', () => {
    const silent = files.filter((file) => !/^(#!.*\n)?\/\/ /.test(readFileSync(file, 'utf8')));
    expect(silent.map((file) => relative(root, file))).toEqual([]);
  });
});

/** Without the opening line of the store, which must name the engine it opens. */
function codeOf(file: string): string {
  return readFileSync(file, 'utf8').replace(/.*openSqlite.*\n/g, '');
}
