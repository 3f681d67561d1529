// Passkeys: added to the own account, and a way in that needs neither password nor code, because the device has verified
// the person.
import type { Officer } from '../domain/people.js';
import { peopleNow } from '../ports/office.js';
import type { Session } from '../ports/sign-in.js';
import type { Challenges } from './challenges.js';
import { note, noteRefused } from './journal.js';
import { isMyself, type Myself } from './myself.js';
import type { Client, Refused, SignedIn, SignInOptions } from './options.js';
import { arrive } from './steps.js';
import { mayAsk } from './throttle.js';

export interface PasskeyWays {
  /** What the browser needs to make one. */
  offer(session: Pick<Session, 'id'>, officer: Officer): Promise<object>;
  /** Keeps the one the browser made. `response` is what it sent. */
  add(given: Myself & { name: string; response: unknown }, client: Client): Promise<'done' | Refused>;
  /** What the browser needs to sign in with one. */
  ask(client: Client): Promise<object | Refused>;
  enter(response: unknown, client: Client): Promise<SignedIn | Refused>;
  /** False when the officer has none such. */
  remove(officer: Officer, id: string): Promise<boolean>;
}

const MOST_PASSKEYS = 10;
const NAME_LENGTH = 60;
const SIGN_IN = 'sign-in';

export function createPasskeyWays(options: SignInOptions, challenges: Challenges): PasskeyWays {
  const { store, passkeys, place } = options;
  return {
    async offer(session, { id, name }) {
      const known = await store.passkeys.ofOfficer(id);
      const challenge = challenges.make(`add ${session.id}`);
      return passkeys.registration({ place: place(), challenge, officer: { id, name: name || id }, known });
    },
    async add({ response, name, ...myself }, client) {
      const confirmed = await isMyself(options, myself, client);
      if (confirmed !== true) return confirmed;
      const { session, officer } = myself;
      const challenge = passkeys.claimed(response)?.challenge ?? '';
      if (!challenges.use(`add ${session.id}`, challenge)) return { kind: 'refused' };
      const made = await passkeys.registered({ place: place(), challenge, response });
      if (!made) return { kind: 'refused' };
      return store.transact(async (unit): Promise<'done' | Refused> => {
        const known = await unit.passkeys.ofOfficer(officer.id);
        if (known.length >= MOST_PASSKEYS || (await unit.passkeys.find(made.id))) return { kind: 'refused' };
        const title = name.trim().slice(0, NAME_LENGTH);
        await unit.passkeys.add({
          ...made,
          name: title,
          officer: officer.id,
          createdAt: unit.now,
          usedAt: null,
        });
        await note(unit, 'passkey-added', { actor: officer.id, officer: officer.id });
        return 'done';
      });
    },
    async ask({ address }) {
      if (!(await store.transact((unit) => mayAsk(unit, address)))) return { kind: 'too-many' };
      return passkeys.authentication({ place: place(), challenge: challenges.make(SIGN_IN) });
    },
    enter: (response, client) => enterWith({ options, challenges }, response, client),
    remove: (officer, id) =>
      store.transact(async (unit) => {
        if (!(await unit.passkeys.remove(id, officer.id))) return false;
        await note(unit, 'passkey-removed', { actor: officer.id, officer: officer.id });
        return true;
      }),
  };
}

async function enterWith(
  { options, challenges }: { options: SignInOptions; challenges: Challenges },
  response: unknown,
  client: Client,
): Promise<SignedIn | Refused> {
  const { store, passkeys, place } = options;
  if (!(await store.transact((unit) => mayAsk(unit, client.address)))) return { kind: 'too-many' };
  const claimed = passkeys.claimed(response);
  const passkey = claimed && (await store.passkeys.find(claimed.id));
  const officer = passkey && (await peopleNow(options.rules(), store)).get(passkey.officer);
  const challenge = claimed?.challenge ?? '';
  const good =
    passkey &&
    officer?.disabled === false &&
    challenges.use(SIGN_IN, challenge) &&
    (await passkeys.authenticated({ place: place(), challenge, response, passkey }));
  return store.transact(async (unit): Promise<SignedIn | Refused> => {
    if (!good) {
      await noteRefused(unit, { officer: officer?.id ?? null, address: client.address, step: 'passkey' });
      return { kind: 'refused' };
    }
    await unit.passkeys.used(passkey.id, { counter: good.counter, at: unit.now });
    // The password is not asked here, so a new one is not either.
    return arrive(unit, options, {
      officer,
      credential: undefined,
      way: 'passkey',
      proof: 'proven',
      ...client,
    });
  });
}
