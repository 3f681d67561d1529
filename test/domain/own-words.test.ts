// Who speaks in a letter: table of what mail programs put around a resident's words, and of words that only look so.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownWords, type SplitText, splitText } from '../../src/domain/own-words.js';

const OUR_LETTER = 'We received your e-mail. An officer will read it.';
const IN_ENGLISH = 'The loudspeaker is still on.';
const IN_BENGALI = 'মাইক এখনও বাজছে।';
const IN_HINDI = 'लाउडस्पीकर अब भी बज रहा है।';

/** `own` words on top of `introduction` and our letter behind `>`. */
const top = (own: string, introduction: string): string =>
  `${own}\n\n${introduction}\n> ${OUR_LETTER}\n>\n> Behala Police Station\n`;
/** The same without `>`. */
const bare = (own: string, introduction: string): string => `${own}\n\n${introduction}\n\n${OUR_LETTER}\n`;

const ANSWERS_ABOVE: [string, string, string][] = [
  [
    'Gmail, English',
    IN_ENGLISH,
    top(IN_ENGLISH, 'On Mon, 23 Nov 2026 at 10:00, Behala PS <b@kp.example> wrote:\n'),
  ],
  [
    'Gmail, English, broken in two',
    IN_ENGLISH,
    top(
      IN_ENGLISH,
      'On Mon, 23 Nov 2026 at 10:00, Behala Police Station, Kolkata Police <\nb@kp.example> wrote:\n',
    ),
  ],
  [
    'Gmail, Bengali',
    IN_BENGALI,
    top(IN_BENGALI, 'সোম, ২৩ নভেম্বর, ২০২৬ তারিখে ১০:০০ AM টায় Behala PS <b@kp.example> লিখেছেন:\n'),
  ],
  [
    'Gmail, Bengali, broken in two',
    IN_BENGALI,
    top(IN_BENGALI, 'সোম, ২৩ নভেম্বর, ২০২৬ তারিখে ১০:০০ AM টায় বেহালা থানা\n<b@kp.example> লিখেছেন:'),
  ],
  [
    'Gmail, older Bengali',
    IN_BENGALI,
    top(IN_BENGALI, '২৩ নভেম্বর, ২০২৬ ১০:০০ AM এ তে, Behala PS <b@kp.example> লিখেছে:'),
  ],
  [
    'Gmail, Hindi',
    IN_HINDI,
    top(IN_HINDI, 'सोम, 23 नव॰ 2026 को 10:00 am बजे Behala PS <b@kp.example> ने लिखा:\n'),
  ],
  [
    'Gmail, Hindi, broken in two',
    IN_HINDI,
    top(IN_HINDI, 'सोम, 23 नव॰ 2026 को 10:00 am बजे बेहाला थाना\n<b@kp.example> ने लिखा:'),
  ],
  [
    'Gmail with a date first',
    IN_ENGLISH,
    top(IN_ENGLISH, '2026-11-23 10:00 GMT+05:30 Behala PS <b@kp.example>:'),
  ],
  [
    'Gmail without `>`',
    IN_ENGLISH,
    bare(IN_ENGLISH, 'On Mon, Nov 23, 2026 at 10:00 AM Behala PS <b@kp.example> wrote:'),
  ],
  [
    'Gmail, Bengali, without `>`',
    IN_BENGALI,
    bare(IN_BENGALI, 'সোম, ২৩ নভেম্বর, ২০২৬ তারিখে ১০:০০ AM টায় Behala PS <b@kp.example> লিখেছেন:'),
  ],
  [
    'Gmail, Hindi, without `>`',
    IN_HINDI,
    bare(IN_HINDI, 'सोम, 23 नव॰ 2026 को 10:00 am बजे Behala PS <b@kp.example> ने लिखा:'),
  ],
  [
    'Apple Mail',
    IN_ENGLISH,
    top(IN_ENGLISH, 'On 23 Nov 2026, at 10:00 AM, Behala PS <b@kp.example> wrote:\n'),
  ],
  [
    'Apple Mail without an address',
    IN_ENGLISH,
    top(IN_ENGLISH, 'On 23 Nov 2026, at 10:00 AM, Behala PS wrote:\n'),
  ],
  [
    'iPhone',
    IN_ENGLISH,
    `${IN_ENGLISH}\n\nSent from my iPhone\n\n> On 23 Nov 2026, at 10:00, Behala PS <b@kp.example> wrote:\n> \n> ${OUR_LETTER}\n`,
  ],
  [
    'iPhone, Hindi',
    IN_HINDI,
    `${IN_HINDI}\n\nमेरे iPhone से भेजा गया\n\n> 23 नव॰ 2026 को 10:00 पूर्वाह्न बजे Behala PS <b@kp.example> ने लिखा:\n> ${OUR_LETTER}`,
  ],
  [
    'iPhone, Bengali',
    IN_BENGALI,
    `${IN_BENGALI}\n\nআমার iPhone থেকে পাঠানো হয়েছে\n\n> ২৩ নভেম্বর ২০২৬ তারিখে Behala PS <b@kp.example> লিখেছেন:\n> ${OUR_LETTER}`,
  ],
  ['Thunderbird', IN_ENGLISH, top(IN_ENGLISH, 'On 23/11/26 10:00, Behala PS wrote:')],
  ['Thunderbird, Hindi', IN_HINDI, top(IN_HINDI, '23/11/26 10:00 को, Behala PS ने लिखा:')],
  [
    'K-9',
    IN_ENGLISH,
    `${IN_ENGLISH}\n-- \nSent from my Android device with K-9 Mail. Please excuse my brevity.\n\nOn 23 November 2026 10:00:00 am IST, Behala PS <b@kp.example> wrote:\n>${OUR_LETTER}\n`,
  ],
  [
    'Outlook, a line and a head',
    IN_ENGLISH,
    bare(
      IN_ENGLISH,
      '________________________________\nFrom: Behala PS <b@kp.example>\nSent: Monday, November 23, 2026 10:00 AM\nTo: Rita Basu <rita@home.example>\nSubject: Your e-mail',
    ),
  ],
  [
    'Outlook, a head alone',
    IN_ENGLISH,
    bare(IN_ENGLISH, 'From: Behala PS\nSent: 23 November 2026 10:00\nTo: Rita Basu\nSubject: Your e-mail'),
  ],
  [
    'Outlook, a head with stars',
    IN_ENGLISH,
    bare(
      IN_ENGLISH,
      '*From:* Behala PS <b@kp.example>\n*Sent:* Monday, November 23, 2026 10:00 AM\n*To:* Rita Basu\n*Subject:* Your e-mail',
    ),
  ],
  [
    'Outlook, a head with a long To',
    IN_ENGLISH,
    bare(
      IN_ENGLISH,
      'From: Behala PS <b@kp.example>\nSent: Monday, November 23, 2026 10:00 AM\nTo: Rita Basu <rita@home.example>; Someone Else\n<else@home.example>\nCc: Third <third@home.example>\nSubject: Your e-mail',
    ),
  ],
  [
    'Outlook, a head in paragraphs',
    IN_ENGLISH,
    bare(
      IN_ENGLISH,
      'From: Behala PS <b@kp.example>\n\nSent: Monday, November 23, 2026 10:00 AM\n\nTo: Rita Basu\n\nSubject: Your e-mail',
    ),
  ],
  [
    'Outlook, Hindi',
    IN_HINDI,
    bare(
      IN_HINDI,
      'प्रेषक: Behala PS <b@kp.example>\nभेजा गया: सोमवार, 23 नवंबर 2026 10:00\nप्रति: Rita Basu\nविषय: आपका ई-मेल',
    ),
  ],
  [
    'Outlook, Bengali',
    IN_BENGALI,
    bare(
      IN_BENGALI,
      'প্রেরক: Behala PS <b@kp.example>\nপাঠানো হয়েছে: সোমবার, 23 নভেম্বর 2026 10:00\nপ্রাপক: Rita Basu\nবিষয়: আপনার ই-মেইল',
    ),
  ],
  [
    'Outlook, a language of its own',
    IN_ENGLISH,
    bare(
      IN_ENGLISH,
      '________________________________\nVan: Behala PS\nVerzonden: maandag 23 november 2026 10:00\nAan: Rita',
    ),
  ],
  [
    'Outlook classic',
    IN_ENGLISH,
    bare(
      IN_ENGLISH,
      '-----Original Message-----\nFrom: Behala PS [mailto:b@kp.example]\nSent: Monday, November 23, 2026 10:00 AM\nTo: Rita\nSubject: Your e-mail',
    ),
  ],
  [
    'Outlook Express with `>`',
    IN_ENGLISH,
    `${IN_ENGLISH}\n\n----- Original Message -----\nFrom: "Behala PS" <b@kp.example>\nTo: "Rita" <rita@home.example>\nSent: Monday\nSubject: x\n\n> ${OUR_LETTER}\n> PS\n`,
  ],
  [
    'Outlook for Android',
    IN_ENGLISH,
    bare(
      IN_ENGLISH,
      'Get Outlook for Android<https://aka.ms.example/x>\n________________________________\nFrom: Behala PS <b@kp.example>\nSent: Monday, November 23, 2026 10:00:00 AM\nTo: Rita\nSubject: x',
    ),
  ],
  [
    'Yahoo',
    IN_ENGLISH,
    bare(IN_ENGLISH, 'On Monday, 23 November 2026 at 10:00:46 am IST, Behala PS <b@kp.example> wrote: '),
  ],
  [
    'Yahoo on Android',
    IN_ENGLISH,
    `${IN_ENGLISH}\n\nSent from Yahoo Mail on Android \n \n  On Mon, 23 Nov 2026 at 10:00, Behala PS<b@kp.example> wrote:   ${''}\n\n  ${OUR_LETTER}`,
  ],
  ['Yahoo as it was', IN_ENGLISH, top(IN_ENGLISH, '--- On Mon, 23/11/26, Behala PS <b@kp.example> wrote:\n')],
  [
    'Rediffmail',
    IN_ENGLISH,
    bare(
      IN_ENGLISH,
      'From: Behala PS &lt;b@kp.example&gt;\nSent: Mon, 23 Nov 2026 10:00:14\nTo: rita@home.example\nSubject: Your e-mail',
    ),
  ],
  [
    'Rediffmail with `>`',
    IN_ENGLISH,
    top(IN_ENGLISH, 'On Mon, 23 Nov 2026 10:00:14 +0530 Behala PS wrote\n'),
  ],
  [
    'Samsung',
    IN_ENGLISH,
    bare(
      IN_ENGLISH,
      'Sent from my Galaxy\n\n-------- Original message --------\nFrom: Behala PS <b@kp.example> \nDate: 23/11/2026  10:00  (GMT+05:30) \nTo: rita@home.example \nSubject: Your e-mail ',
    ),
  ],
  [
    'Samsung, Bengali',
    IN_BENGALI,
    bare(
      IN_BENGALI,
      '-------- মূল বার্তা --------\nপ্রেরক: Behala PS <b@kp.example>\nতারিখ: 23/11/2026 10:00 (GMT+05:30)\nপ্রাপক: rita@home.example\nবিষয়: ই-মেইল',
    ),
  ],
  [
    'Samsung, Hindi',
    IN_HINDI,
    bare(
      IN_HINDI,
      '-------- मूल संदेश --------\nद्वारा: Behala PS <b@kp.example>\nदिनांक: 23/11/2026 10:00 (GMT+05:30)\nप्रति: rita@home.example\nविषय: ई-मेल',
    ),
  ],
  [
    'HTML made into text',
    IN_ENGLISH,
    top(
      IN_ENGLISH,
      'On Mon, 23 Nov 2026 at 10:00, Behala Police Station of Kolkata <b@kp.example\n[b@kp.example]> wrote:\n',
    ),
  ],
  [
    'quoted twice',
    IN_ENGLISH,
    `${IN_ENGLISH}\n\nOn Mon, 23 Nov 2026 at 10:00, B <b@kp.example> wrote:\n> New words\n>> On Sun, 22 Nov 2026, R <r@home.example> wrote:\n>> Old words\n`,
  ],
  ['a bare `>`', IN_ENGLISH, `${IN_ENGLISH}\n\n> ${OUR_LETTER}`],
  [
    'a time in an unknown language',
    IN_ENGLISH,
    top(IN_ENGLISH, 'Em seg., 23 de nov. de 2026 às 10:00, Behala PS escreveu:'),
  ],
];

