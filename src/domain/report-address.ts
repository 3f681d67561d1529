// Mail addresses in the words of mail systems: `rfc822; rita@home.example`, `<rita@home.example>`, RFC 6533 escapes.

/** What stands before and after `@`, as loose as mail systems write it; the source of a regular expression. */
export const ADDRESS = String.raw`[^\s<>()[\]",;:\\@]{1,128}@[^\s<>()[\]",;:\\@]{1,255}`;

const FIRST = new RegExp(ADDRESS, 'u');
const ALL = new RegExp(ADDRESS, 'gu');
const LOOKED_AT = 2_000;
const MOST = 100;
/** RFC 3464 2.3.1: the type of the address, before `;`. */
const TYPE = /^\s{0,20}[\w-]{1,20}\s{0,20};/;
/** RFC 6533 3: characters that ASCII cannot hold. */
const ESCAPE = /\\x\{([0-9a-f]{1,6})\}/giu;

/** The first address in `value`; undefined when there is none. */
export function addressIn(value: string): string | undefined {
  const plain = unescaped(value.slice(0, LOOKED_AT).replace(TYPE, ''));
  return tidy(FIRST.exec(plain)?.[0]);
}

/** All addresses in `value`, at most 100. */
export function addressesIn(value: string): string[] {
  const found = unescaped(value.slice(0, LOOKED_AT)).match(ALL) ?? [];
  return found
    .slice(0, MOST)
    .map((address) => tidy(address))
    .filter((address) => address !== undefined);
}

/** An address without the full stop or quotation mark of its sentence; undefined when nothing is left. */
export function tidy(address: string | undefined): string | undefined {
  const text = address?.replace(/^['`*]+|['`*.!?]+$/g, '').replace(/\p{Cc}/gu, '');
  return text && /^[^@]+@[^@]+$/.test(text) ? text.normalize('NFC') : undefined;
}

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_all, hex: string) => {
    const code = Number.parseInt(hex, 16);
    const isCharacter = code > 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : '';
  });
}
