// A small provider of OpenID Connect on this machine: discovery, authorization code with PKCE, signed ID tokens.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Claims {
  sub: string;
  email?: string;
  email_verified?: boolean;
  amr?: string[];
}

interface Grant {
  nonce: string;
  challenge: string;
  redirectUri: string;
  claims: Claims;
}

export async function openProvider(client: { id: string; secret: string }) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const grants = new Map<string, Grant>();
  let claims: Claims = { sub: 'nobody' };
  /** What the next ID token says instead. */
  let lie: Record<string, unknown> = {};
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    const say = (value: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (url.pathname === '/.well-known/openid-configuration') return void say(discovery(issuer));
    if (url.pathname === '/keys') {
      return void say({
        keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256', use: 'sig' }],
      });
    }
    if (url.pathname === '/authorize') return void response.writeHead(302, { location: grantFor(url) }).end();
    const form = new URLSearchParams(await text(request));
    const grant = grants.get(form.get('code') ?? '');
    grants.delete(form.get('code') ?? '');
    const proven = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isGood =
      grant?.challenge === proven &&
      grant.redirectUri === form.get('redirect_uri') &&
      isClient(request.headers.authorization ?? '', client);
    if (!isGood) return void say({ error: 'invalid_grant' }, 400);
    say({ access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: tokenFor(grant) });
  }

  function grantFor(url: URL): string {
    const ask = (name: string) => url.searchParams.get(name) ?? '';
    const code = randomBytes(12).toString('hex');
    const redirectUri = ask('redirect_uri');
    grants.set(code, { nonce: ask('nonce'), challenge: ask('code_challenge'), redirectUri, claims });
    return `${redirectUri}?${new URLSearchParams({ code, state: ask('state') })}`;
  }

  function tokenFor({ nonce, claims: said }: Grant): string {
    const now = Math.floor(Date.now() / 1_000);
    const body = { iss: issuer, aud: client.id, iat: now, exp: now + 60, nonce, ...said, ...lie };
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg: 'RS256', kid: '1' })}.${part(body)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
  }

  return {
    issuer,
    /** Who signs in there next. */
    setPerson(next: Claims, lies: Record<string, unknown> = {}) {
      claims = next;
      lie = lies;
    },
    /** Goes there as the browser does; gives the path it comes back to. */
    async visit(address: string): Promise<string> {
      const response = await fetch(address, { redirect: 'manual' });
      const back = new URL(response.headers.get('location') ?? '', issuer);
      return `${back.pathname}${back.search}`;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Both parts are form-encoded before they are joined (RFC 6749, 2.3.1). */
function isClient(header: string, { id, secret }: { id: string; secret: string }): boolean {
  const pair = Buffer.from(header.replace('Basic ', ''), 'base64').toString();
  const [name = '', word = ''] = pair
    .split(':')
    .map((part) => decodeURIComponent(part.replaceAll('+', '%20')));
  return name === id && word === secret;
}

function discovery(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  };
}
