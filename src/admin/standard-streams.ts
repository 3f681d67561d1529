// The standard streams of a process as the command line wants them: a reader that has gone away is no error.
import { systemCode } from '../domain/errors.js';
import type { AdminDeps } from './deps.js';
import { readSecretLine } from './secret-line.js';

export type StandardStreams = Pick<
  AdminDeps,
  'stdout' | 'stderr' | 'writeRaw' | 'readStdin' | 'readSecret' | 'isTerminal' | 'showsProgress' | 'columns'
>;

/** Wraps the streams of `process`. Once the other end of one is closed, what is written to it is dropped. */
export function openStandardStreams(streams: {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}): StandardStreams {
  const out = openStream(streams.stdout);
  const err = openStream(streams.stderr);
  return {
    stdout: (text) => void out(text),
    stderr: (text) => void err(text),
    writeRaw: out,
    readStdin: () => readAll(streams.stdin),
    readSecret: (prompt) => readSecretLine(streams.stdin, prompt, (text) => void err(text)),
    isTerminal: streams.stdout.isTTY === true,
    showsProgress: streams.stderr.isTTY === true,
    columns: streams.stdout.columns ?? 80,
  };
}

function openStream(stream: NodeJS.WriteStream): (chunk: string | Uint8Array) => Promise<void> {
  let isClosed = false;
  stream.on('error', (error) => {
    if (systemCode(error) !== 'EPIPE') throw error;
    isClosed = true;
  });
  return (chunk) =>
    new Promise((resolve) => {
      if (isClosed) resolve();
      else stream.write(chunk, () => resolve());
    });
}

async function readAll(stream: NodeJS.ReadStream): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
