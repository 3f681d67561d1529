// Credentials, passkeys, sessions, and what an officer keeps for the own desk.
import { describe, expect, it } from 'vitest';
import type { Passkey, Session } from '../../src/ports/sign-in.js';
import { at, freshStore, type OpenStore, T0 } from './records.js';

function aSession(changes: Partial<Session> = {}): Session {
  return {
    id: 's1',
    officer: 'si-roy',
    level: 'full',
    way: 'password',
    createdAt: T0,
    seenAt: T0,
    userAgent: 'Firefox',
    endedAt: null,
    endedWhy: null,
    ...changes,
  };
}

const aPasskey: Passkey = {
  id: 'k1',
  officer: 'si-roy',
  publicKey: 'cose',
  counter: 0,
  transports: ['usb', 'nfc'],
  name: 'blue',
  createdAt: T0,
  usedAt: null,
};

export function describeSignIn(name: string, open: OpenStore): void {
  describe(`signing in on ${name}`, () => {
    const the = freshStore(open);

    it('keeps password and app apart', async () => {
      await the.store.transact(async ({ credentials }) => {
        await credentials.setTotp('si-roy', { sealed: 'locked', since: T0, step: 5 });
        await credentials.setPassword('si-roy', { hash: 'one', at: at(1), mustChange: true });
        await credentials.setPassword('si-roy', { hash: 'two', at: at(2), mustChange: false });
      });
      const known = { officer: 'si-roy', passwordHash: 'two', passwordSetAt: at(2), mustChange: false };
      expect(await the.store.credentials.find('si-roy')).toEqual({
        ...known,
        totp: { sealed: 'locked', since: T0 },
      });
      await the.store.transact(({ credentials }) => credentials.removeTotp('si-roy'));
      expect(await the.store.credentials.find('si-roy')).toEqual({ ...known, totp: null });
      expect(await the.store.credentials.find('si-das')).toBeUndefined();
    });

    it('uses a time step once, and none before it', async () => {
      const use = (step: number) =>
        the.store.transact(({ credentials }) => credentials.useStep('si-roy', step));
      expect(await use(6)).toBe(false);
      await the.store.transact(({ credentials }) =>
        credentials.setTotp('si-roy', { sealed: 'x', since: T0, step: 5 }),
      );
      expect([await use(5), await use(6), await use(6), await use(4), await use(7)]).toEqual([
        false,
        true,
        false,
        false,
        true,
      ]);
    });

    it('uses a recovery code once, and only the officer’s own', async () => {
      const use = (officer: string, hash: string) =>
        the.store.transact(({ credentials }) => credentials.useRecoveryCode(officer, hash));
      await the.store.transact(({ credentials }) => credentials.setRecoveryCodes('si-roy', ['a', 'b']));
      expect([await use('si-das', 'a'), await use('si-roy', 'a'), await use('si-roy', 'a')]).toEqual([
        false,
        true,
        false,
      ]);
      expect(await the.store.credentials.countRecoveryCodes('si-roy')).toBe(1);
      await the.store.transact(({ credentials }) => credentials.setRecoveryCodes('si-roy', ['c']));
      expect([await use('si-roy', 'b'), await use('si-roy', 'c')]).toEqual([false, true]);
    });

    it('leaves an identity at a provider with its officer', async () => {
      const identity = { issuer: 'https://one.example', subject: '1' };
      await the.store.transact(({ credentials }) => credentials.bind(identity, 'si-roy'));
      await the.store.transact(({ credentials }) => credentials.bind(identity, 'si-das'));
      expect(await the.store.credentials.officerOf(identity)).toBe('si-roy');
      expect(
        await the.store.credentials.officerOf({ ...identity, issuer: 'https://two.example' }),
      ).toBeUndefined();
    });

    it('keeps passkeys until their officer removes them', async () => {
      await the.store.transact(({ passkeys }) => passkeys.add(aPasskey));
      await the.store.transact(({ passkeys }) => passkeys.used('k1', { counter: 4, at: at(3) }));
      const used = { ...aPasskey, counter: 4, usedAt: at(3) };
      expect(await the.store.passkeys.ofOfficer('si-roy')).toEqual([used]);
      expect(await the.store.transact(({ passkeys }) => passkeys.remove('k1', 'si-das'))).toBe(false);
      expect(await the.store.passkeys.find('k1')).toEqual(used);
      expect(await the.store.transact(({ passkeys }) => passkeys.remove('k1', 'si-roy'))).toBe(true);
      expect(await the.store.passkeys.find('k1')).toBeUndefined();
    });

    it('opens sessions, ends each once, and all but one', async () => {
      const mine = ['s1', 's2', 's3'].map((id, index) => aSession({ id, seenAt: at(index) }));
      await the.store.transact(async ({ sessions }) => {
        for (const session of [...mine, aSession({ id: 's4', officer: 'si-das' })])
          await sessions.open(session);
      });
      expect((await the.store.sessions.openOf('si-roy')).map(({ id }) => id)).toEqual(['s3', 's2', 's1']);
      const end = () =>
        the.store.transact(({ sessions }) => sessions.end('s1', { at: at(9), why: 'signed-out' }));
      expect([await end(), await end()]).toEqual([true, false]);
      const others = { at: at(9), why: 'password-changed', except: 's2' } as const;
      expect(await the.store.transact(({ sessions }) => sessions.endAll('si-roy', others))).toBe(1);
      expect((await the.store.sessions.openOf('si-roy')).map(({ id }) => id)).toEqual(['s2']);
      expect(await the.store.sessions.find('s3')).toMatchObject({
        endedAt: at(9),
        endedWhy: 'password-changed',
      });
      expect(await the.store.sessions.find('s4')).toMatchObject({ endedAt: null });
      await the.store.transact(({ sessions }) => sessions.forgetBefore(at(1)));
      expect(await the.store.sessions.find('s1')).toBeUndefined();
      expect(await the.store.sessions.find('s2')).toBeDefined();
    });
  });

  describe(`the own desk on ${name}`, () => {
    const the = freshStore(open);

    it('keeps views in their order, each for its officer', async () => {
      const view = { id: 'v1', officer: 'si-roy', name: 'Mine', query: 'officer=si-roy', position: 2 };
      const first = { ...view, id: 'v2', name: 'Late', query: 'overdue', position: 1 };
      await the.store.transact(async ({ savedViews }) => {
        for (const one of [view, first, { ...view, officer: 'si-das', name: 'Taken' }])
          await savedViews.save(one);
      });
      expect(await the.store.savedViews.ofOfficer('si-roy')).toEqual([first, view]);
      expect(await the.store.savedViews.ofOfficer('si-das')).toEqual([]);
      expect(await the.store.transact(({ savedViews }) => savedViews.remove('v1', 'si-das'))).toBe(false);
      expect(await the.store.transact(({ savedViews }) => savedViews.remove('v1', 'si-roy'))).toBe(true);
    });

    it('keeps what an officer prefers, and what everybody has who said nothing', async () => {
      expect(await the.store.preferences.find('si-roy')).toEqual({
        language: null,
        theme: 'auto',
        shortcuts: true,
      });
      const mine = { language: 'bn', theme: 'dark', shortcuts: false } as const;
      await the.store.transact(({ preferences }) => preferences.save('si-roy', mine));
      expect(await the.store.preferences.find('si-roy')).toEqual(mine);
    });
  });
}
