// The effective configuration as YAML that loads again, and its JSON Schema.
import { Document, isScalar } from 'yaml';
import { z } from 'zod';
import type { ClockMark } from '../domain/escalation.js';
import type { Config } from './config.js';
import { SHARED_LISTS } from './gather.js';
import type { HolidayFile } from './holiday-file.js';
import { entryOf, factsOf, optionsOf, type Schema } from './marks.js';
import { formatTime } from './options-time.js';
import type { Path } from './problem.js';
import { schema } from './schema.js';
import { isSecret } from './secret.js';
import { settledKey } from './settle.js';

const UNITS = [
  ['d', 86_400_000, 1],
  ['h', 3_600_000, 2],
  ['m', 60_000, 1],
  ['s', 1_000, 1],
] as const;

/** Milliseconds as the file writes them: `90s`, `60m`, `4h`, `2d`. */
export function formatDuration(milliseconds: number): string {
  for (const [unit, size, least] of UNITS) {
    if (milliseconds % size === 0 && milliseconds >= size * least) return `${milliseconds / size}${unit}`;
  }
  return `${milliseconds}ms`;
}

/**
 * The effective configuration as YAML: every option, included files merged, paths absolute. Contents of secret
 * files are not shown. With `origin` each line ends in a comment saying where the value comes from.
 */
export function printConfig(config: Config, origin?: (path: Path) => string): string {
  const document = new Document(written(schema, { ...config, include: [] }), {
    aliasDuplicateObjects: false,
  });
  if (origin) annotate(document, { schema, value: config, path: [] }, origin);
  return document.toString({ lineWidth: 0 });
}

/** JSON Schema (draft 7, which editors know) of the configuration file. */
export function configSchema(): Record<string, unknown> {
  const described = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  // An included file may bring these lists.
  const required = described.required?.filter((key) => !SHARED_LISTS.includes(key)) ?? [];
  return { ...described, title: 'Thanadak configuration', required };
}

/** The value as the file would write it. */
function written(at: Schema, value: unknown): unknown {
  if (isSecret(value)) return value.source;
  const entry = entryOf(at);
  if (entry && Array.isArray(value)) return value.map((item) => written(entry, item));
  const options = optionsOf(at);
  if (!options) return writtenOption(at, value);
  const lines = optionsIn(options, value).map(([key, option, inner]) => [key, written(option, inner)]);
  return Object.fromEntries(lines);
}

function optionsIn(options: Record<string, Schema>, value: unknown): [string, Schema, unknown][] {
  const holder = value as Record<string, unknown>;
  return Object.entries(options)
    .map(([key, option]): [string, Schema, unknown] => [key, option, holder[settledKey(key, option)]])
    .filter(([, , inner]) => inner !== undefined);
}

function writtenOption(at: Schema, value: unknown): unknown {
  const { kind } = factsOf(at).mark;
  if (kind === 'duration') return formatDuration(value as number);
  if (kind === 'time') return formatTime(value as number);
  if (kind === 'holidays') return (value as HolidayFile).file;
  if (kind !== 'mark') return value;
  const mark = value as ClockMark;
  return 'percent' in mark ? `${mark.percent}%` : formatDuration(mark.after);
}

interface Spot {
  schema: Schema;
  value: unknown;
  path: Path;
}

function annotate(
  document: Document,
  { schema: at, value, path }: Spot,
  origin: (path: Path) => string,
): void {
  const entry = entryOf(at);
  const options = optionsOf(at);
  if (entry && Array.isArray(value) && value.length > 0) {
    for (const [index, item] of value.entries()) {
      annotate(document, { schema: entry, value: item, path: [...path, index] }, origin);
    }
  } else if (options) {
    for (const [key, option, inner] of optionsIn(options, value)) {
      annotate(document, { schema: option, value: inner, path: [...path, key] }, origin);
    }
  } else {
    const node = document.getIn(path, true);
    if (isScalar(node)) node.comment = ` ${isSecret(value) ? '(secret) ' : ''}${origin(path)}`;
  }
}