const ANSWERS_ELSEWHERE: [string, string, string][] = [
  [
    'below the quotation',
    IN_ENGLISH,
    `On Mon, 23 Nov 2026 at 10:00, B <b@kp.example> wrote:\n> ${OUR_LETTER}\n> PS\n\n${IN_ENGLISH}\n`,
  ],
  [
    'below it, Bengali',
    IN_BENGALI,
    `সোম, ২৩ নভেম্বর, ২০২৬ তারিখে ১০:০০ AM টায় B <b@kp.example> লিখেছেন:\n\n> ${OUR_LETTER}\n\n${IN_BENGALI}`,
  ],
  [
    'below it, Hindi',
    IN_HINDI,
    `23 नव॰ 2026 को 10:00 बजे B <b@kp.example> ने लिखा:\n> ${OUR_LETTER}\n${IN_HINDI}`,
  ],
  [
    'between its lines',
    'First answer.\n\n\nSecond answer.',
    '> Where is it?\n\nFirst answer.\n\n> Since when?\n\nSecond answer.\n',
  ],
  [
    'above and below',
    'Above.\n\n\nBelow.',
    'Above.\n\nOn Mon, 23 Nov 2026 at 10:00, B <b@kp.example> wrote:\n> x y\n\nBelow.',
  ],
  [
    'below an original message with `>`',
    'Below.',
    '-----Original Message-----\nFrom: B <b@kp.example>\nSent: Monday, November 23, 2026 10:00 AM\n\n> x y\n>\n\nBelow.',
  ],
  ['below, signed', 'Below.', '> x y\n\nBelow.\n-- \nRita Basu'],
];

