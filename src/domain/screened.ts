// What was found out about a letter besides its sender: whether it is junk, whether a virus is in it.
import type { JunkOpinion } from './junk.js';
import type { Attachment } from './message.js';

/** A virus in a letter. */
export interface Infection {
  /** The scanner's name for it. */
  signature: string;
  /** What was found in single parts; empty when they were not looked at or all of them are clean by themselves. */
  parts: { part: string; signature: string }[];
}

export interface Screened {
  /** Null when nobody judged it, or nobody answered in time. */
  opinion: JunkOpinion | null;
  /** Whether that counts as junk here. */
  isJunk: boolean;
  /** Null for a letter that is clean, or that nobody could look at. */
  infection: Infection | null;
}

/** The attachments with what was found in them; all of them when nobody can say which one it is. */
export function markInfected(
  attachments: readonly Attachment[],
  infection: Infection | null | undefined,
): Attachment[] {
  if (!infection) return [...attachments];
  const { signature, parts } = infection;
  if (parts.length === 0) return attachments.map((one) => ({ ...one, infected: signature }));
  const found = new Map(parts.map((one) => [one.part, one.signature]));
  return attachments.map((one) => {
    const name = found.get(one.part);
    return name === undefined ? one : { ...one, infected: name };
  });
}
