// Every deed of the ticket's page over HTTP: done, refused, outrun by somebody, and nothing that was typed is lost.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATOR } from '../../../src/domain/rights.js';
import { PAGE_DEED_NAMES, type PageDeed } from '../../../src/web/ticket/deed-table.js';
import type { Browser, Page } from '../../support/browser.js';
import { aLetter } from '../../support/house.js';
import { hiddenIn, openTicketHouse, type TicketHouse, typedIn } from './ticket-house.js';

let house: TicketHouse;
let browser: Browser;
beforeAll(async () => {
  house = await openTicketHouse();
  browser = await house.browser();
}, 120_000);
afterAll(() => house[Symbol.asyncDispose]());

let count = 0;

/** Each says something else, or it would be the same letter said again. */
function open(): Promise<string> {
  count += 1;
  const subject = `Matter ${count}`;
  return house.letter(aLetter({ subject, text: `The lamp of house ${count} in lane ${count * 7} is out.` }));
}

const ticketOf = async (reference: string) => {
  const ticket = await house.daemon.store.tickets.find(reference);
  if (!ticket) throw new Error(`There is no ticket ${reference}.`);
  return ticket;
};
const eventsOf = async (reference: string) => {
  const { id } = await ticketOf(reference);
  return (await house.daemon.store.journal.ofTicket(id)).map(({ event }) => event);
};
const operator = (reference: string) => ({ actor: OPERATOR, reference });

async function post(
  reference: string,
  deed: string,
  form: Record<string, string>,
  by = browser,
): Promise<Page> {
  const { version } = await ticketOf(reference);
  return by.post(`/tickets/${reference}/${deed}`, { version: String(version), ...form });
}

/** As a person does it: the letter is looked at first, where there is one. */
async function doDeed(
  reference: string,
  deed: string,
  form: Record<string, string>,
  by = browser,
): Promise<Page> {
  const first = await post(reference, deed, { ...form, step: 'look' }, by);
  const previewed = hiddenIn(first, 'previewed');
  return previewed === '' ? first : post(reference, deed, { ...form, step: 'do', previewed }, by);
}

const IN_A_WEEK = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);

interface Case {
  form: Record<string, string>;
  event: string;
  leaves?: object;
  by?: string;
  before?: (reference: string) => Promise<unknown>;
}

const DONE: Record<
  Exclude<PageDeed, 'merge' | 'unmerge' | 'link' | 'gather' | 'leave' | 'dismiss' | 'acknowledge'>,
  Case
> = {
  reply: { form: { text: 'We come.' }, event: 'replied' },
  ask: { form: { question: 'Which house?', until: IN_A_WEEK }, event: 'asked', leaves: { state: 'waiting' } },
  note: { form: { text: 'Seen.' }, event: 'noted' },
  triage: {
    form: { urgency: 'urgent', category: 'OTHER' },
    event: 'triaged',
    leaves: { urgency: 'urgent', category: 'OTHER' },
  },
  assign: { form: { officer: 'si-das' }, event: 'assigned', leaves: { officer: 'si-das' } },
  wait: {
    form: { for: 'agency', until: IN_A_WEEK },
    event: 'waiting',
    leaves: { state: 'waiting', waitingFor: 'agency' },
  },
  resume: {
    form: {},
    event: 'resumed',
    leaves: { state: 'open' },
    before: (reference) => post(reference, 'wait', { for: 'resident', until: IN_A_WEEK }),
  },
  refer: {
    form: { agency: 'kmc', request: 'Please mend it.' },
    event: 'referred',
    leaves: { passedOn: { to: 'kmc' } },
  },
  close: {
    form: { outcome: 'settled', done: 'It was mended.' },
    event: 'closed',
    leaves: { state: 'closed', outcome: 'settled' },
  },
  reopen: {
    form: { reason: 'It is dark again.' },
    event: 'reopened',
    leaves: { state: 'open', reopened: 1 },
    before: (reference) =>
      house.daemon.desk.close({ ...operator(reference), outcome: 'settled', text: 'Mended.' }),
  },
  restrict: {
    form: { restriction: 'named', reason: 'A child.' },
    event: 'restricted',
    leaves: { restriction: 'named' },
    by: 'oc-sen',
  },
  junk: { form: {}, event: 'put-away-as-junk', leaves: { junk: 'junk' } },
  'not-junk': {
    form: {},
    event: 'not-junk',
    leaves: { junk: 'cleared' },
    before: (reference) => house.daemon.desk.junk(operator(reference)),
  },
  hold: {
    form: { reason: 'The court asks.' },
    event: 'held',
    leaves: { legalHold: 'The court asks.' },
    by: 'dc.sw@kolkatapolice.example',
  },
  unhold: {
    form: { reason: 'It is over.' },
    event: 'hold-ended',
    leaves: { legalHold: null },
    by: 'dc.sw@kolkatapolice.example',
    before: (reference) => house.daemon.desk.hold({ ...operator(reference), reason: 'The court asks.' }),
  },
  transfer: {
    form: { station: 'lake', reason: 'It is their street.' },
    event: 'transferred',
    leaves: { station: 'lake' },
  },
};

