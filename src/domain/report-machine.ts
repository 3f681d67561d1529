// Whether a mail system speaks, not a person.
import { splitAddress } from './address.js';
import type { Message } from './message.js';

const MACHINE =
  /^(?:mailer[-_.]?daemon|mail[-_.]?daemon|mdaemon|daemon|post-?master|mail-?delivery(?:-(?:system|subsystem))?|double-bounce|microsoftexchange[0-9a-f]{32})$/;

/** By the null sender of RFC 3464 2, or by the mailbox names that mail systems use. */
export function isMachine(message: Pick<Message, 'from'>, envelopeFrom: string): boolean {
  return (
    envelopeFrom === '' || isMachineAddress(envelopeFrom) || isMachineAddress(message.from?.address ?? '')
  );
}

export function isMachineAddress(address: string): boolean {
  return MACHINE.test((splitAddress(address)?.local ?? address).toLowerCase());
}

const ROBOT =
  /^(listserv|majordomo|owner-.*|.*-owner|.*-request|.*-bounces?|bounces?([+=-].*)?|no-?reply([+._-].*)?|do-?not-?reply|.*[._-](no-?reply|do-?not-?reply)|autoresponder|auto-?reply|auto-?confirm)$/;

/** Nobody reads what is sent there (RFC 5230 4.6 and its like); postmaster is a person there, and here. */
export function isRobotAddress(address: string): boolean {
  const local = (splitAddress(address)?.local ?? '').toLowerCase();
  return ROBOT.test(local) || (isMachineAddress(address) && !/^post-?master$/.test(local));
}
