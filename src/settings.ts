// Turns the configuration into what each room asks for.
import type { Config } from './config/config.js';
import type { BudgetRules } from './domain/budget.js';
import { buildDirectory } from './domain/directory.js';
import type { OutgoingKind } from './domain/outgoing.js';
import type { FilingRules } from './intake/rules.js';
import { postmasterOf } from './office.js';
import type { Templates } from './ports/templates.js';
import type { ScreeningSettings } from './screening/screening.js';
import type { SenderAuthSettings } from './sender-auth/options.js';
import type { FrontDoorSettings, Listener, ListenerTls } from './smtp/options.js';

export function filingRules(config: Config, templates: Templates): FilingRules {
  const { acknowledgement } = config;
  return {
    directory: buildDirectory(config.stations, config.mailDomain),
    languages: config.languages,
    timeZone: config.timeZone,
    emergencyNumbers: config.emergency.numbers,
    templates,
    acknowledgement: {
      targetMs: acknowledgement.target,
      sendAfterMs: acknowledgement.mode === 'officer-first' ? acknowledgement.officerWindow : 0,
      budget: budgetRules(acknowledgement.allowance),
      alarmTo: config.itCell,
      isBounded: ({ client }) =>
        client.relay !== null || !isOwnMachine(client.address) || boundsItself(config),
    },
    firstActionMs: config.sla['non-urgent'].firstAction,
    duplicateWindowMs: acknowledgement.duplicateWindow,
    postmaster: postmasterOf(config),
  };
}

/** The rungs as they are configured, the shortest window first. */
function budgetRules(limits: Config['acknowledgement']['allowance']): BudgetRules {
  const [moment, hour, day] = [10, 60, 1_440];
  return {
    station: [
      { minutes: moment, limit: limits.stationPerTenMinutes },
      { minutes: hour, limit: limits.stationPerHour },
      { minutes: day, limit: limits.stationPerDay },
    ],
    subject: [
      { minutes: hour, limit: limits.subjectPerHour },
      { minutes: day, limit: limits.subjectPerDay },
    ],
    address: [
      { minutes: hour, limit: limits.addressPerHour },
      { minutes: day, limit: limits.addressPerDay },
    ],
    domain: [
      { minutes: moment, limit: limits.domainPerTenMinutes },
      { minutes: hour, limit: limits.domainPerHour },
      { minutes: day, limit: limits.domainPerDay },
    ],
    all: [
      { minutes: moment, limit: limits.allPerTenMinutes },
      { minutes: hour, limit: limits.allPerHour },
      { minutes: day, limit: limits.allPerDay },
    ],
  };
}

function isOwnMachine(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** A relay on this machine brings letters of strangers, whether it tells where they came from or not. */
function boundsItself({ smtp }: Config): boolean {
  return smtp.limits.localClients || smtp.trustedRelays.some(isOwnMachine);
}

/** Milliseconds after which an undeliverable letter is given up. */
export function giveUpAfter(config: Config, kind: OutgoingKind): number {
  return kind === 'acknowledgement' ? config.acknowledgement.giveUpAfter : config.outbound.giveUpAfter;
}

export function frontDoorSettings(config: Config): FrontDoorSettings {
  const { limits, maxMessageBytes, trustedRelays, diskFloorBytes } = config.smtp;
  return {
    maxMessageBytes,
    trustedRelays,
    diskFloorBytes,
    limits: {
      clients: limits.clients,
      clientsPerAddress: limits.clientsPerAddress,
      localClients: limits.localClients,
      lettersPerAddressPerMinute: limits.lettersPerAddress,
      recipients: limits.recipients,
      failedRecipients: limits.failedRecipients,
      junkCommands: limits.commands,
      idleTimeoutMs: limits.idleTimeout,
      sessionMs: limits.session,
      handoverMs: limits.handover,
      stress: {
        clients: limits.stress.clients / 100,
        idleTimeoutMs: limits.stress.idleTimeout,
        sessionMs: limits.stress.session,
        junkCommands: limits.stress.commands,
      },
    },
  };
}

/** Certificates in the order of the listeners. */
export function listenerTls(config: Config): (ListenerTls | undefined)[] {
  return config.smtp.listen.map(
    ({ tls }) => tls && { cert: tls.cert.reveal(), key: tls.key.reveal(), implicit: tls.implicit },
  );
}

/** `sockets` are file descriptors inherited from systemd, for the listeners in their order. */
export function listeners(config: Config, sockets: readonly number[]): Listener[] {
  const tls = listenerTls(config);
  return config.smtp.listen.map(({ host, port, lmtp }, index) => ({
    host,
    port,
    lmtp,
    fd: sockets[index],
    tls: tls[index],
  }));
}

export function senderAuthSettings({ smtp, senderAuth }: Config): SenderAuthSettings {
  return {
    mode: senderAuth.mode,
    trustedRelays: smtp.trustedRelays,
    relayAuthservIds: senderAuth.relayAuthservIds,
    trustedSealers: senderAuth.trustedSealers,
  };
}

export function screeningSettings({ junk, viruses }: Config): ScreeningSettings {
  return {
    junk: {
      from: junk.from,
      rspamdUrl: junk.rspamdUrl,
      mark: junk.mark ?? null,
      deadlineMs: junk.deadline,
      maxBytes: junk.maxBytes,
    },
    viruses: { clamd: viruses.clamd ?? null, deadlineMs: viruses.deadline },
  };
}
