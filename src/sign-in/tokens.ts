// What a browser holds and what we keep of it: random tokens, their hashes, the code that proves a form is of ours.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 32;
const TOKEN = /^[\w-]{43}$/;

/** 256 random bits, base64url. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Whether the text can be a token at all. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** What is stored in place of a token: who reads the database can sign in with nothing. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** The code that every form of this session carries; it tells nothing about the token. */
export function csrfOf(token: string): string {
  return createHash('sha256').update(`csrf\n${token}`).digest('base64url');
}

/** Constant time. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
