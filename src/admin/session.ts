// One run of the command line: what every command shares.
import { type Command, InvalidArgumentError } from 'commander';
import type { AdminDeps, House } from './deps.js';
import { formatJson } from './output.js';
import { type Times, timesIn } from './times.js';

export interface Session {
  deps: AdminDeps;
  isJson: boolean;
  /** What the run ends with when nothing was thrown. */
  exitCode: number;
}

/** The value of `--config`, wherever on the line it stood. */
export function configFileOf(command: Command): string | undefined {
  return command.optsWithGlobals<{ config?: string }>().config;
}

/** Opens the house, does `work` in it, and closes it in any case. */
export async function inHouse(
  session: Session,
  command: Command,
  work: (house: House) => Promise<void>,
): Promise<void> {
  const house = await session.deps.openHouse(configFileOf(command));
  try {
    await work(house);
  } finally {
    await house.close();
  }
}

/** Writes `value` with `--json`, else what `text` makes of it. */
export function tell<Value>(session: Session, value: Value, text: (value: Value) => string): void {
  session.deps.stdout(session.isJson ? formatJson(value) : text(value));
}

/** A remark for people; `--json` does without. */
export function remark(session: Session, text: string): void {
  if (!session.isJson) session.deps.stderr(`${text}\n`);
}

/** Cells a table may take: unlimited when nobody looks at it. */
export function tableWidth(session: Session): number | undefined {
  return session.deps.isTerminal ? session.deps.columns : undefined;
}

export function timesOf(session: Session, house: House): Times {
  return timesIn(house.config.timeZone, session.deps.clock.now());
}

/** Reads `--limit`. */
export function parseLimit(text: string): number {
  const limit = Number(text);
  if (!/^\d{1,9}$/.test(text) || limit === 0) throw new InvalidArgumentError('It must be a number above 0.');
  return limit;
}

/** Help shown after the options: `lines` are commands without the program's name. */
export function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ thanadak ${line}`).join('\n')}`;
}
