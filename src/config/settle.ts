// Turns parsed sections into configuration: camelCase keys, absolute paths, secrets read, placeholders filled.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { camelKey, contentKey } from './config.js';
import { isMapping } from './gather.js';
import { type HolidayFile, parseHolidayFile } from './holiday-file.js';
import { entryOf, factsOf, optionsOf, type Schema } from './marks.js';
import { keyOf, type Path } from './problem.js';
import { hideSecret, type Secret } from './secret.js';
import { unreadable } from './source.js';
import type { Complaint } from './validate.js';

const DATA_DIR = '<data_dir>';
const MAIL_DOMAIN = '<mail_domain>';

export interface Surroundings {
  /** Folder of the configuration file, absolute. */
  folder: string;
  /** Absolute. */
  dataDir: string;
  mailDomain: string;
  env: NodeJS.ProcessEnv;
  complaints: Complaint[];
}

/** The configuration form of `value`, which `schema` has parsed. Unreadable files are complained about. */
export function settle(
  { schema, value, path }: { schema: Schema; value: unknown; path: Path },
  around: Surroundings,
): unknown {
  const options = optionsOf(schema);
  const entry = entryOf(schema);
  if (entry && Array.isArray(value)) {
    return value.map((item, index) =>
      settleOption({ schema: entry, value: item, path: [...path, index] }, around),
    );
  }
  if (!options || !isMapping(value)) return value;
  const settled: Record<string, unknown> = {};
  for (const [key, option] of Object.entries(options)) {
    if (!(key in value)) continue;
    const inner = { schema: option, value: value[key], path: [...path, key] };
    settled[settledKey(key, option)] = settleOption(inner, around);
  }
  return settled;
}

/** The key an option has in the configuration. */
export function settledKey(key: string, option: Schema): string {
  return factsOf(option).mark.kind === 'secret' ? contentKey(key) : camelKey(key);
}

/** Like `settle`, for a single option too. */
export function settleOption(
  at: { schema: Schema; value: unknown; path: Path },
  around: Surroundings,
): unknown {
  const { kind } = factsOf(at.schema).mark;
  if (typeof at.value !== 'string') return settle(at, around);
  if (kind === 'text') return at.value.replaceAll(MAIL_DOMAIN, around.mailDomain);
  if (kind === 'holidays') return readHolidayFile(at.value, at.path, around);
  if (kind === 'path') return placeOf(at.value, at.path, around) ?? '';
  if (kind === 'secret') return readContent(at.value, at.path, around);
  return at.value;
}

/** The absolute path `value` means; undefined (and a complaint) when it cannot be told. */
function placeOf(value: string, path: Path, around: Surroundings): string | undefined {
  const credential = /^credential:(.*)$/.exec(value)?.[1];
  if (credential !== undefined) return credentialPath(credential, path, around);
  if (value === DATA_DIR) return around.dataDir;
  if (value.startsWith(`${DATA_DIR}/`)) return join(around.dataDir, value.slice(DATA_DIR.length));
  return resolve(around.folder, value);
}

function credentialPath(name: string, path: Path, around: Surroundings): string | undefined {
  const folder = around.env.CREDENTIALS_DIRECTORY;
  if (!/^[^/]+$/.test(name) || name === '..' || name === '.') {
    complain(around, path, `credential:${name} is not the name of a credential`);
    return undefined;
  }
  if (folder) return join(folder, name);
  complain(around, path, `credential:${name} needs $CREDENTIALS_DIRECTORY, which is not set`);
  return undefined;
}

function readContent(value: string, path: Path, around: Surroundings): Secret {
  const variable = /^environment:(.*)$/.exec(value)?.[1];
  if (variable !== undefined) return readVariable(variable, path, around);
  const file = placeOf(value, path, around);
  if (file === undefined) return hideSecret('', value);
  try {
    const content = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    if (content === '') complain(around, path, `${file} is empty`);
    return hideSecret(content, file);
  } catch (error) {
    complain(around, path, `${file} ${unreadable(error)}`);
    return hideSecret('', file);
  }
}

function readHolidayFile(value: string, path: Path, around: Surroundings): HolidayFile {
  const file = placeOf(value, path, around);
  if (file === undefined) return { file: value, holidays: [] };
  const read = parseHolidayFile(file);
  if (!('problem' in read)) return read;
  const message = `${keyOf(path)}: ${read.problem}`;
  around.complaints.push({ path, part: 'value', message, mend: read.mend });
  return { file, holidays: [] };
}

function readVariable(name: string, path: Path, around: Surroundings): Secret {
  const content = around.env[name] ?? '';
  if (content === '') complain(around, path, `the environment variable ${name} is not set`);
  return hideSecret(content, `environment:${name}`);
}

function complain(around: Surroundings, path: Path, message: string): void {
  const mend = 'correct it, or comment the section out';
  around.complaints.push({ path, part: 'value', message: `${keyOf(path)}: ${message}`, mend });
}
