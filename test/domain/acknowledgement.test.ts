import { describe, expect, it } from 'vitest';
import { mayAcknowledge } from '../../src/domain/acknowledgement.js';
import { classify } from '../../src/domain/classification.js';
import { HOP_LIMIT } from '../../src/domain/loop.js';
import type { Header } from '../../src/domain/message.js';

const OURS = 'mail.kolkatapolice.example';
const received = (count: number): Header[] =>
  Array.from({ length: count }, (_, n) => ({ name: 'received', value: `from h${n}` }));
const header = (name: string, value: string): Header[] => [{ name, value }];

function decide(
  headers: Header[],
  envelopeFrom = 'rita@home.example',
  more: { fromOurselves?: boolean } = {},
) {
  const message = { headers };
  const kind = classify(message, envelopeFrom, OURS);
  const verdict = 'unknown' as const;
  const facts = { message, kind, envelopeFrom, fromOurselves: false, forPostmaster: false, verdict, ...more };
  return { kind, decision: mayAcknowledge(facts) };
}

describe('acknowledgement', () => {
  it.each([
    ['an ordinary letter', header('subject', 'Noise')],
    ['Auto-Submitted: no', header('auto-submitted', 'No')],
    ['Auto-Submitted: no with a parameter', header('auto-submitted', 'no; x=1')],
    ['Precedence: first-class', header('precedence', 'first-class')],
    ['X-Auto-Response-Suppress of another kind', header('x-auto-response-suppress', 'DR, NDR, RN')],
    ['fifty hops', received(HOP_LIMIT)],
    ["another installation's loop mark", header('x-thanadak-loop', 'mail.elsewhere.example')],
  ])('is sent to %s', (_name, headers) => {
    expect(decide(headers)).toMatchObject({ kind: 'letter', decision: { allowed: true } });
  });

  it.each([
    ['a robot (RFC 3834 2)', header('auto-submitted', 'auto-generated'), 'auto-reply', 'auto-submitted'],
    ['a reply of a robot', header('auto-submitted', 'auto-replied; x=y'), 'auto-reply', 'auto-submitted'],
    ['an unknown Auto-Submitted value', header('auto-submitted', 'maybe'), 'auto-reply', 'auto-submitted'],
    ['X-Autoreply', header('x-autoreply', 'yes'), 'auto-reply', 'auto-submitted'],
    ['a list (RFC 2919)', header('list-id', '<news.example>'), 'bulk', 'mailing-list'],
    ['List-Unsubscribe', header('list-unsubscribe', '<mailto:x@y.example>'), 'bulk', 'mailing-list'],
    ['Precedence: bulk', header('precedence', ' Bulk '), 'bulk', 'mailing-list'],
    ['Precedence: auto_reply', header('precedence', 'auto_reply'), 'auto-reply', 'auto-submitted'],
    ['a report (RFC 6522)', header('content-type', 'multipart/report; report-type=x'), 'bounce', 'report'],
    [
      'who asks for silence',
      header('x-auto-response-suppress', 'OOF, AutoReply'),
      'letter',
      'suppression-asked',
    ],
    ['a letter with too many hops', received(HOP_LIMIT + 1), 'loop', 'loop'],
    ['our own letter come back', header('x-thanadak-loop', ` ${OURS} `), 'loop', 'loop'],
  ])('is not sent to %s', (_name, headers, kind, reason) => {
    expect(decide(headers)).toEqual({ kind, decision: { allowed: false, reason } });
  });

  it('is not sent to a null sender (RFC 5321 4.5.5)', () => {
    expect(decide([], '')).toEqual({
      kind: 'auto-reply',
      decision: { allowed: false, reason: 'null-sender' },
    });
  });

  it('is not sent to ourselves', () => {
    expect(decide([], 'behala.ps@kolkatapolice.example', { fromOurselves: true }).decision).toMatchObject({
      reason: 'own-address',
    });
  });

  it.each([
    'MAILER-DAEMON@x.example',
    'no-reply@x.example',
    'noreply+123@x.example',
    'donotreply@x.example',
    'listserv@x.example',
    'owner-news@x.example',
    'news-owner@x.example',
    'news-request@x.example',
    'bounces+rita=home.example@x.example',
    'news-bounces@x.example',
    'shop.noreply@x.example',
  ])('is not sent to %s', (address) =>
    expect(decide([], address).decision).toMatchObject({ reason: 'robot-address' }),
  );

  it.each(['postmaster@x.example', 'norepulse@x.example', 'bouncer@x.example', 'requestia@x.example'])(
    'is sent to %s',
    (address) => expect(decide([], address).decision).toMatchObject({ allowed: true }),
  );

  it.each(['rita', '"rita basu"@home.example', 'a@b.example,c@d.example'])(
    'is not sent to the unusable address %s',
    (address) => expect(decide([], address).decision).toMatchObject({ reason: 'unusable-address' }),
  );
});
