import { describe, expect, it } from 'vitest';
import { viewTicket } from '../../src/admin/views/ticket-view.js';
import type { WholeTicket } from '../../src/desk/whole-ticket.js';
import { pressingClock } from '../../src/domain/running-clock.js';
import { type Ticket, type TicketClock, UNTOUCHED } from '../../src/domain/ticket.js';

const RECEIVED = '2026-11-24T09:05:00.000Z';
const LATER = '2026-11-24T10:05:00.000Z';

function clock(name: TicketClock['name'], more: Partial<TicketClock> = {}): TicketClock {
  return {
    name,
    round: 1,
    state: 'running',
    startedAt: RECEIVED,
    dueAt: LATER,
    riskAt: null,
    metAt: null,
    breachedAt: null,
    plan: { targetMs: 3_600_000, stretches: [{ from: RECEIVED, calendar: 'always' }] },
    step: 0,
    nextAt: null,
    ...more,
  };
}

const TICKET: Ticket = {
  id: 'T1',
  reference: 'BEHALA-26-000001-X',
  station: 'behala',
  state: 'new',
  urgency: 'urgent',
  category: null,
  urgencyBy: 'rule',
  proposal: null,
  restriction: 'none',
  language: 'bn',
  languages: ['bn', 'en'],
  subject: 'Street light',
  resident: { address: 'rita@resident.example', name: 'Rita Basu', verdict: 'aligned' },
  receivedAt: RECEIVED,
  acknowledgedAt: null,
  officer: null,
  ...UNTOUCHED,
};

const RECORDS: WholeTicket = {
  ticket: TICKET,
  sameMatter: [
    {
      other: { ...TICKET, reference: 'BEHALA-26-000003-Z' },
      score: 80,
      reasons: ['same photo'],
      state: 'suggested',
    },
  ],
  parent: undefined,
  children: [],
  linked: ['LAKETOWN-26-000002-Y'],
  clocks: [
    clock('acknowledgement'),
    clock('resolution', { round: 2, dueAt: '2026-11-30T09:05:00.000Z' }),
    clock('resolution', { state: 'met', metAt: LATER }),
  ],
  messages: [
    {
      reference: 'BEHALA-26-000001-X',
      message: {
        id: 'M1',
        ticketId: 'T1',
        letterId: 'L1',
        station: 'behala',
        direction: 'in',
        kind: 'letter',
        from: { address: 'rita@resident.example', name: 'Rita Basu' },
        to: ['behala.ps@kolkatapolice.example'],
        subject: 'Street light',
        text: 'It is dark.',
        messageId: '<1@resident.example>',
        receivedAt: RECEIVED,
        sha256: 'cd'.repeat(32),
        parsed: true,
        verdict: 'aligned',
        sender: null,
        senderFlags: [],
        infected: null,
        attachments: [{ name: 'a.jpg', type: 'image/jpeg', size: 3, sha256: 'ab'.repeat(32), part: '2' }],
      },
    },
  ],
  journal: [
    {
      id: 'J1',
      at: RECEIVED,
      actor: 'system',
      event: 'ticket-opened',
      detail: { letter: 'L1', actor: 'somebody else' },
    },
    { id: 'J2', at: LATER, actor: 'si-roy', event: 'noted', detail: { noteId: 'N1' } },
  ],
  notes: [{ id: 'N1', ticketId: 'T1', at: LATER, actor: 'si-roy', text: 'Called, no answer.' }],
  information: undefined,
  waits: [
    {
      id: 'W1',
      ticketId: 'T1',
      for: 'resident',
      startedAt: RECEIVED,
      until: LATER,
      endedAt: null,
      remindedAt: null,
      nextAt: LATER,
    },
  ],
  escalations: [
    {
      id: 'E1',
      ticketId: 'T1',
      clock: 'acknowledgement',
      round: 1,
      step: 0,
      rank: 'oc',
      told: ['oc-behala'],
      markedAt: RECEIVED,
      at: RECEIVED,
      answerBy: LATER,
      acknowledgedAt: null,
      acknowledgedBy: null,
      endedAt: null,
      nextAt: LATER,
    },
  ],
  includes: ['BEHALA-26-000002-Y'],
  owner: { rank: 'oc', holders: [] },
  coming: [],
};

const CLOCK_VIEW = {
  name: 'acknowledgement',
  state: 'running',
  dueAt: LATER,
  metAt: null,
  breachedAt: null,
  round: 1,
  startedAt: RECEIVED,
};

