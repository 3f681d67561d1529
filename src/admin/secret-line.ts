// A line typed without being shown.
import { ThanadakError } from '../domain/errors.js';

export interface Typed {
  text: string;
  /** What ended the line; null while it goes on. */
  end: 'line' | 'given-up' | null;
}

/** The line after some more keys: Enter ends it, Ctrl+C and Ctrl+D give up, Backspace takes one character back. */
export function typeOn(before: Typed, keys: string): Typed {
  let typed = before;
  for (const key of keys) if (typed.end === null) typed = pressed(typed.text, key);
  return typed;
}

function pressed(text: string, key: string): Typed {
  if (key === '\r' || key === '\n') return { text, end: 'line' };
  if (key === '\u0003' || key === '\u0004') return { text, end: 'given-up' };
  if (key === '\u007f' || key === '\b') return { text: [...text].slice(0, -1).join(''), end: null };
  return { text: key >= ' ' ? text + key : text, end: null };
}

/** Asks at the terminal of `stdin`. Errors: 'invalid' when it is none, or the person gives up. */
export function readSecretLine(
  stdin: NodeJS.ReadStream,
  prompt: string,
  say: (text: string) => void,
): Promise<string> {
  if (!stdin.isTTY) {
    const sentence = 'Nobody can be asked for a password here; give it with --password-file.';
    return Promise.reject(new ThanadakError('invalid', sentence));
  }
  say(prompt);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.resume();
  return new Promise((resolve, reject) => {
    let typed: Typed = { text: '', end: null };
    const take = (keys: string) => {
      typed = typeOn(typed, keys);
      if (typed.end === null) return;
      stdin.off('data', take);
      stdin.setRawMode(false);
      stdin.pause();
      say('\n');
      if (typed.end === 'line') resolve(typed.text);
      else reject(new ThanadakError('invalid', 'No password was given.'));
    };
    stdin.on('data', take);
  });
}
