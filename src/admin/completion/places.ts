// The tree of commands as completion needs it: a place on the line and what may follow there.
import type { Argument, Command, Option } from 'commander';

/** What is asked for with `__complete` while a line is typed, because the script cannot know it. */
export const ASKED_LISTS = [
  'stations',
  'tickets',
  'keys',
  'officers',
  'categories',
  'outcomes',
  'agencies',
  'escalations',
] as const;
export type AskedList = (typeof ASKED_LISTS)[number];

/** What may stand for a value. */
export type Values =
  | { kind: 'words'; words: readonly string[] }
  | { kind: 'asked'; list: AskedList }
  | { kind: 'files' }
  | { kind: 'anything' };

export interface OfferedOption {
  flags: string[];
  description: string;
  /** Undefined when the option takes none. */
  values: Values | undefined;
}

export interface CommandPlace {
  /** `''`, `ticket`, `ticket list`. */
  path: string;
  commands: { name: string; description: string }[];
  options: OfferedOption[];
  /** Of its first argument, undefined when it takes none. */
  argument: Values | undefined;
  /** It takes any number of that argument. */
  repeats: boolean;
}

/** Every visible command of `program`, itself first; each with the options of those above it. */
export function describeCommands(program: Command): CommandPlace[] {
  return describeBelow(program, '', []);
}

function describeBelow(command: Command, path: string, inherited: readonly OfferedOption[]): CommandPlace[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command).filter((child) => child.name() !== 'help');
  const own = help.visibleOptions(command).map(describeOption);
  const options = [...own, ...inherited.filter((option) => !sharesFlag(own, option))];
  const [argument] = command.registeredArguments;
  const place: CommandPlace = {
    path,
    commands: commands.map((child) => ({ name: child.name(), description: child.description() })),
    options,
    argument: argument && valuesOf(argument.name(), argument.argChoices),
    repeats: argument?.variadic ?? false,
  };
  return [
    place,
    ...commands.flatMap((child) =>
      describeBelow(child, `${path} ${child.name()}`.trim(), options.filter(isGlobal)),
    ),
  ];
}

function sharesFlag(options: readonly OfferedOption[], { flags }: OfferedOption): boolean {
  return options.some((option) => option.flags.some((flag) => flags.includes(flag)));
}

function isGlobal({ flags }: OfferedOption): boolean {
  return !flags.includes('--version');
}

function describeOption(option: Option): OfferedOption {
  return {
    flags: [option.short, option.long].filter((flag) => flag !== undefined),
    description: option.description,
    values:
      option.required || option.optional ? valuesOf(placeholderOf(option), option.argChoices) : undefined,
  };
}

function placeholderOf(option: Option): string {
  return /[<[]([^>\].]+)/.exec(option.flags)?.[1] ?? '';
}

const BY_PLACEHOLDER: Record<string, Values> = {
  station: { kind: 'asked', list: 'stations' },
  ref: { kind: 'asked', list: 'tickets' },
  key: { kind: 'asked', list: 'keys' },
  officer: { kind: 'asked', list: 'officers' },
  category: { kind: 'asked', list: 'categories' },
  outcome: { kind: 'asked', list: 'outcomes' },
  agency: { kind: 'asked', list: 'agencies' },
  escalation: { kind: 'asked', list: 'escalations' },
  file: { kind: 'files' },
  dir: { kind: 'files' },
  folder: { kind: 'files' },
};

function valuesOf(placeholder: string, choices: Argument['argChoices']): Values {
  return choices ? { kind: 'words', words: choices } : (BY_PLACEHOLDER[placeholder] ?? { kind: 'anything' });
}

/** Every flag that takes a value. */
export function flagsWithValue(places: readonly CommandPlace[]): string[] {
  const flags = places.flatMap((place) => place.options.filter((o) => o.values).flatMap((o) => o.flags));
  return [...new Set(flags)];
}
