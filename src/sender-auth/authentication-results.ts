// Authentication-Results (RFC 8601): what a relay found out. Only what it says is read here; whether it may be believed
// is decided by origin.ts.
import { endOfComment } from './quoting.js';

/** One method's result: `spf=pass smtp.mailfrom=rita@home.example`. */
export interface MethodClaim {
  /** Lower case: spf, dkim, dmarc, arc … */
  method: string;
  /** Lower case. */
  result: string;
  /** `smtp.mailfrom`, `header.d` …; names in lower case. */
  properties: ReadonlyMap<string, string>;
}

export interface AuthenticationResults {
  /** Who says so; lower case. */
  authservId: string;
  claims: MethodClaim[];
}

const MAX_VALUE = 16_384;
const MAX_CLAIMS = 50;

/** Reads the unfolded value of a field; undefined when it names nobody who says so. Never throws. */
export function readAuthenticationResults(value: string): AuthenticationResults | undefined {
  const [opening = [], ...statements] = splitStatements(readTokens(value.slice(0, MAX_VALUE)));
  const [authservId] = opening;
  if (authservId === undefined || authservId === '=' || opening[1] === '=') return undefined;
  const claims = statements.slice(0, MAX_CLAIMS).map(readClaim);
  return {
    authservId: authservId.toLowerCase(),
    claims: claims.filter((claim) => claim !== undefined),
  };
}

/** Words, quoted words without their quotes, `=` and `;`. Comments are left out. */
function readTokens(value: string): string[] {
  const tokens: string[] = [];
  let at = 0;
  while (at < value.length) {
    const char = value.charAt(at);
    if (char === '(') at = endOfComment(value, at);
    else if (char === '"') {
      const { text, end } = readQuoted(value, at);
      tokens.push(text);
      at = end;
    } else if (char === '=' || char === ';') {
      tokens.push(char);
      at += 1;
    } else if (/\s/.test(char)) at += 1;
    else {
      const end = endOfWord(value, at);
      tokens.push(value.slice(at, end));
      at = end;
    }
  }
  return tokens;
}

function endOfWord(value: string, at: number): number {
  let end = at + 1;
  while (end < value.length && !/[\s;="(]/.test(value.charAt(end))) end += 1;
  return end;
}

function readQuoted(value: string, at: number): { text: string; end: number } {
  let text = '';
  let end = at + 1;
  for (; end < value.length && value.charAt(end) !== '"'; end += 1) {
    if (value.charAt(end) === '\\') end += 1;
    text += value.charAt(end);
  }
  return { text, end: end + 1 };
}

function splitStatements(tokens: readonly string[]): string[][] {
  const statements: string[][] = [[]];
  for (const token of tokens) {
    if (token === ';') statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements;
}

/** `method [/version] = result` and its properties, each `name = value`. */
function readClaim(tokens: readonly string[]): MethodClaim | undefined {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 2 < tokens.length + 1; at += 1) {
    const [name = '', equals, text] = tokens.slice(at, at + 3);
    if (equals !== '=' || name === '=' || text === undefined) continue;
    pairs.push([name.toLowerCase(), text]);
    at += 2;
  }
  const [first, ...rest] = pairs;
  if (!first) return undefined;
  const properties = new Map<string, string>();
  for (const [name, text] of rest) if (!properties.has(name)) properties.set(name, text);
  return { method: first[0].replace(/\/.*$/, ''), result: first[1].toLowerCase(), properties };
}
