// Pictures are told by their bytes; everything else stays a file to be saved.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureOf } from '../../src/domain/picture.js';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replace(/\s/g, ''), 'hex'));
const png = (width: string, height: string) =>
  hex(`89504e470d0a1a0a 0000000d49484452 ${width} ${height} 0802000000`);
const PNG = png('00000140', '000000f0');
const GIF = hex('474946383961 4001 f000 00 00 00 3b');
const JPEG = hex('ffd8 ffe0 0010 4a46494600010100000100010000 ffc0 0011 08 00f0 0140 03 012200021101031101');
const WEBP = hex('52494646 1e000000 57454250 56503858 0a000000 00000000 3f0100 ef0000');

describe('a picture', () => {
  it.each([
    ['image/png', PNG],
    ['image/gif', GIF],
    ['image/jpeg', JPEG],
    ['image/webp', WEBP],
  ])('is %s by its bytes, with its size', (type, bytes) => {
    expect(pictureOf(bytes)).toEqual({ type, width: 320, height: 240 });
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['HTML', Buffer.from('<html><script>alert(1)</script>')],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['HTML behind the first bytes of a GIF, without a size', Buffer.from('GIF89a')],
    ['a PNG without a head', PNG.subarray(0, 16)],
    ['a PNG of no pixels', png('00000000', '000000f0')],
    ['a PNG of four thousand million pixels', png('0000ffff', '0000ffff')],
    ['a PNG that is one long line', png('00100000', '00000001')],
    ['a JPEG whose head never comes', hex('ffd8 ffe0 0002 ffe0 0002 ffe0 0002')],
    ['a JPEG of segments without length', new Uint8Array(5_000).fill(0xff)],
    ['a PDF', Buffer.from('%PDF-1.7 and more of it than a head')],
  ])('is not %s', (_what, bytes) => expect(pictureOf(new Uint8Array(bytes))).toBeUndefined());

  it('is looked for in any bytes without an error', () => {
    const starts = fc.constantFrom(PNG, GIF, JPEG, WEBP, new Uint8Array());
    fc.assert(
      fc.property(starts, fc.nat(40), fc.uint8Array({ maxLength: 60 }), (start, kept, rest) => {
        const picture = pictureOf(new Uint8Array([...start.subarray(0, kept), ...rest]));
        if (picture) expect(picture.width * picture.height).toBeGreaterThan(0);
      }),
    );
  });
});
