// The resident's own words: the text without what it quotes and without the signature.

const INTRODUCTIONS = [
  /^\s*(on|am|le|el)\s.{5,200}\b(wrote|schrieb|a écrit|escribió)\s*:\s*$/i,
  /^\s*.{5,200}(লিখেছেন|লিখেছে)\s*[:ঃ]\s*$/u,
  /^\s*.{5,200}(ने लिखा|लिखा)\s*:\s*$/u,
  /^-{2,}\s*(original message|forwarded message|মূল বার্তা|मूल संदेश)\s*-{2,}\s*$/iu,
  /^_{10,}\s*$/,
];

/** `text` up to the first introduction of a quotation or the signature mark, without lines quoted by `>`. */
export function ownWords(text: string): string {
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    if (line === '-- ' || line === '--') break;
    if (INTRODUCTIONS.some((pattern) => pattern.test(line))) break;
    if (!line.startsWith('>')) kept.push(line);
  }
  return kept.join('\n').trim();
}
