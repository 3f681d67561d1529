// What is ours in each letter we send: the ids and signed marks by which answers, reports and loops are known.
import { loopHeaderValue } from './loop.js';
import { quotedMarker, signedMessageId, type TokenSigner } from './thread-token.js';

export interface LetterMarks {
  outboxId: string;
  /** Signed, with angle brackets. */
  messageId: string;
  /** Value of the loop header. */
  loop: string;
  /** The last line of a letter to whom an answer is expected from; programs quote it. Null for notices. */
  marker: string | null;
}

/** The marks of the letter `outboxId` about `reference`, whose answer belongs to that ticket. */
export function letterMarks(
  signer: TokenSigner,
  letter: { outboxId: string; reference: string; mailDomain: string },
): LetterMarks {
  return { ...noticeMarks(signer, letter), marker: quotedMarker(signer, letter.reference) };
}

/** The marks of a notice about `reference` that nobody answers. */
export function noticeMarks(
  signer: TokenSigner,
  { outboxId, reference, mailDomain }: { outboxId: string; reference: string; mailDomain: string },
): LetterMarks {
  return {
    outboxId,
    messageId: signedMessageId(signer, { reference, unique: outboxId, mailDomain }),
    loop: loopHeaderValue(signer, mailDomain, outboxId),
    marker: null,
  };
}

/** The marks of a letter about no single ticket. */
export function listMarks(
  signer: TokenSigner,
  { outboxId, mailDomain }: { outboxId: string; mailDomain: string },
): LetterMarks {
  return {
    outboxId,
    messageId: `<${outboxId.toLowerCase()}.list@${mailDomain}>`,
    loop: loopHeaderValue(signer, mailDomain, outboxId),
    marker: null,
  };
}
