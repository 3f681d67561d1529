// Options from the environment: THANADAK_SMTP__MAX_MESSAGE_BYTES for smtp.max_message_bytes.
import { isMapping } from './gather.js';
import { entryOf, factsOf, optionsOf, type Schema } from './marks.js';
import { nearestWords, suggestWord } from './nearest.js';
import type { Problem } from './problem.js';

const PREFIX = 'THANADAK_';
const NOT_OPTIONS = ['THANADAK_CONFIG'];

export interface Overridden {
  raw: Record<string, unknown>;
  /** The variable that set an option, by the option's key. */
  variables: ReadonlyMap<string, string>;
  problems: Problem[];
}

/**
 * Puts the options found in `env` into `raw`. An empty variable counts as absent. For an option `x_file` whose
 * content is secret, the variable of `x` holds the content itself.
 */
export function applyEnvironment(
  raw: Record<string, unknown>,
  env: NodeJS.ProcessEnv,
  root: Schema,
): Overridden {
  const variables = new Map<string, string>();
  const problems: Problem[] = [];
  let result = raw;
  for (const [name, value] of Object.entries(env).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!name.startsWith(PREFIX) || NOT_OPTIONS.includes(name) || !value) continue;
    const found = findOption(root, name);
    if ('problem' in found) {
      if (found.problem) problems.push({ file: 'environment', line: 0, column: 0, ...found.problem });
      continue;
    }
    result = withValue(
      result,
      found.keys,
      found.secret ? `environment:${name}` : convert(found.schema, value),
    );
    variables.set(found.keys.join('.'), name);
  }
  return { raw: result, variables, problems };
}

type Found =
  | { keys: string[]; schema: Schema; secret: boolean }
  | { problem: { message: string; mend: string } | undefined };

function findOption(root: Schema, name: string): Found {
  const segments = name.slice(PREFIX.length).split('__');
  const keys: string[] = [];
  let schema = root;
  for (const [index, segment] of segments.entries()) {
    const options = optionsOf(schema) ?? {};
    const step = matchKey(options, segment, index === segments.length - 1);
    if (!step) return { problem: unknownVariable(name, keys, Object.keys(options)) };
    keys.push(step.key);
    schema = step.schema;
    if (step.secret) return { keys, schema, secret: true };
  }
  if (optionsOf(schema) || entryOf(schema)) {
    const message = `${name}: ${keys.join('.')} is no single value`;
    return { problem: { message, mend: 'set it in the file' } };
  }
  return { keys, schema, secret: false };
}

function matchKey(
  options: Record<string, Schema>,
  segment: string,
  last: boolean,
): { key: string; schema: Schema; secret: boolean } | undefined {
  for (const [key, schema] of Object.entries(options)) {
    if (variablePart(key) === segment) return { key, schema, secret: false };
    const secret = last && factsOf(schema).mark.kind === 'secret';
    if (secret && variablePart(key) === `${segment}_FILE`) return { key, schema, secret };
  }
  return undefined;
}

/** Other programs may use variables that begin like ours; only what looks like one of our options is a problem. */
function unknownVariable(
  name: string,
  keys: readonly string[],
  known: readonly string[],
): { message: string; mend: string } | undefined {
  const candidates = known.map((key) => [...keys, key].map(variablePart).join('__'));
  const given = name.slice(PREFIX.length);
  if (!given.includes('__') && nearestWords(given, candidates).length === 0) return undefined;
  const suggestion = suggestWord(given, candidates).replace('did you mean ', `did you mean ${PREFIX}`);
  return { message: `${name} is not an option`, mend: suggestion };
}

function variablePart(key: string): string {
  return key.replaceAll('-', '_').toUpperCase();
}

function convert(schema: Schema, value: string): unknown {
  const { kind } = factsOf(schema).mark;
  if (kind === 'number' && /^-?\d+$/.test(value)) return Number(value);
  if (kind === 'flag' && /^(true|false)$/.test(value)) return value === 'true';
  return value;
}

/** Copies along the way: YAML aliases make two options share one object. */
function withValue(
  holder: Record<string, unknown>,
  keys: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const [key, ...rest] = keys;
  if (key === undefined) return holder;
  if (rest.length === 0) return { ...holder, [key]: value };
  const inner = holder[key] ?? {};
  return isMapping(inner) ? { ...holder, [key]: withValue(inner, rest, value) } : holder;
}
