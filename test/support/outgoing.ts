// A letter of ours, as it lies in the outbox.
import type { OutgoingLetter } from '../../src/domain/outgoing.js';

export function anOutgoingLetter(changes: Partial<OutgoingLetter> = {}): OutgoingLetter {
  const id = changes.id ?? '01TEST00000000000000000001';
  return {
    id,
    kind: 'acknowledgement',
    envelopeFrom: '',
    to: 'rita@home.example',
    from: { address: 'behala.ps@kolkatapolice.example', name: 'Behala Police Station' },
    replyTo: { address: 'behala+26-123-abc@mail.kolkatapolice.example', name: 'Behala Police Station' },
    subject: 'We have received your e-mail: BEHALA-26-000123-K',
    text: 'If anyone is in danger now, call 100.\n\nReference: BEHALA-26-000123-K\n',
    messageId: `<${id.toLowerCase()}.behala@mail.kolkatapolice.example>`,
    inReplyTo: '<1@home.example>',
    references: ['<0@home.example>', '<1@home.example>'],
    headers: [{ name: 'Auto-Submitted', value: 'auto-replied' }],
    createdAt: '2026-11-24T04:00:00.000Z',
    ...changes,
  };
}
