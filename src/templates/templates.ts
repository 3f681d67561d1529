// The wording of our letters, read from files `<name>.<language>.txt` and checked before any letter needs it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ACKNOWLEDGEMENT_PLACEHOLDERS } from '../domain/acknowledgement-letter.js';
import { messageOf, systemCode, ThanadakError } from '../domain/errors.js';
import { LANGUAGES, type Language } from '../domain/station.js';
import { type LetterTemplate, parseTemplate } from '../domain/template.js';
import type { TemplateName, Templates } from '../ports/templates.js';

const PLACEHOLDERS: Record<TemplateName, readonly string[]> = {
  acknowledgement: ACKNOWLEDGEMENT_PLACEHOLDERS,
};

type Loaded = { key: string; template: LetterTemplate } | { problems: string[] };

/**
 * Loads every template in every one of `languages` from `directory`. Rejects with ThanadakError `invalid`, whose message
 * has one `file:line: problem` a line, when one is missing, unreadable or names a placeholder nobody fills.
 */
export async function loadTemplates(directory: string, languages: readonly Language[]): Promise<Templates> {
  const names = Object.keys(PLACEHOLDERS) as TemplateName[];
  const wanted = names.flatMap((name) => languages.map((language) => ({ name, language })));
  const loaded = await Promise.all(wanted.map((one) => loadTemplate(directory, one)));
  const problems = loaded.flatMap((one) => ('problems' in one ? one.problems : []));
  if (problems.length > 0) throw new ThanadakError('invalid', problems.join('\n'));
  const templates = new Map(
    loaded.flatMap((one) => ('key' in one ? [[one.key, one.template] as const] : [])),
  );
  return { get: (name, language) => find(templates, name, language) };
}

async function loadTemplate(
  directory: string,
  { name, language }: { name: TemplateName; language: Language },
): Promise<Loaded> {
  const file = join(directory, `${name}.${language}.txt`);
  try {
    const { template, problems } = parseTemplate(await readFile(file, 'utf8'), PLACEHOLDERS[name]);
    if (template) return { key: keyOf(name, language), template };
    return { problems: problems.map(({ line, problem }) => `${file}:${line}: ${problem}`) };
  } catch (error) {
    return { problems: [`${file}: ${reasonOf(error, language)}`] };
  }
}

function reasonOf(error: unknown, language: Language): string {
  if (systemCode(error) !== 'ENOENT') return `cannot be read: ${messageOf(error)}`;
  return `is missing; write it, or take "${language}" out of languages`;
}

function keyOf(name: TemplateName, language: Language): string {
  return `${name}.${language}`;
}

/** A ticket keeps its language when the configuration drops it, so another one then stands in. */
function find(
  templates: ReadonlyMap<string, LetterTemplate>,
  name: TemplateName,
  language: Language,
): LetterTemplate {
  const inOrder = [language, ...LANGUAGES].map((one) => templates.get(keyOf(name, one)));
  const template = inOrder.find((one) => one !== undefined);
  if (!template) throw new ThanadakError('invalid', `There is no template ${name} in any language.`);
  return template;
}
