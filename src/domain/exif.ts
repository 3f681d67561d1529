// Where a photo says it was taken: the GPS tags of EXIF 2.32 in JPEG, and in HEIC, PNG, WebP and TIFF as far as they
// carry the same block. Bytes of strangers: every offset and count is checked, nothing throws.
import type { Position } from './message.js';

const MAX_SEGMENTS = 64;
const MAX_ENTRIES = 256;
const GPS_POINTER = 0x8825;
const LATITUDE_REF = 1;
const LATITUDE = 2;
const LONGITUDE_REF = 3;
const LONGITUDE = 4;
const ASCII = 2;
const LONG = 4;
const RATIONAL = 5;
/** Exif, EXIF, eXIf. */
const EXIF_WORDS = new Set([0x45786966, 0x45584946, 0x65584966]);
const SIX_DECIMALS = 1_000_000;

/** A TIFF block: where it begins in `view`, and its byte order. */
interface Tiff {
  view: DataView;
  base: number;
  little: boolean;
}

interface Entry {
  type: number;
  count: number;
  /** Of its value or of the offset to it. */
  at: number;
}

/** The position in the beginning of the picture `bytes`; null when it tells none that can be. */
export function photoPosition(bytes: Uint8Array): Position | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const base = uint16(view, 0) === 0xffd8 ? baseInJpeg(view) : baseElsewhere(bytes, view);
  const tiff = base === undefined ? undefined : tiffAt(view, base);
  return tiff ? gpsPosition(tiff) : null;
}

/** The APP1 segment that begins with `Exif\0\0`. */
function baseInJpeg(view: DataView): number | undefined {
  let at = 2;
  for (let count = 0; count < MAX_SEGMENTS; count++) {
    const marker = uint16(view, at);
    const length = uint16(view, at + 2);
    if (marker === undefined || length === undefined || marker < 0xff01 || marker === 0xffda || length < 2) {
      return undefined;
    }
    if (marker === 0xffe1 && isExif(view, at + 4)) return at + 10;
    at += 2 + length;
  }
  return undefined;
}

function isExif(view: DataView, at: number): boolean {
  return uint32(view, at) === 0x45786966 && uint16(view, at + 4) === 0;
}

/** TIFF itself, or the first block that follows the word Exif (HEIC), EXIF (WebP) or eXIf (PNG) within another file. */
function baseElsewhere(bytes: Uint8Array, view: DataView): number | undefined {
  if (isTiff(view, 0)) return 0;
  // Each has an `x` of some case second.
  for (const letter of [0x78, 0x58]) {
    for (let at = bytes.indexOf(letter); at >= 0; at = bytes.indexOf(letter, at + 1)) {
      if (!EXIF_WORDS.has(uint32(view, at - 1) ?? 0)) continue;
      const base = [at + 3, at + 5, at + 7].find((place) => isTiff(view, place));
      if (base !== undefined) return base;
    }
  }
  return undefined;
}

function isTiff(view: DataView, at: number): boolean {
  const head = uint32(view, at);
  return head === 0x49492a00 || head === 0x4d4d002a;
}

function tiffAt(view: DataView, base: number): Tiff | undefined {
  return isTiff(view, base) ? { view, base, little: view.getUint8(base) === 0x49 } : undefined;
}

function gpsPosition(tiff: Tiff): Position | null {
  const first = entriesAt(tiff, long(tiff, 4));
  const pointer = first.get(GPS_POINTER);
  if (pointer?.type !== LONG) return null;
  const gps = entriesAt(tiff, long(tiff, pointer.at));
  const lat = degrees(tiff, gps.get(LATITUDE), gps.get(LATITUDE_REF));
  const lon = degrees(tiff, gps.get(LONGITUDE), gps.get(LONGITUDE_REF));
  if (lat === undefined || lon === undefined) return null;
  // Cameras without a fix write zeros.
  const isNowhere = lat === 0 && lon === 0;
  return isNowhere || Math.abs(lat) > 90 || Math.abs(lon) > 180 ? null : { lat, lon };
}

/** Entries of the directory at `offset` by their tag. */
function entriesAt(tiff: Tiff, offset: number | undefined): Map<number, Entry> {
  const entries = new Map<number, Entry>();
  const count = offset === undefined ? undefined : short(tiff, offset);
  if (offset === undefined || count === undefined || count > MAX_ENTRIES) return entries;
  for (let index = 0; index < count; index++) {
    const at = offset + 2 + index * 12;
    const [tag, type, values] = [short(tiff, at), short(tiff, at + 2), long(tiff, at + 4)];
    if (tag === undefined || type === undefined || values === undefined) break;
    if (!entries.has(tag)) entries.set(tag, { type, count: values, at: at + 8 });
  }
  return entries;
}

/** Degrees, minutes and seconds as one number; south and west negative. */
function degrees(tiff: Tiff, value: Entry | undefined, reference: Entry | undefined): number | undefined {
  if (value?.type !== RATIONAL || value.count < 1 || value.count > 3 || reference?.type !== ASCII)
    return undefined;
  const from = long(tiff, value.at);
  if (from === undefined) return undefined;
  let sum = 0;
  for (let part = 0; part < value.count; part++) {
    const above = long(tiff, from + part * 8);
    const below = long(tiff, from + part * 8 + 4);
    if (above === undefined || below === undefined || (below === 0 && above !== 0)) return undefined;
    sum += below === 0 ? 0 : above / below / 60 ** part;
  }
  const letter = byte(tiff, reference.at);
  const sign = letter === 0x53 || letter === 0x57 ? -1 : 1;
  return Number.isFinite(sum) ? (sign * Math.round(sum * SIX_DECIMALS)) / SIX_DECIMALS : undefined;
}

function byte({ view, base }: Tiff, offset: number): number | undefined {
  const at = base + offset;
  return at < view.byteLength ? view.getUint8(at) : undefined;
}

function short({ view, base, little }: Tiff, offset: number): number | undefined {
  return uint16(view, base + offset, little);
}

function long({ view, base, little }: Tiff, offset: number): number | undefined {
  return uint32(view, base + offset, little);
}

function uint16(view: DataView, at: number, little = false): number | undefined {
  return at >= 0 && at + 2 <= view.byteLength ? view.getUint16(at, little) : undefined;
}

function uint32(view: DataView, at: number, little = false): number | undefined {
  return at >= 0 && at + 4 <= view.byteLength ? view.getUint32(at, little) : undefined;
}
