// The categories and outcomes that are there when the configuration names none.
// UNVERIFIED: a native reader still has to check each Bengali and Hindi name.
import type { LocalisedName } from '../domain/station.js';
import type { Restriction, Urgency } from '../domain/ticket.js';

interface OfferedCategory {
  code: string;
  name: LocalisedName;
  urgency: Urgency;
  restriction?: Restriction;
}

export const OFFERED_CATEGORIES: OfferedCategory[] = [
  {
    code: 'EMG',
    name: { en: 'Emergency in progress', bn: 'চলমান জরুরি ঘটনা', hi: 'जारी आपात स्थिति' },
    urgency: 'urgent',
  },
  {
    code: 'DV',
    name: { en: 'Domestic violence', bn: 'গার্হস্থ্য হিংসা', hi: 'घरेलू हिंसा' },
    urgency: 'urgent',
    restriction: 'named',
  },
  {
    code: 'SEX',
    name: {
      en: 'Sexual offence, stalking, child abuse',
      bn: 'যৌন অপরাধ, পিছু নেওয়া, শিশু নির্যাতন',
      hi: 'यौन अपराध, पीछा करना, बाल शोषण',
    },
    urgency: 'urgent',
    restriction: 'named',
  },
  {
    code: 'MISS',
    name: { en: 'Missing person', bn: 'নিখোঁজ ব্যক্তি', hi: 'लापता व्यक्ति' },
    urgency: 'urgent',
  },
  {
    code: 'THF',
    name: { en: 'Theft, burglary, snatching', bn: 'চুরি, সিঁধেল চুরি, ছিনতাই', hi: 'चोरी, सेंधमारी, छिनैती' },
    urgency: 'semi-urgent',
  },
  {
    code: 'CYB',
    name: { en: 'Online fraud', bn: 'অনলাইন প্রতারণা', hi: 'ऑनलाइन धोखाधड़ी' },
    urgency: 'semi-urgent',
  },
  {
    code: 'THR',
    name: { en: 'Threat, extortion, harassment', bn: 'হুমকি, তোলাবাজি, হয়রানি', hi: 'धमकी, वसूली, उत्पीड़न' },
    urgency: 'semi-urgent',
  },
  {
    code: 'SUS',
    name: {
      en: 'Suspicious person or vehicle',
      bn: 'সন্দেহজনক ব্যক্তি বা গাড়ি',
      hi: 'संदिग्ध व्यक्ति या वाहन',
    },
    urgency: 'semi-urgent',
  },
  {
    code: 'NOI',
    name: { en: 'Noise, loudspeaker, firecracker', bn: 'শব্দ, মাইক, বাজি', hi: 'शोर, लाउडस्पीकर, पटाखे' },
    urgency: 'non-urgent',
  },
  {
    code: 'TRF',
    name: { en: 'Traffic, racing, parking', bn: 'যানবাহন, রেস, পার্কিং', hi: 'यातायात, रेसिंग, पार्किंग' },
    urgency: 'non-urgent',
  },
  {
    code: 'CIV',
    name: {
      en: 'Street light, drain, tree, waste, stray animal',
      bn: 'পথবাতি, নর্দমা, গাছ, আবর্জনা, পথের পশু',
      hi: 'सड़क की बत्ती, नाली, पेड़, कचरा, आवारा पशु',
    },
    urgency: 'non-urgent',
  },
  {
    code: 'LOST',
    name: { en: 'Lost document or phone', bn: 'হারানো নথি বা ফোন', hi: 'खोया दस्तावेज़ या फ़ोन' },
    urgency: 'non-urgent',
  },
  {
    code: 'HELP',
    name: {
      en: 'Details of domestic help or tenant',
      bn: 'গৃহকর্মী বা ভাড়াটের তথ্য',
      hi: 'घरेलू कर्मचारी या किरायेदार का विवरण',
    },
    urgency: 'non-urgent',
  },
  {
    code: 'SEN',
    name: { en: 'Senior citizen living alone', bn: 'একা থাকা প্রবীণ নাগরিক', hi: 'अकेले रहने वाले वरिष्ठ नागरिक' },
    urgency: 'semi-urgent',
  },
  {
    code: 'CPL',
    name: { en: 'Complaint against police', bn: 'পুলিশের বিরুদ্ধে অভিযোগ', hi: 'पुलिस के विरुद्ध शिकायत' },
    urgency: 'semi-urgent',
    restriction: 'dc',
  },
  {
    code: 'PERM',
    name: { en: 'Permission, procession, loudspeaker', bn: 'অনুমতি, মিছিল, মাইক', hi: 'अनुमति, जुलूस, लाउडस्पीकर' },
    urgency: 'non-urgent',
  },
  {
    code: 'FUP',
    name: {
      en: 'Question about an earlier matter',
      bn: 'আগের বিষয় সম্পর্কে প্রশ্ন',
      hi: 'पहले के मामले के बारे में प्रश्न',
    },
    urgency: 'non-urgent',
  },
  {
    code: 'INFO',
    name: { en: 'Request for information', bn: 'তথ্যের অনুরোধ', hi: 'जानकारी का अनुरोध' },
    urgency: 'non-urgent',
  },
  {
    code: 'SPAM',
    name: { en: 'Advertising, spam', bn: 'বিজ্ঞাপন, স্প্যাম', hi: 'विज्ञापन, स्पैम' },
    urgency: 'non-urgent',
  },
  { code: 'OTHER', name: { en: 'Other matter', bn: 'অন্য বিষয়', hi: 'अन्य विषय' }, urgency: 'non-urgent' },
];

