// The place where a photo was taken, out of bytes that strangers chose.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { photoPosition } from '../../src/domain/exif.js';
import { jpegWithPosition, tiffWithPosition } from '../mime/photo-writing.js';

const BEHALA = { lat: 22.498889, lon: 88.310278 };
const WRITTEN = { latitude: [22, 29, 56], longitude: [88, 18, 37] };

describe('the position of a photo', () => {
  it.each([
    ['north and east', { ...WRITTEN, references: 'NE' }, BEHALA],
    ['south and west', { ...WRITTEN, references: 'SW' }, { lat: -BEHALA.lat, lon: -BEHALA.lon }],
    ['high byte first', { ...WRITTEN, references: 'NE', little: false }, BEHALA],
    [
      'zeros of a camera without a fix',
      { latitude: [0, 0, 0], longitude: [0, 0, 0], references: 'NE' },
      null,
    ],
    ['a latitude that is none', { ...WRITTEN, latitude: [91, 0, 0], references: 'NE' }, null],
    ['a longitude that is none', { ...WRITTEN, longitude: [181, 0, 0], references: 'NE' }, null],
  ])('%s', (_what, gps, expected) => {
    expect(photoPosition(jpegWithPosition(gps))).toEqual(expected);
  });

  it.each([
    ['HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0xxxx\0\0\0\x06Exif\0\0', 'latin1')],
    ['WebP', Buffer.from('RIFF\0\0\0\0WEBPEXIF\0\0\0\0', 'latin1')],
    ['PNG', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\x30eXIf', 'latin1')],
    ['TIFF', Buffer.alloc(0)],
  ])('within %s', (_what, opening) => {
    const tiff = tiffWithPosition({ ...WRITTEN, references: 'NE' });
    expect(photoPosition(Buffer.concat([opening, tiff]))).toEqual(BEHALA);
  });

  it('is none in a photo without one', () => {
    expect(photoPosition(Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 4, 1, 2]))).toBeNull();
    expect(photoPosition(new Uint8Array())).toBeNull();
  });

  it('is never beyond the earth, whatever the bytes', () => {
    const whole = jpegWithPosition({ ...WRITTEN, references: 'NE' });
    const edits = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 12 });
    fc.assert(
      fc.property(edits, fc.nat(whole.length), (changes, length) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        const found = photoPosition(bytes.subarray(0, length));
        if (found) expect(Math.abs(found.lat) <= 90 && Math.abs(found.lon) <= 180).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});
