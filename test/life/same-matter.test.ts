import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ticketsOfMatter } from '../../src/desk/matters.js';
import { OPERATOR } from '../../src/domain/rights.js';
import { fixedClock } from '../support/clock.js';
import { openHouse } from '../support/house.js';

/** As large as a picture of a telephone; what it shows does not matter here. */
const PICTURE = Buffer.concat(
  Array.from({ length: 700 }, (_, index) => createHash('sha256').update(String(index)).digest()),
)
  .toString('base64')
  .replace(/.{76}/g, '$&\r\n');

interface Writer {
  from: string;
  subject: string;
  text: string;
  photo?: true;
}

function letterOf({ from, subject, text, photo }: Writer): string {
  const head = [
    `From: ${from}`,
    'To: behala.ps@kolkatapolice.example',
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    `Message-ID: <${from}>`,
    'MIME-Version: 1.0',
  ];
  const plain = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', text];
  if (!photo) return [...head, ...plain, ''].join('\r\n');
  const picture = [
    'Content-Type: image/jpeg; name=photo.jpg',
    'Content-Disposition: attachment; filename=photo.jpg',
    'Content-Transfer-Encoding: base64',
    '',
    PICTURE,
  ];
  const parts = ['--X', ...plain, '--X', ...picture, '--X--'];
  return [...head, 'Content-Type: multipart/mixed; boundary=X', '', ...parts, ''].join('\r\n');
}

const RESIDENTS: Writer[] = [
  {
    from: 'anita@one.example',
    subject: 'Hit and run',
    text: 'A white car WB 02 AB 4417 hit an old man at Rathtala More at 7:30 pm and fled towards the bypass.',
    photo: true,
  },
  {
    from: 'bimal@two.example',
    subject: 'দুর্ঘটনা',
    text: 'রথতলা মোড়ে সন্ধ্যা সাড়ে সাতটায় সাদা গাড়ি এক বৃদ্ধকে ধাক্কা মেরে পালিয়ে গেছে। নম্বর WB02AB4417।',
  },
  {
    from: 'chitra@three.example',
    subject: 'Photo',
    text: 'Please see the picture that came to our group. Such driving must be punished.',
    photo: true,
  },
  {
    from: 'dinesh@four.example',
    subject: 'टक्कर',
    text: 'महोदय, आज शाम एक सफ़ेद गाड़ी WB 02 AB 4417 ने एक बुज़ुर्ग को टक्कर मारी और भाग गई। कृपया कार्रवाई करें।',
  },
  {
    from: 'esha@five.example',
    subject: 'Hit and run',
    text: 'A white car hit an old man at Rathtala More at 7:30 pm and fled towards the bypass. I saw it too.',
  },
];
const OTHERS: Writer[] = [
  {
    from: 'farid@six.example',
    subject: 'Bicycle',
    text: 'My red bicycle was stolen from in front of the library in Motilal Street this morning at 11 am.',
  },
  {
    from: 'gita@seven.example',
    subject: 'জল জমেছে',
    text: 'আমাদের গলিতে তিন দিন ধরে নোংরা জল জমে আছে, বাচ্চারা স্কুলে যেতে পারছে না। দয়া করে পুরসভাকে জানান।',
  },
];
const CLOSURE = 'The car was seized.';

describe('five residents write about one accident, and two about something else', () => {
  it('the five are suggested as one, gathered and closed, and none learns of the others', async () => {
    const clock = fixedClock('2026-11-24T14:30:00.000Z');
    await using house = await openHouse('', { clock });
    const { daemon } = house;
    for (const writer of [...RESIDENTS, ...OTHERS]) {
      clock.advance(60_000);
      await house.send({ from: writer.from, raw: letterOf(writer) });
      await daemon.idle();
    }
    expect(await daemon.findMatters()).toMatchObject({ marked: 7, suggested: 4 });
    const tickets = (await daemon.store.tickets.list({ limit: 20 })).reverse();
    const [first, ...others] = tickets.slice(0, 5);
    if (!first) throw new Error('nothing was filed');
    const found = await daemon.store.matters.suggestedFor(first, 10);
    const reasons = new Map(found.map(({ other, reasons: why }) => [other.resident.address, why]));
    expect(reasons.get('bimal@two.example')).toContain('same number');
    expect(reasons.get('chitra@three.example')).toEqual(['same photo']);
    expect(reasons.get('dinesh@four.example')).toEqual(['same number']);
    expect(reasons.get('esha@five.example')).toContain('same place and hour');
    for (const ticket of tickets.slice(5)) {
      expect(await daemon.store.matters.suggestedFor(ticket, 10)).toEqual([]);
    }

    for (const { reference } of others)
      await daemon.desk.gather({ actor: OPERATOR, reference, into: first.reference });
    const matter = await ticketsOfMatter(daemon.store, first.reference);
    expect(matter).toHaveLength(5);
    for (const { reference } of matter)
      await daemon.desk.close({ actor: OPERATOR, reference, outcome: 'action-taken', text: CLOSURE });
    await daemon.idle();
    const states = (await daemon.store.tickets.list({ limit: 20 })).reverse().map(({ state }) => state);
    expect(states).toEqual([...Array(5).fill('closed'), 'new', 'new']);
    await expectApart(await house.sent(), tickets);
  });

  it('are held against each other after they were filed, not while', async () => {
    await using house = await openHouse('', { clock: fixedClock('2026-11-24T14:30:00.000Z') });
    for (const writer of [RESIDENTS[0], RESIDENTS[4]]) {
      if (writer) await house.send({ from: writer.from, raw: letterOf(writer) });
    }
    await house.daemon.idle();
    expect(await house.daemon.store.matters.heads({ limit: 10 })).toEqual([]);
    expect(await house.daemon.findMatters()).toMatchObject({ marked: 2, suggested: 1 });
    expect(await house.daemon.store.matters.heads({ limit: 10 })).toHaveLength(1);
  });
});

type House = Awaited<ReturnType<typeof openHouse>>;
type Sent = Awaited<ReturnType<House['sent']>>;
type Tickets = Awaited<ReturnType<House['daemon']['store']['tickets']['list']>>;

/** Every letter names one ticket and one resident, and each closure is in the language of its reader. */
async function expectApart(sent: Sent, tickets: Tickets): Promise<void> {
  const closures = sent.filter(({ text }) => text?.includes(CLOSURE));
  expect(closures).toHaveLength(5);
  const addresses = [...RESIDENTS, ...OTHERS].map(({ from }) => from);
  for (const letter of sent) {
    const all = `${letter.subject} ${letter.text} ${letter.headerLines.map(({ line }) => line).join(' ')}`;
    expect(tickets.filter(({ reference }) => all.includes(reference))).toHaveLength(1);
    expect(addresses.filter((address) => letter.text?.includes(address))).toEqual([]);
  }
  const to = (address: string) => closures.find((letter) => JSON.stringify(letter.to).includes(address));
  expect(to('bimal@two.example')?.text).toMatch(/[\u0980-\u09ff]/u);
  expect(to('dinesh@four.example')?.text).toMatch(/[\u0900-\u097f]/u);
  expect(to('anita@one.example')?.text).not.toMatch(/[\u0900-\u09ff]/u);
}
