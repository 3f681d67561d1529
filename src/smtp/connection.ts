// One session of the front door: smtp-server's connection, with what smtp-server lacks (junk commands, the session's
// end, refused letters that go on) and with every reply from our table.
import type { Socket } from 'node:net';
import type { SMTPServer } from 'smtp-server';
import { isAddressAllowed, SMTPConnection } from 'smtp-server/lib/smtp-connection.js';
import { clientKey, isLoopback } from './client-key.js';
import type { Door } from './door.js';
import type { LetterInHand } from './handover.js';
import { bringsEnhancedCode, nameReply, REPLIES, type ReplyName } from './replies.js';
import { limitsFor } from './stress.js';

export interface ConnectionOptions {
  id?: string | undefined;
}

interface Extras {
  door: Door;
  options: ConnectionOptions;
}

/** Bytes beyond the limit that a client may send after we have refused its letter, as a share of the limit. */
const EXCESS = 0.1;

export class DoorConnection extends SMTPConnection {
  readonly door: Door;
  /** IP address of the client that is really connected, whatever XFORWARD says. */
  readonly peer: string;
  readonly trusted: boolean;
  /** Neither its connections nor its letters are counted. */
  readonly unlimited: boolean;
  readonly key: string;
  readonly openedAt = performance.now();
  /** One session more than this address may have. */
  readonly crowded: boolean;
  /** Codes of the stations the letter under way goes to. */
  stations: string[] = [];
  /** RCPT commands accepted for the letter under way. */
  acceptedRecipients = 0;
  failedRecipients = 0;
  /** The letter being received or handed to the spool. */
  hand: LetterInHand | undefined;
  private junkCommands = 0;
  private ownName: string | undefined;

  constructor(server: SMTPServer, socket: Socket, extras: Extras) {
    super(server, socket, extras.options);
    const { settings, admission } = extras.door;
    this.door = extras.door;
    this.peer = this.remoteAddress;
    this.trusted = isAddressAllowed([...settings.trustedRelays], this.peer);
    this.key = clientKey(this.peer);
    this.unlimited = this.trusted || (!settings.limits.localClients && isLoopback(this.key));
    this.crowded = !admission.enter(this.key, this.unlimited ? 0 : settings.limits.clientsPerAddress);
  }

  /** Turns the client away before its greeting, at once: smtp-server's own delay would let a flood hold sockets. */
  turnAway(name: ReplyName): void {
    this._setListeners(() => this.say(name));
  }

  /** Called when stress begins or ends. */
  patienceChanged(): void {
    this._socket.setTimeout(limitsFor(this).idleTimeoutMs);
  }

  override _armTimeout(socket: Socket = this._socket): void {
    socket.setTimeout(limitsFor(this).idleTimeoutMs, () => this._onTimeout());
  }

  /** Whether the client has left or has been told to. */
  isGone(): boolean {
    return this._closing || this._closed;
  }

  /** Sends a reply of the table; a 421 closes the session. */
  say(name: ReplyName): void {
    const { code, text } = REPLIES[name];
    this.send(code, text);
  }

  /** For our own log lines: no address of a resident. */
  fields(): { session: string; client: string } {
    return { session: this.id, client: this.peer };
  }

  /** A letter is kept: the commands up to here were no junk. */
  countLetter(): void {
    this.junkCommands = 0;
  }

  /** What the relay told about the client of one letter is not true of the next. */
  forgetForwarded(): void {
    if (this._xForward.size === 0) return;
    this._xForward.clear();
    this.remoteAddress = this.peer;
    if (this.ownName !== undefined) this.hostNameAppearsAs = this.ownName;
  }

  /** Ends the session when the letter just refused as too large goes on beyond all patience. */
  watchExcess(): void {
    const parser = this._parser;
    if (parser === false || !parser._dataMode) return;
    const most = this.door.settings.maxMessageBytes * (1 + EXCESS);
    const socket = this._socket;
    const watch = () => {
      if (!parser._dataMode) socket.off('data', watch);
      else if (parser.dataBytes > most) this.say('too-large-and-more');
    };
    socket.on('data', watch);
  }

  /**
   * The one place where replies leave. smtp-server adds an enhanced code by its own map of reply codes, which does
   * not know whether a 452 is about the disk or about recipients: a text with a code of its own gets no second one.
   */
  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    if (typeof data !== 'string') {
      super.send(code, data, context);
      return;
    }
    const name = code >= 400 ? nameReply(code, data) : undefined;
    if (name) this.note(name);
    if (code === 501 || code === 503) this.junkCommands += 1;
    const text = name ? REPLIES[name].text : data;
    super.send(code, text, bringsEnhancedCode(text) ? false : context);
    // smtp-server would let a client it turned away at the door hold its socket for five more seconds.
    if (code === 421 && !this._ready) this._socket.destroySoon();
  }

  override _onCommand(command: Buffer, callback?: () => void): void {
    if (this._ready && !this._upgrading && !bringsLetterForward(command)) this.junkCommands += 1;
    if (this.junkCommands > limitsFor(this).junkCommands) this.say('junk');
    else super._onCommand(command, callback);
  }

  /** `HELO=[UNAVAILABLE]` must not take away the name the relay gave itself, or MAIL would be answered with 503. */
  override handler_XFORWARD(command: Buffer, callback: () => void): void {
    if (this._xForward.size === 0 && this.hostNameAppearsAs !== false) this.ownName = this.hostNameAppearsAs;
    super.handler_XFORWARD(command, () => {
      if (this.hostNameAppearsAs === '' && this.ownName !== undefined) {
        this.hostNameAppearsAs = this.ownName;
        this.session.hostNameAppearsAs = this.ownName;
      }
      callback();
    });
  }

  /** Counts and logs a refusal: before the greeting of a session, in a transaction of a letter. */
  private note(name: ReplyName): void {
    const { code } = REPLIES[name];
    const { log, meter } = this.door.options;
    if (!this._ready) {
      meter.count('smtp_connections_total', { result: name });
      log.debug({ ...this.fields(), reason: name }, 'session refused');
      return;
    }
    if (code !== 421 || this.session.envelope.mailFrom !== false) {
      meter.count('letters_refused_total', { code: String(code), reason: name });
    }
    const letter = this.hand ? { letterId: this.hand.id } : {};
    log.info({ ...this.fields(), ...letter, code, reason: name }, 'refused');
  }
}

const CARRIERS = new Set(['mail', 'rcpt', 'data', 'quit']);

function bringsLetterForward(command: Buffer): boolean {
  return CARRIERS.has(command.toString('latin1', 0, 4).toLowerCase());
}
