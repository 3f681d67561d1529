// `completion`: scripts for three shells, made from the tree of commands; `__complete`: the lists they ask for.
import { Argument, type Command } from 'commander';
import { POSTMASTER } from '../domain/station.js';
import { renderBash } from './completion/bash.js';
import { renderFish } from './completion/fish.js';
import { ASKED_LISTS, type AskedList, type CommandPlace, describeCommands } from './completion/places.js';
import { renderZsh } from './completion/zsh.js';
import type { House } from './deps.js';
import { examples, inHouse, type Session } from './session.js';

const RENDER: Record<string, (places: readonly CommandPlace[]) => string> = {
  bash: renderBash,
  zsh: renderZsh,
  fish: renderFish,
};

/** Enough to choose from with the Tab key. */
const OFFERED = 200;

export function addCompletionCommands(program: Command, session: Session): void {
  program
    .command('completion')
    .description('Print the script that completes commands with the Tab key')
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(RENDER)))
    .addHelpText(
      'after',
      examples(
        'completion bash > /etc/bash_completion.d/thanadak',
        'completion zsh > ~/.zfunc/_thanadak',
        'completion fish > ~/.config/fish/completions/thanadak.fish',
      ),
    )
    .action((shell: string) => session.deps.stdout(RENDER[shell]?.(describeCommands(program)) ?? ''));
  program
    .command('__complete', { hidden: true })
    .addArgument(new Argument('<list>').choices(ASKED_LISTS))
    .action((list: AskedList, _options: object, command: Command) => offer(session, command, list));
}

async function offer(session: Session, command: Command, list: AskedList): Promise<void> {
  try {
    if (list === 'keys') return offerWords(session, session.deps.configuration.keys());
    await inHouse(session, command, async (house) => offerWords(session, await WORDS[list](house)));
  } catch {
    // Nobody wants an error in the middle of a line being typed.
  }
}

function offerWords(session: Session, words: readonly string[]): void {
  for (const word of words) session.deps.stdout(`${word}\n`);
}

const WORDS: Record<Exclude<AskedList, 'keys'>, (house: House) => Promise<string[]>> = {
  stations: async ({ config }) => [...config.stations.map((station) => station.code), POSTMASTER],
  tickets: async ({ store }) =>
    (await store.tickets.list({ limit: OFFERED })).map((ticket) => ticket.reference),
  escalations: async ({ store }) =>
    (await store.escalations.list({ open: true, limit: OFFERED })).map((escalation) => escalation.id),
  officers: async (house) => [...(await (await house.office()).people()).keys()].sort(),
  categories: async (house) => [...(await house.office()).rules.categories.keys()],
  outcomes: async (house) => [...(await house.office()).rules.outcomes.keys()],
  agencies: async (house) => [...(await house.office()).rules.agencies.keys()],
};
