// What we rely on inside mailparser 3.14.2 (pinned exactly): the methods our parser overrides and the nodes they see.
import type { Transform } from 'node:stream';
import { MailParser } from 'mailparser';
import type { HeaderLine } from './head.js';

/** A MIME node as the splitter found it. */
export interface SplitNode {
  root: boolean;
  contentType: string | false;
  disposition: string | false;
  charset: string | false;
  filename: string | false;
  /** IMAP part numbers from the top, with `TEXT` markers between. */
  partNr: (number | string)[] | false;
  parentNode: SplitNode | false;
  headers: { getFirst(name: string): string };
}

/** The same node as the parser sees it. */
export interface ParserNode {
  contentType: string | false;
  disposition?: string;
  isAttachment?: boolean;
  charset?: string;
  textContent?: string;
  children: ParserNode[];
}

export interface ParserInternals extends Transform {
  headerLines: HeaderLine[] | false;
  tree: ParserNode | false;
  hasText: boolean;
  getDecoder(): { decodeStream(charset: string): Transform };
  processHeaders(lines: HeaderLine[]): Map<string, unknown>;
  createNode(node: SplitNode): ParserNode;
  getTextContent(): { type: 'text'; text?: string; html?: string; textConversionError?: Error };
}

export const BaseParser = MailParser as unknown as new (
  options: ConstructorParameters<typeof MailParser>[0],
) => ParserInternals;
