// Letters to send, with CRLF line ends.
import { createHash, randomBytes } from 'node:crypto';

const run = randomBytes(4).toString('hex');
let counter = 0;

/** A Message-ID never used before. */
export function newMessageId() {
  counter += 1;
  return `<e2e-${run}-${counter}@home.example>`;
}

function now() {
  return new Date().toUTCString().replace('GMT', '+0000');
}

/** A letter of Rita's; `messageId`, `subject`, `text`, `to` and further `headers` may be given. */
export function aLetter(given = {}) {
  const { messageId = newMessageId(), subject = 'Noise at night', headers = [] } = given;
  const { text = 'There is loud music in our street every night. Please help.' } = given;
  const lines = [
    'From: Rita Basu <rita@home.example>',
    `To: ${given.to ?? 'behala.ps@kolkatapolice.example'}`,
    `Subject: ${subject}`,
    `Message-ID: ${messageId}`,
    `Date: ${now()}`,
    'MIME-Version: 1.0',
    ...headers,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    ...text.split(/\r?\n/),
    '',
  ];
  return { messageId, raw: Buffer.from(lines.join('\r\n')) };
}

/** A letter with attachments `{name, type, size}` of random bytes; answers also what must be found of each. */
export function withAttachments(attachments, subject = 'Photos of the damage') {
  const messageId = newMessageId();
  const boundary = `=_${randomBytes(12).toString('hex')}`;
  const head = [
    'From: Rita Basu <rita@home.example>',
    'To: behala.ps@kolkatapolice.example',
    `Subject: ${subject}`,
    `Message-ID: ${messageId}`,
    `Date: ${now()}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'See what is attached.',
    '',
  ].join('\r\n');
  const contents = attachments.map((attachment) => ({ ...attachment, bytes: randomBytes(attachment.size) }));
  const parts = contents.map((content) => Buffer.from(attachmentPart(boundary, content)));
  const raw = Buffer.concat([Buffer.from(head), ...parts, Buffer.from(`--${boundary}--\r\n`)]);
  const expected = contents.map(({ name, type, size, bytes }) => ({
    name,
    type,
    size,
    sha256: sha256(bytes),
  }));
  return { messageId, raw, expected };
}

function attachmentPart(boundary, { name, type, bytes }) {
  return [
    `--${boundary}`,
    `Content-Type: ${type}; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    bytes.toString('base64').replace(/.{76}/g, '$&\r\n'),
    '',
  ].join('\r\n');
}

export function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
