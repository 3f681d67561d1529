import { afterEach, describe, expect, it } from 'vitest';
import { ask, expectGuarded, FORM, post } from './asking.js';
import {
  anOfficer,
  type EscalationHouse,
  openEscalationHouse,
  REFERENCE,
  type Scene,
  SUBJECT,
} from './escalation-house.js';

const opened: EscalationHouse[] = [];

async function open(scene?: Scene): Promise<EscalationHouse> {
  const house = await openEscalationHouse(scene);
  opened.push(house);
  return house;
}

afterEach(async () => {
  for (const house of opened.splice(0)) await house[Symbol.asyncDispose]();
});

describe('the page behind the link of a notice', () => {
  it('shows what is late and who was told, with one button and nothing of the matter', async () => {
    const house = await open();
    const { status, body, headers } = await ask(house.link());
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expectGuarded(headers);
    const told = 'Inspector A. Sen';
    for (const text of [
      REFERENCE,
      'Behala Police Station',
      'semi-urgent',
      'The first action of an officer is late: it was due by 24 November 2026, 9:30 am and nobody has acted.',
      told,
      '<time datetime="2026-11-24T05:00:00.000Z">24 November 2026, 10:30 am</time>',
      'Asia/Kolkata',
    ]) {
      expect(body).toContain(text);
    }
    expect(body.match(/<form method="post">|<button type="submit">I have it<\/button>/g)).toHaveLength(2);
    for (const secret of [SUBJECT, 'Rita', 'home.example']) expect(body).not.toContain(secret);
  });

  it('says its language, suits a phone and needs no script and nothing from elsewhere', async () => {
    const { body } = await ask((await open()).link());
    expect(body).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(body).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    expect(body).not.toMatch(/<script|<link|<img|<iframe|\s(src|href|style|on\w+)=/i);
  });

  it('says the style by the hash that the browser computes', async () => {
    const { body, headers } = await ask((await open()).link());
    const style = /<style>([\s\S]*)<\/style>/.exec(body)?.[1] ?? '';
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(style))).toString('base64');
    expect(headers.get('content-security-policy')).toContain(`'sha256-${hash}'`);
  });

  it('changes nothing, however often scanners look', async () => {
    const house = await open();
    const before = [await house.escalation(), await house.journal()];
    await ask(house.link());
    await ask(house.link(), { method: 'HEAD' });
    await ask(`${house.link()}?acknowledge=1`);
    expect([await house.escalation(), await house.journal()]).toEqual(before);
  });

  it('answers HEAD without a body', async () => {
    const house = await open();
    const good = await ask(house.link(), { method: 'HEAD' });
    expect(good).toMatchObject({ status: 200, body: '' });
    expectGuarded(good.headers);
    expect(await ask(house.link().replace(/.{3}$/, 'aaa'), { method: 'HEAD' })).toMatchObject({
      status: 404,
      body: '',
    });
  });

  it('leaves out the time to answer when there is none, and says when nobody judged the urgency', async () => {
    const house = await open({ escalation: { answerBy: null }, ticket: { urgency: null } });
    const { body } = await ask(house.link());
    expect(body).toContain('not judged yet');
    expect(body).not.toContain('Answer expected by');
  });

  it('names a post by its address and somebody who is gone by the id', async () => {
    const id = 'oc.behala@kolkatapolice.example';
    const house = await open({
      officers: [anOfficer({ id, name: '', title: 'OC', address: id })],
      escalation: { told: [id, 'gone'] },
    });
    const { body } = await ask(house.link(id));
    expect(body).toContain('<bdi>OC oc.behala@kolkatapolice.example</bdi>, <bdi>gone</bdi>');
  });
});

describe('names that want to be more', () => {
  const hostile = '</bdi></title><script>alert(1)</script><img src=x onerror="a()">\u202e\'"&amp;';

  it.each<[string, Scene]>([
    ['a station', { station: { name: { en: hostile } } }],
    ['an officer', { officers: [anOfficer({ name: hostile })] }],
    ['a title', { officers: [anOfficer({ title: hostile })] }],
    ['somebody told', { escalation: { told: ['oc-behala', hostile] } }],
    [
      'who acknowledged',
      { escalation: { acknowledgedAt: '2026-11-24T04:05:00.000Z', acknowledgedBy: hostile } },
    ],
  ])('stay text when they name %s', async (_whom, scene) => {
    const { status, body } = await ask((await open(scene)).link());
    expect(status).toBe(200);
    expect(body).toContain(
      '&lt;/bdi&gt;&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;a()&quot;&gt;\u202e&#39;&quot;&amp;amp;',
    );
    expect(body).not.toMatch(/<script|<img/);
  });
});

