// What the front door needs from the house, and the settings that a reload may change.
import type { Directory } from '../domain/directory.js';
import type { StorageBroken } from '../domain/errors.js';
import type { SpooledLetter } from '../domain/letter.js';
import type { Spool } from '../ports/spool.js';
import type { Clock, IdSource, Log, Meter } from '../ports/surroundings.js';

export interface ListenerTls {
  /** PEM text. */
  cert: string;
  /** PEM text. */
  key: string;
  /** TLS from the first byte; otherwise by STARTTLS. */
  implicit: boolean;
}

export interface Listener {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** A listening socket inherited from systemd, used instead of host and port. */
  fd?: number | undefined;
  lmtp: boolean;
  /** Without it STARTTLS does not exist on this listener. */
  tls?: ListenerTls | undefined;
}

/** Of addresses and letters 0 means without limit. IPv6 clients count per /64. */
export interface FrontDoorLimits {
  /** Connections of each listener, those of trusted relays not counted. */
  clients: number;
  clientsPerAddress: number;
  /** Whether clients on this very machine are limited by address too. */
  localClients: boolean;
  lettersPerAddressPerMinute: number;
  /** Recipients of one letter. */
  recipients: number;
  /** Unknown recipients in one session; one more ends it. */
  failedRecipients: number;
  /** Commands that bring no letter forward, since the last letter kept; one more ends the session. */
  junkCommands: number;
  idleTimeoutMs: number;
  sessionMs: number;
  /** From the last byte of a letter to our reply. */
  handoverMs: number;
  stress: StressLimits;
}

/** What holds instead for clients that are no relay of ours while the front door is under stress. */
export interface StressLimits {
  /** Share of `clients` in use from which on there is stress. */
  clients: number;
  idleTimeoutMs: number;
  sessionMs: number;
  junkCommands: number;
}

export interface FrontDoorSettings {
  maxMessageBytes: number;
  /** IP addresses whose XFORWARD we believe, which no rate and no number of connections limits. */
  trustedRelays: readonly string[];
  /** Below this many free bytes no letter is taken. */
  diskFloorBytes: number;
  limits: FrontDoorLimits;
}

export interface FrontDoorOptions extends FrontDoorSettings {
  hostname: string;
  listeners: readonly Listener[];
  /** Asked anew at every RCPT, so that a reload counts at once. */
  directory(): Directory;
  spool: Spool;
  ids: IdSource;
  clock: Clock;
  log: Log;
  meter: Meter;
  /** Longest delay of the event loop since it was last asked, in seconds. */
  lagSeconds?: (() => number) | undefined;
  /** Called after the client has been told that its letter is kept. */
  onKept(letter: SpooledLetter): void;
  /** Called once; the front door takes no letter from then on. */
  onBroken(error: StorageBroken): void;
}

/** Settings left out stay as they are. */
export interface FrontDoorChanges extends Partial<FrontDoorSettings> {
  /** In the order of the listeners; undefined leaves a listener as it is. */
  tls?: readonly (ListenerTls | undefined)[];
}

export interface FrontDoor {
  /** Resolves when every listener listens; rejects, with none left open, when one cannot. */
  listen(): Promise<void>;
  addresses(): { host: string; port: number; lmtp: boolean }[];
  isListening(): boolean;
  /** Sessions that are open now. */
  sessions(): number;
  isStressed(): boolean;
  /** Applies changes to sessions to come. Answers a sentence for each that was not possible. */
  reload(changes: FrontDoorChanges): string[];
  /** Takes no more sessions, lets letters in transfer finish; resolves when they are settled or after `graceMs`. */
  close(graceMs: number): Promise<void>;
}