describe('a deed', () => {
  it.each(Object.entries(DONE))(
    '%s is done and leads back',
    async (deed, { form, event, leaves = {}, by, before }) => {
      const reference = await open();
      await before?.(reference);
      const page = await doDeed(reference, deed, form, by ? await house.browser(by) : browser);
      // A ticket that went to another station is no longer for the eyes of this one.
      expect(page).toMatchObject({
        status: 303,
        to: deed === 'transfer' ? '/' : `/tickets/${reference}?done=${deed}`,
      });
      expect(await ticketOf(reference)).toMatchObject(leaves);
      expect(await eventsOf(reference)).toContain(event);
      const journal = await house.daemon.store.journal.ofTicket((await ticketOf(reference)).id);
      expect(journal.find((entry) => entry.event === event)?.actor).toBe(by ?? 'si-roy');
    },
  );

  it('on two tickets: linked, untied, gathered, left alone, said to be another, merged, taken apart', async () => {
    const [one, two] = [await open(), await open()];
    const other = { reference: two };
    for (const [deed, form, event] of [
      ['link', other, 'linked'],
      ['link', { ...other, untie: 'yes' }, 'unlinked'],
      ['dismiss', other, 'suggestion-dismissed'],
      ['gather', other, 'gathered'],
      ['leave', {}, 'left-matter'],
      ['merge', other, 'merged'],
      ['unmerge', {}, 'unmerged'],
    ] as const) {
      expect(await doDeed(one, deed, form), deed).toMatchObject({ status: 303 });
      expect(await eventsOf(one)).toContain(event);
    }
  });

  it.each(PAGE_DEED_NAMES)(
    '%s by somebody who saw an older page is not done, and what was typed is there',
    async (deed) => {
      const reference = await open();
      const text = 'A long text <that> was typed.';
      const form = { text, question: text, done: text, request: text, reason: text, reference: await open() };
      const more = {
        outcome: 'settled',
        urgency: 'urgent',
        officer: 'si-das',
        until: IN_A_WEEK,
        for: 'agency',
        agency: 'kmc',
      };
      await house.daemon.desk.note({ ...operator(reference), text: 'Faster.' });
      const before = await eventsOf(reference);
      const page = await browser.post(`/tickets/${reference}/${deed}`, {
        ...form,
        ...more,
        restriction: 'named',
        station: 'lake',
        version: '0',
      });
      // Rights and states are looked at before the version.
      expect([409, 422]).toContain(page.status);
      expect(page.body).toMatch(/Somebody else has just changed this ticket|This was not done/);
      expect(await eventsOf(reference)).toEqual(before);
      const shown = /<textarea id="(\w+)-(?:text|question|done|request|reason)"[^>]*>\n([^<]+)</.exec(
        page.body.slice(page.body.indexOf(`id="deed-${deed}"`)),
      );
      if (shown && shown[1] === deed) expect(shown[2]).toBe('A long text &lt;that&gt; was typed.');
    },
  );

  it('of a form that says too little is refused at the field, with what was typed', async () => {
    const reference = await open();
    const page = await post(reference, 'close', { outcome: '', done: 'It was <mended>.', step: 'look' });
    expect(page.status).toBe(422);
    expect(page.body).toContain('id="close-outcome-wrong">Choose one.');
    expect(typedIn(page, 'close-done')).toBe('It was &lt;mended&gt;.');
    expect(await eventsOf(reference)).not.toContain('closed');
    for (const [deed, form, sentence] of [
      ['reply', { text: '  ' }, 'Write what is to be said.'],
      ['reply', { text: 'We come on […].' }, 'A […] is still in the text.'],
      ['ask', { question: 'Where?', until: '2020-02-30' }, 'Give a day from tomorrow on'],
      ['merge', { reference: 'nonsense' }, 'Give the reference of another ticket'],
      ['wait', { for: 'rain', until: IN_A_WEEK }, 'Choose one.'],
      ['transfer', { reason: 'A' }, 'Choose one.'],
    ] as const) {
      const refused = await post(reference, deed, form);
      expect(refused, deed).toMatchObject({ status: 422 });
      expect(refused.body).toContain(sentence);
    }
  });

  it('that the desk refuses says why', async () => {
    const reference = await open();
    const page = await post(reference, 'resume', {});
    expect(page.status).toBe(409);
    expect(page.body).toContain('is not waiting; it is new.');
    const lifted = await post(reference, 'restrict', { restriction: 'dc', reason: 'A' });
    expect(lifted).toMatchObject({ status: 303, to: '/' });
    expect((await browser.get(`/tickets/${reference}`)).status).toBe(404);
  });

  it('of an officer of another station, or without the code of the session, is not done', async () => {
    const reference = await open();
    const lake = await house.browser('si-lake');
    expect((await post(reference, 'note', { text: 'A' }, lake)).status).toBe(404);
    expect((await post(reference, 'note', { text: 'A', csrf: 'x'.repeat(26) })).status).toBe(403);
    const { id, version } = await ticketOf(reference);
    expect(await house.daemon.store.notes.ofTicket(id)).toEqual([]);
    expect(version).toBe(0);
  });
});

