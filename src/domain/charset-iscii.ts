// ISCII (IS 13194:1991): one table for all scripts of India, which Unicode kept as the order within its blocks.

/** From A1 on, as Devanagari; 0 where the standard has nothing. */
const TABLE = [
  0x901, 0x902, 0x903, 0x905, 0x906, 0x907, 0x908, 0x909, 0x90a, 0x90b, 0x90e, 0x90f, 0x910, 0x90d, 0x912,
  0x913, 0x914, 0x911, 0x915, 0x916, 0x917, 0x918, 0x919, 0x91a, 0x91b, 0x91c, 0x91d, 0x91e, 0x91f, 0x920,
  0x921, 0x922, 0x923, 0x924, 0x925, 0x926, 0x927, 0x928, 0x929, 0x92a, 0x92b, 0x92c, 0x92d, 0x92e, 0x92f,
  0x95f, 0x930, 0x931, 0x932, 0x933, 0x934, 0x935, 0x936, 0x937, 0x938, 0x939, 0x200d, 0x93e, 0x93f, 0x940,
  0x941, 0x942, 0x943, 0x946, 0x947, 0x948, 0x945, 0x94a, 0x94b, 0x94c, 0x949, 0x94d, 0x93c, 0x964, 0, 0, 0,
  0, 0, 0, 0x966, 0x967, 0x968, 0x969, 0x96a, 0x96b, 0x96c, 0x96d, 0x96e, 0x96f,
];
const FIRST = 0xa1;
const HALANT = 0xe8;
const NUKTA = 0xe9;
const DANDA = 0xea;
const ATTRIBUTE = 0xef;
const EXTENSION = 0xf0;

/** What a letter becomes when a nukta follows. */
const WITH_NUKTA = new Map([
  [0xa1, 0x950],
  [0xa6, 0x90c],
  [0xa7, 0x961],
  [0xaa, 0x960],
  [0xb3, 0x958],
  [0xb4, 0x959],
  [0xb5, 0x95a],
  [0xba, 0x95b],
  [0xbf, 0x95c],
  [0xc0, 0x95d],
  [0xc9, 0x95e],
  [0xdb, 0x962],
  [0xdc, 0x963],
  [0xdf, 0x944],
  [DANDA, 0x93d],
]);

type Script = 'de' | 'be' | 'as' | 'pa' | 'gu' | 'or' | 'ta' | 'te' | 'ka' | 'ma';

/** Distance of the block from Devanagari's. */
const OFFSET: Record<Script, number> = {
  de: 0,
  be: 0x80,
  as: 0x80,
  pa: 0x100,
  gu: 0x180,
  or: 0x200,
  ta: 0x280,
  te: 0x300,
  ka: 0x380,
  ma: 0x400,
};
/** The byte after ATR that turns to another script. */
const SCRIPT_BY_ATTRIBUTE = new Map<number, Script>([
  [0x42, 'de'],
  [0x43, 'be'],
  [0x44, 'ta'],
  [0x45, 'te'],
  [0x46, 'as'],
  [0x47, 'or'],
  [0x48, 'ka'],
  [0x49, 'ma'],
  [0x4a, 'gu'],
  [0x4b, 'pa'],
]);
const SCRIPT_BY_CODE_PAGE = new Map<string, Script>([
  ['57002', 'de'],
  ['57003', 'be'],
  ['57004', 'ta'],
  ['57005', 'te'],
  ['57006', 'as'],
  ['57007', 'or'],
  ['57008', 'ka'],
  ['57009', 'ma'],
  ['57010', 'gu'],
  ['57011', 'pa'],
]);

/** Letters that Bengali writes with another one, by their place in the Bengali block. */
const IN_BENGALI = new Map([
  [0x98d, 0x98f],
  [0x98e, 0x98f],
  [0x991, 0x993],
  [0x992, 0x993],
  [0x9a9, 0x9a8],
  [0x9b1, 0x9b0],
  [0x9b3, 0x9b2],
  [0x9b4, 0x9b2],
  [0x9b5, 0x9ac],
  [0x9c5, 0x9c7],
  [0x9c6, 0x9c7],
  [0x9c9, 0x9cb],
  [0x9ca, 0x9cb],
]);
const IN_ASSAMESE = new Map([
  [0x9b0, 0x9f0],
  [0x9b5, 0x9f1],
]);

/** The script that the name of a character set stands for; undefined when it is not one of ISCII. */
export function isciiScript(label: string): Script | undefined {
  const [, named, page] = /^(?:x-)?iscii(?:-([a-z]{2}))?$|^(?:cp-?|windows-)?(570\d\d)$/.exec(label) ?? [];
  if (page !== undefined) return SCRIPT_BY_CODE_PAGE.get(page);
  if (named !== undefined) return named in OFFSET ? (named as Script) : undefined;
  return /^(?:x-)?iscii$/.test(label) ? 'de' : undefined;
}

/** The text of ISCII `bytes`, begun in `script`; what the standard does not know becomes U+FFFD. */
export function decodeIscii(bytes: Uint8Array, script: Script): string {
  const text: string[] = [];
  let current = script;
  let at = 0;
  while (at < bytes.length) {
    const code = bytes[at] ?? 0;
    const next = bytes[at + 1] ?? 0;
    // Every line begins in the script of the letter.
    if (code === 0x0a) current = script;
    if (code === ATTRIBUTE) current = SCRIPT_BY_ATTRIBUTE.get(next) ?? (next === 0x40 ? script : current);
    else text.push(charactersOf(code, next, current));
    at += isPair(code, next) ? 2 : 1;
  }
  return text.join('');
}

function isPair(code: number, next: number): boolean {
  if (code === ATTRIBUTE || code === EXTENSION) return true;
  if (code === HALANT) return next === HALANT || next === NUKTA;
  if (code === DANDA && next === DANDA) return true;
  return next === NUKTA && WITH_NUKTA.has(code);
}

function charactersOf(code: number, next: number, script: Script): string {
  if (code < FIRST) return String.fromCharCode(code);
  if (code === EXTENSION) return next === 0xbf ? '\u0970' : next === 0xb8 ? '\u0952' : '\ufffd';
  if (code === DANDA && next === DANDA) return '\u0965';
  const joined = next === NUKTA ? WITH_NUKTA.get(code) : undefined;
  const letter = inScript(joined ?? TABLE[code - FIRST] ?? 0, script);
  if (code !== HALANT) return letter;
  // Two halants show the sign itself, a nukta asks for the half form.
  return letter + (next === HALANT ? '\u200c' : next === NUKTA ? '\u200d' : '');
}

function inScript(devanagari: number, script: Script): string {
  if (devanagari === 0) return '\ufffd';
  // The danda and the joiner are shared by all scripts.
  if (devanagari === 0x964 || devanagari === 0x200d) return String.fromCharCode(devanagari);
  const code = devanagari + OFFSET[script];
  const inAssamese = script === 'as' ? IN_ASSAMESE.get(code) : undefined;
  const written = script === 'be' || script === 'as' ? IN_BENGALI.get(code) : undefined;
  return String.fromCharCode(inAssamese ?? written ?? code);
}
