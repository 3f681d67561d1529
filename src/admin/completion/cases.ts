// The part of the script that bash and zsh read alike: which place the words lead to, and what may follow there.
import { type CommandPlace, flagsWithValue, type Values } from './places.js';

/**
 * Shell functions: `_thanadak_takes_value FLAG` (status alone), `_thanadak_enter PLACE WORD` (prints the new place,
 * status 1 when WORD is no command there), and the candidates, one a line: `_thanadak_values PLACE FLAG`,
 * `_thanadak_options PLACE`, `_thanadak_words PLACE`; `_thanadak_repeats PLACE` (status alone) says whether its
 * argument may follow again. `@files` stands for files, `@stations` and the like for a list
 * asked for with `__complete`.
 */
export function renderCases(places: readonly CommandPlace[]): string {
  return [
    shellFunction('_thanadak_takes_value', '"$1"', [[flagsWithValue(places).join('|'), 'return 0']]),
    shellFunction('_thanadak_enter', '"$1/$2"', enterCases(places)),
    shellFunction('_thanadak_values', '"$1/$2"', valueCases(places)),
    shellFunction('_thanadak_options', '"$1"', optionCases(places)),
    shellFunction('_thanadak_words', '"$1"', wordCases(places)),
    shellFunction('_thanadak_repeats', '"$1"', repeatCases(places)),
  ].join('\n');
}

type Case = readonly [pattern: string, action: string];

function shellFunction(name: string, subject: string, cases: readonly Case[]): string {
  const lines = cases.map(([pattern, action]) => `    ${pattern}) ${action} ;;`);
  return `${name}() {\n  case ${subject} in\n${lines.join('\n')}\n    *) return 1 ;;\n  esac\n}\n`;
}

function enterCases(places: readonly CommandPlace[]): Case[] {
  return places.flatMap(({ path, commands }) =>
    commands.map(({ name }): Case => [quote(`${path}/${name}`), printed([`${path} ${name}`.trim()])]),
  );
}

function valueCases(places: readonly CommandPlace[]): Case[] {
  return places.flatMap(({ path, options }) =>
    options.flatMap(({ flags, values }): Case[] =>
      values
        ? [[flags.map((flag) => quote(`${path}/${flag}`)).join('|'), printed(candidatesOf(values))]]
        : [],
    ),
  );
}

function optionCases(places: readonly CommandPlace[]): Case[] {
  return places.map(({ path, options }) => [
    quote(path),
    printed(options.flatMap((option) => longOf(option.flags))),
  ]);
}

function longOf(flags: readonly string[]): string[] {
  return flags.filter((flag) => flag.startsWith('--'));
}

function wordCases(places: readonly CommandPlace[]): Case[] {
  return places.map(({ path, commands, argument }) => [
    quote(path),
    printed([...commands.map(({ name }) => name), ...(argument ? candidatesOf(argument) : [])]),
  ]);
}

function repeatCases(places: readonly CommandPlace[]): Case[] {
  const repeating = places.filter(({ repeats }) => repeats).map(({ path }) => quote(path));
  return repeating.length === 0 ? [] : [[repeating.join('|'), 'return 0']];
}

function candidatesOf(values: Values): readonly string[] {
  if (values.kind === 'words') return values.words;
  if (values.kind === 'anything') return [];
  return [values.kind === 'files' ? '@files' : `@${values.list}`];
}

function printed(words: readonly string[]): string {
  return words.length === 0 ? 'return 0' : `printf '%s\\n' ${words.map(quote).join(' ')}`;
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
