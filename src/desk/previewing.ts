// The letters of a deed exactly as they would go: the deed itself is done and undone again, so that what is sent is what
// was previewed. The deed then asks for the same letters, or conflicts.
import { ThanadakError } from '../domain/errors.js';
import type { OutgoingLetter } from '../domain/outgoing.js';
import type { Ticket } from '../domain/ticket.js';
import { type Closing, close } from './closing.js';
import type { DeskOptions, Order } from './deed.js';
import { isAnswer, listening, markOf } from './letters-heard.js';
import { refer, transfer } from './passing-on.js';
import { ask, reply } from './working.js';

export type PreviewedLetter = Pick<
  OutgoingLetter,
  'kind' | 'to' | 'from' | 'replyTo' | 'subject' | 'text' | 'headers'
>;

export interface Preview {
  /** Stands for these letters; the deed with this mark conflicts when others would go. */
  mark: string;
  /** In the order in which they are written; none when nobody can be written to. */
  letters: PreviewedLetter[];
}

/** Each takes the deed's order and changes nothing. Errors: those of the deed. */
export interface Previews {
  reply(order: Order & { text: string }): Promise<Preview>;
  ask(order: Parameters<typeof ask>[1]): Promise<Preview>;
  close(order: Order & Closing): Promise<Preview>;
  transfer(order: Parameters<typeof transfer>[1]): Promise<Preview>;
  refer(order: Parameters<typeof refer>[1]): Promise<Preview>;
}

export function createPreviews(desk: DeskOptions): Previews {
  return {
    reply: (order) => rehearse(desk, (undone) => reply(undone, order)),
    ask: (order) => rehearse(desk, (undone) => ask(undone, order)),
    close: (order) => rehearse(desk, (undone) => close(undone, order)),
    transfer: (order) => rehearse(desk, (undone) => transfer(undone, order)),
    refer: (order) => rehearse(desk, (undone) => refer(undone, order)),
  };
}

/** Takes a unit of work back: everything was done as it will be, and nothing of it stays. */
class Undone extends Error {
  readonly letters: readonly OutgoingLetter[];

  constructor(letters: readonly OutgoingLetter[]) {
    super('A preview was taken back.');
    this.letters = letters;
  }
}

async function rehearse(desk: DeskOptions, deed: (undone: DeskOptions) => Promise<Ticket>): Promise<Preview> {
  const transact: DeskOptions['store']['transact'] = (work) =>
    desk.store.transact(async (unit) => {
      const heard = listening(unit);
      await work(heard.unit);
      throw new Undone(heard.letters);
    });
  try {
    await deed({ ...desk, store: { ...desk.store, transact } });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    const letters = error.letters.filter(isAnswer);
    return { mark: markOf(desk.signer, letters), letters: letters.map(shown) };
  }
  throw new ThanadakError('internal', 'A preview was not taken back.');
}

function shown({ kind, to, from, replyTo, subject, text, headers }: OutgoingLetter): PreviewedLetter {
  return { kind, to, from, replyTo, subject, text, headers };
}
