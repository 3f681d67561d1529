import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeAttachmentName } from '../../src/domain/attachment-name.js';

const pdf = { number: 3, type: 'application/pdf' };

describe('the name of an attachment', () => {
  it.each([
    ['an ordinary name', 'fir copy.pdf', 'fir copy.pdf'],
    ['a Bengali name', 'অভিযোগ.pdf', 'অভিযোগ.pdf'],
    ['a path upwards', '../../etc/passwd', 'passwd'],
    ['a Windows path', 'C:\\Users\\x\\report.pdf', 'report.pdf'],
    ['an encoded path', '..%2F..%5Cx.exe', 'x.exe'],
    ['a name that turns round its end', 'photo\u202egpj.exe', 'photogpj.exe'],
    ['zero-width characters', 'a\u200bb\u200d\ufeff.pdf', 'ab.pdf'],
    ['control characters', 'a\u0000b\r\nc\u001b.pdf', 'abc.pdf'],
    ['a hidden file', '...bashrc', 'bashrc'],
    ['dots and blanks at the end', 'report.pdf. . ', 'report.pdf'],
    ['a device of Windows', 'con.txt', '_con.txt'],
    ['a device of Windows without extension', 'LPT1', '_LPT1'],
    ['a name that only begins like a device', 'console.txt', 'console.txt'],
    ['characters no file system likes', 'a<b>|c?*"d:e.pdf', 'a_b__c___d_e.pdf'],
    ['nothing at all', '', 'attachment-3.pdf'],
    ['nothing that is left', ' ./.. ', 'attachment-3.pdf'],
    ['half a character', 'a\ud83d.pdf', 'a.pdf'],
  ])('is made safe: %s', (_what, declared, expected) => {
    expect(safeAttachmentName(declared, pdf)).toBe(expected);
  });

  it('has no extension when the type tells none', () => {
    expect(safeAttachmentName('', { number: 1, type: 'application/x-odd' })).toBe('attachment-1');
  });

  it('is at most 120 characters and keeps its extension', () => {
    const name = safeAttachmentName(`${'n'.repeat(300)}.jpeg`, pdf);
    expect(name).toHaveLength(120);
    expect(name.endsWith('n.jpeg')).toBe(true);
  });

  it('is never cut inside a character', () => {
    const name = safeAttachmentName(`${'n'.repeat(115)}${'😀'.repeat(9)}.pdf`, pdf);
    expect(name).not.toMatch(/\p{Cs}/u);
  });

  it('is safe whatever was declared', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (declared) => {
        const name = safeAttachmentName(declared, pdf);
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(120);
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}/\\]|^[. ]|[. ]$/u);
      }),
    );
  });
});
