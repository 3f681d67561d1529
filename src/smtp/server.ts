// One listener: smtp-server with the settings that make it safe, and our judges behind the guard.
import type { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerDataStream,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server';
import { type ConnectionOptions, DoorConnection } from './connection.js';
import type { Door } from './door.js';
import { answer } from './guard.js';
import { receiveLetter } from './handover.js';
import { judgeRecipient, judgeSender, judgeSession } from './judges.js';
import type { FrontDoorSettings, Listener, ListenerTls } from './options.js';
import { refusal } from './replies.js';

type Callback = (error?: Error | null) => void;
type DataCallback = (error?: Error | null, message?: string | (string | Error)[]) => void;

const DISABLED = ['AUTH', 'WIZ', 'SHELL', 'KILL', 'HELP', 'XCLIENT'];
const TLS_SETTINGS = { minVersion: 'TLSv1.2' } as const;

export class DoorServer extends SMTPServer {
  readonly listener: Listener;
  /** Every session whose socket is open, by its id. */
  readonly sessions = new Map<string, DoorConnection>();
  /** Those of them that are no relay's. */
  strangers = 0;
  private readonly door: Door;

  constructor(door: Door, listener: Listener) {
    super(serverOptions(door, listener));
    this.door = door;
    this.listener = listener;
  }

  /** smtp-server's own, but for the class of the connection. */
  override connect(socket: Socket, options?: ConnectionOptions | null): void {
    const connection = new DoorConnection(this, socket, { door: this.door, options: options ?? {} });
    this.connections.add(connection);
    this.sessions.set(connection.id, connection);
    connection.on('error', (error) => this._onError(error));
    if (!connection.trusted) this.strangers += 1;
    if (this.strangersShare() > 1 && !connection.trusted) connection.turnAway('crowded-house');
    else connection.init();
  }

  /** Connections that are no relay's, as a share of those allowed; over 1 for what is being turned away. */
  strangersShare(): number {
    return this.strangers / this.door.settings.limits.clients;
  }

  override onConnect(session: SMTPServerSession, callback: Callback): void {
    this.withSession(session, callback, (connection) => {
      answer(connection, () => judgeSession(connection), callback);
    });
  }

  override onMailFrom(sender: SMTPServerAddress, session: SMTPServerSession, callback: Callback): void {
    this.withSession(session, callback, (connection) => {
      answer(connection, () => judgeSender(connection, sender), callback);
    });
  }

  override onRcptTo(recipient: SMTPServerAddress, session: SMTPServerSession, callback: Callback): void {
    this.withSession(session, callback, (connection) => {
      answer(connection, () => judgeRecipient(connection, recipient), callback);
    });
  }

  override onData(stream: SMTPServerDataStream, session: SMTPServerSession, callback: DataCallback): void {
    this.withSession(session, callback, (connection) => {
      receiveLetter({ connection, session, stream }, callback);
    });
  }

  override onClose(session: SMTPServerSession): void {
    const connection = this.sessions.get(session.id);
    if (!connection) return;
    this.sessions.delete(session.id);
    if (!connection.trusted) this.strangers -= 1;
    this.door.admission.leave(connection.key);
  }

  private withSession(
    session: SMTPServerSession,
    callback: Callback,
    work: (connection: DoorConnection) => void,
  ): void {
    const connection = this.sessions.get(session.id);
    if (connection) work(connection);
    else setImmediate(callback, refusal('fault'));
  }
}

function serverOptions(door: Door, listener: Listener): SMTPServerOptions {
  return {
    ...settingsOptions(door.settings),
    name: door.options.hostname,
    lmtp: listener.lmtp,
    logger: false,
    banner: '',
    rejectOversized: true,
    hideENHANCEDSTATUSCODES: false,
    disableReverseLookup: true,
    lenientAddressParsing: true,
    maxCommandLength: 4_096,
    useXClient: false,
    ...tlsOptions(listener.tls),
  };
}

/** smtp-server falls back to a certificate whose key is public, so without our own there is no TLS at all. */
function tlsOptions(tls: ListenerTls | undefined): SMTPServerOptions {
  if (!tls) return { disabledCommands: [...DISABLED, 'STARTTLS'], hideSTARTTLS: true, secure: false };
  const { key, cert, implicit } = tls;
  return { ...TLS_SETTINGS, disabledCommands: DISABLED, hideSTARTTLS: false, secure: implicit, key, cert };
}

function settingsOptions({ maxMessageBytes, trustedRelays, limits }: FrontDoorSettings): SMTPServerOptions {
  return {
    size: maxMessageBytes,
    useXForward: [...trustedRelays],
    maxRecipients: limits.recipients,
    socketTimeout: limits.idleTimeoutMs,
  };
}

/** smtp-server reads its options anew for each session and command. */
export function applySettings(server: DoorServer, settings: FrontDoorSettings): void {
  Object.assign(server.options, settingsOptions(settings));
}

/** New handshakes use the new certificate. Answers a sentence when it cannot be used, and keeps the old one. */
export function applyTls(server: DoorServer, tls: ListenerTls): string | undefined {
  const name = `${server.listener.host}:${server.listener.port}`;
  if (tls.implicit !== (server.options.secure === true)) {
    return `Listener ${name}: a change between STARTTLS and implicit TLS needs a restart.`;
  }
  try {
    createSecureContext({ cert: tls.cert, key: tls.key });
  } catch (error) {
    return `Listener ${name}: the certificate cannot be used: ${String(error)}.`;
  }
  server.options.disabledCommands = [...DISABLED];
  server.options.hideSTARTTLS = false;
  server.updateSecureContext({ ...TLS_SETTINGS, cert: tls.cert, key: tls.key });
  return undefined;
}
