// What is sound of a configuration that may have faults, and how faults between its parts are worded.
import type { Config } from './config.js';
import { suggestWord } from './nearest.js';
import { keyOf, type Path } from './problem.js';
import type { Complaint } from './validate.js';

type ListKey = 'forces' | 'stations' | 'officers' | 'calendars' | 'categories' | 'outcomes' | 'agencies';

/** The sections that are sound; entries of the lists that are not are undefined. */
export type Draft = Partial<Omit<Config, ListKey>> & {
  [Key in ListKey]?: (Config[Key][number] | undefined)[];
};

/** Words where a path was written. */
export type Placing = (path: Path) => string;

export function complaint(path: Path, message: string, mend: string): Complaint {
  return { path, part: 'value', message: `${keyOf(path)}: ${message}`, mend };
}

/** A complaint about every value of `list` that stood there before; `undefined` entries count as faulty. */
export function complainOfTwins(
  list: { path: Path; key: string; word: string; values: readonly (string | undefined)[] },
  place: Placing,
): Complaint[] {
  const { path, key, word, values } = list;
  return values.flatMap((value, index) => {
    const first = values.indexOf(value);
    if (value === undefined || first === index) return [];
    const message = `the ${word} ${value} is already used at ${place([...path, first, key])}`;
    return [complaint([...path, index, key], message, `give one of them another ${word}`)];
  });
}

/** The names in a list; undefined when nobody can say which a faulty entry would have brought. */
export function namesIn<T>(
  list: readonly (T | undefined)[] | undefined,
  nameOf: (entry: T) => string,
): string[] | undefined {
  if (!list) return undefined;
  const sound = list.flatMap((entry) => (entry === undefined ? [] : [nameOf(entry)]));
  return sound.length === list.length ? sound : undefined;
}

/** A complaint when `name` is none of those known; nothing when it is unknown which those are. */
export function complainOfStranger(
  path: Path,
  { word, name }: { word: string; name: string | undefined },
  known: readonly string[] | undefined,
): Complaint[] {
  if (name === undefined || !known || known.includes(name)) return [];
  return [complaint(path, `there is no ${word} ${name}`, suggestWord(name, known))];
}
