// What must be told once: a key claimed is never given again.
import type { NoticeRepository } from '../ports/desk-store.js';
import type { Bound } from './store.js';

export function noticeRepository({ db, now }: Bound): NoticeRepository {
  return {
    async claim(key) {
      const row = await db
        .insertInto('notice')
        .values({ key, at: now() })
        .onConflict((oc) => oc.column('key').doNothing())
        .returning('key')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
