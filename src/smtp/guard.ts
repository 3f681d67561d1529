// The wrapper around every handler: none can crash the daemon, hang a client, or turn a fault of ours into a
// permanent refusal.
import type { DoorConnection } from './connection.js';
import { type ReplyName, refusal } from './replies.js';

/** The reply that refuses, or undefined: go on. */
export type Verdict = ReplyName | undefined;

type Callback = (error?: Error | null) => void;

/**
 * Runs `judge` and gives its verdict to smtp-server. Whatever it throws is logged and answered with 451 4.3.0, and so
 * is a promise that takes longer than the handover limit.
 */
export function answer(
  connection: DoorConnection,
  judge: () => Verdict | Promise<Verdict>,
  callback: Callback,
): void {
  const finish = (verdict: Verdict) => callback(verdict ? refusal(verdict) : null);
  const verdict = judgeSafely(connection, judge);
  // Never in the same turn: smtp-server forgets what was pipelined behind a letter when MAIL is answered inside its
  // own continuation after the letter before.
  const settled =
    verdict instanceof Promise
      ? within(connection.door.settings.limits.handoverMs, verdict)
      : Promise.resolve(verdict);
  settled
    .catch((error: unknown) => reportFault(connection, error))
    .then(finish)
    .catch((error: unknown) => reportFault(connection, error));
}

function judgeSafely(
  connection: DoorConnection,
  judge: () => Verdict | Promise<Verdict>,
): Verdict | Promise<Verdict> {
  try {
    return judge();
  } catch (error) {
    return reportFault(connection, error);
  }
}

function reportFault(connection: DoorConnection, error: unknown): ReplyName {
  connection.door.options.log.error({ ...connection.fields(), error }, 'a fault at the front door');
  return 'fault';
}

/** `promise`, or a rejection after `milliseconds`. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${milliseconds} ms.`)), milliseconds);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
