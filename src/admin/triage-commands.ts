// `triage evaluate`, `triage explain`, `triage labels`: how the rules judge letters, and how well.
import type { Command } from 'commander';
import { ThanadakError } from '../domain/errors.js';
import type { Proposal } from '../domain/ticket.js';
import { proposeTriage } from '../domain/triage.js';
import { figuresOf } from '../domain/triage-figures.js';
import { learnTone } from '../domain/triage-tone.js';
import type { House } from './deps.js';
import { FROM_STDIN, readStdinText } from './given-text.js';
import { readLabelledLetters } from './labelled-letters.js';
import { examples, inHouse, parseLimit, remark, type Session, tableWidth, tell, timesOf } from './session.js';
import { findTicket } from './tickets.js';
import { formatProposal } from './views/ticket-facts.js';
import { formatTone } from './views/tone-view.js';
import { formatFigures, formatLabels, type LabelView } from './views/triage-view.js';

export function addTriageCommands(program: Command, session: Session): void {
  const triage = program
    .command('triage')
    .description('How the rules judge letters: why, and how well (to judge a ticket: ticket triage)')
    .addHelpText('after', examples('triage explain BEHALA-26-000123-K', 'triage evaluate letters.jsonl'));
  triage
    .command('evaluate')
    .description('Hold the rules against letters whose right answer is known')
    .argument('<file>', 'JSON lines: {id, language, subject, text, urgency, category}')
    .addHelpText('after', examples('triage evaluate letters.jsonl', 'triage evaluate letters.jsonl --json'))
    .action(async (file: string, _options: object, command: Command) => {
      const letters = await readLabelledLetters(file);
      await inHouse(session, command, async (house) => {
        const rules = (await house.office()).rules.triage();
        tell(
          session,
          figuresOf(letters, (letter) => proposeTriage(rules, letter)),
          formatFigures,
        );
      });
    });
  triage
    .command('explain')
    .description('What the rules proposed for a ticket, or propose for a text, and which words made them')
    .argument('<ref>', 'reference, or - to read a text from stdin')
    .addHelpText('after', examples('triage explain BEHALA-26-000123-K', 'triage explain - < letter.txt'))
    .action((given: string, _options: object, command: Command) =>
      inHouse(session, command, (house) => explain(session, house, given)),
    );
  addLearn(triage, session);
  addLabels(triage, session);
}

function addLearn(triage: Command, session: Session): void {
  triage
    .command('learn')
    .description(
      'Learn the tone of words from letters whose right answer is known; prints the file tone.yaml',
    )
    .argument('<file...>', 'JSON lines: {id, language, subject, text, urgency, category}')
    .addHelpText('after', examples('triage learn letters.jsonl > config/triage/tone.yaml'))
    .action(async (files: string[]) => {
      const letters = (await Promise.all(files.map(readLabelledLetters))).flat();
      const words = learnTone(letters);
      tell(session, words, () => formatTone(words, letters.length));
    });
}

function addLabels(triage: Command, session: Session): void {
  triage
    .command('labels')
    .description('List what officers corrected or confirmed, oldest first')
    .option('--limit <n>', 'at most so many', parseLimit, 1000)
    .addHelpText('after', examples('triage labels', 'triage labels --json'))
    .action((options: { limit: number }, command: Command) =>
      inHouse(session, command, (house) => tellLabels(session, house, options.limit)),
    );
}

async function explain(session: Session, house: House, given: string): Promise<void> {
  const proposal =
    given === FROM_STDIN ? await proposeForStdin(session, house) : await proposalOf(house, given);
  tell(session, proposal, formatProposal);
}

async function proposeForStdin({ deps }: Session, house: House): Promise<Proposal> {
  const { rules } = await house.office();
  return proposeTriage(rules.triage(), { subject: '', text: await readStdinText(deps) });
}

/** As it was made when the ticket was opened. Errors: those of findTicket; 'not-found' when none was made. */
async function proposalOf(house: House, given: string): Promise<Proposal> {
  const { reference, proposal } = await findTicket(house, given);
  if (proposal) return proposal;
  throw new ThanadakError('not-found', `The rules did not judge ${reference}.`);
}

async function tellLabels(session: Session, house: House, limit: number): Promise<void> {
  const { store } = house;
  const views: LabelView[] = [];
  for (const { id: _id, ticketId, ...label } of await store.labels.list(limit)) {
    const ticket = await store.tickets.findById(ticketId);
    views.push({ ticket: ticket?.reference ?? ticketId, ...label });
  }
  if (views.length === 0) remark(session, 'No officer has judged a ticket yet.');
  const times = timesOf(session, house);
  tell(session, views, () => (views.length === 0 ? '' : formatLabels(views, times, tableWidth(session))));
}
