// The wording of our letters, read from files `<name>.<language>.txt` and checked before any letter needs it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ACKNOWLEDGEMENT_PLACEHOLDERS } from '../domain/acknowledgement-letter.js';
import { messageOf, systemCode, ThanadakError } from '../domain/errors.js';
import { OFFICIAL_WORDING, RESIDENT_WORDING } from '../domain/outgoing-wording.js';
import { LANGUAGES, type Language } from '../domain/station.js';
import { type LetterTemplate, type Placeholders, parseTemplate } from '../domain/template.js';
import type { TemplateName, Templates } from '../ports/templates.js';
import { loadCannedTexts } from './canned-texts.js';

const FOR_RESIDENTS = {
  acknowledgement: {
    subject: ACKNOWLEDGEMENT_PLACEHOLDERS,
    lines: ACKNOWLEDGEMENT_PLACEHOLDERS,
    blocks: [],
  },
  ...RESIDENT_WORDING,
} as const satisfies Record<string, Placeholders>;

interface Wanted {
  name: TemplateName;
  language: Language;
  placeholders: Placeholders;
  /** What to do when there is no such file. */
  mend: string;
}

type Loaded = { key: string; template: LetterTemplate } | { problems: string[] };

/** Where the files lie. */
export interface Folders {
  templates: string;
  /** Texts officers begin with; without it there are none. */
  canned?: string | undefined;
}

/**
 * Loads from `folders` every template for residents in every one of `languages`, and those for officers, other forces
 * and agencies in English. Rejects with ThanadakError `invalid`, whose message has one `file:line: problem` a line, when
 * one is missing, unreadable, names a placeholder nobody fills or leaves out one it must have.
 */
export async function loadTemplates(
  folders: string | Folders,
  languages: readonly Language[],
): Promise<Templates> {
  const { templates: directory, canned }: Folders =
    typeof folders === 'string' ? { templates: folders } : folders;
  const loaded = await Promise.all(wantedIn(languages).map((one) => loadTemplate(directory, one)));
  const texts = await loadCannedTexts(canned);
  const problems = [...loaded.flatMap((one) => ('problems' in one ? one.problems : [])), ...texts.problems];
  if (problems.length > 0) throw new ThanadakError('invalid', problems.join('\n'));
  const templates = new Map(
    loaded.flatMap((one) => ('key' in one ? [[one.key, one.template] as const] : [])),
  );
  return { get: (name, language) => find(templates, name, language), canned: texts.texts };
}

function wantedIn(languages: readonly Language[]): Wanted[] {
  const forResidents = namesOf(FOR_RESIDENTS).flatMap((name) =>
    languages.map((language) => {
      const mend = `write it, or take "${language}" out of languages`;
      return { name, language, placeholders: FOR_RESIDENTS[name], mend };
    }),
  );
  const forOfficials = namesOf(OFFICIAL_WORDING).map((name) => {
    const mend = 'write it; officers, other forces and agencies are written to in English';
    return { name, language: 'en' as const, placeholders: OFFICIAL_WORDING[name], mend };
  });
  return [...forResidents, ...forOfficials];
}

function namesOf<Name extends string>(wording: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(wording) as Name[];
}

async function loadTemplate(directory: string, wanted: Wanted): Promise<Loaded> {
  const { name, language, placeholders, mend } = wanted;
  const file = join(directory, `${name}.${language}.txt`);
  try {
    const { template, problems } = parseTemplate(await readFile(file, 'utf8'), placeholders);
    if (template) return { key: keyOf(name, language), template };
    return { problems: problems.map(({ line, problem }) => `${file}:${line}: ${problem}`) };
  } catch (error) {
    return { problems: [`${file}: ${reasonOf(error, mend)}`] };
  }
}

function reasonOf(error: unknown, mend: string): string {
  if (systemCode(error) !== 'ENOENT') return `cannot be read: ${messageOf(error)}`;
  return `is missing; ${mend}`;
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