const SIGNED: [string, string, string, string][] = [
  [
    'the mark of signatures',
    'Help.',
    'Help.\n-- \nRita Basu\nTel 98300 00000',
    '-- \nRita Basu\nTel 98300 00000',
  ],
  ['the mark without its space', 'Help.', 'Help.\n\n--\nRita Basu', '--\nRita Basu'],
  ['an iPhone', 'Help.', 'Help.\n\nSent from my iPhone', 'Sent from my iPhone'],
  ['a Redmi', 'Help.', 'Help.\nSent from my Redmi Note 9', 'Sent from my Redmi Note 9'],
  [
    'a Samsung',
    'Help.',
    'Help.\n\n\nSent from my Samsung Galaxy smartphone.',
    'Sent from my Samsung Galaxy smartphone.',
  ],
  [
    'Outlook for iOS',
    'Help.',
    'Help.\n\nGet Outlook for iOS<https://aka.ms.example/o0ukef>',
    'Get Outlook for iOS<https://aka.ms.example/o0ukef>',
  ],
  ['Windows', 'Help.', 'Help.\n\nSent from Mail for Windows', 'Sent from Mail for Windows'],
  ['Rediffmail', 'Help.', 'Help.\n\nSent from RediffmailNG on Android', 'Sent from RediffmailNG on Android'],
  ['Yahoo', 'Help.', 'Help.\n\nSent from Yahoo Mail on Android', 'Sent from Yahoo Mail on Android'],
  ['a telephone, Bengali', IN_BENGALI, `${IN_BENGALI}\n\nআমার আইফোন থেকে পাঠানো`, 'আমার আইফোন থেকে পাঠানো'],
  [
    'a Galaxy, Bengali',
    IN_BENGALI,
    `${IN_BENGALI}\nআমার Galaxy ডিভাইস থেকে পাঠানো হয়েছে`,
    'আমার Galaxy ডিভাইস থেকে পাঠানো হয়েছে',
  ],
  ['Outlook, Bengali', IN_BENGALI, `${IN_BENGALI}\n\nAndroid এর জন্য Outlook পান`, 'Android এর জন্য Outlook পান'],
  ['a telephone, Hindi', IN_HINDI, `${IN_HINDI}\n\nमेरे एंड्रॉइड फ़ोन से भेजा गया`, 'मेरे एंड्रॉइड फ़ोन से भेजा गया'],
  [
    'Outlook, Hindi',
    IN_HINDI,
    `${IN_HINDI}\n\nAndroid के लिए Outlook प्राप्त करें`,
    'Android के लिए Outlook प्राप्त करें',
  ],
  [
    'Yahoo, Hindi',
    IN_HINDI,
    `${IN_HINDI}\n\nYahoo मेल से Android पर भेजा गया`.replace('से Android पर', 'Android के माध्यम से'),
    'Yahoo मेल Android के माध्यम से भेजा गया',
  ],
  [
    'a disclaimer',
    'Help.',
    'Help.\n\nDISCLAIMER: This e-mail may contain privileged and confidential information.',
    'DISCLAIMER: This e-mail may contain privileged and confidential information.',
  ],
  [
    'a disclaimer without a title',
    'Help.',
    'Help.\n\nThis message is confidential and intended only for the\nindividual named. If you are not the addressee, delete it.',
    'This message is confidential and intended only for the\nindividual named. If you are not the addressee, delete it.',
  ],
  [
    'a disclaimer, Hindi',
    IN_HINDI,
    `${IN_HINDI}\n\nयह ईमेल गोपनीय है और केवल प्राप्तकर्ता के लिए है। यदि यह आपको भूल से मिला है तो इसे हटा दें।`,
    'यह ईमेल गोपनीय है और केवल प्राप्तकर्ता के लिए है। यदि यह आपको भूल से मिला है तो इसे हटा दें।',
  ],
  [
    'a disclaimer, Bengali',
    IN_BENGALI,
    `${IN_BENGALI}\n\nএই ই-মেইল গোপনীয় এবং শুধু প্রাপকের জন্য। ভুল করে পেলে মুছে ফেলুন।`,
    'এই ই-মেইল গোপনীয় এবং শুধু প্রাপকের জন্য। ভুল করে পেলে মুছে ফেলুন।',
  ],
  ['a virus scanner', 'Help.', 'Help.\n\nVirus-free.www.avast.example', 'Virus-free.www.avast.example'],
  [
    'a plea for trees',
    'Help.',
    'Help.\n\nPlease consider the environment before printing this e-mail.',
    'Please consider the environment before printing this e-mail.',
  ],
  [
    'two of them',
    'Help.',
    'Help.\n\nSent from my iPad\n\nCONFIDENTIALITY NOTICE: for the recipient only, all others delete.',
    'Sent from my iPad\nCONFIDENTIALITY NOTICE: for the recipient only, all others delete.',
  ],
  [
    "a server's warning",
    'Help.',
    'CAUTION: This email originated from outside of the organization.\nDo not click links.\n\nHelp.',
    'CAUTION: This email originated from outside of the organization.\nDo not click links.',
  ],
  [
    'a signature above the quotation',
    'Help.',
    'Help.\n-- \nRita\n\nOn Mon, 23 Nov 2026 at 10:00, B <b@kp.example> wrote:\n> x',
    '-- \nRita',
  ],
];

