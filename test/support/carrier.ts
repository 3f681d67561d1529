// The mail servers between two houses: takes letters by SMTP and hands each on by its recipient before it answers. Some
// carriers on the way take from a letter what tells that a machine wrote it.
import type { AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';

export interface CarriedLetter {
  /** Empty for the null return path. */
  from: string;
  to: string;
  raw: Buffer;
}

export interface Carrier extends AsyncDisposable {
  port: number;
  /** Every letter taken, as it came, in order. */
  taken: CarriedLetter[];
  /** Hands letters for this address, with any `+tag`, to `port` from now on; those for others stay here. */
  route(address: string, port: number): void;
}

/** `change` is what a letter is when it goes on; without it nothing is touched. */
export async function openCarrier(
  change: (letter: CarriedLetter) => CarriedLetter = (letter) => letter,
): Promise<Carrier> {
  const taken: CarriedLetter[] = [];
  const routes = new Map<string, number>();
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    logger: false,
    async onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      const from = envelope.mailFrom ? envelope.mailFrom.address : '';
      const to = envelope.rcptTo[0]?.address ?? '';
      const letter = { from, to, raw: Buffer.concat(chunks) };
      taken.push(letter);
      const port = routes.get(untagged(to));
      try {
        if (port !== undefined) await handOn(port, change(letter));
        done(null);
      } catch (error) {
        done(error as Error);
      }
    },
  });
  server.on('error', () => undefined);
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => resolve((listening.address() as AddressInfo).port));
  });
  return {
    port,
    taken,
    route: (address, to) => routes.set(address, to),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** `orders@shop.example` of `orders+17@shop.example`. */
export function untagged(address: string): string {
  return address.replace(/\+[^@]*@/, '@');
}

async function handOn(port: number, { from, to, raw }: CarriedLetter): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  try {
    await transport.sendMail({ envelope: { from, to }, raw });
  } finally {
    transport.close();
  }
}

const TELLTALE =
  /^(?:auto-submitted|precedence|return-path|message-id|x-auto-response-suppress|x-[a-z0-9-]*loop)$/i;
let carried = 0;

/** Every sign of a machine is gone: the marks, the message's own id, and the null return path. */
export function disguised({ from, to, raw }: CarriedLetter): CarriedLetter {
  carried += 1;
  const text = raw.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const headers = text
    .slice(0, end)
    .split(/\r\n(?![ \t])/)
    .filter((header) => !TELLTALE.test(header.split(':')[0] ?? ''));
  const author = headers.find((header) => /^from:/i.test(header))?.match(/[^\s<>"]+@[^\s<>"]+/)?.[0] ?? '';
  const head = [`Message-ID: <carried-${carried}@relay.example>`, ...headers].join('\r\n');
  return { from: from === '' ? author : from, to, raw: Buffer.from(head + text.slice(end), 'latin1') };
}
