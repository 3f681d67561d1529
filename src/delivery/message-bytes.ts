// The bytes of a letter (RFC 5322) at once. Nodemailer's own `build` makes the same through five streams, at almost
// three times the cost; headers, choice of encoding and encoders are nodemailer's here too.
import * as base64 from 'nodemailer/lib/base64';
import MailComposer from 'nodemailer/lib/mail-composer';
import * as quotedPrintable from 'nodemailer/lib/qp';
import type { OutgoingLetter } from '../domain/outgoing.js';
import { mailOptionsOf } from './mail-options.js';

/** Headers and body with CRLF line ends, below the Return-Path that a final delivery puts there (RFC 5321 4.4). */
export function messageBytes(letter: OutgoingLetter): Buffer {
  const headers = [{ name: 'Return-Path', value: `<${letter.envelopeFrom}>` }, ...letter.headers];
  const options = mailOptionsOf({ ...letter, headers });
  const message = new MailComposer(options).compile();
  const body = encode(String(options.text), message.getTransferEncoding());
  return Buffer.from(`${message.buildHeaders()}\r\n\r\n${body.trimEnd()}\r\n`);
}

function encode(text: string, encoding: string | false): string {
  if (encoding === 'base64') return base64.wrap(base64.encode(text));
  if (encoding === 'quoted-printable') return quotedPrintable.wrap(quotedPrintable.encode(text));
  return text;
}
