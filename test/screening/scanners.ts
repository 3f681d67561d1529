// A clamd and an rspamd of our own on real sockets, which answer as a test tells them to.
import { createServer as createHttpServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ScriptedClamd {
  address: string;
  /** What each INSTREAM brought. */
  streams: Buffer[];
  connections(): number;
}

/** `answer` says what is written to the bytes of one stream; null: nothing ever. `path`: on a unix socket. */
export async function openClamd(
  answer: (bytes: Buffer, socket: Socket) => string | null,
  path?: string,
): Promise<ScriptedClamd> {
  const streams: Buffer[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    const read = readStream((bytes) => {
      streams.push(bytes);
      const text = answer(bytes, socket);
      if (text !== null) socket.end(text);
    });
    socket.on('data', read);
    socket.on('error', () => undefined);
  });
  await listen(server, path);
  const address = path ?? `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, streams, connections: () => connections };
}

const COMMAND = 'zINSTREAM\0';

/** Takes INSTREAM apart as clamd does: a zero-ended command, then lengths and chunks, a length of zero at the end. */
function readStream(onEnd: (bytes: Buffer) => void): (chunk: Buffer) => void {
  let all = Buffer.alloc(0);
  let at = COMMAND.length;
  const chunks: Buffer[] = [];
  return (chunk) => {
    all = Buffer.concat([all, chunk]);
    while (all.length >= at + 4) {
      const length = all.readUInt32BE(at);
      if (length === 0) {
        if (all.toString('latin1', 0, COMMAND.length) !== COMMAND) throw new Error('no zINSTREAM');
        return onEnd(Buffer.concat(chunks));
      }
      if (all.length < at + 4 + length) return;
      chunks.push(all.subarray(at + 4, at + 4 + length));
      at += 4 + length;
    }
  };
}

export interface ScriptedRspamd {
  url: string;
  asked: { url: string | undefined; headers: IncomingHttpHeaders; body: Buffer }[];
}

/** `answer` gives status and body; null: nothing ever; `cut`: hangs up in the middle. */
export async function openRspamd(
  answer: () => { status?: number; body: string; cut?: true } | null,
): Promise<ScriptedRspamd> {
  const asked: ScriptedRspamd['asked'] = [];
  const server = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push({ url: request.url, headers: request.headers, body: Buffer.concat(chunks) });
      const told = answer();
      if (!told) return;
      response.writeHead(told.status ?? 200, { 'content-type': 'application/json' });
      if (told.cut) response.write(told.body, () => response.destroy());
      else response.end(told.body);
    });
  });
  await listen(server, undefined);
  onTestFinished(() => server.closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function listen(server: Server, path: string | undefined): Promise<void> {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => {
    if (path === undefined) server.listen(0, '127.0.0.1', resolve);
    else server.listen(path, resolve);
  });
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
}
