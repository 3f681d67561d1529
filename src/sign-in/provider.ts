// Signing in by a provider of OpenID Connect: who comes back is known by issuer and subject, the first time by an address
// that the provider has verified and that is an officer's.
import { TemporaryFailure } from '../domain/errors.js';
import type { Officer, People } from '../domain/people.js';
import { shift } from '../domain/time.js';
import type { Provider, ProviderAnswer, ProviderTrip } from '../ports/identity.js';
import { peopleNow } from '../ports/office.js';
import type { UnitOfWork } from '../ports/store.js';
import { note } from './journal.js';
import type { Client, Refused, SignedIn, SignInOptions } from './options.js';
import { arrive } from './steps.js';
import { mayAsk } from './throttle.js';

export interface ProviderWay {
  /** As the button calls it; undefined when none is configured. */
  name(): string | undefined;
  /** Where the browser goes, and what it keeps meanwhile. Errors: 'unavailable'. */
  begin(next: string, client: Client): Promise<{ url: string; sealed: string } | Refused>;
  /** `url` is the whole address the browser came back with; `next` is where it wanted to go at the beginning. */
  finish(
    back: { url: string; sealed: string },
    client: Client,
  ): Promise<{ signedIn: SignedIn; next: string } | Refused>;
}

const PURPOSE = 'provider-trip';
const OPEN_MS = 10 * 60_000;
/** The path it sends people back to. */
export const PROVIDER_BACK = '/sign-in/provider/back';

interface Trip extends ProviderTrip {
  next: string;
  until: string;
}

export function createProviderWay(options: SignInOptions): ProviderWay {
  const { store, locker, clock, place } = options;
  return {
    name: () => options.provider()?.name,
    async begin(next, { address }) {
      if (!(await store.transact((unit) => mayAsk(unit, address)))) return { kind: 'too-many' };
      const { url, trip } = await providerOf(options).begin(`${place().origin}${PROVIDER_BACK}`);
      const kept: Trip = { ...trip, next, until: shift(clock.now(), OPEN_MS) };
      return { url, sealed: locker.lock(PURPOSE, JSON.stringify(kept)) };
    },
    async finish({ url, sealed }, client) {
      const opened = locker.unlock(PURPOSE, sealed);
      const trip = opened === undefined ? undefined : (JSON.parse(opened) as Trip);
      if (!trip || trip.until <= clock.now()) return { kind: 'refused' };
      const answer = await providerOf(options).finish(url, trip);
      const people = await peopleNow(options.rules(), store);
      const signedIn = await store.transact((unit) => come({ unit, options, people }, answer, client));
      return signedIn.kind === 'signed-in' ? { signedIn, next: trip.next } : signedIn;
    },
  };
}

function providerOf(options: SignInOptions): Provider {
  const provider = options.provider();
  if (!provider) throw new TemporaryFailure('No provider is configured.');
  return provider;
}

interface Around {
  unit: UnitOfWork;
  options: SignInOptions;
  people: People;
}

async function come(
  { unit, options, people }: Around,
  answer: ProviderAnswer,
  client: Client,
): Promise<SignedIn | Refused> {
  const { issuer, subject, isStrong } = answer;
  const bound = await unit.credentials.officerOf({ issuer, subject });
  const officer = bound === undefined ? officerAt(people, answer.address) : people.get(bound);
  if (!officer || officer.disabled) return { kind: 'refused' };
  if (bound === undefined) {
    await unit.credentials.bind({ issuer, subject }, officer.id);
    await note(unit, 'provider-bound', { actor: officer.id, officer: officer.id, issuer });
  }
  const credential = await unit.credentials.find(officer.id);
  // A provider that asked for one factor only counts as a password: our own code is asked where the rank needs one.
  const proof = isStrong ? 'proven' : 'half';
  return arrive(unit, options, {
    officer,
    credential: credential && { ...credential, mustChange: false },
    way: 'provider',
    proof,
    ...client,
  });
}

/** The one officer in service with this address; nobody when several share it. */
function officerAt(people: People, address: string | null): Officer | undefined {
  if (address === null) return undefined;
  const found = [...people.values()].filter(
    (officer) => officer.address?.toLowerCase() === address.toLowerCase() && !officer.disabled,
  );
  return found.length === 1 ? found[0] : undefined;
}
