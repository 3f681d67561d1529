// `audit verify`, `audit checkpoint`, `audit key`: whether the journal is whole, and what others need to check that.
import type { Command } from 'commander';
import type { House } from './deps.js';
import { EXIT } from './exit-codes.js';
import { countOf, formatFacts, formatTable } from './output.js';
import { examples, inHouse, type Session, tableWidth, tell } from './session.js';

export function addAuditCommands(program: Command, session: Session): void {
  const audit = program
    .command('audit')
    .description('Whether the journal is as it was written')
    .addHelpText('after', examples('audit verify', 'audit checkpoint'));
  audit
    .command('verify')
    .description('Walk the journal and name every row that was changed, removed, inserted or moved')
    .addHelpText('after', examples('audit verify', 'audit verify --json'))
    .action((_options: object, command: Command) =>
      inHouse(session, command, (house) => tellVerified(session, house)),
    );
  audit
    .command('checkpoint')
    .description('Sign how far the journal has come and print that, to be kept elsewhere')
    .addHelpText('after', examples('audit checkpoint > checkpoint.txt'))
    .action((_options: object, command: Command) =>
      inHouse(session, command, async (house) => {
        const { note, ...checkpoint } = await (await house.audit()).checkpoint();
        tell(session, checkpoint, () => note);
      }),
    );
  audit
    .command('key')
    .description('Print the public key by which checkpoints can be checked')
    .addHelpText('after', examples('audit key > journal.pub'))
    .action((_options: object, command: Command) =>
      inHouse(session, command, async (house) => {
        const { keyId, publicKey } = await house.audit();
        tell(session, { keyId, publicKey }, () => publicKey);
      }),
    );
}

/** Exit code 1 when something is wrong. */
async function tellVerified(session: Session, house: House): Promise<void> {
  const { summary, findings } = await (await house.audit()).verify();
  tell(session, { ok: findings.length === 0, ...summary, findings }, () => {
    const facts = formatFacts([
      ['Rows', String(summary.rows)],
      ['Before the chain', String(summary.unchained)],
      ['Erased by retention', String(summary.erased)],
      ['Checkpoints', String(summary.checkpoints)],
      ['Signed up to row', String(summary.coveredTo)],
      ['Found', findings.length === 0 ? 'nothing: the journal is whole' : countOf(findings.length, 'fault')],
    ]);
    const columns = [
      { title: 'ROW', value: ({ number }: (typeof findings)[number]) => String(number) },
      { title: 'FAULT', value: ({ damage }: (typeof findings)[number]) => damage },
      { title: 'WHAT', value: ({ detail }: (typeof findings)[number]) => detail, flexible: true },
    ];
    return findings.length === 0 ? facts : `${facts}\n${formatTable(columns, findings, tableWidth(session))}`;
  });
  if (findings.length > 0) session.exitCode = EXIT.failure;
}
