// `officer password`, `sessions`, `sign-out`, `reset-totp`: how officers come into the pages, as the operator has it.
import type { Command } from 'commander';
import { findOfficer } from '../desk/presence.js';
import { ThanadakError } from '../domain/errors.js';
import { LEAST_PASSWORD, objectionToPassword, type PasswordObjection } from '../domain/password.js';
import type { Officer } from '../domain/people.js';
import { OPERATOR } from '../domain/rights.js';
import type { Instant } from '../domain/time.js';
import { endSessions, removeTotp, setPassword } from '../sign-in/account.js';
import type { House } from './deps.js';
import { FROM_STDIN, readFileText, readStdinText } from './given-text.js';
import { countOf, formatTable } from './output.js';
import { examples, inHouse, remark, type Session, tableWidth, tell, timesOf } from './session.js';

export function addSignInCommands(officer: Command, session: Session): void {
  addPassword(officer, session);
  addSessions(officer, session);
  for (const [name, description, work] of ENDINGS) {
    officer
      .command(name)
      .description(description)
      .argument('<officer>', 'id')
      .addHelpText('after', examples(`officer ${name} si-roy`))
      .action((id: string, _options: object, command: Command) =>
        inHouse(session, command, async (house) => {
          const { people } = await house.office();
          await work(session, house, findOfficer(await people(), id));
        }),
      );
  }
}

function addPassword(officer: Command, session: Session): void {
  officer
    .command('password')
    .description(
      'Give an officer a password for the pages; whoever is signed in as that officer is signed out',
    )
    .argument('<officer>', 'id')
    .option(
      '--password-file <file>',
      'read it from the first line of this file, - for stdin; else it is asked for',
    )
    .option('--temporary', 'the officer must choose another one at the first sign-in')
    .addHelpText(
      'after',
      examples('officer password si-roy --temporary', 'officer password admin --password-file first.txt'),
    )
    .action((id: string, options: PasswordOptions, command: Command) =>
      inHouse(session, command, async (house) => {
        const { people } = await house.office();
        const known = findOfficer(await people(), id);
        await givePassword({ session, house }, known, options);
        tell(session, { officer: known.id, passwordSet: true }, () => `${known.id} has a new password.\n`);
      }),
    );
}

export interface PasswordOptions {
  passwordFile?: string | undefined;
  temporary?: true;
}

const OBJECTIONS: Record<PasswordObjection, string> = {
  'too-short': `It needs at least ${LEAST_PASSWORD} characters.`,
  'too-long': 'It is too long.',
  'too-simple': 'It is too simple: too few different characters, or a row of them.',
  'about-yourself': 'It is little more than the name, id or address of the officer.',
  'well-known': 'It is little more than a word that everybody tries first.',
};

/** Keeps a password that was asked for or read. Errors: those of `hashFor`. */
async function givePassword(
  at: { session: Session; house: House },
  officer: Officer,
  options: PasswordOptions,
): Promise<void> {
  const hash = await hashFor(at, officer, options);
  const given = { officer: officer.id, hash, mustChange: options.temporary ?? false, actor: OPERATOR.id };
  await at.house.store.transact((unit) => setPassword(unit, given));
}

/** The hash of a password that was asked for or read. Errors: 'invalid' for one that does not do. */
export async function hashFor(
  { session, house }: { session: Session; house: House },
  officer: Officer,
  options: PasswordOptions,
): Promise<string> {
  const password = await readPassword(session, options);
  const objection = objectionToPassword(password, officer);
  if (objection) throw new ThanadakError('invalid', `This password does not do. ${OBJECTIONS[objection]}`);
  return house.hashPassword(password);
}

async function readPassword({ deps }: Session, { passwordFile }: PasswordOptions): Promise<string> {
  if (passwordFile !== undefined) {
    const text = passwordFile === FROM_STDIN ? await readStdinText(deps) : await readFileText(passwordFile);
    return text.split(/\r?\n/, 1)[0] ?? '';
  }
  const first = await deps.readSecret('New password: ');
  const again = await deps.readSecret('Once more: ');
  if (first !== again) throw new ThanadakError('invalid', 'The two are not the same; nothing was changed.');
  return first;
}

function addSessions(officer: Command, session: Session): void {
  officer
    .command('sessions')
    .description('List the open sessions of an officer in the browser')
    .argument('<officer>', 'id')
    .addHelpText('after', examples('officer sessions si-roy', 'officer sign-out si-roy'))
    .action((id: string, _options: object, command: Command) =>
      inHouse(session, command, (house) => tellSessions(session, house, id)),
    );
}

/** As `--json` has it; the id is the hash of what the browser holds. */
interface SessionView {
  id: string;
  createdAt: Instant;
  seenAt: Instant;
  level: string;
  way: string;
  userAgent: string;
}

async function tellSessions(session: Session, house: House, id: string): Promise<void> {
  const { people } = await house.office();
  const officer = findOfficer(await people(), id);
  const open = await house.openSessions(officer.id);
  const views = open.map(
    ({ id, createdAt, seenAt, level, way, userAgent }): SessionView => ({
      id,
      createdAt,
      seenAt,
      level,
      way,
      userAgent,
    }),
  );
  if (views.length === 0) remark(session, `${officer.id} is not signed in.`);
  const times = timesOf(session, house);
  const columns = [
    { title: 'SINCE', value: (view: SessionView) => times.at(view.createdAt) },
    { title: 'SEEN', value: (view: SessionView) => times.at(view.seenAt) },
    { title: 'BY', value: (view: SessionView) => view.way },
    { title: 'BROWSER', value: (view: SessionView) => view.userAgent, flexible: true },
  ];
  tell(session, views, () => (views.length === 0 ? '' : formatTable(columns, views, tableWidth(session))));
}

type Work = (session: Session, house: House, officer: Officer) => Promise<void>;

const ENDINGS: readonly (readonly [name: string, description: string, work: Work])[] = [
  ['sign-out', 'End all sessions of an officer in the browser', signOut],
  ['reset-totp', 'Forget the authenticator app and recovery codes of an officer who lost them', resetTotp],
];

async function signOut(session: Session, house: House, { id }: Officer): Promise<void> {
  const ended = await house.store.transact((unit) =>
    endSessions(unit, { officer: id, actor: OPERATOR.id, why: 'revoked' }),
  );
  tell(session, { officer: id, ended }, () => `${countOf(ended, 'session')} of ${id} ended.\n`);
}

async function resetTotp(session: Session, house: House, { id }: Officer): Promise<void> {
  const ended = await house.store.transact((unit) => removeTotp(unit, { officer: id, actor: OPERATOR.id }));
  const text = `${id} sets up the app anew at the next sign-in; ${countOf(ended, 'session')} ended.\n`;
  tell(session, { officer: id, ended }, () => text);
}
