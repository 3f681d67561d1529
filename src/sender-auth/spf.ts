// SPF (RFC 7208): may this machine send for the domain of the envelope? Of HELO when the envelope has no sender (2.4).
import { spf } from 'mailauth/lib/spf/index.js';
import { splitAddress } from '../domain/address.js';
import { type Finding, mailDomainOf } from '../domain/sender-evidence.js';
import type { Records } from './dns-records.js';
import { isRecordType, recordsOf } from './letter-lookup.js';
import type { Lookup } from './lookup.js';
import { identify } from './organisation.js';
import { writeOutDomain } from './spf-macros.js';

export interface SpfQuestion {
  /** MAIL FROM, may be empty. */
  sender: string;
  /** The client, in its plain form. */
  address: string;
  helo: string;
  /** What this machine calls itself. */
  hostname: string;
}

const RESULTS = new Set(['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror']);
const MAX_LOCAL = 64;

/** The result; `lookup` bounds what it may cost. Never rejects. */
export async function checkSpf(question: SpfQuestion, lookup: Lookup): Promise<Finding> {
  const { sender, address, helo, hostname } = question;
  const { local, domain } = splitAddress(sender) ?? {
    local: 'postmaster',
    domain: sender === '' ? helo : '',
  };
  const asked = mailDomainOf(domain);
  if (asked === undefined) return { result: 'none', identity: null, detail: 'no domain to ask about' };
  const identity = identify(asked);
  try {
    const { status } = await spf({
      sender: `${plainLocal(local)}@${asked}`,
      ip: address,
      helo: mailDomainOf(helo) ?? `[${address}]`,
      mta: hostname,
      resolver: (name, type) => answerSpf(lookup, name, type),
    });
    const result = RESULTS.has(status.result) ? status.result : 'permerror';
    return { result, identity, detail: describe(result, address) };
  } catch {
    return { result: 'permerror', identity, detail: 'the record cannot be used' };
  }
}

/** Macros put it into names that are asked for, so nothing but plain characters. */
function plainLocal(local: string): string {
  return local.slice(0, MAX_LOCAL).replace(/[^\w.+=-]/g, '_');
}

type SpfRecords = string[][] | string[];

async function answerSpf(lookup: Lookup, name: string, type: string): Promise<SpfRecords> {
  const answer = isRecordType(type) ? await lookup.ask(name, type) : { kind: 'trouble' as const, code: type };
  const records = recordsOf(answer);
  // The library's own types forget the records of MX, which it reads as they are.
  return type === 'TXT' ? writtenOut(records, name) : (records as SpfRecords);
}

/** Each record in one piece, its domain macros written out if it is one of SPF. */
function writtenOut(records: Records, name: string): string[][] {
  const domain = name.replace(/\.$/, '');
  const texts = records.filter((parts) => Array.isArray(parts)).map((parts) => parts.join(''));
  return texts.map((text) => [/^v=spf1(\s|$)/i.test(text) ? writeOutDomain(text, domain) : text]);
}

function describe(result: string, address: string): string {
  switch (result) {
    case 'pass':
      return `${address} may send for it`;
    case 'fail':
    case 'softfail':
      return `${address} may not send for it`;
    case 'temperror':
      return 'its record could not be read in time';
    case 'permerror':
      return 'its record cannot be used';
    case 'none':
      return 'no record published';
    default:
      return `its record says nothing of ${address}`;
  }
}
