// Checks the gathered values against the schema, section by section, and words what does not fit.
import type { z } from 'zod';
import { isMapping } from './gather.js';
import { entryOf, factsOf, isSectionList, optionsOf, type Schema } from './marks.js';
import { suggestWord } from './nearest.js';
import { keyOf, type Path } from './problem.js';
import { schema } from './schema.js';

/** A complaint that still needs its place in the text. */
export interface Complaint {
  path: Path;
  part: 'key' | 'value';
  message: string;
  mend: string;
}

export interface Validated {
  complaints: Complaint[];
  /** Parsed sections that are sound; in a list with faulty entries those are undefined. */
  sections: Record<string, unknown>;
}

type Issue = z.core.$ZodIssue;

/** Every section is judged for itself, so that one fault does not hide the faults of others. */
export function validateSections(given: Record<string, unknown>): Validated {
  const raw = dropEmptySections(schema, given) as Record<string, unknown>;
  const complaints = Object.keys(raw)
    .filter((key) => !Object.hasOwn(schema.shape, key))
    .map((key) => unknownKey([key], Object.keys(schema.shape)));
  const sections: Record<string, unknown> = {};
  for (const [key, section] of Object.entries(schema.shape)) {
    const result = section.safeParse(raw[key]);
    if (result.success) sections[key] = result.data;
    else {
      complaints.push(...complain(result.error.issues, [key], raw));
      const sound = isSectionList(section) ? soundEntries(section, raw[key]) : undefined;
      if (sound) sections[key] = sound;
    }
  }
  return { complaints, sections };
}

/** A section whose options are all commented out is null in YAML; it means the defaults. */
function dropEmptySections(at: Schema, value: unknown): unknown {
  const options = optionsOf(at);
  const entry = entryOf(at);
  if (entry && Array.isArray(value)) return value.map((item) => dropEmptySections(entry, item));
  if (!options || !isMapping(value)) return value;
  const kept = Object.entries(value).filter(([key, inner]) => inner !== null || !isSection(options, key));
  return Object.fromEntries(
    kept.map(([key, inner]) => {
      const option = optionOf(options, key);
      return [key, option ? dropEmptySections(option, inner) : inner];
    }),
  );
}

function optionOf(options: Record<string, Schema>, key: string): Schema | undefined {
  return Object.hasOwn(options, key) ? options[key] : undefined;
}

function isSection(options: Record<string, Schema>, key: string): boolean {
  const option = optionOf(options, key);
  return option !== undefined && (optionsOf(option) !== undefined || entryOf(option) !== undefined);
}

function soundEntries(list: Schema, value: unknown): unknown[] | undefined {
  const entry = entryOf(list) as z.ZodType | undefined;
  if (!entry || !Array.isArray(value)) return undefined;
  return value.map((item) => entry.safeParse(item).data);
}

function complain(issues: readonly Issue[], prefix: Path, raw: unknown): Complaint[] {
  const complaints = issues.flatMap((issue) => complaintsOf(issue, [...prefix, ...plain(issue.path)], raw));
  const seen = new Set<string>();
  return complaints.filter(({ path }) => !seen.has(keyOf(path)) && seen.add(keyOf(path)));
}

function plain(path: readonly PropertyKey[]): Path {
  return path.map((step) => (typeof step === 'number' ? step : String(step)));
}

function complaintsOf(issue: Issue, path: Path, raw: unknown): Complaint[] {
  const at = schemaAt(path);
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys((at && optionsOf(at)) ?? {});
    return issue.keys.map((key) => unknownKey([...path, key], known));
  }
  const found = valueAt(raw, path);
  const expected = at ? expectedOf(at) : 'something else';
  if (found === undefined) {
    const message = `${keyOf(path)} is missing`;
    return [{ path, part: 'value', message, mend: `give it ${expected}` }];
  }
  const own = issue.code === 'custom' && issue.message !== 'Invalid input' ? issue.message : undefined;
  const message = `${keyOf(path)}: ${own ?? `expected ${expected}, found ${describeFound(found)}`}`;
  return [{ path, part: 'value', message, mend: own ? 'choose another' : hint(at, found) }];
}

function unknownKey(path: Path, known: readonly string[]): Complaint {
  const section = keyOf(path.slice(0, -1));
  const key = String(path.at(-1));
  const message = `unknown key ${key}${section === '' ? '' : ` in ${section}`}`;
  return { path, part: 'key', message, mend: suggestWord(key, known) };
}

function hint(at: Schema | undefined, found: unknown): string {
  const kind = at && factsOf(at).mark.kind;
  if (kind === 'duration' && typeof found === 'number' && found > 0) return `for minutes write ${found}m`;
  if (kind === 'text' && ['number', 'boolean'].includes(typeof found))
    return `write it in quotes: '${found}'`;
  return '';
}

/** What an option takes, as the end of "expected …". */
export function expectedOf(at: Schema): string {
  const { mark } = factsOf(at);
  if (mark.expected) return mark.expected;
  const entry = entryOf(at);
  if (entry) return optionsOf(entry) ? 'a list of sections' : `a list, each entry ${expectedOf(entry)}`;
  return optionsOf(at) ? 'a section with options of its own' : 'a value';
}

function describeFound(found: unknown): string {
  if (found === null) return 'nothing';
  if (typeof found === 'string') return JSON.stringify(found.length > 60 ? `${found.slice(0, 60)}…` : found);
  if (typeof found === 'number' || typeof found === 'bigint') return `the number ${found}`;
  if (typeof found === 'boolean') return `the word ${found}`;
  if (Array.isArray(found)) return found.length === 0 ? 'an empty list' : 'a list';
  return isMapping(found) ? 'a section' : 'a value of another type';
}

function schemaAt(path: Path): Schema | undefined {
  let at: Schema | undefined = schema;
  for (const step of path) {
    if (!at) return undefined;
    at = typeof step === 'number' ? entryOf(at) : optionOf(optionsOf(at) ?? {}, step);
  }
  return at;
}

/** The value at `path`; undefined when there is none. */
export function valueAt(raw: unknown, path: Path): unknown {
  let value = raw;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isMapping(value)) value = Object.hasOwn(value, step) ? value[step] : undefined;
    else return undefined;
  }
  return value;
}
