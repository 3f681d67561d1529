// Whether a letter is junk and whether a virus is in it: the relay's word, rspamd, clamd, as far as they are configured.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { isOverMark, type JunkOpinion, opinionOfRelay } from '../domain/junk.js';
import type { Envelope, SpooledLetter } from '../domain/letter.js';
import type { Attachment, Message } from '../domain/message.js';
import type { Infection, Screened } from '../domain/screened.js';
import type { Screening } from '../ports/screening.js';
import type { Log, Meter } from '../ports/surroundings.js';
import { type Asking, createAsking } from './asking.js';
import { scan } from './clamd.js';
import { askRspamd } from './rspamd.js';

export interface ScreeningSettings {
  junk: {
    /** off: nobody judges. relay: a trusted relay's headers. rspamd: asked over HTTP. */
    from: 'off' | 'relay' | 'rspamd';
    rspamdUrl: string;
    /** The score from which a letter is junk, besides the judge's own verdict. */
    mark: number | null;
    deadlineMs: number;
    /** Larger letters are not judged. */
    maxBytes: number;
  };
  viruses: {
    /** A path, or HOST:PORT; null: nobody looks. */
    clamd: string | null;
    deadlineMs: number;
  };
}

export interface ScreeningOptions {
  /** Asked anew for every letter, so that a reload counts at once. */
  settings(): ScreeningSettings;
  /** Whether a letter that came this way was handed over by a relay that we believe. */
  isFromRelay(envelope: Envelope): boolean;
  /** The decoded bytes of an attachment; null when there is none. */
  readPart(path: string, part: string): Promise<Uint8Array | null>;
  log: Log;
  meter: Meter;
  /** Milliseconds on a clock that only goes forward; the machine's by default. */
  now?: (() => number) | undefined;
}

interface Letter {
  spooled: SpooledLetter;
  path: string;
  message: Message;
}

interface Room {
  options: ScreeningOptions;
  rspamd: Asking;
  clamd: Asking;
}

export function createScreening(options: ScreeningOptions): Screening {
  const { log, now = () => performance.now() } = options;
  const room: Room = {
    options,
    rspamd: createAsking({ name: 'rspamd', log, now }),
    clamd: createAsking({ name: 'clamd', log, now }),
  };
  return {
    screen(letter) {
      const { junk, viruses } = options.settings();
      const isAsked = viruses.clamd !== null || junk.from === 'rspamd' || isFromRelay(room, letter);
      return isAsked ? screen(room, letter) : undefined;
    },
    close() {
      room.rspamd.close();
      room.clamd.close();
    },
  };
}

function isFromRelay({ options }: Room, { spooled }: Letter): boolean {
  return options.settings().junk.from === 'relay' && options.isFromRelay(spooled.envelope);
}

async function screen(room: Room, letter: Letter): Promise<Screened> {
  const { log, meter, settings } = room.options;
  // A letter filed by an earlier pass is gone from the spool, which is nobody's failure.
  if (!(await isThere(letter.path))) return { opinion: null, isJunk: false, infection: null };
  const [opinion, infection] = await Promise.all([judge(room, letter), lookForVirus(room, letter)]);
  const isJunk = isOverMark(opinion, settings().junk.mark);
  meter.count('letters_screened_total', { outcome: infection ? 'infected' : isJunk ? 'junk' : 'passed' });
  if (infection)
    log.info({ letterId: letter.spooled.id, signature: infection.signature }, 'a virus is in a letter');
  return { opinion, isJunk, infection };
}

async function isThere(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  await file?.close();
  return file !== undefined;
}

async function judge(room: Room, letter: Letter): Promise<JunkOpinion | null> {
  const { from, rspamdUrl, deadlineMs, maxBytes } = room.options.settings().junk;
  if (isFromRelay(room, letter)) return opinionOfRelay(letter.message.headers);
  const { spooled, path } = letter;
  if (from !== 'rspamd' || spooled.bytes > maxBytes) return null;
  const opinion = await room.rspamd.ask(deadlineMs, (signal) =>
    askRspamd(rspamdUrl, { letter: spooled, body: createReadStream(path) }, signal),
  );
  return opinion ?? null;
}

async function lookForVirus(room: Room, letter: Letter): Promise<Infection | null> {
  const { clamd, deadlineMs } = room.options.settings().viruses;
  if (clamd === null) return null;
  const endsAt = performance.now() + deadlineMs;
  const signature = await room.clamd.ask(deadlineMs, (signal) =>
    scan(clamd, createReadStream(letter.path), signal),
  );
  if (signature === undefined || signature === null) return null;
  return { signature, parts: await findParts(room, letter, { clamd, endsAt, signature }) };
}

/** Reading parts costs the whole letter each time: of a large one, or of one with many, every part is suspect. */
const PARTS_LOOKED_AT = 10;
const LETTER_BYTES = 10 * 1024 * 1024;

interface Search {
  clamd: string;
  /** On the clock of `performance`. */
  endsAt: number;
  signature: string;
}

/** The parts that are infected or that nobody could look at in time; none when it cannot be told. */
async function findParts(room: Room, { spooled, path, message }: Letter, search: Search) {
  const { attachments } = message;
  if (attachments.length > PARTS_LOOKED_AT || spooled.bytes > LETTER_BYTES) return [];
  const found: Infection['parts'] = [];
  for (const { part } of attachments) {
    const signature = await scanPart(room, { path, part }, search);
    if (signature !== null) found.push({ part, signature });
  }
  return found.some(({ signature }) => signature !== UNKNOWN)
    ? found.map((one) => (one.signature === UNKNOWN ? { ...one, signature: search.signature } : one))
    : [];
}

const UNKNOWN = '';
/** Less would only be held against clamd. */
const LEAST_MS = 100;

async function scanPart(
  { options, clamd }: Room,
  { path, part }: { path: string } & Pick<Attachment, 'part'>,
  search: Search,
): Promise<string | null> {
  const leftMs = search.endsAt - performance.now();
  if (leftMs < LEAST_MS) return UNKNOWN;
  const bytes = await options.readPart(path, part).catch(() => null);
  if (!bytes) return UNKNOWN;
  const signature = await clamd.ask(Math.max(LEAST_MS, search.endsAt - performance.now()), (signal) =>
    scan(search.clamd, chunksOf(bytes), signal),
  );
  return signature === undefined ? UNKNOWN : signature;
}

const CHUNK_BYTES = 65_536;

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}
