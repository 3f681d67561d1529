// A message on a ticket -> the shape it has with --json (a contract: keys are only ever added).
import type { TicketMessage } from '../../desk/whole-ticket.js';
import type { Attachment } from '../../domain/message.js';
import type { Instant } from '../../domain/time.js';
import type { MessageRecord } from '../../ports/records.js';

export interface AttachmentView extends Pick<Attachment, 'name' | 'type' | 'size' | 'sha256'> {
  /** The virus that is in it, or may be. */
  infected?: string;
}

export interface MessageView {
  id: string;
  /** Of the ticket on which it lies: the one shown, or one merged into it. */
  reference: string;
  letterId: string | null;
  direction: 'in' | 'out';
  kind: MessageRecord['kind'];
  /** Address, null when the letter does not say. */
  from: string | null;
  fromName: string | null;
  to: string[];
  subject: string;
  text: string;
  receivedAt: Instant;
  sha256: string | null;
  parsed: boolean;
  verdict: MessageRecord['verdict'];
  /** What was found out about its sender; null for letters of ours. */
  sender: MessageRecord['sender'];
  senderFlags: MessageRecord['senderFlags'];
  messageId: string | null;
  attachments: AttachmentView[];
  /** The virus that was found in the letter. */
  infected: string | null;
}

export function viewMessage({ message, reference }: TicketMessage): MessageView {
  return {
    id: message.id,
    reference,
    letterId: message.letterId,
    direction: message.direction,
    kind: message.kind,
    from: message.from?.address ?? null,
    fromName: message.from?.name ?? null,
    to: message.to,
    subject: message.subject,
    text: message.text,
    receivedAt: message.receivedAt,
    sha256: message.sha256,
    parsed: message.parsed,
    verdict: message.verdict,
    sender: message.sender,
    senderFlags: message.senderFlags,
    messageId: message.messageId,
    attachments: message.attachments.map(viewAttachment),
    infected: message.infected,
  };
}

function viewAttachment({ name, type, size, sha256, infected }: Attachment): AttachmentView {
  return { name, type, size, sha256, ...(infected === undefined ? {} : { infected }) };
}
