// Every spelling or beginning of a word that a list has is an atom, a small number. A word of a letter is looked up once
// for all the atoms it may be, so that the length of the lists costs nothing.
import { keysOfListed, keysOfWord } from './triage-fold.js';
import type { ListForm } from './triage-lists.js';

/** A stem must have these many letters to be found at all. */
export const SHORTEST_STEM = 2;

interface Stem {
  stem: string;
  atom: number;
}

export class Atoms {
  /** What every written number is. */
  readonly numbers: number;
  private readonly ids = new Map<string, number>();
  private readonly words = new Map<string, number>();
  private readonly stems = new Map<string, Stem[]>();
  private readonly asSpelt = new Set<string>();
  private readonly listed = new Map<string, readonly number[]>();

  constructor() {
    this.numbers = this.intern('number');
  }

  /** The atoms of `word` or `stem*` of a list; `alone` when it stands for itself, not in a phrase. */
  add(written: string, form: ListForm, alone: boolean): readonly number[] {
    const name = `${form} ${alone} ${written}`;
    const known = this.listed.get(name);
    if (known) return known;
    const atoms = written.endsWith('*')
      ? keysOfListed(written.slice(0, -1), form, 'stem').map((key) => this.addStem(key))
      : keysOfListed(written, form, alone ? 'alone' : 'in-phrase').map((key) => this.addWord(key));
    this.listed.set(name, atoms);
    return atoms;
  }

  /** From now on `word` is read as English only, whatever it sounds like. */
  readAsSpelt(word: string): void {
    this.asSpelt.add(word);
  }

  /** The atoms that a folded word of a letter may be; most words are none. */
  atomsOf(word: string): number[] {
    const keys = keysOfWord(word);
    const found = (this.asSpelt.has(word) ? keys.slice(0, 1) : keys).flatMap((key) => {
      const stems = (this.stems.get(bucketOf(key)) ?? []).filter(({ stem }) => key.startsWith(stem));
      return [this.words.get(key) ?? [], stems.map(({ atom }) => atom)].flat();
    });
    return /^[0-9]+$/.test(word) ? [...found, this.numbers] : found;
  }

  private addWord(key: string): number {
    const atom = this.intern(key);
    this.words.set(key, atom);
    return atom;
  }

  private addStem(stem: string): number {
    const atom = this.intern(`${stem}*`);
    const bucket = this.stems.get(bucketOf(stem)) ?? [];
    if (!bucket.some((known) => known.atom === atom)) bucket.push({ stem, atom });
    this.stems.set(bucketOf(stem), bucket);
    return atom;
  }

  private intern(key: string): number {
    const atom = this.ids.get(key) ?? this.ids.size;
    this.ids.set(key, atom);
    return atom;
  }
}

/** The kind of key and its first letters. */
function bucketOf(key: string): string {
  return key.slice(0, key.indexOf(' ') + 1 + SHORTEST_STEM);
}
