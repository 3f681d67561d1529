// The wording of a letter with `{{placeholder}}`s: a closed list, no logic, filled once.

export interface LetterTemplate {
  subject: string;
  /** `\n` line ends, one at the end. */
  text: string;
}

/** What is wrong in a template file; `line` counts from 1. */
export interface TemplateProblem {
  line: number;
  problem: string;
}

export type ParsedTemplate =
  | { template: LetterTemplate; problems?: never }
  | { template?: never; problems: TemplateProblem[] };

const SUBJECT = /^Subject:\s*(.*)$/;

/**
 * Reads a template file: `Subject: …` on the first line, a blank one, then the body.
 * Only the placeholders of `allowed` may occur; each problem is told with its line.
 */
export function parseTemplate(source: string, allowed: readonly string[]): ParsedTemplate {
  const lines = source
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  const subject = SUBJECT.exec(lines[0] ?? '')?.[1]?.trim() ?? '';
  const text = lines.slice(2).join('\n').trim();
  const problems = [...shapeProblems(lines, subject, text), ...placeholderProblems(lines, allowed)];
  if (problems.length > 0) return { problems: problems.sort((a, b) => a.line - b.line) };
  return { template: { subject, text: `${text}\n` } };
}

function shapeProblems(lines: readonly string[], subject: string, text: string): TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  if (subject === '')
    problems.push({ line: 1, problem: 'the first line must be "Subject: " and the subject' });
  if ((lines[1] ?? '').trim() !== '') problems.push({ line: 2, problem: 'the second line must be blank' });
  if (text === '') problems.push({ line: 3, problem: 'the letter has no text' });
  return problems;
}

function placeholderProblems(lines: readonly string[], allowed: readonly string[]): TemplateProblem[] {
  return lines.flatMap((content, index) =>
    problemsOf(content, allowed).map((problem) => ({ line: index + 1, problem })),
  );
}

const PLACEHOLDER = /\{\{([a-z_]+)\}\}/g;

function problemsOf(line: string, allowed: readonly string[]): string[] {
  const names = [...line.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
  const unknown = names.filter((name) => !allowed.includes(name));
  const problems = unknown.map((name) => `{{${name}}} is not known; known are ${braced(allowed)}`);
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

/** `text` on one line: every run of line ends and other control characters becomes a space. */
export function oneLine(text: string): string {
  return text.replace(CONTROL, ' ');
}

/** Puts the values in place. A value is never looked into for placeholders and cannot begin a new line. */
export function fillTemplate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (_, name: string) => oneLine(values[name] ?? ''));
}