const FORWARDED: [string, string, string][] = [
  [
    'Gmail',
    'See below.',
    'See below.\n\n---------- Forwarded message ---------\nFrom: Das <das@bad.example>\nDate: Mon, 23 Nov 2026 at 10:00\nSubject: You\nTo: <rita@home.example>\n\n\nPay or else.',
  ],
  [
    'Gmail, Bengali',
    'দেখুন।',
    'দেখুন।\n\n---------- ফরওয়ার্ড করা মেসেজ ---------\nপ্রেরক: Das <das@bad.example>\nতারিখ: সোম, ২৩ নভেম্বর, ২০২৬\nবিষয়: টাকা\nপ্রাপক: <rita@home.example>\n\nটাকা দাও।',
  ],
  [
    'Gmail, Hindi',
    'देखिए।',
    'देखिए।\n\n---------- अग्रेषित संदेश ---------\nप्रेषक: Das <das@bad.example>\nदिनांक: सोम, 23 नव॰ 2026\nविषय: पैसा\nप्रति: <rita@home.example>\n\nपैसा दो।',
  ],
  [
    'Apple Mail',
    'See below.',
    'See below.\n\nBegin forwarded message:\n\n> From: Das <das@bad.example>\n> Subject: You\n> Date: 23 November 2026 at 10:00:00 AM IST\n> To: rita@home.example\n> \n> Pay or else.\n',
  ],
  [
    'Apple Mail without `>`',
    'See below.',
    'See below.\n\nBegin forwarded message:\n\nFrom: Das <das@bad.example>\nSubject: You\n\nPay or else.\n',
  ],
  [
    'Yahoo',
    'See below.',
    'See below.\n\n   ----- Forwarded message ----- From: Das <das@bad.example>'.replace(' From', '\nFrom') +
      '\nTo: rita@home.example\nSent: Monday\nSubject: You\n\nPay or else.',
  ],
  [
    'Thunderbird',
    'See below.',
    'See below.\n\n-------- Forwarded Message --------\nSubject: \tYou\nDate: \tMon, 23 Nov 2026 10:00:00 +0530\nFrom: \tDas <das@bad.example>\nTo: \trita@home.example\n\nPay or else.',
  ],
  [
    'Lotus Notes',
    'See below.',
    'See below.\n\n----- Forwarded by Rita Basu/HOME on 23/11/2026 10:00 -----\n\nFrom: Das\nDate: 23/11/2026\n\nPay or else.',
  ],
  [
    'without a word, by Outlook',
    '',
    '________________________________\nFrom: Das <das@bad.example>\nSent: Monday, November 23, 2026 10:00 AM\nTo: Rita\nSubject: You\n\nPay or else.',
  ],
];

