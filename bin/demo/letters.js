// What the residents of the demo city write: matters in three languages, and who writes them.

/** `{place}` and `{when}` are filled in. `kind` names the course that a letter of this sort usually takes. */
export const MATTERS = [
  {
    language: 'en',
    subject: 'Loudspeakers after midnight near {place}',
    text: 'Respected Sir,\n\nThe club near {place} plays loud music on loudspeakers until two at night. It was the same {when}. My father is a heart patient and cannot sleep. Please do something.\n\nThanking you.',
  },
  {
    language: 'en',
    subject: 'Gold chain snatched at {place}',
    text: 'Sir,\n\nTwo men on a motorcycle without number plate snatched my gold chain at {place} {when}. They went towards the main road. I fell and my knee is hurt. I want to lodge a complaint.',
    cognizable: true,
    files: ['photo'],
  },
  {
    language: 'en',
    subject: 'Money taken from my account, somebody asked for an OTP',
    text: 'A caller said that my electricity would be cut and asked me to install an app. {when} Rs 48,500 were taken from my account in three transfers. The bank says I must go to the police. Transaction ids are in the attached file.',
    cognizable: true,
    files: ['statement'],
  },
  {
    language: 'en',
    subject: 'Street light not working at {place}',
    text: 'The street light at {place} has not been working since {when}. It is completely dark and girls coming from tuition are afraid. Please inform the department concerned.',
    agency: 'kmc',
  },
  {
    language: 'en',
    subject: 'Illegal parking in front of our gate',
    text: 'Every evening cars of the restaurant are parked in front of our gate at {place}. {when} an ambulance could not come in. We have requested them many times.',
    agency: 'traffic',
  },
  {
    language: 'en',
    subject: 'Details of new tenant, {place}',
    text: 'Dear Sir/Madam,\n\nI let a room at {place} to a student. Please find the filled-in form and a copy of the identity card attached for your record.',
    files: ['form'],
  },
  {
    language: 'en',
    subject: 'Lost mobile phone',
    text: 'I lost my phone in a bus between {place} and the metro {when}. I need a GD number to block the SIM card. The IMEI number is on the bill.',
  },
  {
    language: 'en',
    subject: 'My mother of 78 lives alone',
    text: 'I live abroad. My mother, 78, lives alone at {place}. {when} somebody rang the bell at night and said he came from the bank. Could an officer visit her once and note her telephone number?',
  },
  {
    language: 'en',
    subject: 'Unknown van standing at {place} for days',
    text: 'A white van with curtains has been standing at {place} since {when}. Nobody in the lane knows it. People come only at night. I do not want my name to be told to anybody.',
  },
  {
    language: 'en',
    subject: 'Permission for a blood donation camp',
    text: 'We wish to hold a blood donation camp at {place} next Sunday from 10 to 4 with one loudspeaker. Kindly tell us which papers are required.',
  },
  {
    language: 'en',
    subject: 'Threatening calls about a loan I never took',
    text: 'Since {when} unknown people call me and my relatives and say they will send morphed photographs to everybody if I do not pay. I never took a loan from them. They also threatened to come to {place}.',
    cognizable: true,
  },
  {
    language: 'en',
    subject: 'URGENT: they are breaking the door',
    text: 'Please send somebody now. Some drunk men are breaking the door of the flat opposite at {place}, the woman inside is screaming. They have a knife. Call me.',
    urgent: true,
  },
  {
    language: 'bn',
    subject: 'রাতে জোরে মাইক বাজে, {place}',
    text: 'মাননীয় মহাশয়,\n\n{place} এলাকায় রোজ রাতে খুব জোরে মাইক বাজে। {when} রাত দুটো পর্যন্ত বেজেছে। বাচ্চাদের পরীক্ষা চলছে, পড়তে পারছে না। দয়া করে ব্যবস্থা নিন।\n\nবিনীত',
  },
  {
    language: 'bn',
    subject: 'সাইকেল চুরি হয়েছে',
    text: '{when} {place} থেকে আমার ছেলের সাইকেল চুরি হয়েছে। পাশের দোকানে সিসি ক্যামেরা আছে। অভিযোগ নেওয়ার অনুরোধ করছি।',
    cognizable: true,
  },
  {
    language: 'bn',
    subject: 'আমার স্বামী আমাকে মারধর করে',
    text: 'আমার স্বামী ও শাশুড়ি টাকার জন্য আমাকে মারধর করে। {when} ঘর থেকে বের করে দিয়েছে। আমি এখন {place}-এ এক আত্মীয়ের বাড়িতে আছি। দয়া করে ফোন করবেন না, চিঠিতে জানান।',
    urgent: true,
  },
  {
    language: 'bn',
    subject: 'বাবা দু দিন ধরে বাড়ি ফেরেননি',
    text: 'আমার বাবা {when} বাজারে গিয়ে আর ফেরেননি। বয়স ৭১, ভুলে যান। শেষবার {place}-এর কাছে দেখা গেছে। ছবি পাঠালাম।',
    urgent: true,
    files: ['photo'],
  },
  {
    language: 'bn',
    subject: 'নর্দমা উপচে রাস্তায় জল',
    text: '{place}-এ নর্দমা বন্ধ হয়ে রাস্তায় নোংরা জল জমে আছে। {when} একজন বৃদ্ধা পড়ে গেছেন। আমরা পুরসভাকেও জানিয়েছি।',
    agency: 'kmc',
  },
  {
    language: 'bn',
    subject: 'মোবাইল হারিয়েছে, জিডি নম্বর চাই',
    text: 'আমার মোবাইল {when} {place}-এ হারিয়ে গেছে। সিম বন্ধ করার জন্য জিডি নম্বর দরকার।',
  },
  {
    language: 'bn',
    subject: 'প্রোমোটারের লোক হুমকি দিচ্ছে',
    text: 'বাড়ি ছাড়ার জন্য প্রোমোটারের লোকেরা {when} বাড়িতে এসে হুমকি দিয়ে গেছে। {place}-এ আমরা দুই বৃদ্ধ থাকি। খুব ভয়ে আছি।',
    cognizable: true,
  },
  {
    language: 'bn',
    subject: 'থানায় গেলে অভিযোগ নেয়নি',
    text: '{when} থানায় গিয়েছিলাম। ডিউটি অফিসার খারাপ ব্যবহার করেছেন, অভিযোগ নেননি, পুলিশ টাকা চেয়েছে। আমি এর বিচার চাই।',
  },
  {
    language: 'bn',
    subject: 'পুজোর মিছিলের অনুমতি',
    text: 'আগামী সপ্তাহে {place} থেকে একটি মিছিল করতে চাই, প্রায় ২০০ জন। কী কী কাগজ লাগবে জানাবেন।',
  },
  {
    language: 'bn',
    subject: 'গৃহকর্মীর তথ্য জমা',
    text: 'আমার বাড়িতে ({place}) নতুন গৃহকর্মী কাজে যোগ দিয়েছেন। তাঁর তথ্য ও ছবি সঙ্গে পাঠালাম।',
    files: ['form', 'photo'],
  },
  {
    language: 'hi',
    subject: 'गली में रोज़ झगड़ा, {place}',
    text: 'श्रीमान जी,\n\n{place} की गली में रोज़ शाम को कुछ लोग शराब पीकर झगड़ा करते हैं और रास्ता रोकते हैं। {when} मेरी बेटी को रोका गया। कृपया किसी को भेजिए।',
  },
  {
    language: 'hi',
    subject: 'एटीएम से पैसे निकाल लिए गए',
    text: '{when} {place} के एटीएम में मेरा कार्ड बदल दिया गया और खाते से 22,000 रुपये निकाल लिए गए। शिकायत दर्ज कीजिए।',
    cognizable: true,
    files: ['statement'],
  },
  {
    language: 'hi',
    subject: 'पड़ोस में पटाखे और लाउडस्पीकर',
    text: 'रात एक बजे तक {place} में पटाखे और लाउडस्पीकर बजते हैं। {when} भी यही हुआ। घर में बीमार बुज़ुर्ग हैं।',
  },
  {
    language: 'hi',
    subject: 'दुकान का ताला टूटा मिला',
    text: '{when} सुबह {place} की मेरी दुकान का ताला टूटा मिला। गल्ले से लगभग 9,000 रुपये और कुछ सामान चोरी हुआ है।',
    cognizable: true,
    files: ['photo'],
  },
  {
    language: 'hi',
    subject: 'आवारा कुत्तों से परेशानी',
    text: '{place} में आवारा कुत्तों ने {when} दो बच्चों को काटा। कृपया नगर निगम को बताइए।',
    agency: 'kmc',
  },
  {
    language: 'hi',
    subject: 'पासपोर्ट खो गया',
    text: 'मेरा पासपोर्ट {when} {place} के पास खो गया। नए पासपोर्ट के लिए जीडी नंबर चाहिए।',
  },
  {
    language: 'hi',
    subject: 'लड़की का पीछा करता है',
    text: 'एक लड़का {when} से मेरी बेटी का कोचिंग से घर तक पीछा करता है और गंदे संदेश भेजता है। {place} के पास रहता है। हम डरे हुए हैं।',
    urgent: true,
  },
  {
    language: 'en',
    subject: 'Raat ko gari race hota hai',
    text: 'Amader parar rastay ({place}) protidin raat e bike race hoy. {when} ekta bachcha prai dhakka khachchilo. Please kichu korun, police patrol thakle bhalo hoy.',
  },
];

