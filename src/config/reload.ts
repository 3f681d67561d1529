// What changed between two configurations that a running process cannot take up.
import { isDeepStrictEqual } from 'node:util';
import type { Config } from './config.js';
import { entryOf, factsOf, isSectionList, optionsOf, type Schema } from './marks.js';
import { schema } from './schema.js';
import { isSecret } from './secret.js';
import { settledKey } from './settle.js';

/** Keys (`smtp.listen`, `data_dir`) whose change takes effect only after a restart; the rest may be reloaded. */
export function restartNeeded(before: Config, after: Config): string[] {
  return changedUnder({ schema, key: '', restart: false }, before, after);
}

interface Spot {
  schema: Schema;
  key: string;
  restart: boolean;
}

function changedUnder(at: Spot, before: unknown, after: unknown): string[] {
  const options = optionsOf(at.schema);
  if (options && isHolder(before) && isHolder(after)) {
    return Object.entries(options).flatMap(([name, option]) => {
      const inner = {
        schema: option,
        key: at.key === '' ? name : `${at.key}.${name}`,
        restart: fixed(option, at),
      };
      const key = settledKey(name, option);
      return changedUnder(inner, before[key], after[key]);
    });
  }
  const same = isDeepStrictEqual(fixedPart(at, before), fixedPart(at, after));
  return same ? [] : [at.key];
}

function fixed(option: Schema, parent: Spot): boolean {
  return factsOf(option).mark.restart ?? parent.restart;
}

/** Of a value the part that a reload cannot change; undefined when there is none. */
function fixedPart(at: Spot, value: unknown): unknown {
  if (isSecret(value)) return at.restart ? value.reveal() : undefined;
  const entry = entryOf(at.schema);
  if (entry && isSectionList(at.schema) && Array.isArray(value)) {
    return at.restart ? value.map((item) => fixedPart({ ...at, schema: entry }, item)) : undefined;
  }
  const options = optionsOf(at.schema);
  if (!options || !isHolder(value)) return at.restart ? value : undefined;
  const parts = Object.entries(options).map(([name, option]) =>
    fixedPart({ ...at, schema: option, restart: fixed(option, at) }, value[settledKey(name, option)]),
  );
  return at.restart || parts.some((part) => part !== undefined) ? parts : undefined;
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && !isSecret(value);
}
