// What residents write: sentences in three languages with names, numbers and places in them, so that some words are in
// every third letter, most in few, and many in one.
import { BENGALI, ENGLISH } from '../letters.js';

const MORE_ENGLISH = [
  'My bicycle was stolen from PLACE, and the watchman of the building saw a man with the number NUMBER.',
  'There has been no light in PLACE since the storm, and women are afraid to walk there after dark.',
  'A loudspeaker at the club near PLACE was on until two in the night again, although the rule is ten.',
  'I lost my Aadhaar card and my driving licence on the bus from PLACE; I need a diary number for the bank.',
  'My tenant NAME has come from another district, and I send you the details as the law asks.',
  'Somebody who called himself NAME took Rs NUMBER from my account through a link about electricity.',
  'My daughter NAME has not come home since yesterday evening; she wore a blue dress and carried a school bag.',
  'Every day between eight and ten the road at PLACE is blocked by autos standing in three rows.',
  'The man in the flat above beats his wife; last night we heard her cry for help for an hour.',
  'I wrote about this before under diary NUMBER and have heard nothing; please tell me what was done.',
  'We ask for permission for a procession from PLACE on the day of the puja, with about NUMBER persons.',
  'A grey car with the plate WB NUMBER has stood in front of our gate for nine days.',
];
const MORE_BENGALI = [
  'PLACE থেকে আমার সাইকেল চুরি হয়ে গেছে, দারোয়ান একজন লোককে দেখেছে।',
  'PLACE এলাকায় ঝড়ের পর থেকে আলো নেই, সন্ধ্যার পর মেয়েরা ভয় পায়।',
  'ক্লাবের মাইক রাত দুটো পর্যন্ত বাজে, পরীক্ষার্থীরা পড়তে পারছে না।',
  'আমার ভোটার কার্ড ও ড্রাইভিং লাইসেন্স হারিয়ে গেছে, ডায়েরি নম্বর NUMBER দরকার।',
  'NAME নামে একজন বিদ্যুতের লিঙ্ক পাঠিয়ে আমার NUMBER টাকা তুলে নিয়েছে।',
  'আমার মেয়ে NAME গতকাল থেকে বাড়ি ফেরেনি, পরনে নীল জামা ছিল।',
  'পাশের ফ্ল্যাটে প্রতিদিন বউকে মারধর করা হয়, দয়া করে কাউকে পাঠান।',
  'আগের চিঠির কোনো উত্তর পাইনি, কী ব্যবস্থা নেওয়া হল জানতে চাই।',
];
const HINDI = [
  'मैं इस मोहल्ले में ग्यारह साल से रहता हूँ।',
  'कल शाम PLACE के पास दो लोगों ने मेरा मोबाइल छीन लिया।',
  'हर रात गली में ज़ोर से संगीत बजता है, मेरे पिता सो नहीं पाते।',
  'NAME नाम के आदमी ने बैंक का कोड माँगा और NUMBER रुपये निकल गए।',
  'मेरी बेटी NAME कल से घर नहीं लौटी है, कृपया मदद कीजिए।',
  'सड़क की बत्ती तीन हफ़्ते से बंद है, सबको परेशानी हो रही है।',
  'मेरा आधार कार्ड और लाइसेंस खो गया है, डायरी नंबर चाहिए।',
  'पुलिस चौकी में मेरी शिकायत नहीं लिखी गई, दुकानदार गवाह है।',
  'कृपया बताइए कि इस मामले को कौन अधिकारी देख रहे हैं।',
];
const SENTENCES = {
  en: [...ENGLISH, ...MORE_ENGLISH],
  bn: [...BENGALI, ...MORE_BENGALI],
  hi: HINDI,
};
const SUBJECTS = {
  en: [
    'Complaint',
    'Theft at PLACE',
    'Noise at night',
    'Lost documents',
    'Online fraud',
    'Missing person',
    'Please help',
    'Parking at PLACE',
  ],
  bn: ['অভিযোগ', 'PLACE চুরি', 'রাতে মাইকের শব্দ', 'হারানো কাগজ', 'অনলাইন প্রতারণা', 'নিখোঁজ', 'সাহায্য চাই'],
  hi: ['शिकायत', 'PLACE में चोरी', 'रात का शोर', 'खोए काग़ज़', 'ऑनलाइन ठगी', 'लापता', 'मदद चाहिए'],
};
const SYLLABLES = {
  en: [
    'ban',
    'dho',
    'gar',
    'hat',
    'jor',
    'kal',
    'lan',
    'mir',
    'na',
    'pur',
    'ram',
    'sha',
    'tal',
    'gan',
    'be',
    'li',
  ],
  bn: ['বন', 'ধর', 'গড়', 'হাট', 'জোড়', 'কাল', 'মির', 'পুর', 'রাম', 'শা', 'তলা', 'গঞ্জ', 'বে', 'লি', 'নগর', 'পাড়া'],
  hi: [
    'बन',
    'गढ़',
    'हाट',
    'जोड़',
    'काल',
    'मीर',
    'पुर',
    'राम',
    'शा',
    'गंज',
    'नगर',
    'बाग',
    'ली',
    'ता',
    'टोला',
    'बे',
  ],
};
/** @typedef {'en' | 'bn' | 'hi'} Language */

/**
 * A letter's subject and text in the first of `languages`, with a few sentences in the second when there is one.
 * @param {import('./chance.js').Chance} chance
 * @param {readonly Language[]} languages
 */
export function writeLetter(chance, languages) {
  const [first = 'en', second] = languages;
  const count = 3 + chance.below(7);
  const sentences = Array.from({ length: count }, () => sentence(chance, first));
  if (second) sentences.push(...Array.from({ length: 3 }, () => sentence(chance, second)));
  return { subject: fillIn(chance, first, chance.oneOf(SUBJECTS[first])), text: sentences.join('\n') };
}

/** @param {import('./chance.js').Chance} chance @param {Language} language */
export function sentence(chance, language) {
  return fillIn(chance, language, chance.oneOf(SENTENCES[language]));
}

/** @param {import('./chance.js').Chance} chance @param {Language} language @param {string} pattern */
function fillIn(chance, language, pattern) {
  return pattern.replace(/NAME|PLACE|NUMBER/g, (what) =>
    what === 'NUMBER' ? String(100 + chance.below(90_000)) : nameIn(chance, language),
  );
}

/** One of some thousands. @param {import('./chance.js').Chance} chance @param {Language} language */
export function nameIn(chance, language) {
  const syllables = SYLLABLES[language];
  const name = chance.oneOf(syllables) + chance.oneOf(syllables) + chance.oneOf(syllables);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