/** Three people write about one fire within an hour. */
export const FIRE = [
  {
    language: 'en',
    subject: 'Fire in the godown behind Silpara market',
    text: 'There was a fire in the plastic godown behind Silpara market this evening. Smoke is still coming. The owner keeps chemicals there without any permission.',
  },
  {
    language: 'bn',
    subject: 'শীলপাড়া বাজারের পিছনে গুদামে আগুন',
    text: 'শীলপাড়া বাজারের পিছনে প্লাস্টিকের গুদামে আজ সন্ধ্যায় আগুন লেগেছে। (Silpara market plastic godown fire.) এখনও ধোঁয়া বেরোচ্ছে। রাসায়নিক রাখা আছে।',
  },
  {
    language: 'en',
    subject: 'Silpara market godown fire, children ill from smoke',
    text: 'After the fire in the plastic godown behind Silpara market our children cough from the smoke. The chemicals in the godown must be taken away.',
  },
];

export const RESIDENTS = [
  ['Rita Basu', 'rita.basu'],
  ['শ্যামল ঘোষ', 'shyamal.ghosh'],
  ['रमेश गुप्ता', 'ramesh.gupta'],
  ['Farida Khatun', 'farida.k'],
  ['Tapan Mondal', 'tapan.mondal'],
  ['মিতালি সরকার', 'mitali.sarkar'],
  ['सुनीता देवी', 'sunita.devi'],
  ['Imran Ali', 'imran.ali'],
  ['Ananya Chatterjee', 'ananya.c'],
  ['Gopal Naskar', 'gopal.naskar'],
  ['কৃষ্ণা দাস', 'krishna.das'],
  ['Joseph Gomes', 'joseph.gomes'],
  ['Lakshmi Iyer', 'lakshmi.iyer'],
  ['বিমল হালদার', 'bimal.halder'],
  ['Secretary, Green View Housing', 'office.greenview'],
  ['अजय साव', 'ajay.shaw'],
  ['Nusrat Begum', 'nusrat.begum'],
  ['Debjani Mitra', 'debjani.mitra'],
  ['প্রবীর নন্দী', 'prabir.nandi'],
  ['Harpreet Kaur', 'harpreet.kaur'],
];

