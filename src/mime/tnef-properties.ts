// The MAPI properties inside an attribute of winmail.dat (MS-OXTNEF 2.1.3.4): a bounded reader.

export interface Property {
  unicode: boolean;
  value: Buffer;
}

const MAX_PROPERTIES = 2_000;
const MAX_VALUES = 1_000;
const STRING = 0x1e;
const UNICODE = 0x1f;
const OBJECT = 0x0d;
const BINARY = 0x102;
const SEVERAL = 0x1000;
const NAMED_FROM = 0x8000;
const GUID = 16;

/** Bytes that a value of a fixed type takes, with its padding. */
const FIXED = new Map([
  [0x02, 4],
  [0x03, 4],
  [0x04, 4],
  [0x05, 8],
  [0x06, 8],
  [0x07, 8],
  [0x0a, 4],
  [0x0b, 4],
  [0x14, 8],
  [0x40, 8],
  [0x48, 16],
]);

/** The first value of each property by its id; those behind one that cannot be read are left out. */
export function readProperties(bytes: Buffer): Map<number, Property> {
  const properties = new Map<number, Property>();
  const cursor = { bytes, at: 0 };
  const count = takeLong(cursor) ?? 0;
  for (let index = 0; index < Math.min(count, MAX_PROPERTIES); index++) {
    const found = takeProperty(cursor);
    if (!found) break;
    if (found.value && !properties.has(found.id)) {
      properties.set(found.id, { unicode: found.type === UNICODE, value: found.value });
    }
  }
  return properties;
}

interface Cursor {
  bytes: Buffer;
  at: number;
}

function takeProperty(cursor: Cursor): { id: number; type: number; value: Buffer | undefined } | undefined {
  const head = takeLong(cursor);
  if (head === undefined) return undefined;
  const declared = head & 0xffff;
  const id = head >>> 16;
  if (id >= NAMED_FROM && !skipName(cursor)) return undefined;
  const type = declared & ~SEVERAL;
  const values = takeValues(cursor, type, (declared & SEVERAL) !== 0);
  return values && { id, type, value: values[0] };
}

function skipName(cursor: Cursor): boolean {
  if (!take(cursor, GUID)) return false;
  const kind = takeLong(cursor);
  if (kind === 0) return takeLong(cursor) !== undefined;
  const length = takeLong(cursor);
  return length !== undefined && take(cursor, padded(length)) !== undefined;
}

function takeValues(cursor: Cursor, type: number, several: boolean): Buffer[] | undefined {
  const size = FIXED.get(type);
  const isVariable = type === STRING || type === UNICODE || type === OBJECT || type === BINARY;
  if (size === undefined && !isVariable) return undefined;
  const count = several || isVariable ? takeLong(cursor) : 1;
  if (count === undefined || count > MAX_VALUES) return undefined;
  const values: Buffer[] = [];
  for (let index = 0; index < count; index++) {
    const value = size === undefined ? takeVariable(cursor) : take(cursor, size);
    if (!value) return undefined;
    // An object begins with the id of what it is.
    values.push(type === OBJECT ? value.subarray(GUID) : value);
  }
  return values;
}

function takeVariable(cursor: Cursor): Buffer | undefined {
  const length = takeLong(cursor);
  if (length === undefined) return undefined;
  return take(cursor, padded(length))?.subarray(0, length);
}

function take(cursor: Cursor, length: number): Buffer | undefined {
  const end = cursor.at + length;
  if (end > cursor.bytes.length) return undefined;
  const taken = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  return taken;
}

function takeLong(cursor: Cursor): number | undefined {
  return take(cursor, 4)?.readUInt32LE(0);
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
