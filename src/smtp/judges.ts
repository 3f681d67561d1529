// Who may leave a letter: what is judged at connect, MAIL and RCPT (RFC 5321 4.1).
import type { SMTPServerAddress } from 'smtp-server';
import { findRecipient } from '../domain/directory.js';
import type { DoorConnection } from './connection.js';
import type { Door } from './door.js';
import type { Verdict } from './guard.js';

/** RFC 5321 4.5.3.1.1 and 4.5.3.1.3, in octets. */
const MAX_LOCAL_PART = 64;
const MAX_ADDRESS = 254;

export function judgeSession({ crowded, door }: DoorConnection): Verdict {
  if (door.state !== 'open') return 'closing';
  if (crowded) return 'crowded-address';
  door.options.meter.count('smtp_connections_total', { result: 'accepted' });
  return undefined;
}

/** MAIL FROM. Residents' senders may have any local part: mailing services write more than 64 octets there. */
export function judgeSender(
  connection: DoorConnection,
  sender: SMTPServerAddress,
): Verdict | Promise<Verdict> {
  const { door } = connection;
  connection.stations = [];
  connection.acceptedRecipients = 0;
  if (door.state === 'broken') return 'not-kept';
  if (Buffer.byteLength(sender.address) > MAX_ADDRESS) return 'sender-too-long';
  const free = door.disk.freeBytes();
  const bytes = declaredBytes(sender);
  if (typeof free === 'number') return judgeRoom(connection, free, bytes);
  return free.then((read) => judgeRoom(connection, read, bytes));
}

/** RFC 1870. */
function declaredBytes(sender: SMTPServerAddress): number {
  return sender.args === false ? 0 : Number(sender.args.SIZE) || 0;
}

function judgeRoom(connection: DoorConnection, free: number, bytes: number): Verdict {
  const { door } = connection;
  if (free - bytes < door.settings.diskFloorBytes) return 'disk-low';
  return mayBringLetter(door, connection) ? undefined : 'rate-exceeded';
}

function mayBringLetter(door: Door, connection: DoorConnection): boolean {
  const perMinute = door.settings.limits.lettersPerAddressPerMinute;
  if (connection.unlimited || perMinute === 0) return true;
  return door.admission.takeLetter(connection.key, Date.parse(door.options.clock.now()), perMinute);
}

export function judgeRecipient(connection: DoorConnection, { address }: SMTPServerAddress): Verdict {
  const { door, stations } = connection;
  if (isTooLong(address)) return failRecipient(connection, 'recipient-too-long');
  const recipient = findRecipient(door.options.directory(), address);
  if (!recipient) return failRecipient(connection, 'unknown-recipient');
  if (!stations.includes(recipient.station)) stations.push(recipient.station);
  connection.acceptedRecipients += 1;
  return undefined;
}

function isTooLong(address: string): boolean {
  return (
    Buffer.byteLength(address) > MAX_ADDRESS ||
    Buffer.byteLength(address.slice(0, address.lastIndexOf('@'))) > MAX_LOCAL_PART
  );
}

/** A relay cannot help what others address to us, so its failures are not held against it. */
function failRecipient(
  connection: DoorConnection,
  verdict: 'recipient-too-long' | 'unknown-recipient',
): Verdict {
  connection.failedRecipients += 1;
  const { failedRecipients } = connection.door.settings.limits;
  return !connection.trusted && connection.failedRecipients > failedRecipients
    ? 'too-many-failures'
    : verdict;
}