/** Letters that look quoted, signed or forwarded and are the resident's own from the first word to the last. */
const ALL_OWN: [string, string][] = [
  [
    'a formal letter',
    'From: Rita Basu, 12 Lake Road\nTo: The Officer in Charge, Behala\nDate: 24.11.2026\nSubject: Noise at night\n\nRespected Sir,\nThere is noise.',
  ],
  [
    'a formal letter with an address',
    'From: Rita Basu <rita@home.example>\nTo: The Officer in Charge\nSubject: Noise\n\nSir, there is noise.',
  ],
  [
    'a formal letter, Bengali',
    'প্রেরক: রীতা বসু\nপ্রাপক: ভারপ্রাপ্ত আধিকারিক, বেহালা থানা\nতারিখ: ২৪/১১/২০২৬\nবিষয়: রাতে শব্দ\n\nমহাশয়, রোজ শব্দ হয়।',
  ],
  ['a formal letter, Bengali visarga', 'বিষয়ঃ রাতে শব্দ\nমহাশয়, রোজ শব্দ হয়। দুঃখিত যে বারবার লিখছি।'],
  [
    'a formal letter, Hindi',
    'प्रेषक: रीता बसु\nसेवा में: थाना प्रभारी, बेहाला\nदिनांक: 24/11/2026\nविषय: रात का शोर\n\nमहोदय, रोज़ शोर होता है।',
  ],
  [
    'what a neighbour wrote',
    'On 12 November 2026 my neighbour wrote:\nI will burn your house.\nPlease help me.',
  ],
  ['what a neighbour wrote, Bengali', 'আমার প্রতিবেশী চিঠিতে লিখেছেন:\nবাড়ি পুড়িয়ে দেব।\nআমাকে বাঁচান।'],
  ['what a neighbour wrote, Hindi', 'मेरे पड़ोसी ने लिखा:\nघर जला दूँगा।\nमदद कीजिए।'],
  ['a list with colons', 'Stolen:\n- one bag\n- two phones\nPlace: Behala tram depot'],
  [
    'a form with lines to fill',
    'Name: Rita Basu\n____________________\nSigned on 24/11/2026\n____________________\nWhat happened: my bag is gone.',
  ],
  [
    'a line between two halves',
    `First half.\n\n--\n${'More of the story follows here, word after word, line after line.\n'.repeat(15)}`,
  ],
  ['only below a bare mark', '--\nHelp me.'],
  ['a row of dashes', 'Day one: noise.\n----------\nDay two: noise again.'],
  ['sums behind `>`', 'The loss:\n> 500 rupees\nThat is all.'],
  ['a line of ours that a program marked', 'Hello\n>From the tram depot it is the second house.\nThank you'],
  ['a thing sent', 'The parcel was\nSent from my office by hand'],
  ['a letter sent by post', 'The reminder was\nSent by registered post on 12 November'],
  ['a plea for silence', 'He beats her.\n\nThis e-mail is confidential, please do not tell anybody my name.'],
  ['a plea for silence, Bengali', 'ও মারে।\n\nএই ইমেইল গোপনীয়, আমার নাম কাউকে বলবেন না।'],
  [
    'the disclaimer of nobody in the middle',
    'DISCLAIMER: I am no lawyer, but hear me out about this confidential matter.\n\nThey came again last night.',
  ],
  ['a very long line that ends in wrote:', `On ${'x '.repeat(5_000)}wrote:\nand more`],
  [
    'a name and address below',
    'Please act.\n\nRegards,\nRita Basu\n12 Lake Road, Kolkata 700029\n98300 00000',
  ],
  ['two parties named', 'To: the police\nFrom: a worried mother\n\nMy son did not come home.'],
];

