// `letter attachment`: one attachment out of its letter, as it was sent.
import { type Command, InvalidArgumentError } from 'commander';
import { ThanadakError } from '../domain/errors.js';
import type { House } from './deps.js';
import { type Insisting, letPass, messagesOfLetter, visibleTo } from './infected.js';
import { findLetter, pathOfLetter } from './letters.js';
import { examples, inHouse, type Session } from './session.js';

export function addAttachmentCommand(letter: Command, session: Session): void {
  letter
    .command('attachment')
    .description('Write one attachment of a filed letter, as it was sent')
    .argument('<id>', 'letter id')
    .argument('<n>', 'its number, as in ticket show', parseNumber)
    .option('--infected-too', 'even when a virus is in it; the journal will show it')
    .option('--by <officer>', 'who asks (id); without it the operator of this machine')
    .addHelpText('after', examples('letter attachment 01JDF3Q4ZV8R6N5T7W9XKHB2CM 1 > photo.jpg'))
    .action((...given: [string, number, Insisting, Command]) => {
      const [id, number, options, command] = given;
      return inHouse(session, command, (house) => writeAttachment(session, house, { id, number, options }));
    });
}

function parseNumber(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It must be a number from 1.');
  return Number(text);
}

interface Asked {
  id: string;
  number: number;
  options: Insisting;
}

/** Errors: 'not-found'; 'not-allowed' for what is infected or not for the eyes of whoever asks. */
async function writeAttachment(session: Session, house: House, asked: Asked): Promise<void> {
  const { id, number, options } = asked;
  const found = await findLetter(house, id);
  const messages = await visibleTo(house, options.by, await messagesOfLetter(house, found));
  const attachment = messages[0]?.message.attachments[number - 1];
  if (!attachment) throw noSuchAttachment(id, number);
  const virus = attachment.infected ?? null;
  const detail = { attachment: attachment.name };
  await letPass(house, { what: attachment.name, letterId: id, virus, messages, detail }, options);
  const bytes = await house.readPart(pathOfLetter(house, found), attachment.part);
  if (!bytes) throw noSuchAttachment(id, number);
  await session.deps.writeRaw(bytes);
}

function noSuchAttachment(id: string, number: number): ThanadakError {
  return new ThanadakError(
    'not-found',
    `Letter ${id} has no attachment ${number}. See: thanadak ticket show REF`,
  );
}
