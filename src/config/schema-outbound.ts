// The options of everything that leaves: the outbox, and the acknowledgement.
import { z } from 'zod';
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

const allowance = z.strictObject({
  station_per_hour: wholeNumber(1)
    .prefault(5)
    .describe('To one address from one station, an hour. Beyond it the receipt is owed by hand.'),
  address_per_hour: wholeNumber(1).prefault(10).describe('To one address, an hour.'),
  address_per_day: wholeNumber(1).prefault(20).describe('To one address, a day.'),
  domain_per_hour: wholeNumber(1).prefault(2_000).describe('To one domain, an hour.'),
  all_per_hour: wholeNumber(1).prefault(20_000).describe('To everybody, an hour.'),
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
