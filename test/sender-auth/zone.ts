// A scripted DNS: a table of names, and names whose servers are slow, broken or silent.
import type { Resolve } from '../../src/sender-auth/options.js';

/** `TXT name` → records as node:dns gives them; TXT texts may be given plain. `trouble` → the code of a rejection. */
export type Zone = Record<string, readonly (string | { exchange: string; priority: number })[] | Trouble>;

export interface Trouble {
  /** ESERVFAIL, ETIMEOUT …; `silent` never answers. */
  trouble: string;
}

export interface ScriptedDns {
  resolve: Resolve;
  /** Every question asked, in order: `TXT home.example`. */
  asked: string[];
  /** From now on the world looks like this. */
  become(zone: Zone): void;
}

export function scriptedDns(first: Zone): ScriptedDns {
  const asked: string[] = [];
  let zone = first;
  let names = namesOf(zone);
  return {
    asked,
    become(next) {
      zone = next;
      names = namesOf(zone);
      asked.length = 0;
    },
    resolve(name, rrtype) {
      const key = `${rrtype} ${name}`;
      asked.push(key);
      const found = zone[key];
      if (found === undefined) return Promise.reject(refusal(names.has(name) ? 'ENODATA' : 'ENOTFOUND', key));
      if ('trouble' in found) {
        return found.trouble === 'silent'
          ? new Promise(() => {})
          : Promise.reject(refusal(found.trouble, key));
      }
      return Promise.resolve(rrtype === 'TXT' ? found.map((text) => [text]) : found);
    },
  };
}

function namesOf(zone: Zone): Set<string | undefined> {
  return new Set(Object.keys(zone).map((key) => key.split(' ')[1]));
}

function refusal(code: string, key: string): Error {
  return Object.assign(new Error(`${code} ${key}`), { code });
}
