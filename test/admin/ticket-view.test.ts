import { describe, expect, it } from 'vitest';
import { nextClock, type TicketRecords, viewTicket } from '../../src/admin/views/ticket-view.js';

const RECEIVED = '2026-11-24T09:05:00.000Z';

const RECORDS: TicketRecords = {
  ticket: {
    id: 'T1',
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
  },
  linked: ['LAKETOWN-26-000002-Y'],
  clocks: [
    {
      name: 'acknowledgement',
      state: 'running',
      startedAt: RECEIVED,
      dueAt: '2026-11-24T10:05:00.000Z',
      metAt: null,
      breachedAt: null,
    },
  ],
  messages: [
    {
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
      attachments: [{ name: 'a.jpg', type: 'image/jpeg', size: 3, sha256: 'ab'.repeat(32), part: '2' }],
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
  ],
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
      linked: ['LAKETOWN-26-000002-Y'],
      clocks: [
        {
          name: 'acknowledgement',
          state: 'running',
          dueAt: '2026-11-24T10:05:00.000Z',
          metAt: null,
          breachedAt: null,
        },
      ],
      messages: [
        {
          id: 'M1',
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
          messageId: '<1@resident.example>',
          attachments: [{ name: 'a.jpg', type: 'image/jpeg', size: 3, sha256: 'ab'.repeat(32) }],
        },
      ],
      escalations: [],
      journal: [{ at: RECEIVED, actor: 'system', event: 'ticket-opened', letter: 'L1' }],
    });
  });

  it('does not let a detail of the journal replace who did it', () => {
    expect(viewTicket(RECORDS).journal[0]?.actor).toBe('system');
  });

  it('names the unmet clock that is due first', () => {
    const clock = (name: 'first-action' | 'resolution', dueAt: string, metAt: string | null) => ({
      name,
      state: 'running' as const,
      dueAt,
      metAt,
      breachedAt: null,
    });
    const clocks = [
      clock('resolution', '2026-11-30T00:00:00.000Z', null),
      clock('first-action', '2026-11-25T00:00:00.000Z', '2026-11-24T12:00:00.000Z'),
    ];
    expect(nextClock({ clocks })?.name).toBe('resolution');
  });
});
