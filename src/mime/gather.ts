// What the parser hands out, gathered: texts, and each attachment hashed while it streams by.
import type { Readable } from 'node:stream';
import { safeAttachmentName } from '../domain/attachment-name.js';
import type { Attachment, ReportParts } from '../domain/message.js';
import { listInnerFiles } from './inner-files.js';
import type { AttachedPart, LetterParser } from './letter-parser.js';
import { bytesToRead, type PartContents, readContents } from './part-contents.js';

export interface Content {
  text: string;
  html: string;
  conversionFailed: boolean;
  attachments: Attachment[];
  report: Partial<ReportParts>;
  /** Texts that came as files by name only, to be shown where the letter has no other. */
  namedText: string;
  /** The text that Outlook packed into a winmail.dat, and the part that held it. */
  packed: { text: string; part: string } | null;
  /** Sentences about parts that could be read only in part. */
  problems: string[];
}

interface AttachmentItem {
  type: 'attachment';
  content: Readable;
  release(): void;
  size?: number;
  checksum?: string;
}

interface TextItem {
  type: 'text';
  text?: string;
  html?: string;
  textConversionError?: Error;
}

/** Characters; what comes beyond is in the files. */
const MAX_NAMED_TEXT = 200_000;
const UNKNOWN: AttachedPart = {
  filename: '',
  type: 'application/octet-stream',
  part: '1',
  charset: '',
  inline: false,
  shown: false,
};

/** Resolves when `parser` has ended; rejects with its error. `onBytes` sees the decoded bytes of every attachment. */
export function gather(
  parser: LetterParser,
  onBytes?: (part: AttachedPart, chunk: Buffer) => void,
): Promise<Content> {
  const content: Content = {
    text: '',
    html: '',
    conversionFailed: false,
    attachments: [],
    report: {},
    namedText: '',
    packed: null,
    problems: [],
  };
  let seen = 0;
  return new Promise((resolve, reject) => {
    parser.on('error', reject);
    parser.on('end', () => resolve(content));
    parser.on('data', (item: AttachmentItem | TextItem) => {
      if (item.type === 'text') return takeText(content, item);
      const part = parser.attached[seen] ?? UNKNOWN;
      seen += 1;
      takeAttachment({ content, item, part, onBytes }).catch(reject);
    });
  });
}

function takeText(content: Content, item: TextItem): void {
  content.text = item.text ?? '';
  content.html = item.html ?? '';
  content.conversionFailed = item.textConversionError !== undefined;
}

interface Taking {
  content: Content;
  item: AttachmentItem;
  part: AttachedPart;
  onBytes: ((part: AttachedPart, chunk: Buffer) => void) | undefined;
}

function takeAttachment({ content, item, part, onBytes }: Taking): Promise<void> {
  const chunks: Buffer[] = [];
  let room = bytesToRead(part);
  return new Promise((resolve, reject) => {
    item.content.on('error', reject);
    item.content.on('end', () => {
      addAttachment(content, item, { part, start: Buffer.concat(chunks) });
      item.release();
      resolve();
    });
    if (room === 0 && !onBytes) item.content.resume();
    else
      item.content.on('data', (chunk: Buffer) => {
        onBytes?.(part, chunk);
        if (room > 0) chunks.push(chunk.subarray(0, room));
        room -= Math.min(room, chunk.length);
      });
  });
}

function addAttachment(
  content: Content,
  item: AttachmentItem,
  { part, start }: { part: AttachedPart; start: Buffer },
): void {
  const { type } = part;
  const contents = start.length > 0 ? readContents(part, start) : undefined;
  const number = content.attachments.length + 1;
  content.attachments.push({
    name: safeAttachmentName(contents?.name ?? part.filename, { number, type }),
    type,
    size: item.size ?? 0,
    sha256: item.checksum ?? '',
    part: part.part,
    ...(part.inline ? { inline: true as const } : {}),
    ...contents?.facts,
  });
  if (!contents) return;
  content.report = { ...contents.report, ...content.report };
  if (contents.text) addNamedText(content, contents.text);
  if (contents.tnef) unpack(content, contents.tnef, part.part);
}

function addNamedText(content: Content, text: string): void {
  if (content.namedText.length > MAX_NAMED_TEXT) return;
  content.namedText += content.namedText === '' ? text : `\n${text}`;
}

function unpack(content: Content, tnef: NonNullable<PartContents['tnef']>, part: string): void {
  const before = content.attachments.length;
  content.attachments.push(...listInnerFiles(tnef.files, { part, before }));
  if (tnef.text !== '') content.packed ??= { text: tnef.text, part };
  if (!tnef.whole) {
    content.problems.push(
      'A winmail.dat in the letter is damaged or very large; what could be read of it is listed.',
    );
  }
}
