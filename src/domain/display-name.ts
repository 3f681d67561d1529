// Display names and addresses made to deceive the eye: shown to officers beside the name, never a reason to refuse.
import { headerValues, type Mailbox, type Message } from './message.js';

export type DisplayNameFlag =
  /** The name holds another address than the one the letter came from. */
  | 'other-address'
  /** One word is written in letters of two alphabets. */
  | 'mixed-scripts'
  /** Letters that look like Latin ones: Cyrillic, Greek, mathematical, full-width. */
  | 'look-alikes'
  /** Characters that turn or hide their neighbours. */
  | 'hidden-characters'
  /** The address itself is written in look-alikes, several alphabets or hidden characters. */
  | 'deceptive-address';

export type AuthorFlag = 'several-authors' | 'several-from-headers' | 'group';

export type SenderFlag = DisplayNameFlag | AuthorFlag;

/** Everything strange about whom a letter names as its sender. */
export function senderFlags(message: Pick<Message, 'from' | 'headers'>): SenderFlag[] {
  return [...(message.from ? displayNameFlags(message.from) : []), ...authorFlags(message)];
}

const LONGEST = 1_000;
const ADDRESS = /[\p{L}\p{M}\p{N}._%+'-]{1,64}@[\p{L}\p{M}\p{N}.-]{1,250}\.[\p{L}\p{M}\p{N}-]{2,63}/gu;
/** Bidi controls and what has no width, save the looks of pictures. Joiners are judged by their neighbours. */
const HIDDEN = /(?![\u200c\u200d]|\p{Variation_Selector})\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}/u;
/** A joiner belongs between letters of Indian scripts, Arabic, and pictures. */
const LOST_JOINER =
  /(?<!\p{Script=Bengali}|\p{Script=Devanagari}|\p{Script=Arabic}|\p{Script=Tamil}|\p{Script=Telugu}|\p{Script=Kannada}|\p{Script=Malayalam}|\p{Script=Gujarati}|\p{Script=Gurmukhi}|\p{Script=Oriya}|\p{Extended_Pictographic}|\p{Variation_Selector})[\u200c\u200d]/u;
const SCRIPTS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Georgian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Bengali}/u,
  /\p{Script=Devanagari}/u,
];
const WORD = /[\p{L}\p{M}\u200c\u200d]+/gu;
/** Words made of nothing but these read as Latin ones. */
const CYRILLIC_AND_GREEK = /^[аеорсухіјѕԁԛԝһӏАВЕЅІЈКМНОРСТУХοανικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]{2,}$/u;
/** Letters of Latin in another dress: mathematical, full-width, enclosed, small capitals. */
const DRESSED =
  /[\u{1d400}-\u{1d7ff}\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\u{1f130}-\u{1f189}\u212c\u2110-\u2112\u211b\u2130\u2131\u2133]/u;

/** What is strange about a mailbox that a letter names as its sender; empty when nothing is. */
export function displayNameFlags(mailbox: Mailbox): DisplayNameFlag[] {
  const name = mailbox.name.slice(0, LONGEST);
  const flags: DisplayNameFlag[] = [];
  if (namesOther(name, mailbox.address)) flags.push('other-address');
  if (mixesScripts(name)) flags.push('mixed-scripts');
  if (looksLatin(name)) flags.push('look-alikes');
  if (mailbox.hidden || hides(name)) flags.push('hidden-characters');
  if (deceives(mailbox.address.slice(0, LONGEST))) flags.push('deceptive-address');
  return flags;
}

/** What is strange about the authors whom a letter names: only the first of them is answered. */
export function authorFlags(message: Pick<Message, 'headers'>): AuthorFlag[] {
  const values = headerValues(message, 'from');
  const flags: AuthorFlag[] = [];
  if (values.length > 1) flags.push('several-from-headers');
  const bare = (values[0] ?? '').slice(0, 10 * LONGEST).replace(/"(?:[^"\\]|\\.)*"|\([^()]*\)/gu, ' ');
  if ((bare.match(/[^\s<>,;:@]@[^\s<>,;:@]/gu)?.length ?? 0) > 1) flags.push('several-authors');
  if (/^[^<>@,:;]*:[^;]*;?/u.test(bare)) flags.push('group');
  return flags;
}

function namesOther(name: string, address: string): boolean {
  const folded = name.normalize('NFKC').toLowerCase();
  const found = folded.match(ADDRESS) ?? [];
  return found.some((other) => other.replace(/^'+|'+$/g, '') !== address.toLowerCase());
}

function mixesScripts(text: string): boolean {
  for (const [word] of text.matchAll(WORD)) {
    if (SCRIPTS.filter((script) => script.test(word)).length > 1) return true;
  }
  return false;
}

function looksLatin(text: string): boolean {
  if (DRESSED.test(text)) return true;
  for (const [word] of text.matchAll(WORD)) if (CYRILLIC_AND_GREEK.test(word)) return true;
  return false;
}

function hides(text: string): boolean {
  return HIDDEN.test(text) || LOST_JOINER.test(text);
}

/** An address in one foreign alphabet is no deceit (RFC 6532); one that only looks like another address is. */
function deceives(address: string): boolean {
  return mixesScripts(address) || looksLatin(address) || hides(address);
}
