// Whether bytes are a picture that a browser may be shown: by what they are, never by what they are called. Bytes of
// strangers: every offset is checked, nothing throws.

export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

export interface Picture {
  type: PictureType;
  /** Pixels. */
  width: number;
  height: number;
}

/** A telephone's photo has up to some 60 million pixels; more would only take the officer's memory. */
const MOST_PIXELS = 64_000_000;
const LONGEST_SIDE = 16_384;
/** Bytes of a picture that is shown in place. */
export const MOST_PREVIEW_BYTES = 15 * 1024 * 1024;

/** The picture that `bytes` are; undefined for anything else, and for one too large to be shown. */
export function pictureOf(bytes: Uint8Array): Picture | undefined {
  if (bytes.byteLength > MOST_PREVIEW_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const picture = pngOf(view) ?? gifOf(view) ?? jpegOf(view) ?? webpOf(view);
  if (!picture) return undefined;
  const { width, height } = picture;
  const fits = Math.min(width, height) > 0 && Math.max(width, height) <= LONGEST_SIDE;
  return fits && width * height <= MOST_PIXELS ? picture : undefined;
}

/** Whether `type`, as a letter declares it, is worth looking at for a preview. */
export function maybePicture(type: string): boolean {
  return /^image\/(?:png|x-png|jpe?g|pjpeg|gif|webp)$/.test(type) || type === 'application/octet-stream';
}

/** PNG 5.2, 11.2.2. */
function pngOf(view: DataView): Picture | undefined {
  if (!isAscii(view, 1, 'PNG\r\n\u001a\n') || byte(view, 0) !== 0x89 || !isAscii(view, 12, 'IHDR'))
    return undefined;
  if (view.byteLength < 24) return undefined;
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

function gifOf(view: DataView): Picture | undefined {
  const isGif = isAscii(view, 0, 'GIF87a') || isAscii(view, 0, 'GIF89a');
  if (!isGif || view.byteLength < 13) return undefined;
  return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

const MOST_SEGMENTS = 500;

/** ITU-T T.81 B.1.1.3: the frame header says how large it is. */
function jpegOf(view: DataView): Picture | undefined {
  if (byte(view, 0) !== 0xff || byte(view, 1) !== 0xd8 || byte(view, 2) !== 0xff) return undefined;
  let at = 2;
  for (let segment = 0; segment < MOST_SEGMENTS && at + 9 < view.byteLength; segment += 1) {
    if (byte(view, at) !== 0xff) return undefined;
    const marker = byte(view, at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrame(marker))
      return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** SOF0 to SOF15 without the tables and extensions among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** RFC 9649 2.4 to 2.7. */
function webpOf(view: DataView): Picture | undefined {
  if (!isAscii(view, 0, 'RIFF') || !isAscii(view, 8, 'WEBP') || view.byteLength < 30) return undefined;
  const size = webpSize(view);
  return size && { type: 'image/webp', ...size };
}

function webpSize(view: DataView): Pick<Picture, 'width' | 'height'> | undefined {
  if (isAscii(view, 12, 'VP8X')) return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
  if (isAscii(view, 12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (!isAscii(view, 12, 'VP8 ')) return undefined;
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
}

function byte(view: DataView, at: number): number {
  return at < view.byteLength ? view.getUint8(at) : -1;
}

function isAscii(view: DataView, at: number, text: string): boolean {
  return [...text].every((character, index) => byte(view, at + index) === character.charCodeAt(0));
}
