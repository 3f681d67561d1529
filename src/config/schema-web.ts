// The options of the web pages: where they are served, who may sign in and how.
import { z } from 'zod';
import { live, restart } from './marks.js';
import { addressRange, choice, contentFile, duration, flag, host, text, webAddress } from './options.js';
import { port } from './schema-smtp.js';

const oidc = z.strictObject({
  issuer: webAddress().describe(
    'The provider (iss of its ID tokens); what it offers is read from /.well-known/openid-configuration under it.',
  ),
  client_id: text().describe(
    'Our name at the provider. The address it sends people back to is PUBLIC_URL/sign-in/provider/back.',
  ),
  client_secret_file: contentFile()
    .optional()
    .describe(
      'File with the secret that the provider gave us. Without it we are a public client, with PKCE alone.',
    ),
  name: text().prefault('your organisation').describe('What the button calls it.'),
});

const signIn = z.strictObject({
  idle: duration()
    .prefault('30m')
    .describe('Time without a request after which an officer must sign in again.'),
  longest: duration().prefault('12h').describe('Time after which an officer must sign in again in any case.'),
  totp: choice(['from-oc', 'all', 'off'])
    .prefault('from-oc')
    .describe(
      'Who must give a code of an authenticator app (RFC 6238) besides the password. from-oc: ranks from OC up and auditors. ' +
        'off: whoever has set one up.',
    ),
  oidc: oidc
    .optional()
    .describe('A provider of OpenID Connect by which officers sign in. Without it there is none.'),
});

export const web = restart(
  z
    .strictObject({
      listen: z
        .strictObject({
          host: host().prefault('127.0.0.1').describe('Address to listen on.'),
          port: port().prefault(8025).describe('TCP port; 0 takes any free one.'),
        })
        .prefault({})
        .describe('Where the web pages and /readyz are served.'),
      public_url: webAddress()
        .prefault('http://127.0.0.1:8025')
        .describe(
          'Address under which people reach the pages; used in letters. Cookies are safe only with https.',
        ),
      trusted_proxies: z
        .array(addressRange())
        .prefault([])
        .describe('Proxies whose X-Forwarded-For we believe. Others are taken for the client themselves.'),
      metrics_for_all: flag()
        .prefault(false)
        .describe('true: /metrics answers everybody who reaches the address, not this machine alone.'),
      design_page: flag()
        .prefault(false)
        .describe('true: /design shows the components of the pages; for who builds pages.'),
      sign_in: live(signIn.prefault({}).describe('How officers sign in.')),
    })
    .prefault({})
    .describe('The web pages.'),
);
