// mailparser with our rules for what is text and what is an attachment, and for character sets. One pass, streaming.
import type { Transform } from 'node:stream';
import type { Protection } from '../domain/message.js';
import type { HeaderLine } from './head.js';
import { BaseParser, type ParserNode, type SplitNode } from './parser-internals.js';
import { protectionOf } from './protection.js';
import { createTextBudget, type TextBudget, TextDecoder } from './text-decoder.js';

export const MAX_HTML = 256 * 1024;

const OPTIONS = {
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  keepDeliveryStatus: true,
  ignoreEmbedded: true,
  checksumAlgo: 'sha256',
  maxHtmlLengthToParse: MAX_HTML,
  maxChildNodes: 1_000,
  maxHeadSize: 1024 * 1024,
};

const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+$/;
// mailparser asks for a decoder only for labels it does not know to be UTF-8, so every label gets this in front.
const OWN_LABEL = 'label:';

/** An attachment in the order in which the parser hands their contents out. */
export interface AttachedPart {
  filename: string;
  type: string;
  part: string;
  /** As labelled, empty when it is not. */
  charset: string;
  /** A picture that the text refers to. */
  inline: boolean;
  /** Plain text with a file name that is not marked as an attachment (RFC 2183 2.1): some apps name a letter's text. */
  shown: boolean;
}

/** One letter, one parser. Consumers read `attached` and `budget.problems` when it has ended. */
export class LetterParser extends BaseParser {
  readonly attached: AttachedPart[] = [];
  readonly budget: TextBudget;
  /** What the parts say about how the letter is sealed. */
  readonly protections: Protection[] = [];
  /** Whether the letter as a whole is a report (RFC 3462). */
  isReport = false;

  /** `forText`: its HTML is made into text; else it is kept as it came, to be shown. */
  constructor({ forText } = { forText: true }) {
    super(forText ? OPTIONS : { ...OPTIONS, skipHtmlToText: true });
    this.budget = createTextBudget(MAX_HTML, forText);
  }

  /** A multipart in which no part was found: its boundary is missing or wrong. */
  get isWithoutParts(): boolean {
    const top = this.tree;
    return top !== false && top.isAttachment === undefined && top.children.length === 0;
  }

  override getDecoder(): { decodeStream(charset: string): Transform } {
    return {
      decodeStream: (label) => {
        const [, kind, charset = ''] = /^label:(text|html):(.*)$/s.exec(label) ?? [];
        return new TextDecoder(charset, kind === 'html' ? 'html' : 'text', this.budget);
      },
    };
  }

  /** Header values are read by head.ts, from the raw lines and only for the letter itself. */
  override processHeaders(_lines: HeaderLine[]): Map<string, unknown> {
    return new Map();
  }

  override createNode(node: SplitNode): ParserNode {
    if (!node.contentType || (!MEDIA_TYPE.test(node.contentType) && !node.filename))
      node.contentType = 'text/plain';
    this.#noteKind(node, node.contentType);
    const created = super.createNode(node);
    if (created.isAttachment === undefined) return created;
    // A text part with a file name is evidence somebody attached; only a letter that is nothing else is its own text.
    if (node.filename && !node.root) created.isAttachment = true;
    if (created.isAttachment) {
      created.disposition = 'attachment';
      this.attached.push(describe(node));
    } else {
      created.charset = `${OWN_LABEL}${created.contentType === 'text/html' ? 'html' : 'text'}:${node.charset || ''}`;
    }
    return created;
  }

  #noteKind(node: SplitNode, type: string): void {
    if (node.root && type === 'multipart/report') this.isReport = true;
    const protection = protectionOf(type, () => node.headers.getFirst('Content-Type'));
    if (protection) this.protections.push(protection);
  }

  override getTextContent(): ReturnType<InstanceType<typeof BaseParser>['getTextContent']> {
    if (this.tree) releaseLoneHtml(this.tree);
    // Otherwise HTML below a multipart is never made into text.
    this.hasText = true;
    return super.getTextContent();
  }
}

function describe(node: SplitNode): AttachedPart {
  const numbers = (node.partNr || []).filter((part) => typeof part === 'number');
  return {
    filename: node.filename || '',
    type:
      node.contentType && MEDIA_TYPE.test(node.contentType)
        ? node.contentType.slice(0, 127)
        : 'application/octet-stream',
    part: numbers.join('.') || '1',
    charset: node.charset || '',
    inline: isInline(node),
    shown: node.contentType === 'text/plain' && node.disposition !== 'attachment',
  };
}

function isInline(node: SplitNode): boolean {
  if (!node.contentType || !/^image\//.test(node.contentType)) return false;
  const isRelated = node.parentNode !== false && node.parentNode.contentType === 'multipart/related';
  return (isRelated || node.disposition === 'inline') && node.headers.getFirst('Content-ID') !== '';
}

/**
 * mailparser drops the HTML of an alternative even when its plain text is blank or missing: such an alternative is
 * none, and blank text goes. Returns whether `node` holds plain text.
 */
function releaseLoneHtml(node: ParserNode): boolean {
  const isText = node.contentType === 'text/plain' && !node.isAttachment;
  let hasText = isText && /\S/.test(node.textContent ?? '');
  if (isText && !hasText) node.textContent = '';
  for (const child of node.children) hasText = releaseLoneHtml(child) || hasText;
  if (node.contentType === 'multipart/alternative' && !hasText) node.contentType = 'multipart/mixed';
  return hasText;
}
