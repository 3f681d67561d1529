// Words of the keyboard: what each key does, and the field that goes anywhere.
import type { Words } from './phrases.js';

export const keys = {
  title: { en: 'Keys', bn: 'কী-বোর্ড', hi: 'कुंजियाँ' },
  off: {
    en: 'They can be switched off in the settings.',
    bn: 'সেটিংসে এগুলি বন্ধ করা যায়।',
    hi: 'इन्हें सेटिंग में बंद किया जा सकता है।',
  },
  move: { en: 'Next, previous ticket', bn: 'পরের, আগের টিকিট', hi: 'अगला, पिछला टिकट' },
  open: { en: 'Open', bn: 'খুলুন', hi: 'खोलें' },
  choose: { en: 'Choose', bn: 'বাছুন', hi: 'चुनें' },
  search: { en: 'Search', bn: 'খুঁজুন', hi: 'खोजें' },
  help: { en: 'This list', bn: 'এই তালিকা', hi: 'यह सूची' },
  palette: { en: 'Go to anything', bn: 'যে কোনও জায়গায় যান', hi: 'कहीं भी जाएँ' },
  send: { en: 'Send what is typed', bn: 'যা লেখা হয়েছে পাঠান', hi: 'लिखा हुआ भेजें' },
  go: { en: 'then a letter: go to', bn: 'তারপর একটি অক্ষর: যান', hi: 'फिर एक अक्षर: जाएँ' },
  'palette-hint': {
    en: 'A view, a deed, a reference or words',
    bn: 'তালিকা, কাজ, রেফারেন্স বা শব্দ',
    hi: 'सूची, कार्य, संदर्भ या शब्द',
  },
} as const satisfies Words;
