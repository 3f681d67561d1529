// An SMTP conversation over a real socket, written as it would be on paper:
//   C: EHLO client.example      a line we say, with CRLF
//   C:                          an empty line
//   S: 250-...                  every continuation line of a reply, one or more
//   S: 250 2.0.0 Kept as ...    one reply line; `...` stands for any text
//   S: closed                   the server has closed the connection
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';

export interface Talk {
  /** The socket in use, the TLS one after `startTls`. */
  socket(): Socket | TLSSocket;
  /** Holds a conversation; throws at the first line that is not as written. */
  hold(script: string): Promise<void>;
  /** Sends bytes as they are. Resolves when they are handed to the system. */
  send(bytes: string | Buffer): Promise<void>;
  /** The next reply line, without CRLF; undefined when the server closed instead. */
  line(): Promise<string | undefined>;
  startTls(options?: { servername?: string }): Promise<TLSSocket>;
  end(): Promise<void>;
}

const PATIENCE_MS = 10_000;

export interface TalkOptions {
  tls?: boolean;
  host?: string;
  /** The address we come from; any of 127.0.0.0/8. */
  from?: string | undefined;
}

/** Opens a conversation with 127.0.0.1. */
export async function talkTo(port: number, options: TalkOptions = {}): Promise<Talk> {
  const from = options.from === undefined ? {} : { localAddress: options.from };
  const target = { port, host: options.host ?? '127.0.0.1', ...from };
  const socket: Socket = options.tls
    ? connectTls({ ...target, rejectUnauthorized: false })
    : connectTcp(target);
  await happened(socket, options.tls ? 'secureConnect' : 'connect');
  return talkOver(socket);
}

function talkOver(first: Socket): Talk {
  let socket = first;
  let reader = readLines(socket);
  const talk: Talk = {
    socket: () => socket,
    line: () => reader.next(),
    send: (bytes) =>
      new Promise((resolve) => {
        if (socket.destroyed) resolve();
        else socket.write(bytes, () => resolve());
      }),
    async hold(script) {
      for (const step of script.split('\n').map((text) => text.trimStart())) {
        if (step === 'C:') await talk.send('\r\n');
        else if (step.startsWith('C: ')) await talk.send(`${step.slice(3)}\r\n`);
        else if (step.startsWith('S: ')) await expectReply(reader, step.slice(3));
        else if (step !== '') throw new Error(`not a line of a dialogue: ${step}`);
      }
    },
    async startTls(tlsOptions = {}) {
      reader.stop();
      const secure = connectTls({ socket, rejectUnauthorized: false, ...tlsOptions });
      await happened(secure, 'secureConnect');
      socket = secure;
      reader = readLines(secure);
      return secure;
    },
    async end() {
      socket.destroy();
      if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
    },
  };
  return talk;
}

interface Lines {
  next(): Promise<string | undefined>;
  peek(): Promise<string | undefined>;
  stop(): void;
}

function readLines(socket: Socket): Lines {
  const lines: string[] = [];
  let rest = '';
  let over = false;
  let wake = () => {};
  const take = (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\r\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    wake();
  };
  const finish = () => {
    over = true;
    wake();
  };
  socket.on('data', take).on('end', finish).on('close', finish).on('error', finish);
  const peek = async () => {
    const patience = setTimeout(finish, PATIENCE_MS);
    while (lines.length === 0 && !over) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    clearTimeout(patience);
    return lines[0];
  };
  return {
    peek,
    next: async () => {
      await peek();
      return lines.shift();
    },
    stop: () => socket.off('data', take),
  };
}

async function expectReply(reader: Lines, wanted: string): Promise<void> {
  const got = (await reader.next()) ?? 'closed';
  if (!matches(got, wanted)) throw new Error(`expected "${wanted}", the server said "${got}"`);
  if (!/^\d{3}-\.\.\.$/.test(wanted)) return;
  while ((await reader.peek())?.startsWith(wanted.slice(0, 4))) await reader.next();
}

function matches(got: string, wanted: string): boolean {
  const pattern = wanted
    .split('...')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(got);
}

function happened(socket: Socket, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => {
      socket.off('error', reject);
      resolve();
    });
    socket.once('error', reject);
  });
}