interface OfferedOutcome {
  code: string;
  name: LocalisedName;
  needs_passing_on?: boolean;
}

export const OFFERED_OUTCOMES: OfferedOutcome[] = [
  {
    code: 'action-taken',
    name: { en: 'Action taken', bn: 'ব্যবস্থা নেওয়া হয়েছে', hi: 'कार्रवाई की गई' },
  },
  {
    code: 'patrol-arranged',
    name: { en: 'Patrol arranged', bn: 'টহলের ব্যবস্থা করা হয়েছে', hi: 'गश्त की व्यवस्था की गई' },
  },
  { code: 'advice-given', name: { en: 'Advice given', bn: 'পরামর্শ দেওয়া হয়েছে', hi: 'सलाह दी गई' } },
  {
    code: 'fir-registered',
    name: { en: 'FIR registered', bn: 'এফআইআর রুজু হয়েছে', hi: 'एफ़आईआर दर्ज की गई' },
  },
  {
    code: 'gd-recorded',
    name: {
      en: 'Entered in the general diary',
      bn: 'জেনারেল ডায়েরিতে লেখা হয়েছে',
      hi: 'जनरल डायरी में दर्ज किया गया',
    },
  },
  { code: 'settled', name: { en: 'Settled', bn: 'মীমাংসা হয়েছে', hi: 'सुलझाया गया' } },
  {
    code: 'not-found',
    name: { en: 'Nothing found on the spot', bn: 'ঘটনাস্থলে কিছু পাওয়া যায়নি', hi: 'मौके पर कुछ नहीं मिला' },
  },
  {
    code: 'duplicate',
    name: {
      en: 'Dealt with under another reference',
      bn: 'অন্য রেফারেন্সে দেখা হচ্ছে',
      hi: 'अन्य संदर्भ के अंतर्गत देखा जा रहा है',
    },
  },
  {
    code: 'withdrawn',
    name: { en: 'Withdrawn by the resident', bn: 'আবেদনকারী প্রত্যাহার করেছেন', hi: 'आवेदक ने वापस लिया' },
  },
  {
    code: 'no-answer',
    name: {
      en: 'Our question was not answered',
      bn: 'আমাদের প্রশ্নের উত্তর পাওয়া যায়নি',
      hi: 'हमारे प्रश्न का उत्तर नहीं मिला',
    },
  },
  {
    code: 'not-ours',
    name: {
      en: 'Not a matter of this station, passed on',
      bn: 'এই থানার বিষয় নয়, অন্যত্র পাঠানো হয়েছে',
      hi: 'इस थाने का विषय नहीं, आगे भेजा गया',
    },
    needs_passing_on: true,
  },
];
