// The text of a letter as officers read it: the writer's own words open, what is quoted or signed below folded.
import { languagesOf } from '../../domain/language.js';
import { sortLines, type TextKind } from '../../domain/own-words.js';
import { LANGUAGES, type Language } from '../../domain/station.js';
import type { PhraseKey } from '../words/words.js';

export interface TextPiece {
  kind: TextKind;
  text: string;
  /** What it is; null for the writer's own words. */
  label: PhraseKey | null;
  /** Shown only when asked for. */
  isFolded: boolean;
}

/** Folding a line or two hides more than it spares. */
const WORTH_FOLDING = 3;

/** The text in pieces, in its order; blank pieces are left out. Joined they are the text as the resident wrote it. */
export function piecesOf(text: string): TextPiece[] {
  const lines = text.split('\n');
  const { kinds } = sortLines(text);
  const pieces: { kind: TextKind; lines: string[] }[] = [];
  for (const [index, line] of lines.entries()) {
    const kind = kinds[index] ?? 'own';
    const last = pieces.at(-1);
    if (last && (last.kind === kind || line.trim() === '')) last.lines.push(line);
    else pieces.push({ kind, lines: [line] });
  }
  const shown = pieces
    .map(({ kind, lines: own }) => ({ kind, text: own.join('\n').replace(/^(?:[ \t]*\n)+|\s+$/g, '') }))
    .filter(({ text: words }) => words !== '');
  const hasOwn = shown.some(({ kind }) => kind === 'own');
  return shown.map((piece) => ({
    ...piece,
    label: piece.kind === 'own' ? null : (`letters.${piece.kind}` as const),
    isFolded: isFolded(piece, hasOwn),
  }));
}

/** A letter that is nothing but passed on or quoted is shown as it is. */
function isFolded({ kind, text }: { kind: TextKind; text: string }, hasOwn: boolean): boolean {
  if (kind === 'own' || !hasOwn) return false;
  return kind !== 'signature' || text.split('\n').length >= WORTH_FOLDING;
}

/** The language of a text for `lang`, where its script tells; null when it does not. */
export function languageOfText(text: string): Language | null {
  const found = languagesOf(text, LANGUAGES);
  return found.length === 1 ? (found[0] ?? null) : null;
}
