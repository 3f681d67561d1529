// From DATA to the reply: the letter's bytes go to the spool as they come, and the client is told what became of them.
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { messageOf, StorageBroken } from '../domain/errors.js';
import type { SpooledLetter } from '../domain/letter.js';
import type { DoorConnection } from './connection.js';
import { breakDoor } from './door.js';
import { envelopeOf } from './envelope.js';
import { keptReply, nameError, type ReplyName, refusal } from './replies.js';

type Callback = (error?: Error | null, message?: string | (string | Error)[]) => void;

export interface Arrival {
  connection: DoorConnection;
  session: SMTPServerSession;
  stream: SMTPServerDataStream;
}

/** A letter between DATA and our reply. */
export interface LetterInHand {
  id: string;
  readonly stream: SMTPServerDataStream;
  /** Since when (performance.now) it is we who keep the client waiting; undefined while the client still sends. */
  owedSince: number | undefined;
  /** Bytes the spool had taken when that was last looked at. */
  taken: number;
  /** When the spool had the last byte; undefined before. */
  endedAt: number | undefined;
  /** Recipients to answer one by one (LMTP, RFC 2033), undefined for one reply. */
  replies: number | undefined;
  /** Undefined once the client has its reply. */
  callback: Callback | undefined;
}

/** Takes the letter of a DATA command. Never throws and never answers before it returns, as the 354 is still due. */
export function receiveLetter(arrival: Arrival, callback: Callback): void {
  const { connection, session, stream } = arrival;
  const { door, stations } = connection;
  const letter: LetterInHand = {
    id: '',
    stream,
    owedSince: undefined,
    taken: 0,
    endedAt: undefined,
    replies: session.transmissionType.startsWith('LMTP') ? connection.acceptedRecipients : undefined,
    callback,
  };
  connection.hand = letter;
  stream.once('end', () => {
    letter.endedAt = performance.now();
  });
  const settled: Promise<void> = keep(arrival, letter)
    .then(
      (kept) => welcome(connection, letter, { kept, stations }),
      (error: unknown) => turnAway(connection, letter, error),
    )
    .catch((error: unknown) => {
      door.options.log.error(
        { ...connection.fields(), letterId: letter.id, error },
        'a fault after a letter',
      );
    })
    .finally(() => door.inFlight.delete(settled));
  door.inFlight.add(settled);
}

/** The envelope is copied before anything waits: smtp-server uses the session again for the next letter. */
async function keep({ connection, session, stream }: Arrival, letter: LetterInHand): Promise<SpooledLetter> {
  const { options, settings } = connection.door;
  letter.id = options.ids.next();
  const envelope = envelopeOf(connection, session);
  return options.spool.keep({ id: letter.id, envelope, body: stream, maxBytes: settings.maxMessageBytes });
}

interface Welcome {
  kept: SpooledLetter;
  stations: readonly string[];
}

function welcome(connection: DoorConnection, letter: LetterInHand, { kept, stations }: Welcome): void {
  const { door } = connection;
  const { log, meter, onKept } = door.options;
  // After a failed sync no later success of the same storage means anything.
  if (door.state === 'broken') {
    refuse(connection, letter, 'not-kept');
    return;
  }
  const seconds = (performance.now() - (letter.endedAt ?? performance.now())) / 1_000;
  connection.countLetter();
  const inTime = reply(connection, letter, keptReply(kept.id));
  const fields = { session: connection.id, letterId: kept.id, bytes: kept.bytes };
  if (inTime) log.info({ ...fields, recipients: kept.envelope.to.length, stations }, 'letter kept');
  // It stays: the copy that the client will send again is recognised as one, a letter thrown away is lost.
  else log.warn(fields, 'letter kept after the client had been told to try again');
  for (const station of stations) meter.count('letters_accepted_total', { station });
  meter.observe('accept_commit_seconds', seconds);
  onKept(kept);
}

function turnAway(connection: DoorConnection, letter: LetterInHand, error: unknown): void {
  const { door } = connection;
  const name = nameError(error);
  report(connection, letter, error);
  refuse(connection, letter, name);
  if (name === 'too-large') connection.watchExcess();
  if (error instanceof StorageBroken) breakDoor(door, error, { ...connection.fields(), letterId: letter.id });
}

function report(connection: DoorConnection, letter: LetterInHand, error: unknown): void {
  const { log } = connection.door.options;
  const fields = { ...connection.fields(), letterId: letter.id };
  if (connection.isGone())
    log.info({ ...fields, reason: messageOf(error) }, 'the session ended before its letter');
  else if (nameError(error) === 'disk-low') log.warn({ ...fields, error }, 'no room for a letter');
  else if (nameError(error) === 'not-kept') log.error({ ...fields, error }, 'a letter could not be kept');
}

/** Refuses the letter; what still comes of it is drained by smtp-server, unseen. */
export function refuse(connection: DoorConnection, letter: LetterInHand, name: ReplyName): void {
  letter.stream.destroy();
  reply(connection, letter, refusal(name));
}

/** Answers the client unless it has its answer. False when it had. */
function reply(connection: DoorConnection, letter: LetterInHand, outcome: string | Error): boolean {
  const { callback, replies } = letter;
  if (!callback) return false;
  letter.callback = undefined;
  connection.forgetForwarded();
  if (replies !== undefined) callback(null, new Array<string | Error>(replies).fill(outcome));
  else if (typeof outcome === 'string') callback(null, outcome);
  else callback(outcome);
  // Pipelined commands may have begun the next letter inside the callback.
  if (connection.hand === letter) connection.hand = undefined;
  if (connection.door.state === 'closing') connection.say('closing');
  return true;
}

/**
 * Whether we have kept the client waiting for `limitMs` at `now` (performance.now): the letter is all here, or the
 * spool takes nothing while the client would send. The time in which the client sends does not count.
 */
export function isOverdue(letter: LetterInHand, now: number, limitMs: number): boolean {
  const { stream } = letter;
  const taken = stream.byteLength - stream.writableLength - stream.readableLength;
  const owed = stream.writableEnded || stream.writableNeedDrain;
  if (!owed || taken !== letter.taken) letter.owedSince = owed ? now : undefined;
  else letter.owedSince ??= now;
  letter.taken = taken;
  return letter.owedSince !== undefined && now - letter.owedSince >= limitMs;
}
