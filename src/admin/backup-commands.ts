// `backup`, `restore`, `verify`: the house kept elsewhere, brought back, and looked through.
import { type Command, InvalidArgumentError } from 'commander';
import type { Finding } from '../backup/findings.js';
import type { Verified } from '../backup/verifying.js';
import { EXIT } from './exit-codes.js';
import { countOf, sizeOf } from './output.js';
import { showProgress } from './progress.js';
import { configFileOf, examples, type Session, tell } from './session.js';
import { oneLine } from './text.js';

export function addBackupCommands(program: Command, session: Session): void {
  addBackup(program, session);
  addRestore(program, session);
  addVerify(program, session);
}

function addBackup(program: Command, session: Session): void {
  program
    .command('backup')
    .description('Save database, letters, keys and configuration while the daemon runs')
    .argument('[dir]', 'the folder of backups; else backup.directory of the configuration')
    .option('--keep <count>', 'sets to keep there; else backup.keep', parseCount)
    .addHelpText('after', examples('backup /mnt/safe/thanadak', 'backup /mnt/safe/thanadak --keep 7'))
    .action(async (directory: string | undefined, { keep }: { keep?: number }, command: Command) => {
      const file = configFileOf(command);
      const backups = await session.deps.backups();
      const made = await showProgress(session, (onProgress) =>
        backups.make({ file, directory, keep }, onProgress),
      );
      const { begunAt, endedAt, letters, spooled, held, problems } = made.manifest;
      const { set, added, bytes, removed } = made;
      const value = {
        set,
        directory: made.directory,
        begunAt,
        endedAt,
        letters,
        added,
        spooled,
        held,
        bytes,
      };
      tell(session, { ...value, removed, problems }, () => {
        const waiting = spooled + held > 0 ? ` and ${countOf(spooled + held, 'letter')} not yet filed` : '';
        const lines = problems.map((problem) => `  ${oneLine(problem)}\n`).join('');
        return `Saved as ${set}: the database, ${countOf(letters, 'letter')} (${added} new)${waiting}, ${sizeOf(bytes)} written.\n${lines}`;
      });
      if (problems.length > 0) session.exitCode = EXIT.failure;
    });
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It must be a number above 0.');
  return Number(text);
}

interface RestoreOptions {
  set?: string;
  into?: string;
}

function addRestore(program: Command, session: Session): void {
  program
    .command('restore')
    .description('Bring one set of a backup back into an empty folder, comparing every byte')
    .argument('<dir>', 'the folder of backups')
    .option('--set <moment>', 'the set; else the newest')
    .option('--into <folder>', 'the folder, empty or not there; else data_dir of the configuration')
    .addHelpText('after', examples('restore /mnt/safe/thanadak --into /var/lib/thanadak'))
    .action(async (directory: string, options: RestoreOptions, command: Command) => {
      const file = configFileOf(command);
      const backups = await session.deps.backups();
      const restored = await showProgress(session, (onProgress) =>
        backups.restore({ file, directory, ...options }, onProgress),
      );
      const { set, folder, letters, bytes, findings } = restored;
      tell(
        session,
        restored,
        () =>
          `Restored ${set} into ${folder}: the database and ${countOf(letters, 'letter')}, ${sizeOf(bytes)}.\n` +
          `The configuration of that time lies in ${folder}/config.\n${formatFindings(findings)}`,
      );
      if (findings.length > 0) session.exitCode = EXIT.failure;
    });
}

interface VerifyOptions {
  backup?: string;
  set?: string;
}

function addVerify(program: Command, session: Session): void {
  program
    .command('verify')
    .description('Look whether every letter and every row is there and as it was; exit code 1 when not')
    .option('--backup <dir>', 'look through a folder of backups instead of the house')
    .option('--set <moment>', 'the set of the backup; else the newest')
    .addHelpText('after', examples('verify', 'verify --backup /mnt/safe/thanadak', 'verify --json'))
    .action(async ({ backup: directory, set }: VerifyOptions, command: Command) => {
      const file = configFileOf(command);
      const backups = await session.deps.backups();
      const verified = await showProgress(session, (onProgress) =>
        backups.verify({ file, directory, set }, onProgress),
      );
      const ok = verified.findings.length === 0;
      tell(session, { ok, ...verified }, formatVerified);
      if (!ok) session.exitCode = EXIT.failure;
    });
}

function formatVerified(verified: Verified & { set: string | null }): string {
  const { findings, letters, bytes, tickets, otherVersion, set } = verified;
  const place = set === null ? '' : `${set}: `;
  const seen = `${countOf(letters, 'letter')} (${sizeOf(bytes)}) and ${countOf(tickets, 'ticket')} looked through`;
  const verdict = findings.length === 0 ? 'all in order' : countOf(findings.length, 'finding');
  const other = otherVersion
    ? 'The database is of another version, so its rows were not held against each other.\n'
    : '';
  return `${place}${seen}: ${verdict}.\n${other}${formatFindings(findings)}`;
}

/** What mends several findings is said once, below them. */
function formatFindings(findings: readonly Finding[]): string {
  const byMend = new Map<string, Finding[]>();
  for (const one of findings) byMend.set(one.mend, [...(byMend.get(one.mend) ?? []), one]);
  return [...byMend]
    .map(([mend, all]) => `${all.map(({ what }) => `  ${oneLine(what)}\n`).join('')}      ${mend}\n`)
    .join('');
}
