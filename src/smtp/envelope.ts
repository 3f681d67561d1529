// Copies the envelope out of a session (RFC 5321, RFC 3848).
import { TLSSocket } from 'node:tls';
import type { SMTPServerSession } from 'smtp-server';
import type { Envelope } from '../domain/letter.js';
import type { DoorConnection } from './connection.js';

/** The envelope of the letter under way. */
export function envelopeOf(connection: DoorConnection, session: SMTPServerSession): Envelope {
  const { mailFrom, rcptTo } = session.envelope;
  const forwarded = session.xForward.get('ADDR');
  const original = typeof forwarded === 'string' && forwarded !== '' ? forwarded : undefined;
  return {
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
    client: {
      address: original ?? connection.peer,
      name: session.hostNameAppearsAs,
      relay: connection.trusted || original ? connection.peer : null,
    },
    protocol: session.transmissionType,
    tls: describeTls(connection, session),
  };
}

function describeTls(connection: DoorConnection, session: SMTPServerSession): string | null {
  if (session.tlsOptions === false) return null;
  const socket = connection._socket;
  const version = socket instanceof TLSSocket ? socket.getProtocol() : null;
  return `${version ?? session.tlsOptions.version} ${session.tlsOptions.name}`;
}
