// File names that strangers chose, made safe to show and to save (security classes 2 and 4).

const MAX_LENGTH = 120;
const MAX_EXTENSION = 16;
/** Controls, bidi and zero-width characters, halves of characters, private use, line and paragraph separators. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
const SEPARATOR = /[\\/]|%2f|%5c/i;
const FORBIDDEN = /[<>:"|?*]/g;
const WINDOWS_RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)/i;

const EXTENSION_BY_TYPE = new Map([
  ['application/json', 'json'],
  ['application/ms-tnef', 'dat'],
  ['application/msword', 'doc'],
  ['application/pdf', 'pdf'],
  ['application/pgp-encrypted', 'asc'],
  ['application/pgp-signature', 'asc'],
  ['application/pkcs7-mime', 'p7m'],
  ['application/pkcs7-signature', 'p7s'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  ['application/x-pkcs7-mime', 'p7m'],
  ['application/x-pkcs7-signature', 'p7s'],
  ['application/zip', 'zip'],
  ['audio/3gpp', '3gp'],
  ['audio/aac', 'aac'],
  ['audio/amr', 'amr'],
  ['audio/mp4', 'm4a'],
  ['audio/mpeg', 'mp3'],
  ['audio/ogg', 'ogg'],
  ['audio/wav', 'wav'],
  ['image/gif', 'gif'],
  ['image/heic', 'heic'],
  ['image/heif', 'heif'],
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/webp', 'webp'],
  ['message/delivery-status', 'txt'],
  ['message/disposition-notification', 'txt'],
  ['message/feedback-report', 'txt'],
  ['message/rfc822', 'eml'],
  ['text/calendar', 'ics'],
  ['text/csv', 'csv'],
  ['text/html', 'html'],
  ['text/plain', 'txt'],
  ['text/rfc822-headers', 'txt'],
  ['video/3gpp', '3gp'],
  ['video/mp4', 'mp4'],
]);

/**
 * A name for an attachment that is safe to show and to save under: no path, no control, bidi or zero-width
 * character, no leading dot, no name that Windows keeps for itself, at most 120 characters with the extension
 * kept. When nothing is left of `declared` the name is `attachment-<number>` with the usual extension of `type`.
 */
export function safeAttachmentName(declared: string, attachment: { number: number; type: string }): string {
  const bare = lastSegment(declared.normalize('NFC').replace(INVISIBLE, ''))
    .replace(FORBIDDEN, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+/, '');
  const name = withoutTrailing(bare);
  if (name === '') return unnamed(attachment);
  const free = WINDOWS_RESERVED.test(name) ? `_${name}` : name;
  return shorten(free);
}

function lastSegment(path: string): string {
  return path.split(SEPARATOR).findLast((segment) => /[^. ]/.test(segment)) ?? '';
}

function withoutTrailing(name: string): string {
  let end = name.length;
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) end -= 1;
  return name.slice(0, end);
}

function unnamed(attachment: { number: number; type: string }): string {
  const extension = EXTENSION_BY_TYPE.get(attachment.type);
  return `attachment-${attachment.number}${extension ? `.${extension}` : ''}`;
}

function shorten(name: string): string {
  if (name.length <= MAX_LENGTH) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= MAX_EXTENSION ? name.slice(dot) : '';
  const stem = name.slice(0, MAX_LENGTH - extension.length).replace(/[\ud800-\udbff]$/, '');
  return withoutTrailing(stem) + extension;
}
