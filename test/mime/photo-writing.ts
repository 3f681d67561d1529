// Photos for the tests: the smallest JPEG and TIFF that tell a position as cameras do.

export interface WrittenPosition {
  /** Degrees, minutes, seconds. */
  latitude: number[];
  longitude: number[];
  /** `NE`, `SW` and the like. */
  references: string;
  little?: boolean;
}

export function jpegWithPosition(position: WrittenPosition): Buffer {
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiffWithPosition(position)]);
  const jfif = Buffer.from('ffe000104a46494600010100000100010000', 'hex');
  const length = Buffer.from([(exif.length + 2) >> 8, (exif.length + 2) & 255]);
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    jfif,
    Buffer.from('ffe1', 'hex'),
    length,
    exif,
    Buffer.from('ffda0004010203ffd9', 'hex'),
  ]);
}

const LATITUDE_AT = 80;
const LONGITUDE_AT = 104;

export function tiffWithPosition({
  latitude,
  longitude,
  references,
  little = true,
}: WrittenPosition): Buffer {
  const bytes = Buffer.alloc(128);
  const short = (value: number, at: number) =>
    little ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    little ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
  const entry = (at: number, [tag, type, count, value]: [number, number, number, number | string]) => {
    short(tag, at);
    short(type, at + 2);
    long(count, at + 4);
    if (typeof value === 'string') bytes.write(value, at + 8, 'latin1');
    else long(value, at + 8);
  };
  bytes.write(little ? 'II' : 'MM', 0, 'latin1');
  short(42, 2);
  long(8, 4);
  short(1, 8);
  entry(10, [0x8825, 4, 1, 26]);
  short(4, 26);
  entry(28, [1, 2, 2, references.charAt(0)]);
  entry(40, [2, 5, 3, LATITUDE_AT]);
  entry(52, [3, 2, 2, references.charAt(1)]);
  entry(64, [4, 5, 3, LONGITUDE_AT]);
  for (const [from, parts] of [
    [LATITUDE_AT, latitude],
    [LONGITUDE_AT, longitude],
  ] as const) {
    for (const [index, part] of parts.entries()) {
      long(part, from + index * 8);
      long(1, from + index * 8 + 4);
    }
  }
  return bytes;
}
