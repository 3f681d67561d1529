// The configuration as the command line tells it and as daemon and command line load it.
import { parse } from 'yaml';
import type { Configuration } from './admin/deps.js';
import type { Config } from './config/config.js';
import { explainKey, listOptions } from './config/explain.js';
import { findConfigFile, type Loaded, loadConfig } from './config/load.js';
import { configSchema, printConfig } from './config/print.js';
import { formatProblems } from './config/problem.js';
import { ThanadakError } from './domain/errors.js';
import { HOME } from './home.js';

function load(file: string | undefined): Loaded {
  return loadConfig(findConfigFile(file, process.env, HOME), process.env);
}

/** Errors: 'invalid' with every problem. */
export function loadOrThrow(file: string | undefined): Config {
  return loadWithFiles(file).config;
}

/** The same with the files it was read from, the main one first. */
export function loadWithFiles(file: string | undefined): { config: Config; files: string[] } {
  const loaded = load(file);
  if (!loaded.ok) throw new ThanadakError('invalid', formatProblems(loaded.problems));
  return loaded;
}

export const configuration: Configuration = {
  async check(file) {
    const loaded = load(file);
    if (loaded.ok) return { ok: true, text: `${loaded.files.join(', ')}: no problems`, problems: [] };
    return { ok: false, text: formatProblems(loaded.problems), problems: loaded.problems };
  },
  async print(file, withOrigin) {
    const loaded = load(file);
    if (!loaded.ok) throw new ThanadakError('invalid', formatProblems(loaded.problems));
    const text = printConfig(loaded.config, withOrigin ? loaded.origin : undefined);
    return { text, value: parse(text) as unknown };
  },
  schema: configSchema,
  explain(key) {
    const found = explainKey(key);
    if ('nearest' in found) return found;
    const { meaning, type, reload: live } = found;
    const lines = [key, `  ${meaning}`, `  type: ${type}`, `  default: ${JSON.stringify(found.default)}`];
    return {
      text: [...lines, `  change: ${live ? 'at SIGHUP' : 'needs a restart'}`].join('\n'),
      value: found,
    };
  },
  keys: () => listOptions().map((option) => option.key),
};
