// The letters of a ticket as they came: layout in a frame that can do nothing, pictures, and files to be saved.
import { createReadStream } from 'node:fs';
import { noteHandingOut } from '../../desk/reading.js';
import { ThanadakError } from '../../domain/errors.js';
import { MOST_PREVIEW_BYTES, pictureOf } from '../../domain/picture.js';
import type { Ticket } from '../../domain/ticket.js';
import type { LetterRecord, MessageRecord } from '../../ports/records.js';
import type { WebHouse } from '../frame/house.js';
import type { Answer, Asked, TicketVisit } from '../frame/route.js';
import { frameDocument } from './letter-frame.js';

interface Found {
  message: MessageRecord;
  letter: LetterRecord;
  path: string;
}

export interface Reading {
  visit: TicketVisit;
  asked: Asked;
}

/** What the letter looked like. Of junk and of what a virus is in nothing is shown. */
export async function showLayout(house: WebHouse, { visit, asked }: Reading): Promise<Answer> {
  const { language } = visit;
  const { message, path } = await findLetter(house, visit, asked);
  if (message.infected !== null || isJunk(visit.ticket)) throw nothing();
  try {
    const fragment = await house.parts.html(path);
    return { sandboxed: frameDocument({ language, fragment, said: 'letters.formatted.none' }) };
  } catch (error) {
    if (!(error instanceof ThanadakError)) throw error;
    return { sandboxed: frameDocument({ language, fragment: null, said: 'letters.formatted.refused' }) };
  }
}

/** An attachment to be saved, never to be opened here: whatever it is, it is called bytes. */
export async function saveAttachment(house: WebHouse, { visit, asked }: Reading): Promise<Answer> {
  const { message, letter, path } = await findLetter(house, visit, asked);
  const attachment = attachmentOf(message, asked);
  const virus = attachment.infected ?? null;
  const what = { what: attachment.name, letterId: letter.id, virus, detail: { attachment: attachment.name } };
  await passOut(house, visit, what);
  const bytes = await house.parts.part(path, attachment.part);
  if (!bytes) throw nothing();
  return { file: bytes, type: 'application/octet-stream', name: attachment.name };
}

/** A picture in place, when its bytes are one: its type is what the bytes say. */
export async function showPicture(house: WebHouse, { visit, asked }: Reading): Promise<Answer> {
  const { message, path } = await findLetter(house, visit, asked);
  const attachment = attachmentOf(message, asked);
  const isSafe = message.infected === null && attachment.infected === undefined && !isJunk(visit.ticket);
  if (!isSafe || attachment.size > MOST_PREVIEW_BYTES) throw nothing();
  const bytes = await house.parts.part(path, attachment.part);
  const picture = bytes && pictureOf(bytes);
  if (!bytes || !picture) throw nothing();
  return { file: bytes, type: picture.type, name: attachment.name, download: false };
}

/** The letter, byte for byte. */
export async function saveLetter(house: WebHouse, { visit, asked }: Reading): Promise<Answer> {
  const { message, letter, path } = await findLetter(house, visit, asked);
  const what = { what: 'the letter', letterId: letter.id, virus: message.infected, detail: {} };
  await passOut(house, visit, what);
  return { file: createReadStream(path), type: 'application/octet-stream', name: `${letter.id}.eml` };
}

interface PassedOut {
  what: string;
  letterId: string;
  virus: string | null;
  detail: object;
}

function passOut(house: WebHouse, { actor, ticket }: TicketVisit, out: PassedOut): Promise<void> {
  const mend = 'The IT cell can save it where it does no harm';
  return noteHandingOut(house.store, actor, { ...out, infectedToo: false, mend, ticketIds: [ticket.id] });
}

/** On the ticket itself, or on one that was merged into it. Errors: 'not-found'. */
async function findLetter(house: WebHouse, { ticket }: TicketVisit, { params }: Asked): Promise<Found> {
  const message = await house.store.messages.find(params.message ?? '');
  if (!message || message.letterId === null || !(await isOn(house, ticket, message.ticketId)))
    throw nothing();
  const letter = await house.store.letters.find(message.letterId);
  if (!letter) throw nothing();
  return { message, letter, path: house.pathOf(letter.archivePath) };
}

const MOST_MERGES = 100;

async function isOn({ store }: WebHouse, ticket: Ticket, ticketId: string): Promise<boolean> {
  let lies = await store.tickets.findById(ticketId);
  for (let steps = 0; lies && steps < MOST_MERGES; steps += 1) {
    if (lies.id === ticket.id) return true;
    if (lies.mergedInto === null) return false;
    lies = await store.tickets.find(lies.mergedInto);
  }
  return false;
}

function attachmentOf(message: MessageRecord, { params }: Asked): MessageRecord['attachments'][number] {
  const number = params.number ?? '';
  const attachment = /^[1-9]\d{0,4}$/.test(number) ? message.attachments[Number(number) - 1] : undefined;
  if (!attachment) throw nothing();
  return attachment;
}

function isJunk({ junk }: Ticket): boolean {
  return junk === 'junk' || junk === 'suspected';
}

function nothing(): ThanadakError {
  return new ThanadakError('not-found', 'There is no such part of a letter here.');
}
