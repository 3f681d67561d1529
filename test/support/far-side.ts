// The mail server on the far side: real SMTP, and a script that says how it takes which recipient.
import { type AddressInfo, createServer } from 'node:net';
import {
  SMTPServer,
  type SMTPServerDataStream,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server';

/** What the far side does with a recipient; without one it takes the letter. */
export interface Manner {
  /** Refuses at RCPT. */
  rcpt?: string;
  /** Refuses after the final dot. */
  data?: string;
  /** Cuts the connection after the final dot, having taken the letter. */
  dropAfterDot?: boolean;
  /** Takes this long to answer the final dot. */
  slowMs?: number;
  /** Says this when it takes the letter. */
  taken?: string;
}

export interface FarSideScript {
  /** Refuses every connection with this reply. */
  greeting?: string;
  /** Refuses every sender with this reply. */
  mail?: string;
  recipients?: Record<string, Manner>;
  options?: SMTPServerOptions;
}

export interface TakenLetter {
  from: string;
  to: string[];
  raw: Buffer;
  secure: boolean;
  user: string | undefined;
}

export interface FarSide extends AsyncDisposable {
  port: number;
  taken: TakenLetter[];
  /** Most letters being taken at the same time. */
  busiest(): number;
  connections(): number;
}

/** Opens a far side on 127.0.0.1. */
export async function openFarSide(script: FarSideScript = {}): Promise<FarSide> {
  const taken: TakenLetter[] = [];
  const load = { now: 0, most: 0 };
  let connections = 0;
  const mannerOf = (address: string): Manner => script.recipients?.[address] ?? {};
  const server: SMTPServer = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    logger: false,
    onConnect(_session, done) {
      connections += 1;
      done(script.greeting ? refusal(script.greeting) : null);
    },
    onMailFrom: (_address, _session, done) => done(script.mail ? refusal(script.mail) : null),
    onRcptTo({ address }, _session, done) {
      const { rcpt } = mannerOf(address);
      done(rcpt ? refusal(rcpt) : null);
    },
    async onData(stream, session, done) {
      load.now += 1;
      load.most = Math.max(load.most, load.now);
      const letter = await receive(stream, session);
      const manner = mannerOf(letter.to[0] ?? '');
      await new Promise((resolve) => setTimeout(resolve, manner.slowMs ?? 0));
      load.now -= 1;
      if (manner.data) return done(refusal(manner.data));
      taken.push(letter);
      if (manner.dropAfterDot) return cut(server, session.id);
      done(null, manner.taken ?? '2.0.0 Ok: queued as 4XyZ12');
    },
    ...script.options,
  });
  server.on('error', () => undefined);
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => resolve((listening.address() as AddressInfo).port));
  });
  return {
    port,
    taken,
    busiest: () => load.most,
    connections: () => connections,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<TakenLetter> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const { mailFrom, rcptTo } = session.envelope;
  return {
    from: mailFrom ? mailFrom.address : '',
    to: rcptTo.map(({ address }) => address),
    raw: Buffer.concat(chunks),
    secure: session.secure,
    user: typeof session.user === 'string' ? session.user : undefined,
  };
}

/** `550 5.1.1 No such person` as the error that makes the server say so. */
function refusal(reply: string): Error {
  const [code, ...text] = reply.split(' ');
  return Object.assign(new Error(text.join(' ')), { responseCode: Number(code) });
}

function cut(server: SMTPServer, id: string): void {
  for (const connection of server.connections) {
    if (connection.id === id) connection._socket.destroy();
  }
}

/** A port on 127.0.0.1 where nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
