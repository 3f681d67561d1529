// Completion for bash.
import { renderCases } from './cases.js';
import type { CommandPlace } from './places.js';

export function renderBash(places: readonly CommandPlace[]): string {
  return `# bash completion for thanadak; made by: thanadak completion bash
${renderCases(places)}
${BASH}`;
}

const BASH = `_thanadak() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local place='' word='' next='' skip='' seen='' candidates='' i
  local config=()
  # Bash cuts --flag=value into three words.
  if [[ "$current" == '=' ]]; then
    current=''
  elif [[ "$previous" == '=' ]]; then
    previous="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if [[ "$word" == -* ]]; then skip=''; fi
    if [[ "$word" == '=' ]]; then
      continue
    elif [[ -n "$skip" ]]; then
      case "$skip" in -c|--config) config=(--config "$word") ;; esac
      skip=''
    elif _thanadak_takes_value "$word"; then
      skip="$word"
    elif [[ "$word" != -* ]]; then
      if next="$(_thanadak_enter "$place" "$word")"; then place="$next"; else seen=yes; fi
    fi
  done
  if [[ "$current" != -* ]] && _thanadak_takes_value "$previous"; then
    candidates="$(_thanadak_values "$place" "$previous")"
  elif [[ "$current" == -* ]]; then
    candidates="$(_thanadak_options "$place")"
  elif [[ -z "$seen" ]] || _thanadak_repeats "$place"; then
    candidates="$(_thanadak_words "$place")"
  fi
  COMPREPLY=()
  case "$candidates" in
    @files) compopt -o default 2>/dev/null; return ;;
    @*) candidates="$("\${COMP_WORDS[0]}" __complete "\${candidates#@}" "\${config[@]}" 2>/dev/null)" ;;
  esac
  # compgen -W would run what stands in backquotes.
  while IFS= read -r word; do
    if [[ -n "$word" && "$word" == "$current"* ]]; then COMPREPLY+=("$word"); fi
  done <<< "$candidates"
}
complete -F _thanadak thanadak
`;
