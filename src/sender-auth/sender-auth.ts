// Finds out whether the sender of a letter is who the letter says, after it was accepted.
import { Resolver } from 'node:dns/promises';
import type { Message } from '../domain/message.js';
import { type SenderCheck, UNCHECKED } from '../domain/sender-check.js';
import { judgeSender } from '../domain/sender-verdict.js';
import type { SenderAuth } from '../ports/sender-auth.js';
import { believeRelay, type CheckedLetter, gatherEvidence, type Surroundings } from './evidence.js';
import { readLetterHead } from './head.js';
import { isPublic, plainAddress } from './ip-address.js';
import { deadlineAfter } from './letter-lookup.js';
import { createLookup } from './lookup.js';
import type { Resolve, SenderAuthOptions, SenderAuthSettings } from './options.js';
import { relayOf, relayResults } from './origin.js';
import { createVerifier } from './verifier.js';

type Letter = Omit<CheckedLetter, 'head'>;

const QUERY_MS = 2_000;
const LETTER_MS = 8_000;
/** The parser of letters keeps so many headers of a letter; one with more may be signed below them. */
const HEADERS_KEPT = 500;

/** Throws ThanadakError when the compiled worker is missing. */
export function createSenderAuth(options: SenderAuthOptions): SenderAuth {
  const { log, clock, queryMs = QUERY_MS } = options;
  const system = systemResolver(queryMs);
  const lookup = createLookup({ resolve: options.resolve ?? system.resolve, queryMs, clock });
  const verifier = createVerifier({ workers: options.workers ?? 1, workerUrl: options.workerUrl });
  let closed = false;

  async function checkLetter(letter: Letter): Promise<SenderCheck> {
    const settings = options.settings();
    const answer = closed ? unchecked('The house was closing.') : answerAtOnce(letter, settings);
    if (answer) return answer;
    const checked = { ...letter, head: readLetterHead(letter.path) };
    if (settings.mode === 'relay') return checkByRelay(checked, settings);
    const deadline = deadlineAfter(options.letterMs ?? LETTER_MS);
    const around: Surroundings = {
      settings,
      hostname: options.hostname,
      lookup,
      verifier,
      deadline,
      log,
    };
    return judgeSender(await gatherEvidence(checked, around));
  }

  return {
    async check(letter) {
      try {
        const check = await checkLetter(letter);
        log.debug({ letterId: letter.spooled.id, verdict: check.verdict }, 'sender checked');
        return check;
      } catch (error) {
        log.warn({ letterId: letter.spooled.id, error }, 'the sender of a letter could not be checked');
        return unchecked('Its sender could not be checked.');
      }
    },
    async close() {
      closed = true;
      system.cancel();
      await verifier.close();
    },
  };
}

/** What needs no look into the letter. */
function answerAtOnce(letter: Letter, settings: SenderAuthSettings): SenderCheck | undefined {
  const { envelope } = letter.spooled;
  const relay = relayOf(envelope, settings);
  switch (settings.mode) {
    case 'off':
      return unchecked('Senders are not checked here.');
    case 'relay':
      return relay === undefined
        ? unchecked('It did not come by a relay that could have checked its sender.')
        : undefined;
    default: {
      const client = plainAddress(envelope.client.address);
      const isOurs = relay === undefined && (client === undefined || !isPublic(client));
      return isOurs && !maySigned(letter.message)
        ? unchecked('It was handed over from inside, and nobody signed it.')
        : undefined;
    }
  }
}

function maySigned({ parsed, headers }: Message): boolean {
  if (!parsed || headers.length >= HEADERS_KEPT) return true;
  return headers.some(({ name }) => name === 'dkim-signature' || name === 'arc-seal');
}

function checkByRelay(letter: CheckedLetter, settings: SenderAuthSettings): SenderCheck {
  const results = relayResults(letter.head, settings);
  if (!results) return unchecked('The relay says nothing about its sender.');
  return judgeSender(believeRelay(letter, results));
}

function unchecked(why: string): SenderCheck {
  return { ...UNCHECKED, why };
}

/** The name servers of the machine. Half the time is for the first try, so that one lost packet is no trouble. */
function systemResolver(queryMs: number): { resolve: Resolve; cancel(): void } {
  const resolver = new Resolver({ timeout: Math.ceil(queryMs / 2), tries: 2 });
  return {
    resolve(name, rrtype) {
      if (rrtype === 'A') return resolver.resolve4(name, { ttl: true });
      if (rrtype === 'AAAA') return resolver.resolve6(name, { ttl: true });
      return resolver.resolve(name, rrtype);
    },
    cancel: () => resolver.cancel(),
  };
}
