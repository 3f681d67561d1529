// The bytes of a letter's text parts to UTF-8, within one budget a letter.
import { Transform, type TransformCallback } from 'node:stream';
import type { Repair } from '../domain/message.js';
import { decodeBytes } from './charset.js';
import { markHtml } from './html-marks.js';

/** What a letter may still spend on text; `problems` says what was cut, `repairs` what was mended. */
export interface TextBudget {
  textBytes: number;
  htmlLength: number;
  /** HTML is only made into text, and marked for that. */
  forText: boolean;
  problems: Set<string>;
  repairs: Set<Repair>;
}

export const TEXT_CUT = 'The text of the letter is very long; only its beginning is shown.';

// Enough for a million characters of four bytes.
const MAX_TEXT_BYTES = 4_000_000;

export function createTextBudget(htmlLength: number, forText = true): TextBudget {
  return { textBytes: MAX_TEXT_BYTES, htmlLength, forText, problems: new Set(), repairs: new Set() };
}

/** Gathers one text part, decodes it by `charset` (empty: no label) and hands on UTF-8. */
export class TextDecoder extends Transform {
  readonly #charset: string;
  readonly #kind: 'text' | 'html';
  readonly #budget: TextBudget;
  readonly #chunks: Buffer[] = [];
  #room: number;

  constructor(charset: string, kind: 'text' | 'html', budget: TextBudget) {
    super();
    this.#charset = charset;
    this.#kind = kind;
    this.#budget = budget;
    this.#room = kind === 'html' ? budget.htmlLength * 4 : budget.textBytes;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const kept = chunk.subarray(0, this.#room);
    if (kept.length < chunk.length) this.#noteCut();
    if (kept.length > 0) this.#chunks.push(kept);
    this.#room -= kept.length;
    done();
  }

  override _flush(done: TransformCallback): void {
    const bytes = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    if (bytes && bytes.length > 0) this.push(Buffer.from(this.#decode(bytes), 'utf8'));
    done();
  }

  #decode(bytes: Buffer): string {
    const { text, problem, repair } = decodeBytes(bytes, this.#charset);
    if (problem) this.#budget.problems.add(problem);
    if (repair) this.#budget.repairs.add(repair);
    if (this.#kind === 'text') {
      this.#budget.textBytes -= bytes.length;
      return text;
    }
    if (text.length > this.#budget.htmlLength) this.#noteCut();
    const kept = text.slice(0, this.#budget.htmlLength);
    this.#budget.htmlLength -= kept.length;
    return this.#budget.forText ? markHtml(kept) : kept;
  }

  #noteCut(): void {
    this.#budget.problems.add(
      this.#kind === 'html'
        ? 'The HTML of the letter is very long; only its beginning was made into text.'
        : TEXT_CUT,
    );
  }
}