describe('a receipt that no machine may send', () => {
  it('is sent by hand, once', async () => {
    const reference = await house.letter(aLetter({ subject: 'Circular', headers: 'Precedence: list' }));
    const page = await browser.get(`/tickets/${reference}`);
    expect(page.body).toContain('Send the receipt');
    expect(await post(reference, 'acknowledge', {})).toMatchObject({ status: 303 });
    expect(await eventsOf(reference)).toContain('acknowledgement-released');
    await house.daemon.idle();
    expect((await browser.get(`/tickets/${reference}`)).body).not.toContain('Send the receipt');
    expect((await post(reference, 'acknowledge', {})).status).toBe(409);
  });
});

describe('a letter', () => {
  it('is seen before it goes, and goes as it was seen', async () => {
    const reference = await open();
    const seen = await post(reference, 'reply', { text: 'We come <today>.' });
    expect(seen.status).toBe(200);
    expect(seen.body).toContain('The letter as it will go');
    expect(await eventsOf(reference)).not.toContain('replied');
    const sent = await post(reference, 'reply', {
      text: 'We come <today>.',
      previewed: hiddenIn(seen, 'previewed'),
    });
    expect(sent.status).toBe(303);
    const message = (await house.messages(reference)).find(({ direction }) => direction === 'out');
    const shown = message?.text.replaceAll('<', '&lt;').replaceAll('>', '&gt;').trim();
    expect(seen.body).toContain(shown);
  });

  it('that was changed since is shown again and does not go', async () => {
    const reference = await open();
    const seen = await post(reference, 'reply', { text: 'We come today.' });
    const previewed = hiddenIn(seen, 'previewed');
    const page = await post(reference, 'reply', { text: 'We come tomorrow.', previewed });
    expect(page.status).toBe(409);
    expect(page.body).toContain('The letter is not the one you saw.');
    expect(hiddenIn(page, 'previewed')).not.toBe(previewed);
    expect(typedIn(page, 'reply-text')).toBe('We come tomorrow.');
    expect(await eventsOf(reference)).not.toContain('replied');
  });

  it('is begun with a text of the house, below what was typed', async () => {
    const reference = await open();
    const page = await post(reference, 'ask', {
      question: 'Dear Rita,',
      canned: 'ask-place',
      step: 'canned',
    });
    expect(page.status).toBe(200);
    expect(typedIn(page, 'ask-question')).toMatch(/^Dear Rita,\n\nSo that we can help, please tell us:/);
  });
});

