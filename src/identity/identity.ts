// Everything signing in asks of the outside, put together.
import type { OneTimeCodes, Passkeys, Passwords, Provider } from '../ports/identity.js';
import type { Log } from '../ports/surroundings.js';
import { createOneTimeCodes } from './one-time-codes.js';
import { createPasskeys } from './passkeys.js';
import { createPasswords } from './passwords.js';
import { createProvider, type ProviderOptions } from './provider.js';

export type ProviderSettings = Omit<ProviderOptions, 'log'>;

export interface Identity {
  passwords: Passwords;
  codes: OneTimeCodes;
  passkeys: Passkeys;
  provider(): Provider | undefined;
}

/** `provider` is asked each time, so that a reload counts; it is opened anew only when it changed. */
export function createIdentity(options: {
  /** Names the installation in authenticator apps. */
  name: string;
  provider(): ProviderSettings | undefined;
  log: Log;
}): Identity {
  let opened: { mark: string; provider: Provider } | undefined;
  return {
    passwords: createPasswords(),
    codes: createOneTimeCodes(options.name),
    passkeys: createPasskeys(),
    provider() {
      const settings = options.provider();
      if (!settings) return undefined;
      const mark = JSON.stringify(settings);
      if (opened?.mark !== mark)
        opened = { mark, provider: createProvider({ ...settings, log: options.log }) };
      return opened.provider;
    },
  };
}
