// The administration over HTTP, with the real daemon: what it shows, what its deeds do, and that it is the IT cell's alone.
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { envelopeFrom } from '../../admin/records.js';
import { anOutboxRecord, id } from '../../contract/records.js';
import { type Browser, signedIn } from '../../support/browser.js';
import { type BoardHouse, openBoardHouse } from '../board/board-house.js';

let house: BoardHouse;
let desk: Browser;
const PAGES = ['/office', '/office/letters', '/office/outbox', '/office/officers', '/office/stations'];
const DEEDS = [
  '/office/letters/X/release',
  '/office/outbox/X/retry',
  '/office/officers/si-roy',
  '/office/journal/verify',
  '/office/backup',
];

beforeAll(async () => {
  house = await openBoardHouse();
  desk = await signedIn(house.daemon, 'it');
});
afterAll(() => house[Symbol.asyncDispose]());

describe('the office', () => {
  it.each(['en', 'bn', 'hi'])('shows every page in %s', async (language) => {
    for (const path of PAGES) {
      const { status, body } = await desk.get(path, { 'accept-language': language });
      expect([path, status]).toEqual([path, 200]);
      expect(body).toContain(`<html lang="${language}"`);
      expect(body).not.toMatch(/ style="|<style|undefined/);
    }
  });

  it.each(['dc-sw', 'oc-behala', 'si-roy', 'aud'])('is not there for %s', async (officer) => {
    const other = await signedIn(house.daemon, officer);
    for (const path of PAGES) expect([path, (await other.get(path)).status]).toEqual([path, 404]);
    for (const path of DEEDS) expect([path, (await other.post(path)).status]).toEqual([path, 404]);
  });

  it('says how the house is, with what mends it', async () => {
    const { body } = await desk.get('/office');
    expect(body).toContain('The house is well');
    for (const check of ['front-door', 'database', 'disk', 'backlog', 'backup'])
      expect(body).toContain(check);
  });

  it('verifies the journal beside everything else', async () => {
    await house.open({ subject: 'Something' });
    expect(await desk.post('/office/journal/verify')).toMatchObject({ status: 303, to: '/office' });
    await expect
      .poll(async () => (await desk.get('/office')).body, { timeout: 10_000 })
      .toContain('Whole, as verified');
  });

  it('says when there is no folder for backups', async () => {
    const { to } = await desk.post('/office/backup');
    expect((await desk.get(to ?? '')).body).toContain('backup.directory');
  });

  it('releases a held letter, which is then filed', async () => {
    const letterId = id('01JDF3Q4ZV');
    const body = Buffer.from('From: rita@resident.example\r\nSubject: Street light\r\n\r\nIt is dark.\r\n');
    const { spool, store } = house.daemon;
    const kept = {
      id: letterId,
      envelope: envelopeFrom('rita@resident.example'),
      body: Readable.from([body]),
      maxBytes: 9_999,
    };
    await spool.keep(kept);
    await spool.hold(letterId, 'the database did not take it');
    expect((await desk.get('/office/letters')).body).toContain('the database did not take it');
    expect((await desk.post('/office/letters/..%2F..%2Fx/release')).status).toBe(404);
    const { to } = await desk.post(`/office/letters/${letterId}/release`);
    expect((await desk.get(to ?? '')).body).toContain('is back in the spool');
    expect((await desk.post(`/office/letters/${letterId}/release`)).status).toBe(404);
    await expect.poll(() => store.letters.find(letterId), { timeout: 10_000 }).toBeDefined();
    await house.daemon.idle();
  });

  it('tries a failed letter again, once, and the journal says who did', async () => {
    const ticket = await house.open({ subject: 'Water' });
    const failed = anOutboxRecord(ticket.id, {
      state: 'failed',
      lastReply: '550 <b>No</b> such user',
      attempts: 3,
    });
    const { store } = house.daemon;
    await store.transact((unit) => unit.outbox.enqueue(failed));
    const list = (await desk.get('/office/outbox?state=failed')).body;
    expect(list).toContain('550 &lt;b&gt;No&lt;/b&gt; such user');
    const path = `/office/outbox/${failed.letter.id}/retry`;
    expect(list).toContain(path);
    expect(await desk.post(path, { state: 'failed' })).toMatchObject({
      status: 303,
      to: '/office/outbox?state=failed&done=rita%40home.example',
    });
    await house.daemon.idle();
    const events = (await store.journal.ofTicket(ticket.id)).filter(
      ({ event }) => event === 'delivery-retried',
    );
    expect(events.map(({ detail }) => detail)).toEqual([{ outboxId: failed.letter.id, by: 'it' }]);
    expect((await desk.post('/office/outbox/NOWHERE/retry')).status).toBe(404);
  });

  it('keeps who is away, who stands in, and who is out of service', async () => {
    const change = (form: Record<string, string>, who = 'si-roy') =>
      desk.post(`/office/officers/${who}`, form);
    expect((await change({ deed: 'away', until: '2026-11-30', deputy: 'oc-behala' })).status).toBe(303);
    const rows = await house.daemon.store.officers.list();
    expect(rows.find((row) => row.id === 'si-roy')?.away).toEqual({
      until: '2026-11-30T18:29:59.999Z',
      deputy: 'oc-behala',
    });
    expect((await desk.get('/office/officers')).body).toContain('in place: Mita Roy');
    expect((await change({ deed: 'away', until: '2026-11-30', deputy: 'oc-lake' })).status).toBe(400);
    expect((await change({ deed: 'away', until: '2026-11-01' })).status).toBe(400);
    expect((await change({ deed: 'away', until: 'soon' })).status).toBe(400);
    expect((await change({ deed: 'promote' })).status).toBe(400);
    await change({ deed: 'back' });
    await change({ deed: 'disable' });
    const disabled = (await house.daemon.store.officers.list()).find((row) => row.id === 'si-roy');
    expect(disabled).toMatchObject({ disabled: true, away: null });
    await change({ deed: 'enable' });
    expect((await house.daemon.store.officers.list()).find((row) => row.id === 'si-roy')?.disabled).toBe(
      false,
    );
    expect((await change({ deed: 'disable' }, 'it')).status).toBe(400);
    expect((await change({ deed: 'disable' }, 'nobody')).status).toBe(404);
  });
});