describe('what is typed', () => {
  it('is kept for whoever typed it until it is sent', async () => {
    const reference = await open();
    const kept = await browser.post(`/tickets/${reference}/drafts`, {
      field: 'note',
      text: 'Half a <thought>',
    });
    expect(JSON.parse(kept.body)).toEqual({ kept: true });
    expect(typedIn(await browser.get(`/tickets/${reference}`), 'note-text')).toBe('Half a &lt;thought&gt;');
    const other = await (await house.browser('si-das')).get(`/tickets/${reference}`);
    expect(typedIn(other, 'note-text')).toBe('');
    await post(reference, 'note', { text: 'A whole thought' });
    expect(typedIn(await browser.get(`/tickets/${reference}`), 'note-text')).toBe('');
  });

  it.each([
    { field: 'junk', text: 'A' },
    { field: 'elsewhere', text: 'A' },
    { field: 'note', text: 'x'.repeat(100_001) },
  ])('is not kept when no field has it or it has no end: $field', async (form) => {
    const reference = await open();
    expect((await browser.post(`/tickets/${reference}/drafts`, form)).status).toBe(422);
  });
});

describe('an escalation', () => {
  it('is acknowledged by whoever was told or stands above, on its own ticket', async () => {
    const [reference, elsewhere] = [await open(), await open()];
    const oc = await house.browser('oc-sen');
    await house.daemon.desk.restrict({ ...operator(reference), restriction: 'dc', reason: 'Complaint.' });
    const { id } = await ticketOf(reference);
    const [escalation] = await house.daemon.store.escalations.ofTicket(id);
    const dc = await house.browser('dc.sw@kolkatapolice.example');
    expect((await dc.get(`/tickets/${reference}`)).body).toContain('I have it');
    expect((await oc.post(`/tickets/${reference}/escalations/${escalation?.id}`)).status).toBe(404);
    expect((await dc.post(`/tickets/${elsewhere}/escalations/${escalation?.id}`)).status).toBe(404);
    expect((await dc.post(`/tickets/${reference}/escalations/${escalation?.id}`)).status).toBe(303);
    expect(await house.daemon.store.escalations.ofTicket(id)).toMatchObject([
      { acknowledgedBy: 'dc.sw@kolkatapolice.example' },
    ]);
  });
});

describe('reading', () => {
  it('a restricted ticket stands in the journal, an open one does not', async () => {
    const reference = await open();
    await browser.get(`/tickets/${reference}`);
    expect(await eventsOf(reference)).not.toContain('read');
    await house.daemon.desk.restrict({ ...operator(reference), restriction: 'named', reason: 'A child.' });
    expect((await browser.get(`/tickets/${reference}`)).status).toBe(404);
    const oc = await house.browser('oc-sen');
    expect((await oc.get(`/tickets/${reference}`)).body).toContain('That you read it stands in the journal.');
    const { id } = await ticketOf(reference);
    const entries = await house.daemon.store.journal.ofTicket(id);
    expect(entries.filter(({ event }) => event === 'read')).toMatchObject([{ actor: 'oc-sen' }]);
  });
});
