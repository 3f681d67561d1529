// Passwords, shared secrets, recovery codes, and who is who at a provider.
import type { CredentialRepository } from '../ports/sign-in.js';
import type { Bound } from './store.js';

export function credentialRepository({ db, now }: Bound): CredentialRepository {
  return { ...passwords(db), ...secrets(db), ...recoveryCodes(db), ...identities(db, now) };
}

function passwords(db: Bound['db']): Pick<CredentialRepository, 'find' | 'setPassword'> {
  return {
    async find(officer) {
      const row = await db
        .selectFrom('credential')
        .selectAll()
        .where('officer', '=', officer)
        .executeTakeFirst();
      if (!row) return undefined;
      const { totp_sealed: sealed, totp_since: since } = row;
      return {
        officer,
        passwordHash: row.password_hash,
        passwordSetAt: row.password_set_at,
        mustChange: row.must_change === 1,
        totp: sealed === null || since === null ? null : { sealed, since },
      };
    },
    async setPassword(officer, { hash, at, mustChange }) {
      const parts = { password_hash: hash, password_set_at: at, must_change: mustChange ? 1 : 0 } as const;
      await db
        .insertInto('credential')
        .values({ officer, ...parts, totp_sealed: null, totp_since: null, totp_step: null })
        .onConflict((on) => on.column('officer').doUpdateSet(parts))
        .execute();
    },
  };
}

function secrets(db: Bound['db']): Pick<CredentialRepository, 'setTotp' | 'removeTotp' | 'useStep'> {
  return {
    async setTotp(officer, { sealed, since, step }) {
      const parts = { totp_sealed: sealed, totp_since: since, totp_step: step };
      await db
        .insertInto('credential')
        .values({ officer, ...parts, password_hash: null, password_set_at: null, must_change: 0 })
        .onConflict((on) => on.column('officer').doUpdateSet(parts))
        .execute();
    },
    async removeTotp(officer) {
      await db
        .updateTable('credential')
        .set({ totp_sealed: null, totp_since: null, totp_step: null })
        .where('officer', '=', officer)
        .execute();
      await db.deleteFrom('recovery_code').where('officer', '=', officer).execute();
    },
    async useStep(officer, step) {
      const used = await db
        .updateTable('credential')
        .set({ totp_step: step })
        .where('officer', '=', officer)
        .where((eb) => eb.or([eb('totp_step', 'is', null), eb('totp_step', '<', step)]))
        .returning('officer')
        .executeTakeFirst();
      return used !== undefined;
    },
  };
}

type Codes = Pick<CredentialRepository, 'setRecoveryCodes' | 'useRecoveryCode' | 'countRecoveryCodes'>;

function recoveryCodes(db: Bound['db']): Codes {
  return {
    async setRecoveryCodes(officer, hashes) {
      await db.deleteFrom('recovery_code').where('officer', '=', officer).execute();
      if (hashes.length === 0) return;
      await db
        .insertInto('recovery_code')
        .values(hashes.map((hash) => ({ officer, hash })))
        .execute();
    },
    async useRecoveryCode(officer, hash) {
      const used = await db
        .deleteFrom('recovery_code')
        .where('officer', '=', officer)
        .where('hash', '=', hash)
        .returning('hash')
        .executeTakeFirst();
      return used !== undefined;
    },
    async countRecoveryCodes(officer) {
      const row = await db
        .selectFrom('recovery_code')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('officer', '=', officer)
        .executeTakeFirstOrThrow();
      return row.count;
    },
  };
}

function identities(db: Bound['db'], now: Bound['now']): Pick<CredentialRepository, 'officerOf' | 'bind'> {
  return {
    async officerOf({ issuer, subject }) {
      const row = await db
        .selectFrom('provider_subject')
        .select('officer')
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .executeTakeFirst();
      return row?.officer;
    },
    async bind({ issuer, subject }, officer) {
      await db
        .insertInto('provider_subject')
        .values({ issuer, subject, officer, since: now() })
        .onConflict((on) => on.doNothing())
        .execute();
    },
  };
}
