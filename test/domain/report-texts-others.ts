// Reports without a part for machines: of further systems, and shapes of them all.
import { COPY, type TextSample } from './report-samples.js';

export const OTHER_TEXTS: readonly TextSample[] = [
  {
    name: 'Courier',
    kind: 'bounce',
    subject: 'NOTICE: mail delivery status.',
    text: `This is a delivery status notification from mx.home.example,
running the Courier mail server.

The original message was received on Tue, 24 Nov 2026 04:00:00 +0000

---------------------------------------------------------------------------

                           UNDELIVERABLE MAIL

Your message to the following recipients cannot be delivered:

<rita@home.example>:
    mx2.home.example [192.0.2.7]:
>>> RCPT TO:<rita@home.example>
<<< 550 5.1.1 <rita@home.example>: User unknown

---------------------------------------------------------------------------`,
    recipients: [['rita@home.example', '5.1.1']],
  },
  {
    name: 'OpenSMTPD',
    kind: 'bounce',
    subject: 'Delivery status notification: error',
    text: `    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this email.

    An error has occurred while attempting to deliver a message for
    the following list of recipients:

rita@home.example: 550 5.2.2 <rita@home.example>... Mailbox Full

    Below is a copy of the original message:

${COPY}`,
    recipients: [['rita@home.example', '5.2.2']],
    original: '<ours@mail.kolkatapolice.example>',
  },
  {
    name: 'Domino',
    kind: 'bounce',
    subject: 'DELIVERY FAILURE: User rita (rita@home.example) not listed in Domino Directory',
    text: `Your message

  Subject: Reference BEHALA-26-000123-K

was not delivered to:

  rita@home.example

because:

  User rita (rita@home.example) not listed in Domino Directory`,
    recipients: [['rita@home.example', '5.1.1']],
  },
  {
    name: 'IIS',
    kind: 'bounce',
    from: 'postmaster@home.example',
    subject: 'Delivery Status Notification (Failure)',
    text: `This is an automatically generated Delivery Status Notification.

Delivery to the following recipients failed.

       rita@home.example`,
    recipients: [['rita@home.example', '5.0.0']],
  },
  {
    name: 'IIS that still tries',
    kind: 'delay',
    from: 'postmaster@home.example',
    subject: 'Delivery Status Notification (Delay)',
    text: `This is an automatically generated Delivery Status Notification.

THIS IS A WARNING MESSAGE ONLY.

YOU DO NOT NEED TO RESEND YOUR MESSAGE.

Delivery to the following recipients has been delayed.

       rita@home.example`,
    recipients: [['rita@home.example', '4.0.0']],
  },
  {
    name: 'Zoho',
    kind: 'bounce',
    subject: 'Undelivered Mail Returned to Sender',
    text: `This message was created automatically by mail delivery software.
 A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.

rita@home.example, ERROR CODE :550 - 5.1.1 The email account that you tried to reach does not exist.`,
    recipients: [['rita@home.example', '5.1.1']],
    diagnostic: /does not exist/,
  },
  {
    name: 'GMX',
    kind: 'bounce',
    subject: 'Mail delivery failed: returning message to sender',
    text: `This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of
its recipients. This is a permanent error. The following address
failed:

"rita@home.example":
SMTP error from remote server after RCPT command:
host: mx.home.example
5.1.1 rita@home.example User unknown in relay recipient table`,
    recipients: [['rita@home.example', '5.1.1']],
  },
  {
    name: 'Amazon SES',
    kind: 'bounce',
    subject: 'Delivery Status Notification (Failure)',
    text: `An error occurred while trying to deliver the mail to the following recipients:
rita@home.example`,
    recipients: [['rita@home.example', '5.0.0']],
  },
  {
    name: 'iCloud',
    kind: 'bounce',
    subject: 'Delivery Notification: Delivery has failed',
    text: `This report relates to a message you sent with the following header fields:

  Message-id: <ours@mail.kolkatapolice.example>
  To: rita@home.example

Your message cannot be delivered to the following recipients:

  Recipient address: rita@home.example
  Reason: Remote SMTP server has rejected address
  Diagnostic code: smtp;550 5.1.1 unknown or illegal alias: rita@home.example
  Remote system: dns;mx.home.example (TCP|192.0.2.1|192.0.2.7|25)`,
    recipients: [['rita@home.example', '5.1.1']],
  },
  {
    name: 'GroupWise',
    kind: 'bounce',
    from: 'postmaster@home.example',
    subject: 'Mail System Error - Returned Mail',
    text: `The message that you sent was undeliverable to the following:
    rita@home.example (user not found)`,
    recipients: [['rita@home.example', '5.1.1']],
  },
  {
    name: 'a name in another script (RFC 6531)',
    kind: 'bounce',
    subject: 'Undelivered Mail Returned to Sender',
    text: `This is the mail system at host mx.home.example.

<রীতা@home.example>: host mx2.home.example[192.0.2.7] said: 550 5.1.1 unknown user`,
    recipients: [['রীতা@home.example', '5.1.1']],
  },
  {
    name: 'an Exchange receipt',
    kind: 'delivered',
    from: 'postmaster@home.example',
    subject: 'Delivered: Reference BEHALA-26-000123-K',
    text: `Your message has been delivered to the following recipients:

rita@home.example`,
    recipients: [['rita@home.example', '2.0.0']],
  },
  {
    name: 'a subject and a copy alone',
    kind: 'bounce',
    subject: 'Returned mail: something',
    text: `Nothing you would know.

------ Original message ------
${COPY}`,
    recipients: [],
    original: '<ours@mail.kolkatapolice.example>',
  },
];
