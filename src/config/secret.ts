// A text that must not be seen: it hides from every way of printing, and is had only by asking.
import { inspect } from 'node:util';

const HIDDEN = '(secret)';

/** The content of a file (or variable) that is never printed. */
export interface Secret {
  /** Where it was read from. */
  readonly source: string;
  /** The text itself. */
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

/** Wraps `text`; it lives in a closure, so that not even a deep inspection finds it. */
export function hideSecret(text: string, source: string): Secret {
  return {
    source,
    reveal: () => text,
    toString: () => HIDDEN,
    toJSON: () => HIDDEN,
    [inspect.custom]: () => HIDDEN,
  } as Secret;
}

export function isSecret(value: unknown): value is Secret {
  return value !== null && typeof value === 'object' && inspect.custom in value && 'reveal' in value;
}
