// Files inside a part or inside the text, listed as attachments beside those that have a part of their own.
import libmime from 'libmime';
import { safeAttachmentName } from '../domain/attachment-name.js';
import type { Attachment } from '../domain/message.js';
import { sha256 } from '../machine/digest.js';
import { readContents } from './part-contents.js';

export interface InnerFile {
  /** As declared, not yet safe; may be empty. */
  name: string;
  /** As declared; by the name when it is empty or missing. */
  type?: string;
  bytes: Buffer;
}

const MEDIA_TYPE = /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/;

/**
 * `files` as attachments. `part` is what holds them: they are called `<part>/1` and so on; `before` is how many
 * attachments are listed before them.
 */
export function listInnerFiles(
  files: readonly InnerFile[],
  { part, before }: { part: string; before: number },
): Attachment[] {
  return files.map((file, index) => {
    const type = typeOf(file);
    const { facts } = readContents(
      { type, filename: file.name, part: '', charset: '', inline: false, shown: false },
      file.bytes,
    );
    return {
      name: safeAttachmentName(file.name, { number: before + index + 1, type }),
      type,
      size: file.bytes.length,
      sha256: sha256(file.bytes),
      part: `${part}/${index + 1}`,
      ...facts,
    };
  });
}

function typeOf({ name, type = '' }: InnerFile): string {
  if (MEDIA_TYPE.test(type)) return type.toLowerCase();
  const byName = libmime.detectMimeType(name);
  return byName && MEDIA_TYPE.test(byName) ? byName : 'application/octet-stream';
}
