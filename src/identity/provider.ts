// A provider of OpenID Connect (Core 1.0): authorization code with PKCE, state and nonce.
import type { Configuration, DiscoveryRequestOptions } from 'openid-client';
import { messageOf, TemporaryFailure, ThanadakError } from '../domain/errors.js';
import type { Provider, ProviderAnswer } from '../ports/identity.js';
import type { Log } from '../ports/surroundings.js';

export interface ProviderOptions {
  /** As people call it. */
  name: string;
  issuer: string;
  clientId: string;
  /** Undefined for a public client. */
  clientSecret: string | undefined;
  log: Log;
}

/** Read when somebody first goes there. */
const library = () => import('openid-client');
const SCOPE = 'openid email profile';
const TIMEOUT_SECONDS = 10;
/** Values of RFC 8176 that say more than a password. */
const STRONG = ['mfa', 'otp', 'hwk', 'swk', 'fpt', 'face', 'iris', 'sc', 'pop'];

export function createProvider(options: ProviderOptions): Provider {
  let found: Promise<Configuration> | undefined;
  const configuration = () => {
    found ??= discover(options).catch((error: unknown) => {
      found = undefined;
      options.log.warn({ error, issuer: options.issuer }, 'the provider of sign-ins does not answer');
      throw new TemporaryFailure('The provider does not answer. Try again, or sign in with the password.');
    });
    return found;
  };
  return {
    name: options.name,
    async begin(redirectUri) {
      const client = await library();
      const known = await configuration();
      const trip = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(known, {
        redirect_uri: redirectUri,
        scope: SCOPE,
        state: trip.state,
        nonce: trip.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(trip.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, trip };
    },
    async finish(url, { state, nonce, verifier }) {
      const client = await library();
      const known = await configuration();
      try {
        const tokens = await client.authorizationCodeGrant(known, new URL(url), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        return answerOf(tokens.claims() ?? {});
      } catch (error) {
        options.log.info({ reason: messageOf(error) }, 'an answer of the provider of sign-ins was refused');
        throw new ThanadakError('refused', 'The answer of the provider is not good.', { cause: error });
      }
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: ProviderOptions): Promise<Configuration> {
  const client = await library();
  const authentication = clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret);
  const around: DiscoveryRequestOptions = { timeout: TIMEOUT_SECONDS };
  // The configuration says http only for a provider on this machine (see the check of `issuer`).
  if (issuer.startsWith('http:')) around.execute = [client.allowInsecureRequests];
  return client.discovery(new URL(issuer), clientId, undefined, authentication, around);
}

function answerOf(claims: Readonly<Record<string, unknown>>): ProviderAnswer {
  const { iss, sub, email, email_verified: isVerified, amr } = claims;
  const address = isVerified === true && typeof email === 'string' ? email : null;
  const ways = Array.isArray(amr) ? amr : [];
  return {
    issuer: String(iss),
    subject: String(sub),
    address,
    isStrong: ways.some((way) => STRONG.includes(String(way))),
  };
}
