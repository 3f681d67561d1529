// Words of the page that shows the components; only who builds pages reads it.
import type { Words } from './phrases.js';

export const design = {
  title: { en: 'Design', bn: 'নকশা', hi: 'डिज़ाइन' },
  lead: {
    en: 'Every component, as it is used. What is not here is made of what is.',
    bn: 'প্রতিটি উপাদান, যেভাবে ব্যবহার হয়। যা এখানে নেই তা এগুলি দিয়েই তৈরি।',
    hi: 'हर घटक, जैसा वह काम में आता है। जो यहाँ नहीं है वह इन्हीं से बनता है।',
  },
  letters: {
    en: { one: '{count} letter', other: '{count} letters' },
    bn: { one: '{count}টি চিঠি', other: '{count}টি চিঠি' },
    hi: { one: '{count} चिट्ठी', other: '{count} चिट्ठियाँ' },
  },
} as const satisfies Words;