export const PLACES = {
  en: [
    'Chowrasta More',
    'Sakher Bazar',
    'Manton crossing',
    'Parnasree Lake',
    'Jinjira Bazar',
    'Barisha High School',
  ],
  bn: ['চৌরাস্তা মোড়', 'সখের বাজার', 'ম্যান্টন', 'পর্ণশ্রী লেক', 'জিঞ্জিরা বাজার', 'বড়িশা স্কুল মাঠ'],
  hi: ['चौरास्ता मोड़', 'सखेर बाज़ार', 'मैंटन', 'पर्णश्री लेक', 'जिंजिरा बाज़ार', 'बड़िशा स्कूल'],
};

export const WHEN = {
  en: ['yesterday', 'last night', 'on Sunday', 'this morning', 'three days ago'],
  bn: ['গতকাল', 'কাল রাতে', 'রবিবার', 'আজ সকালে', 'তিন দিন আগে'],
  hi: ['कल', 'कल रात', 'रविवार को', 'आज सुबह', 'तीन दिन पहले'],
};

/** What officers write, in the language of the resident. */
export const ANSWERS = {
  en: {
    reply: 'An officer will visit the place this evening. Please call the station if it gets worse.',
    ask: 'Please tell us the exact address and from when to when it happens, so that our officer can come.',
    close: 'Our patrol went to the place twice. It will pass there at night for the next two weeks.',
    thanks: 'Thank you, the patrol came. It is quiet now.',
    no: 'No',
    more: 'I forgot to write: it is the house with the green gate, second floor. It happens mostly between 11 and 2.',
  },
  bn: {
    reply: 'আজ সন্ধ্যায় একজন অফিসার সেখানে যাবেন। সমস্যা বাড়লে থানায় ফোন করুন।',
    ask: 'ঠিক ঠিকানা এবং কখন থেকে কখন পর্যন্ত হয় তা জানান, যাতে আমাদের অফিসার যেতে পারেন।',
    close: 'আমাদের টহলদারি দল দু বার সেখানে গেছে। আগামী দু সপ্তাহ রাতে টহল থাকবে।',
    thanks: 'ধন্যবাদ, পুলিশ এসেছিল। এখন শান্ত।',
    no: 'না',
    more: 'লিখতে ভুলে গেছি: সবুজ গেটের বাড়ি, দোতলা। বেশি হয় রাত ১১টা থেকে ২টোর মধ্যে।',
  },
  hi: {
    reply: 'आज शाम एक अधिकारी वहाँ जाएँगे। परेशानी बढ़े तो थाने में फ़ोन कीजिए।',
    ask: 'सही पता और समय बताइए, ताकि हमारे अधिकारी आ सकें।',
    close: 'हमारी गश्ती टीम दो बार वहाँ गई। अगले दो सप्ताह रात में गश्त रहेगी।',
    thanks: 'धन्यवाद, पुलिस आई थी। अब शांति है।',
    no: 'नहीं',
    more: 'लिखना भूल गया: हरे गेट वाला मकान, दूसरी मंज़िल। ज़्यादातर रात 11 से 2 के बीच होता है।',
  },
};

export const NOTES = [
  'Called the resident, no answer. Will try again after 6 pm.',
  'Spoke to the secretary of the club. He promised to stop by ten.',
  'Beat constable sent to the place; report expected by evening.',
  'CCTV of the corner shop asked for.',
  'প্রতিবেশীদের সঙ্গে কথা হয়েছে, তাঁরাও একই কথা বলছেন।',
];
