// What is wrong with a configuration: where, what, and how to mend it.

/** Keys and list positions from the top of the configuration. */
export type Path = readonly (string | number)[];

export interface Place {
  file: string;
  line: number;
  column: number;
}

export interface Problem {
  /** The file, or `environment` when a variable is at fault. */
  file: string;
  /** From 1; 0 where there is no line (a file that cannot be read, the environment). */
  line: number;
  column: number;
  message: string;
  /** What to do about it; empty when the message says it. */
  mend: string;
}

/** `smtp.listen[0].port`. */
export function keyOf(path: Path): string {
  return path.reduce<string>((key, step) => {
    if (typeof step === 'number') return `${key}[${step}]`;
    return key === '' ? step : `${key}.${step}`;
  }, '');
}

/** One line a problem: `file:line:column: message; mend`. */
export function formatProblems(problems: readonly Problem[]): string {
  return problems.map((problem) => formatProblem(problem)).join('\n');
}

function formatProblem({ file, line, column, message, mend }: Problem): string {
  const where = line > 0 ? `${file}:${line}:${column}` : file;
  return mend === '' ? `${where}: ${message}` : `${where}: ${message}; ${mend}`;
}
