// winmail.dat (MS-OXTNEF): the files and the text that Outlook packed into one part. Only what an officer must see is
// read; every length is checked, nothing recurses, nothing throws.
import { decodeBytes } from './charset.js';
import { stripTags } from './first-text.js';
import { decompressRtf, rtfText } from './rtf.js';
import { readProperties } from './tnef-properties.js';

export interface TnefFile {
  /** As declared, not yet safe; may be empty. */
  name: string;
  /** Empty when it was not declared. */
  type: string;
  bytes: Buffer;
}

export interface Tnef {
  /** Empty when it holds none. */
  text: string;
  files: TnefFile[];
  /** False when it ended before its end. */
  whole: boolean;
}

interface Attribute {
  level: number;
  id: number;
  data: Buffer;
}

interface Bodies {
  plain?: string;
  html?: string;
  rtf?: string;
  codePage: number;
}

const SIGNATURE = 0x223e9f78;
const MAX_ATTRIBUTES = 10_000;
const MAX_FILES = 200;
const HEADER = 9;
const CHECKSUM = 2;
const MESSAGE = 1;
const BODY = 0x800c;
const ATTACHMENT_DATA = 0x800f;
const ATTACHMENT_TITLE = 0x8010;
const ATTACHMENT_BEGINS = 0x9002;
const MESSAGE_PROPERTIES = 0x9003;
const ATTACHMENT_PROPERTIES = 0x9005;
const OEM_CODE_PAGE = 0x9007;
const PLAIN_BODY = 0x1000;
const RTF_BODY = 0x1009;
const HTML_BODY = 0x1013;
const ATTACHED_BYTES = 0x3701;
const SHORT_NAME = 0x3704;
const LONG_NAME = 0x3707;
const MEDIA_TYPE = 0x370e;
const DISPLAY_NAME = 0x3001;
const INTERNET_CODE_PAGE = 0x3fde;

/** What `bytes` hold; undefined when they are no TNEF at all. */
export function readTnef(bytes: Buffer): Tnef | undefined {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== SIGNATURE) return undefined;
  const { attributes, whole } = listAttributes(bytes);
  const bodies: Bodies = { codePage: 1252 };
  const files: TnefFile[] = [];
  for (const attribute of attributes) {
    if (attribute.level === MESSAGE) takeMessage(attribute, bodies);
    else takeAttachment(attribute, { files, codePage: bodies.codePage });
  }
  return { text: bestText(bodies), files: files.filter(isFile), whole };
}

function listAttributes(bytes: Buffer): { attributes: Attribute[]; whole: boolean } {
  const attributes: Attribute[] = [];
  let at = 6;
  while (at + HEADER <= bytes.length && attributes.length < MAX_ATTRIBUTES) {
    const length = bytes.readUInt32LE(at + 5);
    const end = at + HEADER + length;
    const level = bytes.readUInt8(at);
    if (end > bytes.length || (level !== MESSAGE && level !== 2)) return { attributes, whole: false };
    attributes.push({ level, id: bytes.readUInt16LE(at + 1), data: bytes.subarray(at + HEADER, end) });
    at = end + CHECKSUM;
  }
  return { attributes, whole: at >= bytes.length };
}

function takeMessage({ id, data }: Attribute, bodies: Bodies): void {
  if (id === OEM_CODE_PAGE && data.length >= 4) bodies.codePage = data.readUInt32LE(0);
  if (id === BODY) bodies.plain ??= decodeText(data, bodies.codePage);
  if (id !== MESSAGE_PROPERTIES) return;
  const properties = readProperties(data);
  const page = properties.get(INTERNET_CODE_PAGE)?.value;
  const htmlPage = page && page.length >= 4 ? page.readUInt32LE(0) : bodies.codePage;
  const plain = textOf(properties.get(PLAIN_BODY), bodies.codePage);
  const html = properties.get(HTML_BODY);
  const rtf = properties.get(RTF_BODY);
  if (plain !== undefined) bodies.plain = plain;
  if (html) bodies.html = textOf(html, htmlPage) ?? '';
  if (rtf) bodies.rtf = rtfText(decompressRtf(rtf.value));
}

function takeAttachment(
  { id, data }: Attribute,
  { files, codePage }: { files: TnefFile[]; codePage: number },
): void {
  if (id === ATTACHMENT_BEGINS && files.length < MAX_FILES) {
    files.push({ name: '', type: '', bytes: Buffer.alloc(0) });
  }
  const file = files.at(-1);
  if (!file) return;
  if (id === ATTACHMENT_TITLE) file.name ||= decodeText(data, codePage);
  if (id === ATTACHMENT_DATA) file.bytes = data;
  if (id !== ATTACHMENT_PROPERTIES) return;
  const properties = readProperties(data);
  const text = (property: number) => textOf(properties.get(property), codePage);
  file.name = text(LONG_NAME) || file.name || text(SHORT_NAME) || text(DISPLAY_NAME) || '';
  file.type = (text(MEDIA_TYPE) ?? '').toLowerCase();
  const bytes = properties.get(ATTACHED_BYTES)?.value;
  if (bytes && file.bytes.length === 0) file.bytes = bytes;
}

function isFile(file: TnefFile): boolean {
  return file.bytes.length > 0 || file.name !== '';
}

function bestText({ plain, html, rtf }: Bodies): string {
  const texts = [plain, rtf, html === undefined ? undefined : stripTags(html)];
  return texts.find((text) => text !== undefined && /\S/.test(text)) ?? '';
}

function textOf(
  property: { unicode: boolean; value: Buffer } | undefined,
  codePage: number,
): string | undefined {
  if (!property) return undefined;
  if (!property.unicode) return decodeText(property.value, codePage);
  return property.value.toString('utf16le', 0, property.value.length & ~1).replace(/\0+$/, '');
}

function decodeText(bytes: Buffer, codePage: number): string {
  const label = codePage === 65_001 ? 'utf-8' : `windows-${codePage}`;
  const { text, problem } = decodeBytes(bytes, label);
  return (problem === null ? text : decodeBytes(bytes, '').text).replace(/\0+$/, '');
}
