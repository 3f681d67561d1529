// A letter over SMTP past scanners on real sockets, to its ticket and what leaves the house because of it.
import { expect, it } from 'vitest';
import { openClamd, openRspamd } from '../screening/scanners.js';
import { aLetter, openHouse, type TestHouse } from '../support/house.js';

const RECEIVED = 'Received: from pc.home.example by relay.city.example; Tue, 24 Nov 2026 09:30:01 +0530\r\n';
const FLAG = 'X-Spam-Flag: YES\r\nX-Spam-Score: 9\r\n';

async function tickets(house: TestHouse, junk = false) {
  await house.daemon.idle();
  return house.daemon.store.tickets.list({ limit: 100, junk });
}

it('junk by the word of a trusted relay gets no receipt', async () => {
  await using house = await openHouse(
    'smtp: { listen: [{ host: 127.0.0.1, port: 0 }], disk_floor_bytes: 0, trusted_relays: [127.0.0.1] }\njunk: { from: relay }',
  );
  await house.send({ raw: FLAG + RECEIVED + aLetter() });
  expect(await tickets(house, true)).toMatchObject([
    { junk: 'junk', junkOpinion: { from: 'relay', score: 9 } },
  ]);
  expect(await house.sent()).toEqual([]);
  await house.send({ raw: RECEIVED + FLAG + aLetter({ subject: 'Forged below' }) });
  expect(await tickets(house)).toMatchObject([{ subject: 'Forged below', junk: null, junkOpinion: null }]);
  expect(await house.sent()).toHaveLength(1);
});

it('the same header of a stranger means nothing', async () => {
  await using house = await openHouse(
    'smtp: { listen: [{ host: 127.0.0.1, port: 0 }], disk_floor_bytes: 0, trusted_relays: [192.0.2.1] }\njunk: { from: relay }',
  );
  await house.send({ raw: FLAG + RECEIVED + aLetter() });
  expect(await tickets(house)).toMatchObject([{ junk: null }]);
  expect(await house.sent()).toHaveLength(1);
});

it('junk by the word of rspamd is put away, and a reload that asks nobody counts at once', async () => {
  const rspamd = await openRspamd(() => ({ body: '{"score": 16, "action": "reject"}' }));
  await using house = await openHouse(`junk: { from: rspamd, rspamd_url: '${rspamd.url}' }`);
  await house.send({ raw: aLetter() });
  expect(await tickets(house, true)).toHaveLength(1);
  expect(rspamd.asked[0]?.headers).toMatchObject({ from: 'rita@home.example', ip: '127.0.0.1' });
  const loaded = house.loadAgain('junk: { from: off }');
  if (!loaded.ok) throw new Error('the configuration is wrong');
  expect(await house.daemon.reload(loaded.config)).toEqual([]);
  await house.send({ raw: aLetter({ subject: 'Another' }) });
  expect(await tickets(house)).toMatchObject([{ subject: 'Another' }]);
  expect(rspamd.asked).toHaveLength(1);
});

it('an infected letter is acknowledged, and its attachment is in no letter of ours', async () => {
  const evil = Buffer.from('EVIL BYTES').toString('base64');
  const clamd = await openClamd((bytes) =>
    bytes.includes(evil) || bytes.includes('EVIL BYTES') ? 'stream: Test.Virus FOUND\0' : 'stream: OK\0',
  );
  await using house = await openHouse(`viruses: { clamd: '${clamd.address}' }`);
  const head = 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n';
  const parts = `--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n--b\r\nContent-Type: application/pdf; name=bill.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${evil}\r\n--b--\r\n`;
  await house.send({
    raw: `From: rita@home.example\r\nTo: behala.ps@kolkatapolice.example\r\nSubject: Bill\r\nMessage-ID: <b@home.example>\r\n${head}\r\n${parts}`,
  });
  const [ticket] = await tickets(house);
  const [message] = await house.messages(ticket?.reference ?? '');
  expect(message).toMatchObject({
    infected: 'Test.Virus',
    attachments: [{ name: 'bill.pdf', infected: 'Test.Virus' }],
  });
  const sent = await house.sent();
  expect(sent).toHaveLength(1);
  for (const letter of sent) {
    expect(letter.attachments).toEqual([]);
    expect(letter.text).not.toContain('bill.pdf');
  }
});

it('scanners that never answer hold a letter up for their deadline and no longer', async () => {
  const clamd = await openClamd(() => null);
  const rspamd = await openRspamd(() => null);
  await using house = await openHouse(
    `junk: { from: rspamd, rspamd_url: '${rspamd.url}', deadline: 500ms }\nviruses: { clamd: '${clamd.address}', deadline: 500ms }`,
  );
  const startedAt = performance.now();
  await house.send({ raw: aLetter() });
  expect(await tickets(house)).toMatchObject([{ junk: null, junkOpinion: null }]);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(await house.sent()).toHaveLength(1);
});
