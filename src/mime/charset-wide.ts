// UTF-16 known by its bytes, with a mark of its order or without.

export type ByteOrder = 'le' | 'be';

/** Bytes looked at. */
const SAMPLE = 4_000;
/** Of the high bytes so many are nothing, or say Indian script; of the low bytes few are. */
const MOST = 0.7;
const FEW = 0.3;
const SHORTEST = 8;

/** The order of the bytes when they are UTF-16 beyond doubt; undefined when they are not. */
export function utf16Order(bytes: Buffer): ByteOrder | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'be';
  if (bytes.length < SHORTEST || !bytes.includes(0)) return undefined;
  const pairs = Math.floor(Math.min(bytes.length, SAMPLE) / 2);
  let even = 0;
  let odd = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (isHighByte(bytes[2 * pair])) even += 1;
    if (isHighByte(bytes[2 * pair + 1])) odd += 1;
  }
  if (odd >= MOST * pairs && even <= FEW * pairs) return 'le';
  return even >= MOST * pairs && odd <= FEW * pairs ? 'be' : undefined;
}

/** Of ASCII, and of the blocks from Devanagari to Malayalam; 20 of general punctuation. */
function isHighByte(byte: number | undefined): boolean {
  return byte !== undefined && (byte === 0 || (byte >= 0x09 && byte <= 0x0d) || byte === 0x20);
}

/** The text of UTF-16 `bytes`, without the mark of their order; half a character at the end is dropped. */
export function decodeUtf16(bytes: Buffer, order: ByteOrder): string {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const low = order === 'le' ? whole : Buffer.from(whole).swap16();
  return low.toString('utf16le').replace(/^\ufeff/, '');
}
