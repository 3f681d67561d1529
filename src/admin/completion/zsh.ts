// Completion for zsh.
import { renderCases } from './cases.js';
import type { CommandPlace } from './places.js';

export function renderZsh(places: readonly CommandPlace[]): string {
  return `#compdef thanadak
# zsh completion for thanadak; made by: thanadak completion zsh
${renderCases(places)}
${ZSH}`;
}

const ZSH = `_thanadak() {
  local current="\${words[CURRENT]}" previous="\${words[CURRENT-1]}"
  local place='' word='' next='' skip='' seen='' found='' i
  local -a config candidates
  for ((i = 2; i < CURRENT; i++)); do
    word="\${words[i]}"
    if [[ "$word" == -* ]]; then skip=''; fi
    if [[ -n "$skip" ]]; then
      case "$skip" in -c|--config) config=(--config "$word") ;; esac
      skip=''
    elif _thanadak_takes_value "$word"; then
      skip="$word"
    elif [[ "$word" != -* ]]; then
      if next="$(_thanadak_enter "$place" "$word")"; then place="$next"; else seen=yes; fi
    fi
  done
  if [[ "$current" != -* ]] && _thanadak_takes_value "$previous"; then
    found="$(_thanadak_values "$place" "$previous")"
  elif [[ "$current" == -* ]]; then
    found="$(_thanadak_options "$place")"
  elif [[ -z "$seen" ]] || _thanadak_repeats "$place"; then
    found="$(_thanadak_words "$place")"
  fi
  case "$found" in
    @files) _files; return ;;
    @*) found="$("\${words[1]}" __complete "\${found#@}" "\${config[@]}" 2>/dev/null)" ;;
  esac
  [[ -n "$found" ]] || return 1
  candidates=("\${(@f)found}")
  compadd -- "\${candidates[@]}"
}
if [[ "\${funcstack[1]-}" == _thanadak ]]; then _thanadak "$@"; else compdef _thanadak thanadak; fi
`;
