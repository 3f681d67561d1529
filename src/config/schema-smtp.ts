// The options of the front door: where letters come in, and how much of them at a time.
import { z } from 'zod';
import { live, restart } from './marks.js';
import {
  contentFile,
  duration,
  filledList,
  flag,
  host,
  ipAddress,
  ownHostName,
  wholeNumber,
} from './options.js';

export const port = () => wholeNumber(0, 65_535);

const tls = z.strictObject({
  cert_file: live(contentFile().describe('PEM file with the certificate and its chain.')),
  key_file: live(contentFile().describe('PEM file with the private key of the certificate.')),
  implicit: flag()
    .prefault(false)
    .describe('true: TLS from the first byte (as on port 465). false: clear text with STARTTLS.'),
});

const listener = z.strictObject({
  host: host().describe('Address to listen on; 0.0.0.0 or :: for every one.'),
  port: port().describe('TCP port; 0 takes any free one.'),
  lmtp: flag().prefault(false).describe('true: speak LMTP (RFC 2033) to a mail server in front of us.'),
  tls: tls.optional().describe('Certificate of this listener. Without it there is no TLS here.'),
});

const stress = z.strictObject({
  clients: wholeNumber(1, 100)
    .prefault(80)
    .describe('Share of `clients` in use, in per cent, from which on there is stress.'),
  idle_timeout: duration().prefault('20s').describe('Instead of `idle_timeout` above.'),
  session: duration().prefault('5m').describe('Instead of `session` above.'),
  commands: wholeNumber(1).prefault(20).describe('Instead of `commands` above.'),
});

const limits = z.strictObject({
  clients: wholeNumber(1)
    .prefault(200)
    .describe('Connections at the same time, for each listener. Those of trusted relays are not counted.'),
  clients_per_address: wholeNumber(0)
    .prefault(20)
    .describe('Connections at the same time from one IP address; 0: no limit.'),
  local_clients: flag()
    .prefault(false)
    .describe('true: the limits by address hold for clients on this very machine too.'),
  letters_per_address: wholeNumber(0)
    .prefault(100)
    .describe('Letters a minute from one IP address; 0: no limit. Trusted relays are not counted.'),
  recipients: wholeNumber(1).prefault(100).describe('Recipients of one letter.'),
  failed_recipients: wholeNumber(1)
    .prefault(20)
    .describe('Unknown recipients in one connection; one more closes it.'),
  commands: wholeNumber(1)
    .prefault(1000)
    .describe('Commands since the last letter that bring no letter forward; one more closes the connection.'),
  idle_timeout: duration()
    .prefault('5m')
    .describe('Silence from the client after which it is disconnected (RFC 5321 asks for 5m).'),
  session: duration().prefault('20m').describe('Age at which a connection is closed, however busy it is.'),
  handover: duration()
    .prefault('30s')
    .describe('Time from the last byte of a letter to our reply; when it is over the answer is 451.'),
  stress: stress
    .prefault({})
    .describe('What holds for all but trusted relays while many are connected or the machine is slow.'),
});

export const smtp = restart(
  z
    .strictObject({
      hostname: ownHostName()
        .prefault('<mail_domain>')
        .describe('Name in the greeting and in the Received line.'),
      listen: filledList(listener)
        .prefault([{ host: '127.0.0.1', port: 2525 }])
        .describe('Where we listen for letters.'),
      max_message_bytes: live(
        wholeNumber(1024)
          .prefault(36_700_160)
          .describe('Size of the largest letter accepted, in bytes. 36700160 holds 25 MB of attachments.'),
      ),
      trusted_relays: live(
        z
          .array(ipAddress())
          .prefault([])
          .describe('IP addresses of relays whose XFORWARD and Authentication-Results we believe.'),
      ),
      limits: live(limits.prefault({}).describe('How much one client may ask for.')),
      disk_floor_bytes: live(
        wholeNumber(0)
          .prefault(268_435_456)
          .describe('Free disk space in bytes below which letters are put off with 452.'),
      ),
    })
    .prefault({})
    .describe('The front door, where letters come in.'),
);
