// Electronic information of a cognizable offence (BNSS s.173(1)(ii)): registered, to be signed within three days, and
// decided by the officer in charge when it was not. It never ends by itself.
import { ThanadakError } from '../domain/errors.js';
import type { Decision, Information, SignatureWay } from '../domain/register.js';
import type { Ticket, TicketChange } from '../domain/ticket.js';
import { type Instant, shift } from '../domain/time.js';
import { startClocks } from './clocks.js';
import { type DeskOptions, type Doing, doDeed, nonEmpty, type Order, record } from './deed.js';
import { commonValues, type Writing, type Written, writeIfPossible, writeToResident } from './letters.js';

/** Takes the letter as information of a cognizable offence. Errors: those of doDeed; 'conflict' when it is one already. */
export function registerInformation(
  desk: DeskOptions,
  order: Order & { substance: string },
): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'register' }, async (doing) => {
    const { ticket, unit } = doing;
    if (await unit.information.ofTicket(ticket.id)) {
      throw new ThanadakError('conflict', `${ticket.reference} is in the register already.`);
    }
    await registerWithin(doing, nonEmpty(order.substance, 'The substance'));
    return {};
  });
}

/** Registers within another deed. */
export async function registerWithin(doing: Doing, substance: string): Promise<void> {
  const { ticket, unit, actor } = doing;
  const year = Number(unit.now.slice(0, 4));
  const serial = await unit.information.nextSerial(ticket.station, year);
  await unit.information.save({
    ticketId: ticket.id,
    station: ticket.station,
    year,
    serial,
    receivedAt: ticket.receivedAt,
    registeredAt: unit.now,
    registeredBy: actor.id,
    substance,
    signedAt: null,
    signedHow: null,
    signedBefore: null,
    decision: null,
    decisionText: null,
    decidedAt: null,
    decidedBy: null,
  });
  // The three days are the law's: they run from the receipt, whenever an officer came to read it.
  await startClocks(doing, ['signature'], { at: ticket.receivedAt, round: 1 });
  const letter = await writeAboutSignature(doing, 'signature');
  await record(doing, 'registered', { year, serial, ...letter });
}

function writeAboutSignature(
  writing: Writing,
  template: 'signature' | 'signature-reminder',
): Promise<Written> {
  const due = shift(writing.ticket.receivedAt, writing.rules.sla.signatureMs);
  const values = { ...commonValues(writing), sign_by: due };
  return writeIfPossible(writing, { template, kind: 'signature', values, automatic: true });
}

/** Reminds while the signature is awaited; not of a mark that was past before the first letter about it went. */
export async function remindOfSignature(writing: Writing, markedAt: Instant): Promise<void> {
  const information = await writing.unit.information.ofTicket(writing.ticket.id);
  if (!information || information.signedAt !== null || information.decision !== null) return;
  if (markedAt <= information.registeredAt) return;
  const detail = await writeAboutSignature(writing, 'signature-reminder');
  await writing.unit.journal.write(writing.ticket.id, {
    actor: 'system',
    event: 'signature-reminded',
    detail,
  });
}

/** Errors: those of doDeed; 'conflict' when it is not registered or signed already. */
export function sign(desk: DeskOptions, order: Order & { how: SignatureWay }): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'sign' }, async (doing) => {
    const { unit, actor, ticket } = doing;
    const information = await registered(doing);
    if (information.signedAt !== null)
      throw new ThanadakError('conflict', `${ticket.reference} was signed already.`);
    const signed = { signedAt: unit.now, signedHow: order.how, signedBefore: actor.id };
    await unit.information.save({ ...information, ...signed });
    await doing.unit.clocks.meet(doing.ticket.id, 'signature', doing.unit.now);
    await record(doing, 'signed', { how: order.how });
    return {};
  });
}

async function registered({ unit, ticket }: Doing): Promise<Information> {
  const information = await unit.information.ofTicket(ticket.id);
  if (information) return information;
  throw new ThanadakError(
    'conflict',
    `${ticket.reference} is not in the register of electronic information.`,
  );
}

export interface Deciding {
  decision: Decision;
  /** The FIR number; or why, and until when the enquiry runs. */
  text: string;
}

/** What becomes of unsigned information: an FIR, a preliminary enquiry, or a reasoned note. */
export function decide(desk: DeskOptions, order: Order & Deciding): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'decide' }, async (doing) => {
    const { unit, actor, ticket } = doing;
    const information = await registered(doing);
    if (information.decision !== null) {
      throw new ThanadakError(
        'conflict',
        `${ticket.reference} was decided already: ${information.decision}.`,
      );
    }
    const decisionText = nonEmpty(order.text, 'The reason or number');
    const decided = { decision: order.decision, decisionText, decidedAt: unit.now, decidedBy: actor.id };
    await unit.information.save({ ...information, ...decided });
    await doing.unit.clocks.meet(doing.ticket.id, 'signature', doing.unit.now);
    await record(doing, 'decided', { decision: order.decision });
    return order.decision === 'fir' ? underNumber(doing, { firNumber: decisionText }) : {};
  });
}

/** Records the number of the FIR (the 90 days for telling the informant begin) or of the general diary. */
export function recordNumber(
  desk: DeskOptions,
  order: Order & { firNumber?: string | undefined; gdNumber?: string | undefined },
): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'record' }, async (doing) => {
    const { firNumber, gdNumber } = order;
    if (!firNumber && !gdNumber)
      throw new ThanadakError('invalid', 'Give the number of the FIR or of the GD entry.');
    await record(doing, 'numbered', {
      ...(firNumber ? { firNumber } : {}),
      ...(gdNumber ? { gdNumber } : {}),
    });
    const gd = gdNumber ? { gdNumber } : {};
    return { ...gd, ...(firNumber ? await underNumber(doing, { firNumber }) : {}) };
  });
}

async function underNumber(doing: Doing, change: { firNumber: string }): Promise<TicketChange> {
  const { unit, ticket } = doing;
  const clocks = await unit.clocks.ofTicket(ticket.id);
  if (!clocks.some(({ name }) => name === 'progress')) {
    await startClocks(doing, ['progress'], { at: unit.now, round: 1 });
  }
  return change;
}

/** The informant was told how the case stands (BNSS s.193(3)(ii)). */
export function tellProgress(desk: DeskOptions, order: Order & { text: string }): Promise<Ticket> {
  return doDeed(desk, { ...order, deed: 'reply' }, async (doing) => {
    const { ticket } = doing;
    if (ticket.firNumber === null)
      throw new ThanadakError('conflict', `${ticket.reference} has no FIR number.`);
    const text = nonEmpty(order.text, 'The progress');
    const values = { ...commonValues(doing), text };
    const outboxId = await writeToResident(doing, {
      template: 'reply',
      kind: 'reply',
      values,
      automatic: false,
    });
    await doing.unit.clocks.meet(doing.ticket.id, 'progress', doing.unit.now);
    await record(doing, 'progress-told', { outboxId });
    return {};
  });
}
