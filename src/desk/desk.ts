// The desk: every deed of people on tickets, the same for the command line and the pages.
import type { Ticket } from '../domain/ticket.js';
import { close, reopen } from './closing.js';
import type { DeskOptions } from './deed.js';
import { erase, hold, unhold } from './erasing.js';
import { fileFor } from './forwarded.js';
import { merge, split, unmerge } from './joining.js';
import { junk, notJunk } from './junk.js';
import { dismissMatter, gather, leaveMatter } from './matters.js';
import { refer, transfer } from './passing-on.js';
import { restrict } from './restricting.js';
import { decide, recordNumber, registerInformation, sign, tellProgress } from './signing.js';
import { triage } from './triage.js';
import { ask, assign, link, note, reply, resume, sendAcknowledgement, wait } from './working.js';

const DEEDS = {
  triage,
  assign,
  sendAcknowledgement,
  note,
  reply,
  ask,
  wait,
  resume,
  link,
  transfer,
  refer,
  merge,
  unmerge,
  split,
  fileFor,
  hold,
  unhold,
  erase,
  close,
  reopen,
  restrict,
  registerInformation,
  sign,
  decide,
  recordNumber,
  tellProgress,
  junk,
  notJunk,
  gather,
  leaveMatter,
  dismissMatter,
};

type Deeds = typeof DEEDS;

/** Each deed takes its order and resolves to the ticket as it then is (`split`, `fileFor`: the new one). */
export type Desk = { [D in keyof Deeds]: (order: Parameters<Deeds[D]>[1]) => Promise<Ticket> };

export function createDesk(options: DeskOptions): Desk {
  const bind =
    <O>(deed: (desk: DeskOptions, order: O) => Promise<Ticket>) =>
    (order: O) =>
      deed(options, order);
  return {
    triage: bind(triage),
    assign: bind(assign),
    sendAcknowledgement: bind(sendAcknowledgement),
    note: bind(note),
    reply: bind(reply),
    ask: bind(ask),
    wait: bind(wait),
    resume: bind(resume),
    link: bind(link),
    transfer: bind(transfer),
    refer: bind(refer),
    merge: bind(merge),
    unmerge: bind(unmerge),
    split: bind(split),
    fileFor: bind(fileFor),
    hold: bind(hold),
    unhold: bind(unhold),
    erase: bind(erase),
    close: bind(close),
    reopen: bind(reopen),
    restrict: bind(restrict),
    registerInformation: bind(registerInformation),
    sign: bind(sign),
    decide: bind(decide),
    recordNumber: bind(recordNumber),
    tellProgress: bind(tellProgress),
    junk: bind(junk),
    notJunk: bind(notJunk),
    gather: bind(gather),
    leaveMatter: bind(leaveMatter),
    dismissMatter: bind(dismissMatter),
  };
}
