// The configuration file and the files it includes, as one value that still knows where each part was written.
import { dirname, resolve } from 'node:path';
import { findIncluded } from './include.js';
import { suggestWord } from './nearest.js';
import { keyOf, type Path, type Place, type Problem } from './problem.js';
import { placeIn, readSource, type Source } from './source.js';

/** The sections an included file may hold. */
export const SHARED_LISTS = ['forces', 'stations', 'officers'];

export interface Gathered {
  raw: Record<string, unknown>;
  problems: Problem[];
  /** Every file read, the main one first. */
  files: string[];
  /** What could be read: nothing, all but some included files, or everything. */
  extent: 'none' | 'main' | 'all';
  place(path: Path, part: 'key' | 'value'): Place;
}

interface Origin {
  source: Source;
  index: number;
}

/** Reads `file` and what it includes. Never throws: what cannot be read is in `problems`. */
export function gatherSources(file: string): Gathered {
  const main = readSource(file);
  const gathered: Gathered = {
    raw: {},
    problems: [...main.problems],
    files: [file],
    extent: 'none',
    place: (path, part) => placeIn(main, path, part),
  };
  if (main.value === undefined) return gathered;
  if (!isMapping(main.value)) {
    const mend = 'write options as key: value';
    gathered.problems.push({ ...placeIn(main, [], 'value'), message: 'the file holds no options', mend });
    return gathered;
  }
  gathered.raw = { ...main.value };
  gathered.extent = 'all';
  const included = openIncluded(main, gathered);
  gathered.files.push(...included.map((source) => source.file));
  gathered.place = placing(main, joinLists([main, ...included], gathered));
  return gathered;
}

/** Whether `value` is a YAML map. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}

function openIncluded(main: Source, gathered: Gathered): Source[] {
  const read = new Set([resolve(main.file)]);
  return includedFiles(main, gathered).flatMap(({ file, index }) => {
    if (read.has(resolve(file))) return [];
    read.add(resolve(file));
    const source = openOne(file, gathered);
    if (source.text !== undefined) return [source];
    refuse(gathered, includeProblem(main, index, `the included file ${file} ${source.unreadable}`));
    return [];
  });
}

/** The files that `include` means, each with the position of its pattern. */
function includedFiles(main: Source, gathered: Gathered): { file: string; index: number }[] {
  const patterns: unknown[] = Array.isArray(gathered.raw.include) ? gathered.raw.include : [];
  return patterns.flatMap((pattern, index) => {
    if (typeof pattern !== 'string' || pattern === '') return [];
    const found = findIncluded(pattern, dirname(main.file));
    if ('files' in found) return found.files.map((file) => ({ file, index }));
    refuse(gathered, includeProblem(main, index, `include ${pattern}: ${found.problem}`));
    return [];
  });
}

function refuse(gathered: Gathered, problem: Problem): void {
  gathered.problems.push(problem);
  gathered.extent = 'main';
}

function includeProblem(main: Source, index: number, message: string): Problem {
  const place = placeIn(main, ['include', index], 'value');
  return { ...place, message, mend: 'correct the include or remove it' };
}

function openOne(file: string, gathered: Gathered): Source {
  const source = readSource(file);
  if (source.text === undefined) return source;
  gathered.problems.push(...source.problems);
  if (source.value === undefined) gathered.extent = 'main';
  else if (isMapping(source.value)) {
    const strange = Object.keys(source.value).filter((key) => !SHARED_LISTS.includes(key));
    gathered.problems.push(...strange.map((key) => strangeSection(source, key)));
  } else {
    const message = 'an included file holds the lists forces, stations and officers only';
    refuse(gathered, { ...placeIn(source, [], 'value'), message, mend: '' });
  }
  return source;
}

function strangeSection(source: Source, key: string): Problem {
  const message = `${key} cannot stand in an included file, only forces, stations and officers can`;
  const suggestion = suggestWord(key, SHARED_LISTS);
  const mend = suggestion.startsWith('did') ? suggestion : 'move it to the main file';
  return { ...placeIn(source, [key], 'key'), message, mend };
}

/** Joins the shared lists of all sources into `raw`; the answer tells where each entry came from. */
function joinLists(sources: readonly Source[], gathered: Gathered): Map<string, Origin[]> {
  const origins = new Map<string, Origin[]>();
  for (const key of SHARED_LISTS) {
    const lists = sources.map((source) => ({ source, list: listIn(source, key, gathered) }));
    // A wrong type in the main file is left for the schema to report.
    if (lists.some(({ source, list }) => source === sources[0] && list === undefined)) continue;
    const entries = lists.flatMap(({ source, list = [] }) =>
      list.map((entry, index) => ({ entry, origin: { source, index } })),
    );
    if (entries.length > 0) gathered.raw[key] = entries.map(({ entry }) => entry);
    origins.set(
      key,
      entries.map(({ origin }) => origin),
    );
  }
  return origins;
}

function listIn(source: Source, key: string, gathered: Gathered): unknown[] | undefined {
  const value = isMapping(source.value) ? source.value[key] : undefined;
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  if (source.file !== gathered.files[0]) {
    const message = `${keyOf([key])}: expected a list`;
    gathered.problems.push({ ...placeIn(source, [key], 'value'), message, mend: 'begin each entry with -' });
  }
  return undefined;
}

function placing(main: Source, origins: ReadonlyMap<string, Origin[]>): Gathered['place'] {
  return (path, part) => {
    const [key, index, ...rest] = path;
    const list = typeof key === 'string' ? origins.get(key) : undefined;
    const origin = typeof index === 'number' ? list?.[index] : undefined;
    if (key === undefined || !origin) return placeIn(main, path, part);
    return placeIn(origin.source, [key, origin.index, ...rest], part);
  };
}
