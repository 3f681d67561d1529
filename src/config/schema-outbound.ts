// The options of everything that leaves: the outbox, and the acknowledgement.
import { z } from 'zod';
import { BUDGET_RULES, type BudgetName } from '../domain/budget.js';
import { restart } from './marks.js';
import { choice, contentFile, duration, host, hostName, path, text, wholeNumber } from './options.js';
import { port } from './schema-smtp.js';

const auth = z.strictObject({
  user: text().describe('User name at the outgoing server.'),
  password_file: contentFile().describe(
    'File with the password. The environment variable THANADAK_OUTBOUND__SMTP__AUTH__PASSWORD may hold ' +
      'the password itself.',
  ),
});

const dkim = z.strictObject({
  domain: hostName().describe('Domain that signs (d= of RFC 6376).'),
  selector: text().describe('Selector of the public key in the DNS (s= of RFC 6376).'),
  key_file: contentFile().describe('PEM file with the private key.'),
});

const server = z.strictObject({
  host: host().describe('The server that takes our letters.'),
  port: port().prefault(25).describe('Its TCP port.'),
  tls: choice(['off', 'starttls', 'implicit', 'opportunistic'])
    .prefault('opportunistic')
    .describe(
      'off; starttls (no letter without it); implicit (from the first byte); ' +
        'opportunistic (STARTTLS where the server offers it, its certificate unchecked).',
    ),
  auth: auth.optional().describe('Login at the server. Without it we do not log in.'),
  dkim: dkim.optional().describe('Signature of our letters. Without it the server in front must sign.'),
  connections: wholeNumber(1, 100).prefault(5).describe('Connections to the server at the same time.'),
});

export const outbound = restart(
  z
    .strictObject({
      transport: choice(['directory', 'smtp'])
        .prefault('directory')
        .describe('directory: write each letter to an .eml file (for a trial). smtp: send it.'),
      directory: path().prefault('<data_dir>/sent').describe('Folder for the .eml files.'),
      smtp: server.optional().describe('The outgoing mail server, needed for the transport smtp.'),
      give_up_after: duration()
        .prefault('5d')
        .describe('Age at which a letter that could not be delivered is given up.'),
    })
    .prefault({})
    .describe('How letters leave.'),
);

/** The limit of this rung in the rules of the house. */
function usual(name: BudgetName, minutes: number): number {
  return BUDGET_RULES[name].find((step) => step.minutes === minutes)?.limit ?? 1;
}

function limit(name: BudgetName, minutes: number) {
  return wholeNumber(1).prefault(usual(name, minutes));
}

const allowance = z.strictObject({
  station_per_ten_minutes: limit('station', 10).describe(
    'To one address from one station, in ten minutes. Beyond it the receipt is owed by hand.',
  ),
  station_per_hour: limit('station', 60).describe('The same, an hour.'),
  station_per_day: limit('station', 1_440).describe('The same, a day (UTC).'),
  subject_per_hour: limit('subject', 60).describe(
    'To one address about one subject, an hour. Numbers, case and Re: make no other subject.',
  ),
  subject_per_day: limit('subject', 1_440).describe('The same, a day.'),
  address_per_hour: limit('address', 60).describe('To one address, an hour.'),
  address_per_day: limit('address', 1_440).describe('The same, a day.'),
  domain_per_ten_minutes: limit('domain', 10).describe('To one domain, in ten minutes.'),
  domain_per_hour: limit('domain', 60).describe('The same, an hour.'),
  domain_per_day: limit('domain', 1_440).describe('The same, a day.'),
  all_per_ten_minutes: limit('all', 10).describe(
    'To everybody, in ten minutes. Beyond it something is wrong: the IT cell is told once, and receipts go ' +
      'again when the time is over.',
  ),
  all_per_hour: limit('all', 60).describe('The same, an hour.'),
  all_per_day: limit('all', 1_440).describe('The same, a day.'),
});

export const acknowledgement = z
  .strictObject({
    mode: choice(['automatic', 'officer-first'])
      .prefault('automatic')
      .describe(
        'automatic: sent at once. officer-first: an officer may write it, and it is sent by itself ' +
          'when officer_window is over.',
      ),
    target: duration()
      .prefault('60m')
      .describe('Time within which every letter must have been acknowledged.'),
    officer_window: duration()
      .prefault('45m')
      .describe('Time the officer has in the mode officer-first; shorter than target.'),
    give_up_after: duration()
      .prefault('1d')
      .describe('Age at which an acknowledgement that could not be delivered is given up.'),
    duplicate_window: duration()
      .prefault('5d')
      .describe('Time within which the same letter coming again is filed as a copy.'),
    allowance: allowance
      .prefault({})
      .describe(
        'How many receipts a machine sends; they bound our letters, never the tickets. Clients on this very machine ' +
          'count only with smtp.limits.local_clients, or when it is a trusted relay.',
      ),
  })
  .prefault({})
  .describe('The one automatic receipt a resident gets.');