describe('the button', () => {
  it('acknowledges as that officer and leads back to the page, which says so', async () => {
    const house = await open();
    const answer = await post(house.link());
    expect(answer).toMatchObject({ status: 303, body: '' });
    expectGuarded(answer.headers);
    expect(await house.escalation()).toMatchObject({
      acknowledgedBy: 'oc-behala',
      acknowledgedAt: '2026-11-24T04:10:00.000Z',
    });
    expect((await house.journal()).map(({ actor, event }) => [actor, event])).toEqual([
      ['oc-behala', 'escalation-acknowledged'],
    ]);
    const back = new URL(answer.headers.get('location') ?? '', house.link()).href;
    expect(back).toBe(house.link());
    const { status, body } = await ask(back);
    expect(status).toBe(200);
    expect(body).toMatch(
      /Acknowledged by <bdi>Inspector A\. Sen<\/bdi> at <time[^>]*>24 November 2026, 9:40 am</,
    );
    expect(body).not.toContain('<button');
  });

  it('leads back under the address that a proxy gives us', async () => {
    const house = await open();
    const location = (await post(house.link())).headers.get('location') ?? '';
    const outside = house.link().replace(/^http:\/\/[^/]+/, 'https://desk.kolkatapolice.example/thanadak');
    expect(new URL(location, outside).href).toBe(outside);
  });

  it('pressed again shows who acknowledged first, and when', async () => {
    const ac = anOfficer({ id: 'ac-sw', name: 'B. Roy', title: 'AC', rank: 'ac', divisions: ['kp/sw'] });
    const house = await open({
      officers: [anOfficer(), ac],
      escalation: { told: ['oc-behala', 'ac-sw'] },
    });
    await post(house.link());
    house.clock.advance(3_600_000);
    for (const officer of ['oc-behala', 'ac-sw']) {
      expect((await post(house.link(officer))).status).toBe(303);
      expect((await ask(house.link(officer))).body).toMatch(/by <bdi>Inspector A\. Sen<\/bdi> at .*9:40 am/);
    }
    expect(await house.journal()).toHaveLength(1);
  });

  it('pressed twice at the same moment counts once', async () => {
    const house = await open();
    const answers = await Promise.all([1, 2, 3].map(() => post(house.link())));
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await house.journal()).toHaveLength(1);
  });

  it('is not there once the escalation has ended by itself, and changes nothing then', async () => {
    const house = await open({ escalation: { endedAt: '2026-11-24T04:05:00.000Z', nextAt: null } });
    const before = await house.escalation();
    expect((await post(house.link())).status).toBe(303);
    expect(await house.escalation()).toEqual(before);
    expect(await house.journal()).toEqual([]);
    const { body } = await ask(house.link());
    expect(body).toMatch(/ended by itself at <time[^>]*>24 November 2026, 9:35 am/);
    expect(body).not.toContain('<button');
  });

  it('says that the operator answered by command', async () => {
    const acknowledgedAt = '2026-11-24T04:05:00.000Z';
    const house = await open({ escalation: { acknowledgedAt, acknowledgedBy: 'operator' } });
    expect((await ask(house.link())).body).toContain('the operator of Thanadak');
  });

  it.each<[string, RequestInit]>([
    ['an empty form', { headers: FORM }],
    [
      'a form with its character set',
      { headers: { 'content-type': `${FORM['content-type']}; charset=utf-8` } },
    ],
    ['a tiny form', { headers: FORM, body: 'a=b' }],
    ['no body at all', { headers: {} }],
    ['our own page', { headers: { ...FORM, 'sec-fetch-site': 'same-origin', origin: 'null' } }],
  ])('is pressed by %s', async (_what, init) => {
    const house = await open();
    expect((await post(house.link(), init)).status).toBe(303);
    expect((await house.escalation())?.acknowledgedAt).not.toBeNull();
  });

  it.each<[string, number, RequestInit]>([
    ['JSON', 415, { headers: { 'content-type': 'application/json' }, body: '{}' }],
    ['plain text', 415, { headers: { 'content-type': 'text/plain' }, body: 'a=b' }],
    [
      'a multipart form',
      415,
      { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' },
    ],
    ['a type that is none', 415, { headers: { 'content-type': 'garbage' }, body: 'a=b' }],
    ['more than a kilobyte', 413, { headers: FORM, body: 'a'.repeat(1_025) }],
    ['a page of somebody else', 403, { headers: { ...FORM, 'sec-fetch-site': 'cross-site' } }],
    ['a page of a neighbour', 403, { headers: { ...FORM, 'sec-fetch-site': 'same-site' } }],
    ['an older browser on another page', 403, { headers: { ...FORM, origin: 'https://stranger.example' } }],
  ])('is not pressed by %s', async (_what, status, init) => {
    const house = await open();
    const answer = await post(house.link(), init);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expectGuarded(answer.headers);
    expect((await house.escalation())?.acknowledgedAt).toBeNull();
  });

  it('is pressed under the public address when a proxy gives us another', async () => {
    const publicUrl = () => 'https://desk.kolkatapolice.example';
    const house = await open({ web: { publicUrl } });
    const headers = { ...FORM, origin: 'https://desk.kolkatapolice.example' };
    expect((await post(house.link(), { headers })).status).toBe(303);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('does not take %s', async (method) => {
    const house = await open();
    const { status, headers } = await ask(house.link(), { method });
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe('GET, HEAD, POST');
    expectGuarded(headers);
  });
});
