// How a word sounds, written in Latin letters: words in Bengali or Devanagari script and what people type for them on
// an English keyboard meet here. The vowel that the scripts leave unwritten (o in Bengali, a in Hindi) is left out.

type Rule = readonly [RegExp, string];

/** Spelling by ear, as everybody who writes an Indian language in Latin letters does it. */
const BY_EAR: readonly Rule[] = [
  [/ee/g, 'i'],
  [/oo/g, 'u'],
  [/(.)\1+/g, '$1'],
  [/chh?/g, 'c'],
  [/sh/g, 's'],
  [/ph/g, 'f'],
  [/bh|[vw]/g, 'b'],
  [/z/g, 'j'],
  [/q|ck/g, 'k'],
  [/x/g, 'ks'],
];
const FINISH: readonly Rule[] = [
  [/y/g, 'i'],
  [/(.)\1+/g, '$1'],
  [/([aeiou])h$/, '$1'],
];
const IN_BENGALI: readonly Rule[] = [
  [/(?<=[^aeiou])y(?=[aeo])/g, ''],
  [/(?<=[^aeiou])o/g, ''],
];
const IN_HINDI: readonly Rule[] = [[/(?<=[^aeiou])a+/g, '']];

/** Combinations whose sound is not that of their letters, in the form `foldText` gives them. */
const BENGALI_CLUSTERS: readonly Rule[] = [
  [/\u0995\u09cd\u09b7/gu, 'খ'],
  [/\u099c\u09cd\u099e/gu, 'গ'],
  [/\u09cd\u09af\u09be/gu, '\u09be'],
  [/\u09cd\u09af(?!\u09bc)/gu, ''],
  [/[\u09a1\u09a2]\u09bc/gu, 'র'],
  [/\u09af(?!\u09bc)/gu, 'জ'],
  [/[\u0999\u0982]\u09cd?(?=[\u0995\u0996])/gu, 'ন'],
  [/\u0999\u09cd\u0997/gu, 'ঙ'],
];
const DEVANAGARI_CLUSTERS: readonly Rule[] = [
  [/\u0921\u093c/gu, 'ड'],
  [/\u0922\u093c/gu, 'ढ'],
  [/\u0902$/gu, ''],
  [/\u0902(?=[\u092a-\u092e])/gu, 'म'],
];

const BENGALI =
  lettersOf(`ক=k খ=kh গ=g ঘ=gh ঙ=ng চ=c ছ=c জ=j ঝ=jh ঞ=n ট=t ঠ=th ড=d ঢ=dh ণ=n ত=t থ=th দ=d ধ=dh ন=n
  প=p ফ=f ব=b ভ=b ম=m য=i র=r ল=l শ=s ষ=s স=s হ=h ৎ=t ং=ng া=a ি=i ী=i ু=u ূ=u ৃ=ri ে=e ৈ=i ৌ=u
  অ=o আ=a ই=i ঈ=i উ=u ঊ=u ঋ=ri এ=e ঐ=oi ও=o ঔ=ou`);
const DEVANAGARI =
  lettersOf(`क=k ख=kh ग=g घ=gh ङ=ng च=c छ=c ज=j झ=jh ञ=n ट=t ठ=th ड=d ढ=dh ण=n त=t थ=th द=d ध=dh
  न=n प=p फ=f ब=b भ=b म=m य=y र=r ल=l व=b श=s ष=s स=s ह=h ं=n ि=i ी=i ु=u ू=u ृ=ri े=e ै=i ो=o ॉ=o ौ=u
  अ=a आ=a इ=i ई=i उ=u ऊ=u ऋ=ri ए=e ऐ=ai ओ=o औ=au`);

function lettersOf(table: string): ReadonlyMap<string, string> {
  return new Map(table.split(/\s+/).map((pair) => [pair.slice(0, 1), pair.slice(2)]));
}

/** A word of Latin letters by its plain sound; of either language. */
export function plainSound(word: string): string {
  return apply(apply(word, BY_EAR), FINISH);
}

/** A word in Bengali script, or in Latin letters read as Bengali. */
export function bengaliSound(word: string): string {
  const latin = spell(apply(word, BENGALI_CLUSTERS), BENGALI);
  return apply(apply(apply(latin, BY_EAR), IN_BENGALI), FINISH);
}

/** A word in Devanagari script, or in Latin letters read as Hindi. */
export function hindiSound(word: string): string {
  const latin = spell(apply(word, DEVANAGARI_CLUSTERS), DEVANAGARI);
  return apply(apply(apply(latin, BY_EAR), IN_HINDI), FINISH);
}

/** Letters of the table become Latin ones, Latin ones stay, every other mark is silent. */
function spell(word: string, letters: ReadonlyMap<string, string>): string {
  return Array.from(word, (letter) => letters.get(letter) ?? (/[a-z0-9]/.test(letter) ? letter : '')).join(
    '',
  );
}

function apply(word: string, rules: readonly Rule[]): string {
  return rules.reduce((folded, [pattern, by]) => folded.replace(pattern, by), word);
}
