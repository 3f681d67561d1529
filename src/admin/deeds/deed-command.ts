// What a command for a deed is made of; the frame that all of them share is in deed-commands.ts.
import { Option } from 'commander';
import type { Order } from '../../desk/deed.js';
import type { Desk } from '../../desk/desk.js';
import type { Deed } from '../../domain/deeds.js';
import { UNTIL_FORMS } from '../../domain/moments.js';
import type { Ticket } from '../../domain/ticket.js';
import type { House } from '../deps.js';
import { TEXT_SOURCES } from '../given-text.js';
import type { Times } from '../times.js';

/** `Given`: the deed's own options, texts read and times as instants. */
export interface DeedCommand<Given extends object = object> {
  name: string;
  description: string;
  /** Under this name right and state are judged. */
  deed: Deed;
  /** What follows `ticket NAME` in help. */
  examples: readonly string[];
  options: readonly Option[];
  /** It is done on one ticket at a time. */
  takesOne?: true;
  /** What is given as arguments, where that is not a list of tickets to do it on. */
  argument?: readonly [name: string, description: string];
  /** The tickets on which it is done for the references given, and what else these mean. */
  spread?(house: Pick<House, 'store'>, given: readonly string[]): Promise<Spread<Given>>;
  /** What is wrong with the options together, as a sentence. */
  objection?(given: Given): string | undefined;
  perform(desk: Desk, order: Order, given: Given): Promise<Ticket>;
  /** What a ticket was then: `closed as resolved`. */
  done(given: Given, times: Times): string;
  /** What it would be, where that reads differently. */
  planned?(given: Given, times: Times): string;
}

export interface Spread<Given extends object = object> {
  references: string[];
  given: Partial<Given>;
}

/** An option that must be there. */
export function required(flags: string, description: string): Option {
  return new Option(flags, description).makeOptionMandatory();
}

/** Which options hold texts of a person, read from where the line says. */
export const TEXT_KEYS = ['text', 'reason', 'substance'] as const;

export function textOption(name: (typeof TEXT_KEYS)[number], description: string): Option {
  return required(`--${name} <text>`, `${description}; ${TEXT_SOURCES}`);
}

export function untilOption(): Option {
  return required('--until <time>', `how long: ${UNTIL_FORMS}`);
}
