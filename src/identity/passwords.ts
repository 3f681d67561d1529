// Passwords as argon2id (RFC 9106), one at a time: a flood of log-ins costs a queue, not the machine.
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { TemporaryFailure } from '../domain/errors.js';
import type { Passwords } from '../ports/identity.js';

/** OWASP's first choice for machines of this size: 19 MiB, two passes. argon2id is the library's default. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const MARK = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`;
/** Two seconds of work on a slow machine. */
const MOST_WAITING = 40;
const BUSY = 'Too many people sign in at this moment. Try again.';

export function createPasswords(mostWaiting: number = MOST_WAITING): Passwords {
  const inTurn = createTurns(mostWaiting);
  let nobody: Promise<string> | undefined;
  return {
    hash: (password) => inTurn(() => hash(normal(password), PARAMETERS)),
    async verify(known, password) {
      nobody ??= hash(randomBytes(16), PARAMETERS);
      const hashed = known ?? (await nobody);
      const isRight = await inTurn(() => verify(hashed, normal(password)));
      return isRight && known !== null;
    },
    isOutdated: (known) => !known.startsWith(MARK),
  };
}

/** Bengali and Hindi vowels have more than one spelling (NIST SP 800-63B, 3.1.1.2). */
function normal(password: string): string {
  return password.normalize('NFKC');
}

/** Runs one after the other. Errors: 'unavailable' when `most` wait already. */
function createTurns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return (work) => {
    if (waiting >= most) return Promise.reject(new TemporaryFailure(BUSY));
    waiting += 1;
    const turn = last.then(work).finally(() => {
      waiting -= 1;
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}
