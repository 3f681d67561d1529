// What no single option can tell: things that must agree with each other.
import { createPrivateKey } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { isAbsolute, relative } from 'node:path';
import { createSecureContext } from 'node:tls';
import { messageOf } from '../domain/errors.js';
import { checkCalendars } from './check-calendars.js';
import { checkDesk } from './check-desk.js';
import { checkEscalation } from './check-escalation.js';
import { checkPeople } from './check-people.js';
import { checkStations } from './check-stations.js';
import type { Config } from './config.js';
import { complaint, type Draft, type Placing } from './draft.js';
import { keyOf, type Path } from './problem.js';
import type { Complaint } from './validate.js';

/** Complaints about the sections that are sound in themselves. `place` words where a path was written. */
export function checkTogether(draft: Draft, place: Placing): Complaint[] {
  return [
    ...checkStations(draft, place),
    ...checkPeople(draft, place),
    ...checkCalendars(draft, place),
    ...checkEscalation(draft, place),
    ...checkDesk(draft, place),
    ...checkListeners(draft, place),
    ...checkCertificates(draft),
    ...checkLanguages(draft),
    ...checkAcknowledgement(draft),
    ...checkOutbound(draft),
    ...checkJunk(draft),
    ...checkBackup(draft),
  ];
}

interface Listener {
  host: string;
  port: number;
  path: Path;
}

function checkListeners({ smtp, web }: Draft, place: Placing): Complaint[] {
  const listeners: Listener[] = (smtp?.listen ?? []).map(({ host, port }, index) => {
    return { host, port, path: ['smtp', 'listen', index] };
  });
  if (web) listeners.push({ ...web.listen, path: ['web', 'listen'] });
  return listeners.flatMap((listener, index) => {
    const other = listeners.slice(0, index).find((earlier) => clash(earlier, listener));
    if (!other) return [];
    const message = `${listener.host} port ${listener.port} is taken by ${keyOf(other.path)}`;
    return [complaint(listener.path, `${message} (${place(other.path)})`, 'choose another port')];
  });
}

function clash(a: Listener, b: Listener): boolean {
  if (a.port !== b.port || a.port === 0) return false;
  const everywhere = ['0.0.0.0', '::'];
  return (
    a.host.toLowerCase() === b.host.toLowerCase() || [a, b].some(({ host }) => everywhere.includes(host))
  );
}

function checkCertificates({ smtp }: Draft): Complaint[] {
  return (smtp?.listen ?? []).flatMap(({ tls }, index) => {
    const [cert, key] = [tls?.cert.reveal(), tls?.key.reveal()];
    if (!cert || !key) return [];
    const path = ['smtp', 'listen', index, 'tls'];
    const reason = failureOf(() => createSecureContext({ cert, key }));
    return reason
      ? [complaint(path, `certificate and key cannot be used: ${reason}`, 'check both files')]
      : [];
  });
}

function failureOf(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function checkLanguages({ languages = [] }: Draft): Complaint[] {
  return languages.flatMap((language, index) => {
    if (languages.indexOf(language) === index) return [];
    return [complaint(['languages', index], `${language} is listed twice`, 'remove one of them')];
  });
}

function checkAcknowledgement({ acknowledgement }: Draft): Complaint[] {
  if (acknowledgement?.mode !== 'officer-first') return [];
  if (acknowledgement.officerWindow < acknowledgement.target) return [];
  const path = ['acknowledgement', 'officer_window'];
  return [
    complaint(path, 'must be shorter than acknowledgement.target', 'shorten it or lengthen the target'),
  ];
}

/** Headers of anybody else are the sender's own to write. */
function checkJunk({ junk, smtp }: Draft): Complaint[] {
  if (junk?.from !== 'relay' || !smtp || smtp.trustedRelays.length > 0) return [];
  const mend = 'list the relay under smtp.trusted_relays, or choose rspamd';
  return [complaint(['junk', 'from'], 'relay needs a relay that we believe', mend)];
}

function checkBackup({ backup, dataDir }: Draft): Complaint[] {
  if (!backup?.directory || dataDir === undefined) return [];
  const inside = relative(dataDir, backup.directory);
  if (inside.startsWith('..') || isAbsolute(inside)) return [];
  const mend = 'choose a folder outside, on another disk or machine';
  return [complaint(['backup', 'directory'], 'lies in data_dir and would be lost with it', mend)];
}

function checkOutbound({ outbound }: Draft): Complaint[] {
  if (!outbound) return [];
  const complaints: Complaint[] = [];
  if (outbound.transport === 'smtp' && !outbound.smtp) {
    const mend = 'add outbound.smtp with its host, or choose the transport directory';
    complaints.push(complaint(['outbound', 'transport'], 'smtp needs the section outbound.smtp', mend));
  }
  return [...complaints, ...checkLogin(outbound), ...checkDkim(outbound)];
}

/** A server that offers no STARTTLS, or somebody on the way who takes the offer out, would see the password. */
function checkLogin({ smtp }: Config['outbound']): Complaint[] {
  if (!smtp?.auth || ['starttls', 'implicit'].includes(smtp.tls) || isLoopback(smtp.host)) return [];
  const message = `with ${smtp.tls} the password can cross the network in clear`;
  return [complaint(['outbound', 'smtp', 'tls'], message, 'choose starttls or implicit')];
}

function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost' || host === '::1') return true;
  return isIPv4(host) && host.startsWith('127.');
}

function checkDkim({ smtp }: Config['outbound']): Complaint[] {
  const key = smtp?.dkim?.key.reveal();
  if (!key) return [];
  const reason = failureOf(() => createPrivateKey(key));
  const path = ['outbound', 'smtp', 'dkim', 'key_file'];
  return reason ? [complaint(path, `it is no private key: ${reason}`, 'give a PEM file')] : [];
}
