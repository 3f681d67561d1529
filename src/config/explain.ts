// Describes one option, or all of them.
import { entryOf, factsOf, isSectionList, optionsOf, type Schema } from './marks.js';
import { nearestWords } from './nearest.js';
import { schema } from './schema.js';
import { expectedOf } from './validate.js';

export interface Option {
  /** `smtp.listen[].port`; `[]` stands for any entry of a list. */
  key: string;
  meaning: string;
  /** In words: `a duration such as 90s, 30m, 4h or 2d`. */
  type: string;
  /** As the file would write it; null when there is none. */
  default: unknown;
  required: boolean;
  /** Whether a change takes effect on reload (SIGHUP); otherwise it needs a restart. */
  reload: boolean;
  /** It has options of its own. */
  section: boolean;
}

/** Every option and section, each section before what is in it. */
export function listOptions(): Option[] {
  return optionsUnder(schema, '', true);
}

/** The option called `key` (list positions may be left out), or the keys that come nearest. */
export function explainKey(key: string): Option | { nearest: string[] } {
  const options = listOptions();
  const wanted = plainKey(key);
  const found = options.find((option) => plainKey(option.key) === wanted);
  return found ?? { nearest: nearestKeys(wanted, options).slice(0, 3) };
}

function nearestKeys(wanted: string, options: readonly Option[]): string[] {
  const keys = options.map((option) => option.key);
  const lastWord = wanted.split('.').at(-1) ?? wanted;
  const whole = nearestWords(wanted, keys);
  const lastWords = nearestWords(
    lastWord,
    keys.map((key) => key.split('.').at(-1) ?? key),
  );
  const byLastWord = keys.filter((key) => lastWords.includes(key.split('.').at(-1) ?? key));
  return [...new Set([...whole, ...byLastWord])];
}

function plainKey(key: string): string {
  return key.replace(/\[\d*\]/g, '');
}

function optionsUnder(section: Schema, prefix: string, reload: boolean): Option[] {
  return Object.entries(optionsOf(section) ?? {}).flatMap(([name, option]) => {
    const described = describeOption(option, `${prefix}${name}`, reload);
    const list = isSectionList(option);
    const inner = list ? entryOf(option) : option;
    if (!inner || !described.section) return [described];
    const innerPrefix = `${described.key}${list ? '[]' : ''}.`;
    return [described, ...optionsUnder(inner, innerPrefix, described.reload)];
  });
}

function describeOption(option: Schema, key: string, reload: boolean): Option {
  const { mark, meaning, fallback, required } = factsOf(option);
  const section = optionsOf(option) !== undefined || isSectionList(option);
  return {
    key,
    meaning,
    type: expectedOf(option),
    default: fallback ?? null,
    required,
    reload: mark.restart === undefined ? reload : !mark.restart,
    section,
  };
}
