// Passkeys (Web Authentication Level 3): what the browser needs, and whether its answer is good.
import type { Passkeys, Place } from '../ports/identity.js';
import type { Passkey } from '../ports/sign-in.js';

type Library = typeof import('@simplewebauthn/server');
type Registration = Parameters<Library['verifyRegistrationResponse']>[0]['response'];
type Authentication = Parameters<Library['verifyAuthenticationResponse']>[0];

/** Read when somebody first uses one. */
const library = () => import('@simplewebauthn/server');
const TIMEOUT_MS = 120_000;

export function createPasskeys(): Passkeys {
  return { ...making, ...using, claimed: claimedBy };
}

const making: Pick<Passkeys, 'registration' | 'registered'> = {
  async registration({ place, challenge, officer, known }) {
    const { generateRegistrationOptions } = await library();
    return generateRegistrationOptions({
      rpName: 'Thanadak',
      rpID: place.host,
      userName: officer.id,
      userDisplayName: officer.name,
      userID: new Uint8Array(Buffer.from(officer.id)),
      challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
      timeout: TIMEOUT_MS,
      attestationType: 'none',
      excludeCredentials: known.map(({ id }) => ({ id })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  },
  async registered({ place, challenge, response }) {
    const { verifyRegistrationResponse } = await library();
    const verified = await orUndefined(
      verifyRegistrationResponse({
        ...expected(place),
        response: response as Registration,
        expectedChallenge: challenge,
        requireUserVerification: true,
      }),
    );
    if (!verified?.verified) return undefined;
    const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
    return { id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports };
  },
};

const using: Pick<Passkeys, 'authentication' | 'authenticated'> = {
  async authentication({ place, challenge }) {
    const { generateAuthenticationOptions } = await library();
    return generateAuthenticationOptions({
      rpID: place.host,
      challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
      timeout: TIMEOUT_MS,
      userVerification: 'required',
    });
  },
  async authenticated({ place, challenge, response, passkey }) {
    const { verifyAuthenticationResponse } = await library();
    const verified = await orUndefined(
      verifyAuthenticationResponse({
        ...expected(place),
        response: response as Authentication['response'],
        expectedChallenge: challenge,
        credential: credentialOf(passkey),
        requireUserVerification: true,
      }),
    );
    return verified?.verified ? { counter: verified.authenticationInfo.newCounter } : undefined;
  },
};

function expected({ origin, host }: Place) {
  return { expectedOrigin: origin, expectedRPID: host };
}

function credentialOf({ id, publicKey, counter, transports }: Passkey): Authentication['credential'] {
  const key = new Uint8Array(Buffer.from(publicKey, 'base64url'));
  return { id, publicKey: key, counter, transports: [...transports] } as Authentication['credential'];
}

/** The library throws for whatever is wrong with an answer; why it is, nobody is told. */
async function orUndefined<T>(verifying: Promise<T>): Promise<T | undefined> {
  try {
    return await verifying;
  } catch {
    return undefined;
  }
}

function claimedBy(response: unknown): { id: string; challenge: string } | undefined {
  const { id, response: inner } = (response ?? {}) as {
    id?: unknown;
    response?: { clientDataJSON?: unknown };
  };
  const data = inner?.clientDataJSON;
  if (typeof id !== 'string' || typeof data !== 'string') return undefined;
  try {
    const { challenge } = JSON.parse(Buffer.from(data, 'base64url').toString('utf8')) as {
      challenge?: unknown;
    };
    return typeof challenge === 'string' ? { id, challenge } : undefined;
  } catch {
    return undefined;
  }
}
