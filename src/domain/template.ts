// The wording of a letter with `{{placeholder}}`s: a closed list, no logic, filled once.

export interface LetterTemplate {
  subject: string;
  /** `\n` line ends, one at the end. */
  text: string;
}

/** What a template may name: closed lists. */
export interface Placeholders {
  /** In the subject; one line each. */
  subject: readonly string[];
  /** In the body; one line each. */
  lines: readonly string[];
  /** In the body, each alone on its line: values of several lines. A template that leaves one out is wrong. */
  blocks: readonly string[];
}

/** What is wrong in a template file; `line` counts from 1. */
export interface TemplateProblem {
  line: number;
  problem: string;
}

export type ParsedTemplate =
  | { template: LetterTemplate; problems?: never }
  | { template?: never; problems: TemplateProblem[] };

/**
 * Reads a template file: `Subject: …` (or another word) on the first line, a blank one, then the body.
 * Only the placeholders of `allowed` may occur, where it says; each problem is told with its line.
 */
export function parseTemplate(source: string, allowed: Placeholders, word = 'Subject'): ParsedTemplate {
  const lines = source
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  const [first = ''] = lines;
  const subject = first.startsWith(`${word}:`) ? first.slice(word.length + 1).trim() : '';
  const text = lines.slice(2).join('\n').trim();
  const problems = [
    ...shapeProblems(lines, { word, subject, text }),
    ...placeholderProblems(lines, text, allowed),
  ];
  if (problems.length > 0) return { problems: problems.sort((a, b) => a.line - b.line) };
  return { template: { subject, text: `${text}\n` } };
}

function shapeProblems(
  lines: readonly string[],
  { word, subject, text }: { word: string; subject: string; text: string },
): TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  if (subject === '')
    problems.push({ line: 1, problem: `the first line must be "${word}: " and the ${word.toLowerCase()}` });
  if ((lines[1] ?? '').trim() !== '') problems.push({ line: 2, problem: 'the second line must be blank' });
  if (text === '') problems.push({ line: 3, problem: 'the letter has no text' });
  return problems;
}

function placeholderProblems(
  lines: readonly string[],
  text: string,
  allowed: Placeholders,
): TemplateProblem[] {
  const found = lines.flatMap((content, index) =>
    problemsOf(content, index === 0, allowed).map((problem) => ({ line: index + 1, problem })),
  );
  // Without its blocks a letter would go out and say nothing.
  const missing = allowed.blocks.filter((name) => !text.includes(`{{${name}}}`));
  return [...found, ...missing.map((name) => ({ line: 3, problem: `the letter must contain {{${name}}}` }))];
}

const PLACEHOLDER = /\{\{([a-z_]+)\}\}/g;

function problemsOf(line: string, isSubject: boolean, allowed: Placeholders): string[] {
  const known = isSubject ? allowed.subject : [...allowed.lines, ...allowed.blocks];
  const names = [...line.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name) => `{{${name}}} is not known${isSubject ? ' in a subject' : ''}; known are ${braced(known)}`);
  const block = names.find((name) => allowed.blocks.includes(name));
  if (block !== undefined && !isSubject && line.trim() !== `{{${block}}}`) {
    problems.push(`{{${block}}} can be several lines long and must stand alone on its line`);
  }
  if (/\{\{|\}\}/.test(line.replace(PLACEHOLDER, ''))) {
    problems.push('"{{" or "}}" that is no placeholder; one is written {{name}}, without spaces');
  }
  return problems;
}

function braced(names: readonly string[]): string {
  return names.map((name) => `{{${name}}}`).join(', ');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a header
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
/** Marks that turn the direction of all text after them, and so show what is not there (UTR 36, 3.1). */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/g;

/** `text` on one line: every run of line ends and other control characters becomes a space. */
export function oneLine(text: string): string {
  return text.replace(CONTROL, ' ').replace(DIRECTION, '');
}

/** Whatever somebody's software takes for the end of a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a reader
const LINE_END = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a reader
const OTHER_CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g;

/** `text` as lines of a letter: `\n` line ends, no other control character, no blank lines around it. */
export function plainLines(text: string): string {
  return text
    .replace(LINE_END, '\n')
    .replace(/\t/g, ' ')
    .replace(OTHER_CONTROL, '')
    .replace(DIRECTION, '')
    .trim();
}

/** Characters; one word beyond 998 octets cannot be folded (RFC 5322 2.1.1). */
const SUBJECT_KEPT = 250;

/** As `fillTemplate`, for a subject: at most 250 characters of it. */
export function fillSubject(text: string, values: Readonly<Record<string, string>>): string {
  return fillTemplate(text, values)
    .slice(0, SUBJECT_KEPT)
    .replace(/[\ud800-\udbff]$/, '');
}

/**
 * Puts the values in place. A value is never looked into for placeholders and cannot begin a new line, except those
 * called in `blocks`. Throws TypeError when the text names a placeholder that `values` has not.
 */
export function fillTemplate(
  text: string,
  values: Readonly<Record<string, string>>,
  blocks: readonly string[] = [],
): string {
  return text.replace(PLACEHOLDER, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new TypeError(`the template names {{${name}}}, which nobody fills`);
    return blocks.includes(name) ? plainLines(value) : oneLine(value);
  });
}
