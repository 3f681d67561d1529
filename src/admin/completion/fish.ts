// Completion for fish.
import { type CommandPlace, flagsWithValue, type OfferedOption, type Values } from './places.js';

export function renderFish(places: readonly CommandPlace[]): string {
  const paths = places.map((place) => place.path).filter((path) => path !== '');
  return [
    '# fish completion for thanadak; made by: thanadak completion fish',
    `set -g __thanadak_places ${paths.map(quote).join(' ')}`,
    `set -g __thanadak_with_value ${flagsWithValue(places).join(' ')}`,
    FISH,
    ...places.flatMap(renderPlace),
    '',
  ].join('\n');
}

const FISH = `function __thanadak_place
    set -l place ''
    set -l skip no
    set -l words (commandline -opc)
    set -e words[1]
    for word in $words
        set -l longer (string trim -- "$place $word")
        if test $skip = yes
            set skip no
        else if contains -- $word $__thanadak_with_value
            set skip yes
        else if contains -- $longer $__thanadak_places
            set place $longer
        end
    end
    echo $place
end
function __thanadak_at
    set -l place (__thanadak_place)
    test "$place" = "$argv[1]"
end
complete -c thanadak -f`;

function renderPlace(place: CommandPlace): string[] {
  const start = `complete -c thanadak -n ${quote(`__thanadak_at "${place.path}"`)}`;
  return [
    ...place.commands.map(({ name, description }) => `${start} -a ${quote(name)} -d ${quote(description)}`),
    ...place.options.map((option) => `${start} ${renderOption(option)}`),
    ...(place.argument ? [`${start} ${renderValues(place.argument)}`.trim()] : []),
  ];
}

function renderOption({ flags, description, values }: OfferedOption): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const value = values ? [values.kind === 'files' ? '-r' : '-x', renderValues(values)] : [];
  return [...names, ...value, `-d ${quote(description)}`].filter((part) => part !== '').join(' ');
}

function renderValues(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `-a ${quote(values.words.join(' '))}`;
    case 'asked':
      return `-a ${quote(`(thanadak __complete ${values.list} 2>/dev/null)`)}`;
    case 'files':
      return '-F';
    case 'anything':
      return '';
  }
}

function quote(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
