import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { listOptions } from '../../src/config/explain.js';
import { loadConfig } from '../../src/config/load.js';
import { configOf, folderWith, LEAST, problemsOf } from './folder.js';

const FILE = join(dirname(fileURLToPath(import.meta.url)), '../../config/thanadak.example.yaml');
const text = readFileSync(FILE, 'utf8');

/** The example with every option switched on. */
const everything = text.replace(/^( *)#(?! \S|$)/gm, '$1');

/** Every key in `value` as `smtp.listen[].port`, with what stands there. */
function pairsIn(value: unknown, prefix = ''): [string, unknown][] {
  if (Array.isArray(value)) return value.flatMap((item) => pairsIn(item, `${prefix}[]`));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    return [[key, inner], ...pairsIn(inner, key)];
  });
}

interface Step {
  indent: number;
  name: string;
}

/** Where the option of this line belongs, given the path of the line before. */
function pathOf(option: RegExpExecArray, before: readonly Step[]): Step[] {
  const [, spaces = '', dash = '', name = ''] = option;
  const indent = spaces.length + dash.length;
  const parents = before.filter((step) => step.indent < indent);
  const list = parents.at(-1);
  if (dash && list) list.name = `${list.name.replace('[]', '')}[]`;
  return [...parents, { indent, name }];
}

/** The comment above the line of each option, by its key. */
function commentsIn(source: string): Map<string, string> {
  const comments = new Map<string, string>();
  let path: Step[] = [];
  let comment: string[] = [];
  for (const line of source.split('\n')) {
    const prose = /^ *# (.*)$/.exec(line)?.[1];
    const option = /^( *)(- )?([a-z_-]+):/.exec(line);
    if (option) {
      path = pathOf(option, path);
      const key = path.map(({ name }) => name).join('.');
      // Of a list the first entry has the comments.
      if (!comments.has(key)) comments.set(key, comment.join(' '));
    }
    comment = prose === undefined ? [] : [...comment, prose];
  }
  return comments;
}

describe('the example configuration', () => {
  const pairs = pairsIn(parse(everything));
  const given = new Set(pairs.map(([key]) => key));
  const options = listOptions();

  it('loads as it is', () => {
    expect(problemsOf(loadConfig(FILE, {}))).toEqual([]);
  });

  it('holds every option, and no other', () => {
    expect([...given].sort()).toEqual(options.map((option) => option.key).sort());
  });

  it.each(options.filter((option) => !option.section && option.default !== null))(
    'states the default of $key',
    ({ key, default: value }) => {
      expect(pairs).toContainEqual([key, value]);
    },
  );

  it('leaves everything at its default', () => {
    const folder = folderWith({ 'thanadak.yaml': LEAST, 'example.yaml': text });
    const { forces: _, stations: __, ...example } = configOf(loadConfig(join(folder, 'example.yaml'), {}));
    const { forces: ___, stations: ____, ...least } = configOf(loadConfig(join(folder, 'thanadak.yaml'), {}));
    expect(example).toEqual(least);
  });

  const comments = commentsIn(everything);
  it.each(options)('says of $key what the program says', ({ key, ...option }) => {
    const comment = comments.get(key) ?? '';
    expect(option.meaning).not.toBe('');
    expect(comment).toContain(option.meaning);
    if (option.section) return;
    expect(comment).toContain(`Value: ${option.type}.`);
    expect(comment.endsWith('Restart.')).toBe(!option.reload);
    expect(comment.includes('Required.')).toBe(option.required);
    const stated = JSON.stringify(option.default).replace(/^"|"$/g, '').replaceAll(',', ', ');
    if (option.default === null) expect(comment).not.toContain('Default:');
    else expect(comment).toContain(`Default: ${stated}.`);
  });

  it('loads with everything switched on, but for the files it cannot have', () => {
    const folder = folderWith({ 'main.yaml': everything });
    const problems = problemsOf(loadConfig(join(folder, 'main.yaml'), {}));
    expect(problems.map((problem) => /: ([a-z_.[\]0-9]+_file):/.exec(problem)?.[1])).toEqual([
      'smtp.listen[0].tls.cert_file',
      'smtp.listen[0].tls.key_file',
      'web.sign_in.oidc.client_secret_file',
      'outbound.smtp.auth.password_file',
      'outbound.smtp.dkim.key_file',
    ]);
  });
});
