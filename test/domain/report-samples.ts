// Reports as mail systems write them, with addresses of nobody.
import type { Header, ReportParts } from '../../src/domain/message.js';
import type { ReportedMessage } from '../../src/domain/report.js';

export const NO_PARTS: ReportParts = {
  deliveryStatus: null,
  originalHeaders: null,
  feedbackReport: null,
  dispositionNotification: null,
};

export interface Sample {
  headers?: readonly (readonly [string, string])[];
  from?: string | null;
  subject?: string;
  text?: string;
  inReplyTo?: string[];
  references?: string[];
  report?: Partial<ReportParts> | null;
}

/** The message in a letter from a mail system unless the sample says otherwise. */
export function messageOf(sample: Sample): ReportedMessage & { headers: Header[]; messageId: null } {
  const { from = 'mailer-daemon@mx.home.example', report = null } = sample;
  return {
    headers: (sample.headers ?? []).map(([name, value]) => ({ name, value })),
    from: from === null ? null : { address: from, name: '' },
    subject: sample.subject ?? '',
    text: sample.text ?? '',
    messageId: null,
    inReplyTo: sample.inReplyTo ?? [],
    references: sample.references ?? [],
    report: report === null ? null : { ...NO_PARTS, ...report },
  };
}

export const MULTIPART_REPORT = ['content-type', 'multipart/report; report-type=delivery-status'] as const;

export const ORIGINAL = `Return-Path: <bounce+01test.code@mail.kolkatapolice.example>
Received: from mail.kolkatapolice.example by mx.home.example; Tue, 24 Nov 2026 04:00:00 +0000
Message-ID: <ours.behala.26-123-code@mail.kolkatapolice.example>
From: Behala Police Station <behala.ps@kolkatapolice.example>
To: Rita Basu <rita@home.example>
Subject: Reference BEHALA-26-000123-K
`;

/** Texts without a part for machines, each with what must be read in it. */
export interface TextSample extends Sample {
  name: string;
  kind: 'bounce' | 'delay' | 'delivered';
  gaveUp?: true;
  /** Address and status of each recipient. */
  recipients: readonly (readonly [string, string])[];
  /** What some recipient's diagnostic must hold. */
  diagnostic?: RegExp;
  /** Message-ID in the copy that came along. */
  original?: string;
}

const COPY = `Message-ID: <ours@mail.kolkatapolice.example>
To: Rita Basu <rita@home.example>
Subject: Reference BEHALA-26-000123-K

Your letter has been received.
`;

