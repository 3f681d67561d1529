// Asks clamd whether a virus is in something: INSTREAM over its unix socket or TCP, in chunks.
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A path, or `HOST:PORT`. */
export type ClamdAddress = string;

const ANSWER_BYTES = 4_096;
const SIGNATURE_CHARACTERS = 100;

/**
 * The name of the virus in the bytes of `source`, null when clamd finds none. Rejects when clamd cannot be reached, says
 * anything else, or `signal` ends it.
 */
export async function scan(
  address: ClamdAddress,
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<string | null> {
  signal.throwIfAborted();
  const socket = openSocket(address);
  const stop = () => socket.destroy(signal.reason instanceof Error ? signal.reason : new Error('given up'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    const answer = answerOn(socket);
    const sending = pipeline(Readable.from(frames(source)), socket, { signal, end: false });
    // Whichever fails first tells why; the other one then fails too, and nobody asks it any more.
    answer.catch(() => undefined);
    return verdictOf(await Promise.race([answer, sending.then(() => answer)]));
  } finally {
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
}

function openSocket(address: ClamdAddress): Socket {
  if (address.startsWith('/')) return connect(address);
  const colon = address.lastIndexOf(':');
  return connect(Number(address.slice(colon + 1)), address.slice(0, colon).replace(/^\[|\]$/g, ''));
}

async function* frames(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from('zINSTREAM\0');
  for await (const chunk of source) {
    if (chunk.length === 0) continue;
    yield lengthOf(chunk.length);
    yield chunk;
  }
  yield lengthOf(0);
}

function lengthOf(bytes: number): Buffer {
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(bytes);
  return frame;
}

/** What clamd says up to its end mark. */
function answerOn(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const end = text.search(/[\0\n]/);
      if (end >= 0) resolve(text.slice(0, end));
      else if (text.length > ANSWER_BYTES) reject(new Error('clamd says too much'));
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('clamd hung up')));
  });
}

function verdictOf(answer: string): string | null {
  if (answer === 'stream: OK') return null;
  const found = /^stream: (\S.*) FOUND$/.exec(answer)?.[1];
  if (found === undefined) throw new Error(`clamd says: ${printable(answer)}`);
  return printable(found);
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, SIGNATURE_CHARACTERS);
}
