// The options of the whole house, by section. Keys here are exactly the keys of the file.
import { z } from 'zod';
import { LANGUAGES } from '../domain/station.js';
import { restart } from './marks.js';
import {
  choice,
  duration,
  filledList,
  flag,
  hostName,
  ownAddress,
  path,
  text,
  timeZone,
  wholeNumber,
} from './options.js';
import { backup } from './schema-backup.js';
import { calendars } from './schema-calendar.js';
import { agencies, categories, closure, outcomes, retention, triage, waiting } from './schema-desk.js';
import { escalation } from './schema-escalation.js';
import { acknowledgement, outbound } from './schema-outbound.js';
import { junk, viruses } from './schema-screening.js';
import { sla } from './schema-sla.js';
import { smtp } from './schema-smtp.js';
import { forces, officers, stations } from './schema-station.js';
import { web } from './schema-web.js';

const emergency = z
  .strictObject({
    numbers: filledList(text())
      .prefault(['100', '112'])
      .describe('Telephone numbers named in acknowledgements; in quotes.'),
  })
  .prefault({})
  .describe('Whom to call when it cannot wait.');

const senderAuth = z
  .strictObject({
    mode: choice(['verify', 'relay', 'off'])
      .prefault('verify')
      .describe(
        'verify: check SPF, DKIM and DMARC ourselves. relay: believe the trusted relay. off: check nothing.',
      ),
    relay_authserv_ids: z
      .array(text())
      .prefault([])
      .describe(
        'Names under which trusted relays write Authentication-Results (RFC 8601). Without one none is believed.',
      ),
    trusted_sealers: z
      .array(hostName())
      .prefault([])
      .describe('Domains of forwarders whose ARC seals are believed (RFC 8617).'),
  })
  .prefault({})
  .describe('Whether a sender is who the letter says.');

const reading = restart(
  z
    .strictObject({
      workers: wholeNumber(1, 64).prefault(1).describe('Threads that read letters.'),
      memory_mb: wholeNumber(64).prefault(256).describe('Memory of one such thread, in MiB.'),
      deadline: duration()
        .prefault('10s')
        .describe('Time after which a letter counts as unreadable; its ticket is opened all the same.'),
    })
    .prefault({})
    .describe('How letters are read.'),
);

const log = z
  .strictObject({
    level: choice(['debug', 'info', 'warn', 'error']).prefault('info').describe('The least that is logged.'),
    residents: restart(
      flag()
        .prefault(false)
        .describe("true puts residents' addresses into the log: for a short search only."),
    ),
  })
  .prefault({})
  .describe('The log, JSON lines on stderr.');

export const schema = z.strictObject({
  data_dir: restart(path().prefault('../var').describe('Folder for the database, letters and keys.')),
  time_zone: restart(
    timeZone().prefault('Asia/Kolkata').describe('Time zone in which dates are written and days begin.'),
  ),
  mail_domain: restart(hostName().describe('Our own mail domain: Message-IDs, reply addresses.')),
  languages: filledList(choice(LANGUAGES))
    .prefault([...LANGUAGES])
    .describe(
      "Languages residents are answered in. The first two are used together when a letter's language is unclear.",
    ),
  include: z
    .array(text())
    .prefault([])
    .describe(
      'Further files with forces, stations and officers; * in the last part of a path stands for any text.',
    ),
  smtp,
  web,
  outbound,
  acknowledgement,
  emergency,
  sender_auth: senderAuth,
  junk,
  viruses,
  calendars,
  sla,
  escalation,
  categories,
  outcomes,
  agencies,
  waiting,
  closure,
  retention,
  canned_texts: path()
    .optional()
    .describe(
      'Folder with the texts officers begin a letter with. Without it those that come with the program.',
    ),
  triage,
  reading,
  backup,
  log,
  reply_key_file: restart(
    path()
      .prefault('<data_dir>/keys/reply.key')
      .describe('File with the key that signs reply addresses; made at the first start.'),
  ),
  it_cell: ownAddress()
    .prefault('postmaster@<mail_domain>')
    .describe('Who learns of problems, and is told last when nobody above a station answers.'),
  forces,
  stations,
  officers,
});

export type Settings = z.output<typeof schema>;