export const TEXT_SAMPLES: readonly TextSample[] = [
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
  {
    name: 'Exchange 5.5',
    kind: 'bounce',
    from: 'postmaster@home.example',
    subject: 'Undeliverable: Reference BEHALA-26-000123-K',
    text: `Your message

  To:      rita@home.example
  Subject: Reference BEHALA-26-000123-K
  Sent:    Tue, 24 Nov 2026 04:00:00 -0400

did not reach the following recipient(s):

rita@home.example on Tue, 24 Nov 2026 04:01:00 -0000
    The recipient name is not recognized
    MSEXCH:IMS:HOME:MX:ONE 0 (000C05A6)
Unknown Recipient`,
    report: { originalHeaders: COPY },
    recipients: [['rita@home.example', '5.1.1']],
    diagnostic: /not recognized/,
    original: '<ours@mail.kolkatapolice.example>',
  },
  {
    name: 'Exchange 2003',
    kind: 'bounce',
    from: 'postmaster@home.example',
    subject: 'Undeliverable: Reference BEHALA-26-000123-K',
    text: `Your message did not reach some or all of the intended recipients.

      Subject:  Reference BEHALA-26-000123-K
      Sent:     24/11/2026 09:30

The following recipient(s) could not be reached:

      rita@home.example on 24/11/2026 09:31
            The e-mail account does not exist at the organization this message was sent to.
            <mx.home.example #5.1.1 smtp;550 5.1.1 User unknown>`,
    recipients: [['rita@home.example', '5.1.1']],
    diagnostic: /does not exist/,
  },
  {
    name: 'Exchange 2010',
    kind: 'bounce',
    from: 'MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@home.example',
    subject: 'Undeliverable: Reference BEHALA-26-000123-K',
    text: `Delivery has failed to these recipients or groups:

Rita Basu<mailto:rita@home.example>
The e-mail address you entered couldn't be found. Please check the recipient's e-mail address.

Diagnostic information for administrators:

Generating server: mx.home.example

rita@home.example
#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##

Original message headers:

${COPY}`,
    recipients: [['rita@home.example', '5.1.1']],
    original: '<ours@mail.kolkatapolice.example>',
  },
  {
    name: 'Office 365',
    kind: 'bounce',
    from: 'postmaster@home.example',
    subject: 'Undeliverable: Reference BEHALA-26-000123-K',
    text: `home.example

Your message to rita@home.example couldn't be delivered.
rita wasn't found at home.example.

Error Details
Reported error:  550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient rita@home.example not found by SMTP address lookup
DSN generated by: MX1.home.example

Original Message Details
Created Date:       11/24/2026 4:00:00 AM
Sender Address:     behala.ps@kolkatapolice.example
Recipient Address:  rita@home.example

Original Message Headers
${COPY}`,
    recipients: [['rita@home.example', '5.1.10']],
  },
  {
    name: 'Office 365 that refuses',
    kind: 'bounce',
    from: 'postmaster@home.example',
    subject: 'Undeliverable: Reference BEHALA-26-000123-K',
    text: `mx.home.example rejected your message to the following email addresses:

Rita Basu (rita@home.example)<mailto:rita@home.example>

Your message wasn't delivered because the recipient's email provider rejected it.

mx.home.example gave this error:
Service unavailable; 5.7.606 Access denied, banned sending IP`,
    recipients: [['rita@home.example', '5.7.606']],
  },
  {
    name: 'Gmail',
    kind: 'bounce',
    subject: 'Delivery Status Notification (Failure)',
    headers: [['x-failed-recipients', 'rita@home.example']],
    text: `** Address not found **

Your message wasn't delivered to rita@home.example because the address couldn't be found, or is unable to receive mail.

The response from the remote server was:
550 5.1.1 The email account that you tried to reach does not exist.`,
    recipients: [['rita@home.example', '5.1.1']],
    diagnostic: /couldn't be found/,
  },
  {
    name: 'Gmail that still tries',
    kind: 'delay',
    subject: 'Delivery Status Notification (Delay)',
    text: `** Delivery incomplete **

There was a temporary problem delivering your message to rita@home.example. Gmail will retry for 46 more hours. You'll be notified if the delivery fails permanently.

The response was:
The recipient server did not accept our requests to connect.`,
    recipients: [['rita@home.example', '4.0.0']],
  },
  {
    name: 'older Gmail',
    kind: 'bounce',
    subject: 'Delivery Status Notification (Failure)',
    text: `Delivery to the following recipient failed permanently:

     rita@home.example

Technical details of permanent failure:
The error that the other server returned was: 554 5.7.0 Header error (state 18).

----- Original message -----

${COPY}`,
    recipients: [['rita@home.example', '5.7.0']],
    diagnostic: /Technical details/,
    original: '<ours@mail.kolkatapolice.example>',
  },
  {
    name: 'Yahoo',
    kind: 'bounce',
    subject: 'Failure Notice',
    text: `Sorry, we were unable to deliver your message to the following address.

<rita@home.example>:
Remote host said:
550 5.1.1 <rita@home.example>: user does not exist
 [RCPT_TO]

--- Below this line is a copy of the message.

${COPY}`,
    recipients: [['rita@home.example', '5.1.1']],
    original: '<ours@mail.kolkatapolice.example>',
  },
  {
    name: 'a descendant of qmail',
    kind: 'bounce',
    subject: 'failure delivery',
    text: `Message from post.home.example.
Unable to deliver message to the following address(es).

<rita@home.example>:
This user doesn't have a home.example account (rita@home.example) [-9]

--- Original message follows.

${COPY}`,
    recipients: [['rita@home.example', '5.1.1']],
    original: '<ours@mail.kolkatapolice.example>',
  },
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
