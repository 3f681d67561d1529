// Which signatures of a letter are looked at: the first five from the top, and the seals of those who passed it on when
// all of them are trusted. What is left out stays in the head, so that nothing that was signed changes.
import type { Finding } from '../domain/sender-evidence.js';
import { fieldValue, type Head, type HeadLine } from './head.js';
import { identityOf } from './organisation.js';
import { keyNameOf, readTagList } from './tags.js';

export interface ChosenSignature {
  /** Its place among the lines of the head. */
  line: number;
  domain: string;
  /** Where its key stands; null when it is not fit to be verified. */
  keyName: string | null;
}

export interface Chain {
  /** Who sealed last. */
  sealer: string;
  /** The names of all its keys; empty when somebody in it is not trusted, and it is not looked at. */
  keyNames: string[];
  /** What the first of them found, unfolded. */
  firstResults: string;
}

const MAX_SIGNATURES = 5;
const MAX_SETS = 10;
const MAX_SIGNATURE = 8_192;
const MAX_RESULTS = 16_384;
const MAX_SIGNED_FIELDS = 200;
/** The library's search for `b=` takes time by the square of such a run. */
const LONG_RUN = /[;:\s]{100}/;
/** The library makes names in results into keys of objects. */
const POLLUTING = /__proto__|constructor|prototype/i;

export function chooseSignatures(head: Head): ChosenSignature[] {
  const lines = head.lines.map((line, index) => ({ line, index }));
  return lines
    .filter(({ line }) => line.name === 'dkim-signature')
    .slice(0, MAX_SIGNATURES)
    .map(({ line, index }) => {
      const tags = readTagList(fieldValue(line).slice(0, MAX_SIGNATURE));
      const keyName = isFit(line) ? (keyNameOf(tags) ?? null) : null;
      return { line: index, domain: tags.get('d') ?? '', keyName };
    });
}

/** It says what it signs, and verifying it costs little, whatever is in it. */
function isFit(line: HeadLine): boolean {
  if (line.raw.length > MAX_SIGNATURE || LONG_RUN.test(line.raw)) return false;
  const signed = readTagList(fieldValue(line)).get('h')?.toLowerCase().split(':') ?? [];
  return signed.includes('from') && signed.length <= MAX_SIGNED_FIELDS;
}

/** Who passed the letter on (RFC 8617); undefined when nobody sealed it. */
export function chooseChain(head: Head, trusted: readonly string[]): Chain | undefined {
  const seals = head.lines.filter(({ name }) => name === 'arc-seal');
  const [newest] = seals;
  if (!newest) return undefined;
  const tags = seals
    .slice(0, MAX_SETS + 1)
    .map((line) => readTagList(fieldValue(line).slice(0, MAX_SIGNATURE)));
  const all = head.lines.filter(({ name }) => name.startsWith('arc-'));
  const usable = all.length <= MAX_SETS * 3 && all.every(isFitForChain);
  const believed = tags.every((seal) => trusted.includes((seal.get('d') ?? '').toLowerCase()));
  return {
    sealer: tags[0]?.get('d')?.toLowerCase() ?? '',
    keyNames: usable && believed ? keyNamesOf(all, tags) : [],
    firstResults: firstResultsOf(head),
  };
}

function isFitForChain(line: HeadLine): boolean {
  if (line.name === 'arc-message-signature') return isFit(line);
  return line.raw.length <= MAX_RESULTS && !LONG_RUN.test(line.raw) && !POLLUTING.test(line.raw);
}

function keyNamesOf(lines: readonly HeadLine[], seals: readonly Map<string, string>[]): string[] {
  const signatures = lines.filter(({ name }) => name === 'arc-message-signature');
  const tags = [...seals, ...signatures.map((line) => readTagList(fieldValue(line)))];
  return tags.map(keyNameOf).filter((name) => name !== undefined);
}

const INSTANCE = /^\s*i\s*=\s*1\s*;/;

function firstResultsOf(head: Head): string {
  const results = head.lines.filter(({ name }) => name === 'arc-authentication-results').map(fieldValue);
  const first = results.find((value) => INSTANCE.test(value));
  return first?.replace(INSTANCE, '') ?? '';
}

/** A signature that was not verified, and why. */
export function unverified({ domain }: { domain: string }, result: string, detail: string): Finding {
  return { result, identity: identityOf(domain), detail };
}