const words = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .sort();

describe('the own words of an answer', () => {
  it.each(ANSWERS_ABOVE)('above the quotation of %s', (_program, own, text) => {
    const split = splitText(text);
    expect(split.own).toBe(own);
    expect(split.quoted).not.toBe('');
    expect(split.forwarded).toBe('');
  });

  it.each(ANSWERS_ELSEWHERE)('%s', (_where, own, text) => {
    expect(splitText(text).own).toBe(own);
  });
});

describe("what stands below one's own words", () => {
  it.each(SIGNED)('%s', (_what, own, text, signature) => {
    expect(splitText(text)).toMatchObject({ own, signature });
  });
});

describe('a forwarded letter', () => {
  it.each(FORWARDED)('of %s', (_program, own, text) => {
    const split = splitText(text);
    expect(split.own).toBe(own);
    expect(split.forwarded).not.toBe('');
    expect(split.quoted).toBe('');
  });

  it('speaks for the writer who adds nothing', () => {
    expect(ownWords('---------- Forwarded message ---------\nFrom: x@home.example\n\nHelp.')).toContain(
      'Help.',
    );
  });
});

describe('in doubt, the words are own', () => {
  it.each(ALL_OWN)('%s', (_what, text) => {
    expect(splitText(text)).toEqual({ own: text.trim(), quoted: '', signature: '', forwarded: '' });
  });
});

describe('no word is lost', () => {
  const all = [...ANSWERS_ABOVE, ...ANSWERS_ELSEWHERE, ...SIGNED, ...FORWARDED].map((row) => row[2]);
  const pieces = fc.constantFrom(
    ...all.flatMap((text) => text.split('\n')),
    '-- ',
    '--',
    '',
    '> quoted',
    '________________________________',
    'Sent from my iPhone',
  );
  const together = (split: SplitText): string =>
    [split.own, split.quoted, split.signature, split.forwarded].join('\n');

  it.each(all)('%j', (text) => {
    expect(words(together(splitText(text)))).toEqual(words(text));
  });

  it('in any mixture of their lines', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (lines) => {
        const text = lines.join('\n');
        expect(words(together(splitText(text)))).toEqual(words(text));
      }),
      { numRuns: 500 },
    );
  });

  it('and a huge letter is sorted', () => {
    for (const line of [
      '> x',
      'From: a',
      '-- ',
      'x wrote:',
      `${'_'.repeat(32)}`,
      'Sent from my iPhone',
      '',
    ]) {
      const text = `${line}\n`.repeat(100_000);
      expect(together(splitText(text)).length).toBeGreaterThan(0);
    }
  });
});
