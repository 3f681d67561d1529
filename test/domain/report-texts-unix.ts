// Reports without a part for machines: of qmail, exim, sendmail and Postfix.
import { COPY, type TextSample } from './report-samples.js';

export const UNIX_TEXTS: readonly TextSample[] = [
  {
    name: 'qmail',
    kind: 'bounce',
    subject: 'failure notice',
    text: `Hi. This is the qmail-send program at mx.home.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<rita@home.example>:
192.0.2.7 does not like recipient.
Remote host said: 550 sorry, no mailbox here by that name. (#5.7.17)
Giving up on 192.0.2.7.

--- Below this line is a copy of the message.

${COPY}`,
    recipients: [['rita@home.example', '5.7.17']],
    diagnostic: /no mailbox here/,
    original: '<ours@mail.kolkatapolice.example>',
  },
  {
    name: 'qmail without a code',
    kind: 'bounce',
    subject: 'failure notice',
    text: `Hi. This is the qmail-send program at mx.home.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<rita@home.example>:
Sorry, I couldn't find any host named home.example.

--- Below this line is a copy of the message.
`,
    recipients: [['rita@home.example', '5.1.2']],
  },
  {
    name: 'qmail for two',
    kind: 'bounce',
    subject: 'failure notice',
    text: `Hi. This is the qmail-send program at mx.home.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<rita@home.example>:
user is over quota. (#5.2.2)

<gone@home.example>:
Sorry, no mailbox here by that name. (#5.1.1)
`,
    recipients: [
      ['rita@home.example', '5.2.2'],
      ['gone@home.example', '5.1.1'],
    ],
  },
  {
    name: 'exim',
    kind: 'bounce',
    headers: [['x-failed-recipients', 'rita@home.example']],
    subject: 'Mail delivery failed: returning message to sender',
    text: `This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  rita@home.example
    SMTP error from remote mail server after RCPT TO:<rita@home.example>:
    host mx.home.example [192.0.2.7]: 550 5.1.1 <rita@home.example>:
    Recipient address rejected: User unknown

------ This is a copy of the message, including all the headers. ------

${COPY}`,
    recipients: [['rita@home.example', '5.1.1']],
    diagnostic: /User unknown/,
    original: '<ours@mail.kolkatapolice.example>',
  },
  {
    name: 'exim without a code',
    kind: 'bounce',
    subject: 'Mail delivery failed: returning message to sender',
    text: `This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  rita@home.example
    Unrouteable address
`,
    recipients: [['rita@home.example', '5.1.2']],
  },
  {
    name: 'exim after days',
    kind: 'bounce',
    subject: 'Mail delivery failed: returning message to sender',
    text: `This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  rita@home.example
    retry time not reached for any host after a long failure period
`,
    recipients: [['rita@home.example', '5.4.7']],
  },
  {
    name: 'exim that still tries',
    kind: 'delay',
    subject: 'Warning: message 1abc delayed 24 hours',
    text: `This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.home.example.

The message identifier is:     1abc
The address to which the message has not yet been delivered is:

  rita@home.example
    Delay reason: host mx.home.example [192.0.2.7]: 451 4.7.1 Greylisted

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated at intervals if the message
remains undelivered.`,
    recipients: [['rita@home.example', '4.7.1']],
  },
  {
    name: 'old sendmail',
    kind: 'bounce',
    subject: 'Returned mail: see transcript for details',
    text: `The original message was received at Tue, 24 Nov 2026 04:00:00 GMT
from mail.kolkatapolice.example [192.0.2.1]

   ----- The following addresses had permanent fatal errors -----
<rita@home.example>
    (reason: 550 5.1.1 <rita@home.example>... User unknown)

   ----- Transcript of session follows -----
... while talking to mx.home.example.:
>>> DATA
<<< 550 5.1.1 <rita@home.example>... User unknown
550 5.1.1 <rita@home.example>... User unknown
<<< 503 5.0.0 Need RCPT (recipient)

   ----- Message header follows -----
${COPY}`,
    recipients: [['rita@home.example', '5.1.1']],
    diagnostic: /User unknown/,
    original: '<ours@mail.kolkatapolice.example>',
  },
  {
    name: 'older sendmail',
    kind: 'bounce',
    subject: 'Returned mail: User unknown',
    text: `   ----- Transcript of session follows -----
While talking to mx.home.example:
>>> RCPT To:<rita@home.example>
<<< 550 <rita@home.example>... User unknown
550 rita@home.example... User unknown

   ----- Unsent message follows -----
${COPY}`,
    recipients: [['rita@home.example', '5.1.1']],
    original: '<ours@mail.kolkatapolice.example>',
  },
  {
    name: 'sendmail that still tries',
    kind: 'delay',
    subject: 'Warning: could not send message for past 4 hours',
    text: `    **********************************************
    **      THIS IS A WARNING MESSAGE ONLY      **
    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **
    **********************************************

   ----- The following addresses had transient non-fatal errors -----
<rita@home.example>

   ----- Transcript of session follows -----
<rita@home.example>... Deferred: Connection timed out with mx.home.example.
Warning: message still undelivered after 4 hours
Will keep trying until message is 5 days old`,
    recipients: [['rita@home.example', '4.4.7']],
  },
  {
    name: 'Postfix in text only',
    kind: 'bounce',
    subject: 'Undelivered Mail Returned to Sender',
    text: `This is the mail system at host mx.home.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

For further assistance, please send mail to postmaster.

                   The mail system

<rita@home.example>: host mx2.home.example[192.0.2.7] said: 552 5.2.2
    <rita@home.example>: Mailbox full (in reply to RCPT TO command)
<gone@home.example>: unknown user: "gone"`,
    recipients: [
      ['rita@home.example', '5.2.2'],
      ['gone@home.example', '5.1.1'],
    ],
    diagnostic: /Mailbox full/,
  },
  {
    name: 'Postfix that gave up after temporary failures',
    kind: 'delay',
    gaveUp: true,
    subject: 'Undelivered Mail Returned to Sender',
    text: `This is the mail system at host mx.home.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<rita@home.example>: host mx2.home.example[192.0.2.7] said: 450 4.2.0
    Mailbox unavailable (in reply to RCPT TO command)`,
    recipients: [['rita@home.example', '4.2.0']],
  },
  {
    name: 'Postfix that still tries',
    kind: 'delay',
    subject: 'Delayed Mail (still being retried)',
    text: `This is the mail system at host mx.home.example.

####################################################################
# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #
####################################################################

Your message could not be delivered for more than 4 hour(s).
It will be retried until it is 5 day(s) old.

<rita@home.example>: connect to mx2.home.example[192.0.2.7]:25: Connection timed
    out`,
    recipients: [['rita@home.example', '4.4.7']],
  },
];