describe('the JSON shape of a ticket', () => {
  it('has exactly the promised keys', () => {
    expect(viewTicket(RECORDS)).toEqual({
      reference: 'BEHALA-26-000001-X',
      station: 'behala',
      state: 'new',
      urgency: 'urgent',
      category: null,
      language: 'bn',
      languages: ['bn', 'en'],
      subject: 'Street light',
      resident: { address: 'rita@resident.example', name: 'Rita Basu', verdict: 'aligned' },
      receivedAt: RECEIVED,
      acknowledgedAt: null,
      officer: null,
      restriction: 'none',
      waitingFor: null,
      waitingUntil: null,
      attention: null,
      junk: null,
      junkOpinion: null,
      version: 0,
      nextDueAt: LATER,
      level: 'officer',
      urgencyBy: 'rule',
      proposal: null,
      outcome: null,
      closedAt: null,
      reopened: 0,
      mergedInto: null,
      passedOn: null,
      firNumber: null,
      gdNumber: null,
      owner: { rank: 'oc', officers: [] },
      linked: ['LAKETOWN-26-000002-Y'],
      includes: ['BEHALA-26-000002-Y'],
      sameMatter: [{ reference: 'BEHALA-26-000003-Z', reasons: ['same photo'], state: 'suggested' }],
      parent: null,
      children: [],
      clocks: [
        CLOCK_VIEW,
        { ...CLOCK_VIEW, name: 'resolution', round: 2, dueAt: '2026-11-30T09:05:00.000Z' },
      ],
      pastClocks: [{ ...CLOCK_VIEW, name: 'resolution', state: 'met', metAt: LATER }],
      waits: [{ for: 'resident', from: RECEIVED, until: LATER, endedAt: null, remindedAt: null }],
      information: null,
      notes: [{ id: 'N1', at: LATER, actor: 'si-roy', text: 'Called, no answer.' }],
      messages: [
        {
          id: 'M1',
          reference: 'BEHALA-26-000001-X',
          letterId: 'L1',
          direction: 'in',
          kind: 'letter',
          from: 'rita@resident.example',
          fromName: 'Rita Basu',
          to: ['behala.ps@kolkatapolice.example'],
          subject: 'Street light',
          text: 'It is dark.',
          receivedAt: RECEIVED,
          sha256: 'cd'.repeat(32),
          parsed: true,
          verdict: 'aligned',
          sender: null,
          senderFlags: [],
          infected: null,
          messageId: '<1@resident.example>',
          attachments: [{ name: 'a.jpg', type: 'image/jpeg', size: 3, sha256: 'ab'.repeat(32) }],
        },
      ],
      escalations: [
        {
          id: 'E1',
          step: 0,
          rank: 'oc',
          clock: 'acknowledgement',
          at: RECEIVED,
          acknowledgedAt: null,
          acknowledgedBy: null,
          answerBy: LATER,
          endedAt: null,
          told: ['oc-behala'],
        },
      ],
      comingSteps: [],
      journal: [
        { at: RECEIVED, actor: 'system', event: 'ticket-opened', letter: 'L1' },
        { at: LATER, actor: 'si-roy', event: 'noted', noteId: 'N1', text: 'Called, no answer.' },
      ],
    });
  });

  it('does not let a detail of the journal replace who did it', () => {
    expect(viewTicket(RECORDS).journal[0]?.actor).toBe('system');
  });
});

describe('the clock that presses next', () => {
  it.each([
    ['one met presses nobody', clock('first-action', { state: 'met', metAt: RECEIVED })],
    ['one that rests presses nobody', clock('first-action', { state: 'paused' })],
    ['one lifted presses nobody', clock('first-action', { state: 'lifted' })],
    ['a later one comes later', clock('first-action', { dueAt: '2026-12-24T00:00:00.000Z' })],
  ])('%s', (_, other) => {
    const resolution = clock('resolution', { dueAt: '2026-11-30T00:00:00.000Z' });
    expect(pressingClock([other, resolution])?.name).toBe('resolution');
  });

  it('is one that was missed, before all others', () => {
    const missed = clock('first-action', { state: 'breached', breachedAt: LATER });
    expect(pressingClock([clock('resolution', { dueAt: '2026-11-30T00:00:00.000Z' }), missed])).toBe(missed);
  });
});
