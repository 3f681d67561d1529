// The texts officers begin with, read from files `<deed>-<name>.<language>.txt` and checked before anybody needs them.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CANNED_DEEDS,
  CANNED_PLACEHOLDERS,
  type CannedDeed,
  type CannedText,
} from '../domain/canned-text.js';
import { messageOf } from '../domain/errors.js';
import { LANGUAGES, type Language } from '../domain/station.js';
import { type LetterTemplate, parseTemplate } from '../domain/template.js';

const NAME = /^([a-z]+)(-[a-z\d]+)+\.([a-z]{2})\.txt$/;

interface Read {
  texts: CannedText[];
  /** `file: problem`, or `file:line: problem`. */
  problems: string[];
}

/** Everything in `folder` (none without one) by code, and all that is wrong there. Never rejects. */
export async function loadCannedTexts(folder: string | undefined): Promise<Read> {
  if (folder === undefined) return { texts: [], problems: [] };
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
    const files = await Promise.all(names.map((name) => readText(folder, name)));
    const problems = files.flatMap((file) => ('problems' in file ? file.problems : []));
    return { texts: byCode(files.filter((file) => 'template' in file)), problems };
  } catch (error) {
    return { texts: [], problems: [`${folder}: cannot be read: ${messageOf(error)}`] };
  }
}

interface TextFile {
  code: string;
  deed: CannedDeed;
  language: Language;
  template: LetterTemplate;
}

async function readText(folder: string, name: string): Promise<TextFile | { problems: string[] }> {
  const file = join(folder, name);
  const deed = CANNED_DEEDS.find((one) => one === NAME.exec(name)?.[1]);
  const language = LANGUAGES.find((one) => one === NAME.exec(name)?.[3]);
  if (!deed || !language) {
    const mend = `call it <deed>-<name>.<language>.txt, the deed one of ${CANNED_DEEDS.join(', ')}`;
    return { problems: [`${file}: is not named as a text is; ${mend}`] };
  }
  const { template, problems } = parseTemplate(await readFile(file, 'utf8'), CANNED_PLACEHOLDERS, 'Title');
  if (template) return { code: name.replace(/\..*$/, ''), deed, language, template };
  return { problems: problems.map(({ line, problem }) => `${file}:${line}: ${problem}`) };
}

function byCode(files: readonly TextFile[]): CannedText[] {
  const codes = [...new Set(files.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const own = files.filter((file) => file.code === code);
    const [first] = own;
    const texts = Object.fromEntries(own.map(({ language, template }) => [language, template]));
    return first ? [{ code, deed: first.deed, in: texts }] : [];
  });
}
