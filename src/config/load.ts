// Loads a configuration: file, included files, environment, defaults; all problems at once.
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { checkTogether } from './check.js';
import type { Config } from './config.js';
import type { Draft } from './draft.js';
import { applyEnvironment } from './environment.js';
import { type Gathered, gatherSources, SHARED_LISTS } from './gather.js';
import type { Path, Problem } from './problem.js';
import { schema } from './schema.js';
import { type Surroundings, settledKey, settleOption } from './settle.js';
import { type Complaint, type Validated, validateSections, valueAt } from './validate.js';

const SYSTEM_FILE = '/etc/thanadak/thanadak.yaml';

/** Where the value at a path comes from: `FILE:LINE`, `environment NAME` or `default`. */
export type Origin = (path: Path) => string;

export type Loaded =
  | { ok: true; config: Config; files: string[]; origin: Origin }
  | { ok: false; problems: Problem[] };

/**
 * The configuration in `file`, overridden by `THANADAK_…` variables of `env`, or everything that is wrong with it.
 * Reads the included files and the files of certificates, keys and passwords; never throws.
 */
export function loadConfig(file: string, env: NodeJS.ProcessEnv): Loaded {
  const gathered = gatherSources(file);
  const files = gathered.files;
  if (gathered.extent === 'none') return { ok: false, problems: inOrder(gathered.problems, files) };
  const { raw, variables, problems } = applyEnvironment(gathered.raw, env, schema);
  const validated = validateSections(raw);
  if (gathered.extent === 'main') forgetLists(validated);
  const around = surroundingsOf(file, env, validated.sections);
  const draft = draftOf(validated.sections, around);
  const origin = originOf({ gathered, raw, variables });
  const complaints = [...validated.complaints, ...around.complaints, ...checkTogether(draft, origin)];
  const placed = complaints.map((complaint) => placeComplaint(complaint, gathered, variables));
  const all = inOrder([...gathered.problems, ...problems, ...placed], files);
  if (all.length > 0) return { ok: false, problems: all };
  return { ok: true, config: draft as Config, files, origin };
}

/** Where an included file is missing, what its lists would have brought must not be complained about. */
function forgetLists({ complaints, sections }: Validated): void {
  for (const key of SHARED_LISTS) {
    const index = complaints.findIndex(({ path }) => path.length === 1 && path[0] === key);
    if (index >= 0) complaints.splice(index, 1);
  }
  delete sections.forces;
}

/** The file to load: the option, else `$THANADAK_CONFIG`, else the system's, else the one in `root`. Absolute. */
export function findConfigFile(option: string | undefined, env: NodeJS.ProcessEnv, root: string): string {
  const named = option ?? env.THANADAK_CONFIG;
  if (named) return resolve(named);
  return existsSync(SYSTEM_FILE) ? SYSTEM_FILE : resolve(root, 'config/thanadak.yaml');
}

function surroundingsOf(
  file: string,
  env: NodeJS.ProcessEnv,
  sections: Record<string, unknown>,
): Surroundings {
  const folder = dirname(resolve(file));
  const dataDir = typeof sections.data_dir === 'string' ? sections.data_dir : '../var';
  const mailDomain = typeof sections.mail_domain === 'string' ? sections.mail_domain : '';
  return { folder, dataDir: resolve(folder, dataDir), mailDomain, env, complaints: [] };
}

function draftOf(sections: Record<string, unknown>, around: Surroundings): Draft {
  const draft: Record<string, unknown> = {};
  for (const [key, section] of Object.entries(schema.shape)) {
    if (!(key in sections)) continue;
    const at = { schema: section, value: sections[key], path: [key] };
    draft[settledKey(key, section)] = settleOption(at, around);
  }
  return draft;
}

function originOf({
  gathered,
  raw,
  variables,
}: {
  gathered: Gathered;
  raw: Record<string, unknown>;
  variables: ReadonlyMap<string, string>;
}): Origin {
  return (path) => {
    const variable = variables.get(path.join('.'));
    if (variable) return `environment ${variable}`;
    if (valueAt(raw, path) === undefined) return 'default';
    const { file, line } = gathered.place(path, 'value');
    return `${file}:${line}`;
  };
}

function placeComplaint(
  { path, part, message, mend }: Complaint,
  gathered: Gathered,
  variables: ReadonlyMap<string, string>,
): Problem {
  const variable = variables.get(path.join('.'));
  if (!variable) return { ...gathered.place(path, part), message, mend };
  return { file: 'environment', line: 0, column: 0, message: `${variable}: ${message}`, mend };
}

function inOrder(problems: readonly Problem[], files: readonly string[]): Problem[] {
  const rank = ({ file }: Problem) => (files.includes(file) ? files.indexOf(file) : files.length);
  return problems.toSorted((a, b) => rank(a) - rank(b) || a.line - b.line || a.column - b.column);
}
