// A letter of ours in the words of nodemailer, one way for every transport, so that all of them build the same message.
import type { SendMailOptions } from 'nodemailer';
import type { OutgoingLetter } from '../domain/outgoing.js';

/** Addresses go in as structures: text would be parsed again, and could then name somebody else (security class 7). */
export function mailOptionsOf(letter: OutgoingLetter): SendMailOptions {
  return {
    envelope: { from: letter.envelopeFrom, to: [{ address: letter.to, name: '' }] },
    from: letter.from,
    to: { address: letter.to, name: '' },
    ...(letter.replyTo ? { replyTo: letter.replyTo } : {}),
    subject: letter.subject,
    messageId: letter.messageId,
    ...(letter.inReplyTo ? { inReplyTo: letter.inReplyTo } : {}),
    ...(letter.references.length > 0 ? { references: letter.references } : {}),
    date: new Date(letter.createdAt),
    headers: letter.headers.map(({ name, value }) => ({ key: name, value })),
    text: letter.text.replace(/\r?\n/g, '\r\n'),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
