// Hands letters to a mail server (RFC 5321) over a few connections that stay open.
import { createTransport, type SMTPPoolOptions, type SMTPPoolSentMessageInfo } from 'nodemailer';
import { isSendable } from '../domain/address.js';
import type { DeliveryOutcome, OutgoingLetter } from '../domain/outgoing.js';
import type { Delivery } from '../ports/delivery.js';
import type { Log } from '../ports/surroundings.js';
import { createGate } from './gate.js';
import { mailOptionsOf } from './mail-options.js';
import { queueIdOf, replyOf } from './reply.js';
import { outcomeOfFailure } from './smtp-outcome.js';

export interface SmtpTimeouts {
  connectMs: number;
  greetingMs: number;
  /** Silence of the server. */
  socketMs: number;
  /** One whole attempt, so that a server that trickles its replies cannot hold a letter for ever. */
  attemptMs: number;
}

export interface SmtpDeliveryOptions {
  host: string;
  port: number;
  /** opportunistic: STARTTLS where offered, certificate unchecked; starttls and implicit: only so, certificate checked. */
  tls: 'off' | 'opportunistic' | 'starttls' | 'implicit';
  auth?: { user: string; password: string } | undefined;
  /** `key` is PEM. RFC 6376. */
  dkim?: { domain: string; selector: string; key: string } | undefined;
  /** Letters under way at the same time; further ones wait before they are even composed. */
  connections: number;
  /** What we call ourselves in EHLO. */
  hostname: string;
  timeouts?: Partial<SmtpTimeouts> | undefined;
  log: Log;
}

const TIMEOUTS: SmtpTimeouts = {
  connectMs: 10_000,
  greetingMs: 10_000,
  socketMs: 60_000,
  attemptMs: 180_000,
};

/** Letters to a mail server, each in a transaction of its own with one recipient. Closing waits for those under way. */
export function createSmtpDelivery(options: SmtpDeliveryOptions): Delivery {
  const { attemptMs } = { ...TIMEOUTS, ...options.timeouts };
  const transport = createTransport(poolOptionsOf(options));
  transport.on('error', (error) => options.log.warn({ error }, 'the connections to the mail server failed'));
  const gate = createGate(options.connections);

  async function attempt(letter: OutgoingLetter): Promise<DeliveryOutcome> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), attemptMs);
    try {
      return outcomeOf(await transport.sendMail({ ...mailOptionsOf(letter), signal: limit.signal }));
    } catch (error) {
      return outcomeOfFailure(error);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async deliver(letter) {
      if (!isSendable(letter.to)) return { kind: 'permanent', reply: 'not sent: the address is not usable' };
      return gate.pass(() => attempt(letter));
    },
    async close() {
      await gate.empty();
      transport.close();
    },
  };
}

/** A resolved sendMail means that the server took the letter for at least one recipient, and there is only one. */
function outcomeOf(info: SMTPPoolSentMessageInfo): DeliveryOutcome {
  if (info.rejected.length > 0 || info.accepted.length === 0) return outcomeOfFailure(info);
  const reply = replyOf(info.response);
  return { kind: 'sent', reply, queueId: queueIdOf(reply) };
}

function poolOptionsOf(options: SmtpDeliveryOptions): SMTPPoolOptions & { pool: true } {
  const timeouts = { ...TIMEOUTS, ...options.timeouts };
  const { auth, dkim } = options;
  return {
    pool: true,
    host: options.host,
    port: options.port,
    name: options.hostname,
    maxConnections: options.connections,
    maxMessages: 1_000,
    // Only for a kept connection that turns out to be closed; any other failure is the outbox's to repeat.
    maxRequeues: 2,
    idleTimeout: 30_000,
    connectionTimeout: timeouts.connectMs,
    dnsTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.socketMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
    ...tlsOptionsOf(options.tls),
    ...(auth ? { auth: { user: auth.user, pass: auth.password } } : {}),
    ...(dkim ? { dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.key } } : {}),
  };
}

function tlsOptionsOf(
  tls: SmtpDeliveryOptions['tls'],
): Pick<SMTPPoolOptions, 'secure' | 'ignoreTLS' | 'requireTLS' | 'opportunisticTLS' | 'tls'> {
  const checked = { minVersion: 'TLSv1.2' } as const;
  if (tls === 'off') return { secure: false, ignoreTLS: true };
  if (tls === 'implicit') return { secure: true, tls: checked };
  if (tls === 'starttls') return { secure: false, requireTLS: true, tls: checked };
  // Whoever could forge the certificate could as well have hidden the offer, so checking it gains nothing here.
  return { secure: false, opportunisticTLS: true, tls: { rejectUnauthorized: false } };
}
