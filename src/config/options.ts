// The kinds of values an option can have: each knows how it is checked and how its expectation is worded.
import { isIP } from 'node:net';
import { z } from 'zod';
import { isSendable } from '../domain/address.js';
import type { ClockMark } from '../domain/escalation.js';
import { parseDuration } from '../domain/time.js';
import { marks } from './marks.js';

const DURATION = /^\d+(\.\d+)?(ms|s|m|h|d)$/;
const HOST = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)*$/i;
export const CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Any text but an empty one. */
export function text() {
  return z.string().min(1).register(marks, { kind: 'text', expected: 'a text' });
}

/** A whole number between `min` and `max`, both included. */
export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER) {
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  const expected = `a whole number ${range}`;
  return z.number().int().min(min).max(max).register(marks, { kind: 'number', expected });
}

/** A number of points, with decimals. */
export function score() {
  return z
    .number()
    .min(-1_000)
    .max(1_000)
    .register(marks, { kind: 'number', expected: 'a number such as 6 or 7.5' });
}

export function flag() {
  return z.boolean().register(marks, { kind: 'flag', expected: 'true or false' });
}

export function choice<const T extends readonly [string, ...string[]]>(values: T) {
  const expected = values.length === 1 ? `the word ${values[0]}` : `one of ${values.join(', ')}`;
  return z.enum(values).register(marks, { kind: 'text', expected });
}

/** A positive span of time; the configuration holds it in milliseconds. */
export function duration() {
  return z
    .string()
    .regex(DURATION)
    .refine((value) => (parseDuration(value) ?? 0) > 0)
    .transform((value) => parseDuration(value) ?? 0)
    .register(marks, { kind: 'duration', expected: 'a duration such as 90s, 30m, 4h or 2d' });
}

/** `80%`, or a duration. */
export function clockMark() {
  return z
    .string()
    .refine((value) => clockMarkOf(value) !== undefined)
    .transform((value): ClockMark => clockMarkOf(value) ?? { percent: 100 })
    .register(marks, { kind: 'mark', expected: 'a share such as 80% or a duration such as 90m' });
}

function clockMarkOf(value: string): ClockMark | undefined {
  const percent = /^([1-9]\d{0,3})%$/.exec(value);
  if (percent) return { percent: Number(percent[1]) };
  const after = parseDuration(value);
  return after ? { after } : undefined;
}

/** A file or folder; absolute in the configuration. */
export function path() {
  return z.string().min(1).register(marks, { kind: 'path', expected: 'a path' });
}

/** A file read when the configuration is loaded: `x_file` becomes `x`, a Secret with the content. */
export function contentFile() {
  const expected = 'a path, credential:NAME or environment:NAME';
  return z.string().min(1).brand<'content'>().register(marks, { kind: 'secret', expected });
}

/** A domain or host name. */
export function hostName() {
  return z
    .string()
    .refine((value) => isHostName(value))
    .register(marks, { kind: 'text', expected: 'a host name such as mail.example' });
}

/** A host name, or `<mail_domain>` for the value of that option. */
export function ownHostName() {
  return z
    .string()
    .refine((value) => value === '<mail_domain>' || isHostName(value))
    .register(marks, { kind: 'text', expected: 'a host name such as mail.example, or <mail_domain>' });
}

function isHostName(value: string): boolean {
  return HOST.test(value) || isInternational(value);
}

/** An internationalised name: the URL parser knows the rules (RFC 5891). */
function isInternational(value: string): boolean {
  return /[^\p{ASCII}]/u.test(value) && !/[\s/?#@:]/.test(value) && URL.canParse(`http://${value}`);
}

/** What a socket binds or connects to: a name or an IP address. */
export function host() {
  return z
    .string()
    .refine((value) => HOST.test(value) || isIP(value) > 0)
    .register(marks, { kind: 'text', expected: 'a host name or IP address' });
}

/** The path of a unix socket, or a host with its port. */
export function socketAddress() {
  return z
    .string()
    .refine((value) => isSocketAddress(value))
    .register(marks, { kind: 'text', expected: 'an absolute path or HOST:PORT' });
}

function isSocketAddress(value: string): boolean {
  if (value.startsWith('/')) return value.length > 1 && value.length < 108;
  const [, host = '', port = ''] = /^(.+):([1-9]\d{0,4})$/.exec(value) ?? [];
  const name = host.replace(/^\[(.*)\]$/, '$1');
  return Number(port) <= 65_535 && (isIP(name) > 0 || HOST.test(name));
}

export function ipAddress() {
  return z
    .string()
    .refine((value) => isIP(value) > 0)
    .register(marks, { kind: 'text', expected: 'an IP address' });
}

/** One IP address, or a range of them (RFC 4632). */
export function addressRange() {
  return z
    .string()
    .refine((value) => isAddressRange(value))
    .register(marks, { kind: 'text', expected: 'an IP address or a range such as 10.0.0.0/8' });
}

function isAddressRange(value: string): boolean {
  const [address = '', bits, more] = value.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (longest < 0 || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest);
}

export function address() {
  const expected = 'a mail address such as behala.ps@kolkatapolice.example';
  return z
    .string()
    .refine((value) => isSendable(value))
    .register(marks, { kind: 'text', expected });
}

/** A mail address, or one under `<mail_domain>`. */
export function ownAddress() {
  const expected = 'a mail address such as it@kolkatapolice.example, or NAME@<mail_domain>';
  return z
    .string()
    .refine((value) => isSendable(value.replace(/@<mail_domain>$/, '@mail.example')))
    .register(marks, { kind: 'text', expected });
}

export function code() {
  const expected = 'a code of lower-case letters, digits and single hyphens, at most 24 characters';
  return z.string().regex(CODE).max(24).register(marks, { kind: 'text', expected });
}

/** The key of a category. */
export function capitalCode() {
  const expected = 'a code of 2 to 8 capital letters';
  return z
    .string()
    .regex(/^[A-Z]{2,8}$/)
    .register(marks, { kind: 'text', expected });
}

/** A division with its force, as officers serve it. */
export function divisionCode() {
  const expected = 'a force and its division such as kp/sw';
  return z
    .string()
    .refine((value) => /^[^/]+\/[^/]+$/.test(value) && value.split('/').every((part) => CODE.test(part)))
    .register(marks, { kind: 'text', expected });
}

export function timeZone() {
  const expected = 'a time zone such as Asia/Kolkata';
  return z
    .string()
    .refine((value) => isTimeZone(value))
    .register(marks, { kind: 'text', expected });
}

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

export function webAddress() {
  const expected = 'an address such as https://thanadak.kolkatapolice.example';
  return z
    .string()
    .refine((value) => /^https?:\/\//.test(value) && URL.canParse(value))
    .register(marks, { kind: 'text', expected });
}

/** A list of at least one entry. */
export function filledList<T extends z.ZodType>(entry: T) {
  const expected = marks.get(entry)?.expected ?? 'a section';
  return z
    .array(entry)
    .min(1)
    .register(marks, { expected: `a list of one or more, each ${expected}` });
}
