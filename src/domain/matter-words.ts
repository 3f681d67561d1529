// The words of a letter that tell what happened: without politeness, places, hours and what every complaint says.
import { consonantsOf, stemOf, type Token } from './matter-tokens.js';

/** What letters to a police station say whatever happened. */
const SAID_BY_ALL = new Set(
  `sir madam respected dear please kindly kind request requested complaint complaints complain complaining police
  station officer officers charge thank thanks thanking yours faithfully regards action take taken taking help letter
  inform information informing write writing want would could should have has been were there from with this that these
  those their about your after before when where which what while also very much more some many every other people
  person persons someone somebody nobody resident residents living live lives area locality near house home place city
  kolkata calcutta family matter problem issue incident immediately urgent urgently soon early earliest possible
  necessary needful time today yesterday tonight night evening morning afternoon last week days around since will
  shall they them then than here just only into onto over under again still because being does done make made
  road street lane name phone number mobile happened seen saw come came going went gone hereby through said told
  আমি আমার আমাদের আমরা আপনি আপনার আপনাদের দয়া করে করি করুন করছি করতে করার অনুরোধ অভিযোগ পুলিশ থানা ব্যবস্থা নিন
  মহাশয় স্যার ধন্যবাদ বিনীত নমস্কার জানাই জানাতে জানাচ্ছি চাই এখানে সেখানে থেকে জন্য হয়েছে হচ্ছে ছিল আছে গেছে একটা
  একটি একজন কিন্তু এবং তারা তাদের সেই এই যেন খুব অনেক কাছে সামনে পাশে বাড়ি বাড়ির এলাকা এলাকায় লোক মানুষ রাত রাতে সকাল
  বিকেল সন্ধ্যা দুপুর আজ গতকাল কাল সময় দিন সাহায্য নাম ফোন হয় করে করা হয়ে গিয়ে নিয়ে দিয়ে
  मैं मेरा मेरे मेरी हम हमारा हमारे हमारी आप आपके आपसे कृपया करें करना करता किया अनुरोध निवेदन शिकायत पुलिस थाना
  कार्रवाई महोदय श्रीमान धन्यवाद नमस्ते सूचित चाहता चाहते चाहती यहाँ यहां वहाँ वहां हुआ हुई रहा रही रहे गया गई गए
  लोग लोगों बहुत पास सामने घर इलाके रात सुबह शाम दोपहर आज समय दिन मदद नाम फोन बाद पहले लिए साथ कुछ कोई अपने
  amader amar apnader doya kore korun korchi onurodh obhijog police thana byabostha nin bari barir elaka lokjon onek
  kache samne theke jonno hocche hoyeche hoyechilo chilo ache geche ekta kintu ebong tara khub raat raate sokal aaj kal
  hamare hamara hamari mere mera meri kripya karen karna kiya shikayat karwai mahoday yahan wahan hua hui raha rahi rahe
  gaya gayi log logon bahut paas saamne ghar ilake subah shaam madad`
    .normalize('NFC')
    .split(/\s+/)
    .flatMap((word) => [word, stemOf(word)]),
);
const MOST_WORDS = 60;
const LEAST_CONSONANTS = 3;
const LEAST_LETTERS = 4;

/** By their consonants, each once, in their order. */
export function tellingWords(tokens: readonly Token[], used: ReadonlySet<number>): string[] {
  const words = new Set<string>();
  for (const [at, { folded }] of tokens.entries()) {
    if (words.size >= MOST_WORDS) break;
    if (used.has(at) || /\d/.test(folded) || folded.length < LEAST_LETTERS) continue;
    const stem = stemOf(folded.normalize('NFC'));
    if (SAID_BY_ALL.has(folded.normalize('NFC')) || SAID_BY_ALL.has(stem)) continue;
    const consonants = consonantsOf(withoutEnglishEnding(stem));
    if (consonants.length >= LEAST_CONSONANTS) words.add(consonants);
  }
  return [...words];
}

/** "playing", "played" and "plays" tell the same. */
function withoutEnglishEnding(word: string): string {
  return /^[a-z]{6,}$/.test(word) ? word.replace(/(?:ing|ed|es|s)$/, '') : word;
}

const PLATE = /\b([A-Z]{2})[\s-]?(\d{1,2})[\s-]?([A-Z]{1,3})[\s-]?(\d{4})\b/gi;
/** Written with a country code, blanks or hyphens; the last ten digits count. */
const TELEPHONE = /(?:\+?\d{1,3}[\s-]?|0)?([6-9]\d{4}[\s-]?\d{5})(?!\d)/g;
const MOST_NUMBERS = 6;

/** Number plates and mobile numbers in the words above the closing formula, each once: `wb02ab1234`, `9830012345`. */
export function numbersIn(tokens: readonly Token[]): string[] {
  const text = tokens.map(({ folded }) => folded).join(' ');
  const plates = Array.from(text.matchAll(PLATE), (match) => match.slice(1).join('').toLowerCase());
  const telephones = Array.from(text.matchAll(TELEPHONE), (match) => (match[1] ?? '').replace(/\D/g, ''));
  return [...new Set([...plates, ...telephones])].slice(0, MOST_NUMBERS);
}
