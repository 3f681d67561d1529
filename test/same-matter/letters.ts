// Letters of one station within two days, sorted by hand into incidents; those that stand alone are traps for one another.
export interface SortedLetter {
  /** Letters of one incident bear the same name. */
  incident: string;
  subject: string;
  text: string;
  /** Minutes after Monday, 23 November 2026, 18:00 in Kolkata. */
  at: number;
  files?: { type: string; size: number; sha256: string; inline?: true }[];
}

const photo = (name: string, size = 480_000) => ({
  type: 'image/jpeg',
  size,
  sha256: name.padEnd(64, '0'),
});
const logo = { type: 'image/png', size: 9_000, sha256: 'ee'.repeat(32), inline: true as const };

const PETITION = `Respected Sir, we the citizens demand that the liquor shop licensed beside the girls' college be shifted
without delay. Every day our daughters are harassed by drunkards who gather there from noon. In spite of repeated
representations to the excise department no step was taken. We appeal to the police to post a picket and to recommend
cancellation of the licence. We shall otherwise be compelled to begin a democratic movement.`;

export const LETTERS: SortedLetter[] = [
  // Loud music of a club, told by five people in four ways.
  {
    incident: 'music',
    at: 250,
    subject: 'Loud music',
    text: 'Sir, the club at Lake Road is playing very loud music since 10 pm tonight. My mother is ill and cannot sleep. Please stop it.',
  },
  {
    incident: 'music',
    at: 262,
    subject: 'Sound',
    text: 'Respected Officer, since 10:15 pm a sound box is being played at full volume by the club on Lake Road. Children have an examination tomorrow. Kindly send a patrol to stop the music.',
  },
  {
    incident: 'music',
    at: 270,
    subject: 'মাইকের অত্যাচার',
    text: 'স্যার, লেক রোডের ক্লাবে রাত ১০টা থেকে খুব জোরে মাইক বাজছে। বাড়িতে অসুস্থ মানুষ আছেন, ঘুমাতে পারছেন না। দয়া করে ব্যবস্থা নিন।',
  },
  {
    incident: 'music',
    at: 275,
    subject: 'तेज़ आवाज़',
    text: 'श्रीमान, लेक रोड के क्लब में रात 10 बजे से बहुत तेज़ आवाज़ में गाना बज रहा है। कृपया बंद करवाइए।',
  },
  {
    incident: 'music',
    at: 281,
    subject: 'khub jore gaan',
    text: 'Sir, Lake Road er club e raat 10 ta theke khub jore gaan bajche, mic o cholche. Doya kore bondho korun.',
  },
  // Another club at the same hour, elsewhere.
  {
    incident: 'music-elsewhere',
    at: 265,
    subject: 'Loud music',
    text: 'Sir, the club at Chetla Road is playing very loud music since 10 pm tonight. My father is ill and cannot sleep. Please stop it.',
  },
  {
    incident: 'music-elsewhere',
    at: 290,
    subject: 'মাইক',
    text: 'মহাশয়, চেতলা রোডের ক্লাবে রাত ১০টা থেকে মাইক বাজছে, কান ঝালাপালা হয়ে যাচ্ছে। ব্যবস্থা নিন।',
  },
  // The same club next evening: another matter.
  {
    incident: 'music-next-day',
    at: 1690,
    subject: 'Loud music again',
    text: 'Sir, today at 7 pm the hall on Lake Road began with drums and crackers for a wedding. The whole road is closed.',
  },
  // Two thefts in two streets, in the same words.
  {
    incident: 'bicycle-1',
    at: 40,
    subject: 'Theft of bicycle',
    text: 'Sir, my red Hero bicycle was stolen yesterday at 6 pm from in front of my house in Motilal Street. I had locked it. Please find my bicycle and punish the thief.',
  },
  {
    incident: 'bicycle-2',
    at: 65,
    subject: 'Theft of bicycle',
    text: 'Sir, my blue Atlas bicycle was stolen yesterday at 8 pm from in front of my house in Sadananda Street. I had locked it. Please find my bicycle and punish the thief.',
  },
  {
    incident: 'bicycle-3',
    at: 95,
    subject: 'সাইকেল চুরি',
    text: 'স্যার, আমার সাইকেল গতকাল বিকেল ৪টায় মতিলাল স্ট্রিটের দোকানের সামনে থেকে চুরি হয়ে গেছে। তালা দেওয়া ছিল। দয়া করে উদ্ধার করে দিন।',
  },
  // A form letter of a campaign.
  {
    incident: 'petition',
    at: 500,
    subject: 'Shift the liquor shop',
    text: `${PETITION}\n\nYours faithfully,\nA. Sen, 14 Lake Road, 9830011111`,
  },
  {
    incident: 'petition',
    at: 520,
    subject: 'Shift the liquor shop',
    text: `${PETITION}\n\nYours faithfully,\nB. Das, 3 Chetla Road, 9830022222`,
  },
  {
    incident: 'petition',
    at: 560,
    subject: 'Liquor shop',
    text: `${PETITION.replace('Respected Sir', 'To the Officer in Charge')}\n\nYours sincerely,\nC. Roy`,
  },
  {
    incident: 'petition',
    at: 700,
    subject: 'Shift the liquor shop',
    text: `${PETITION.replace('without delay', 'at once')} Please acknowledge.\n\nThanking you,\nD. Paul, 22 Park Lane`,
  },
  { incident: 'petition', at: 710, subject: 'Shift the liquor shop', text: PETITION },
  // An accident seen by many; some write the number, some send the same photo.
  {
    incident: 'accident',
    at: 130,
    subject: 'Hit and run',
    text: 'A white car WB 02 AB 4417 hit an old man at Rathtala More at 7:30 pm and fled towards the bypass. I saw the number.',
    files: [photo('a1')],
  },
  {
    incident: 'accident',
    at: 140,
    subject: 'দুর্ঘটনা',
    text: 'রথতলা মোড়ে সন্ধ্যা সাড়ে সাতটায় একটা সাদা গাড়ি এক বৃদ্ধকে ধাক্কা মেরে পালিয়ে গেছে। গাড়ির নম্বর WB02AB4417।',
  },
  {
    incident: 'accident',
    at: 155,
    subject: 'photo of accident',
    text: 'Please see the picture that came to our group. Such rash driving must be punished.',
    files: [photo('a1'), logo],
  },
  {
    incident: 'accident',
    at: 160,
    subject: 'Accident',
    text: 'Sir, I am a shopkeeper of Rathtala More. About 7 pm a speeding car hit an old man in front of my shop and fled. I can be a witness.',
  },
  {
    incident: 'accident',
    at: 190,
    subject: 'Hit-and-run',
    text: 'Car no. WB-02-AB-4417 was driving rashly near the flyover at 7.15 pm, I have it on my dash camera.',
  },
  {
    incident: 'accident-elsewhere',
    at: 170,
    subject: 'Accident',
    text: 'Two motorcycles collided at Chetla Crossing at 7 pm, one boy has broken a leg. The traffic sergeant did not come.',
    files: [photo('b7')],
  },
  // A signature with a company's picture in two letters of two matters.
  {
    incident: 'logo-1',
    at: 300,
    subject: 'Parking',
    text: 'A lorry stands before our warehouse gate in Dock Lane every day and we cannot load goods.',
    files: [logo, { type: 'image/png', size: 3_000, sha256: 'ab'.repeat(32) }],
  },
  {
    incident: 'logo-2',
    at: 330,
    subject: 'Lost cheque book',
    text: 'Our clerk has lost a cheque book of the company in the tram. We need a diary number for the bank.',
    files: [logo, { type: 'image/png', size: 3_000, sha256: 'ab'.repeat(32) }],
  },
  // A fraud by one telephone number.
  {
    incident: 'fraud',
    at: 10,
    subject: 'Electricity bill fraud',
    text: 'A man called from 98300 12345 saying my electricity will be cut and took 12,000 rupees through an app.',
  },
  {
    incident: 'fraud',
    at: 800,
    subject: 'প্রতারণা',
    text: 'আমাকে ৯৮৩০০১২৩৪৫ নম্বর থেকে ফোন করে বলা হয় বিদ্যুতের লাইন কেটে দেওয়া হবে। অ্যাপ নামাতে বলে আমার ৮ হাজার টাকা তুলে নিয়েছে।',
  },
  {
    incident: 'fraud',
    at: 1400,
    subject: 'Cyber fraud',
    text: 'I got an sms about my power connection from +91 9830012345. After I called, 25000 rupees were debited from my account.',
  },
  {
    incident: 'fraud-other',
    at: 820,
    subject: 'Cyber fraud',
    text: 'I got an sms about a parcel from +91 9007054321. After I clicked, 18000 rupees were debited from my account.',
  },
  {
    incident: 'fraud-other-2',
    at: 860,
    subject: 'KYC fraud',
    text: 'A woman called from 7003098765 for KYC of my bank and 40000 rupees were debited from my account. Please freeze it.',
  },
  // Fire in a market.
  {
    incident: 'fire',
    at: 600,
    subject: 'FIRE',
    text: 'Big fire in Nutan Bazar, three shops are burning, gas cylinders inside, fire engine not come. It began 4 am.',
  },
  {
    incident: 'fire',
    at: 606,
    subject: 'আগুন',
    text: 'নতুন বাজারে আগুন লেগেছে ভোর ৪টে থেকে। দোকানগুলো পুড়ছে, গ্যাস সিলিন্ডার আছে ভেতরে। দমকল পাঠান।',
  },
  {
    incident: 'fire',
    at: 615,
    subject: 'aag lagi hai',
    text: 'Sir Nutan Bazar mein subah 4 baje se aag lagi hai, dukan jal rahi hai, cylinder phat raha hai, jaldi aaiye.',
  },
  {
    incident: 'fire',
    at: 640,
    subject: 'Fire at Nutan Bazar',
    text: 'We are shop owners of Nutan Bazar. Three shops with gas cylinders burned down after 4:30 am. We suspect somebody who was burning rubbish.',
  },
  {
    incident: 'market-theft',
    at: 650,
    subject: 'Pickpocket',
    text: 'My purse was taken in Nutan Bazar at 11 am by two women. It had my voter card and 900 rupees.',
  },
  {
    incident: 'market-parking',
    at: 660,
    subject: 'Rickshaw stand',
    text: 'Toto rickshaws block the gate of Nutan Bazar in the evening and nobody can walk. Please remove them.',
  },
  // Waterlogging and a fallen tree.
  {
    incident: 'tree',
    at: 1000,
    subject: 'Tree fallen',
    text: 'A big krishnachura tree has fallen across Sarat Bose Road near the sweet shop at 10:30 am. A taxi is crushed, wires are hanging.',
  },
  {
    incident: 'tree',
    at: 1010,
    subject: 'গাছ পড়েছে',
    text: 'শরৎ বোস রোডে সকাল সাড়ে দশটায় একটা বিরাট কৃষ্ণচূড়া গাছ পড়ে গেছে। ট্যাক্সি চাপা পড়েছে, তার ঝুলছে।',
    files: [photo('t3')],
  },
  {
    incident: 'tree',
    at: 1020,
    subject: 'Road blocked',
    text: 'Traffic is stopped on Sarat Bose Road because of a fallen tree, a taxi is crushed under it and electric wires are hanging. Please send men.',
    files: [photo('t3')],
  },
  {
    incident: 'dog',
    at: 1030,
    subject: 'Stray dogs',
    text: 'Stray dogs bite children on Sarat Bose Road each morning when they go to school at 10 am. The corporation does nothing.',
  },
  // Eve teasing at one school gate; another at another school.
  {
    incident: 'school',
    at: 1200,
    subject: 'Boys at school gate',
    text: 'Some boys on motorcycles trouble girls at the gate of Binodini School at 4 pm every day when classes end. They shout and throw paper.',
  },
  {
    incident: 'school',
    at: 1290,
    subject: 'स्कूल के गेट पर लड़के',
    text: 'महोदय, बिनोदिनी स्कूल के गेट पर शाम 4 बजे मोटरसाइकिल वाले लड़के लड़कियों को परेशान करते हैं। गेट पर सिपाही भेजिए।',
  },
  {
    incident: 'school',
    at: 1350,
    subject: 'Motorcycle boys',
    text: 'My daughter of Binodini School is afraid: boys on motorcycles shout at girls at the gate after classes end. Please post a constable.',
  },
  {
    incident: 'school-other',
    at: 1210,
    subject: 'Boys at school gate',
    text: 'Some boys on motorcycles trouble girls at the gate of Nabajyoti School at 4 pm every day when classes end. They shout and throw paper.',
  },
  // Chain snatching, twice.
  {
    incident: 'chain',
    at: 700,
    subject: 'Chain snatching',
    text: 'Today at 6 am two men on a black motorcycle snatched the gold chain of my wife in Jadu Lane while she was picking flowers.',
  },
  {
    incident: 'chain',
    at: 720,
    subject: 'ছিনতাই',
    text: 'আজ সকাল ৬টায় যদু লেনে দুজন কালো মোটরসাইকেলে এসে এক মহিলার সোনার হার ছিনতাই করেছে, আমি জানলা থেকে দেখেছি।',
  },
  {
    incident: 'chain-other',
    at: 730,
    subject: 'Chain snatching',
    text: 'Today at 6 am two men on a black motorcycle snatched the gold chain of my aunt in Haldar Lane while she was walking to the temple.',
  },
  // Short letters of many.
  {
    incident: 'short-1',
    at: 900,
    subject: 'Help',
    text: 'Please help me sir. My phone was stolen in the bus.',
  },
  {
    incident: 'short-2',
    at: 930,
    subject: 'Help',
    text: 'Please help me sir. My phone was stolen in the bus.',
  },
  {
    incident: 'short-3',
    at: 960,
    subject: 'Phone lost',
    text: 'Sir my mobile phone is lost in the bus yesterday, please give GD number for new sim card, I am in urgent need of it.',
  },
  {
    incident: 'short-4',
    at: 990,
    subject: 'Phone lost',
    text: 'Sir my mobile phone is lost in the metro today, please give GD number for new sim card, I am in great need of it.',
  },
  // Verification of tenants: the same form, other people.
  {
    incident: 'tenant-1',
    at: 1100,
    subject: 'Tenant verification',
    text: 'I have let my flat at 12 Raja Lane to Mr Anil Kumar from 1 November. His mobile is 9831100001. Kindly verify the tenant and acknowledge receipt of the form attached.',
    files: [{ type: 'application/pdf', size: 90_000, sha256: 'c1'.padEnd(64, '1') }],
  },
  {
    incident: 'tenant-2',
    at: 1120,
    subject: 'Tenant verification',
    text: 'I have let my flat at 9 Pratap Lane to Mrs Sunita Jha from 5 November. Her mobile is 9831100002. Kindly verify the tenant and acknowledge receipt of the form attached.',
    files: [{ type: 'application/pdf', size: 91_000, sha256: 'c2'.padEnd(64, '2') }],
  },
  {
    incident: 'tenant-3',
    at: 1140,
    subject: 'Tenant verification',
    text: 'I have let my flat to Mr Imran Ali from 7 November. His mobile is 9831100003. Kindly verify the tenant and acknowledge receipt of the form attached.',
  },
  // Water of a burst main (copied from a group of neighbours).
  {
    incident: 'group',
    at: 1500,
    subject: 'Gambling den',
    text: 'Every night from 9 pm gambling and drinking goes on in the closed jute godown behind Kalimata Temple. Strangers come on bikes, abuse women and break bottles. We are afraid to complain openly, please raid the place.',
  },
  {
    incident: 'group',
    at: 1530,
    subject: 'gambling',
    text: 'Every night from 9 pm gambling and drinking goes on in the closed jute godown behind Kalimata Temple. Strangers come on bikes, abuse women and break bottles. We are afraid to complain openly, please raid the place. - a neighbour',
  },
  {
    incident: 'group',
    at: 1580,
    subject: 'জুয়ার আসর',
    text: 'কালীমাতা মন্দিরের পিছনে বন্ধ গুদামে রোজ রাত ৯টা থেকে জুয়া আর মদের আসর বসে। বাইকে অচেনা লোক আসে, মেয়েদের গালাগাল করে। হানা দিন।',
  },
  {
    incident: 'group',
    at: 1600,
    subject: 'jua',
    text: 'Kalimata Mandir ke peeche band godown mein raat 9 baje se jua aur sharab chalta hai, anjan log bike par aate hain. Chhapa mariye.',
  },
  // Hawkers and a street light: one place, two matters, no hour.
  {
    incident: 'light',
    at: 400,
    subject: 'Street light',
    text: 'The lamp post number 14 in Gopal Lane is dark since three days. Women returning from work are afraid.',
  },
  {
    incident: 'light',
    at: 430,
    subject: 'Dark lane',
    text: 'Lamp post 14 in Gopal Lane is dark since days, women returning late from work are afraid of being followed.',
  },
  {
    incident: 'quarrel',
    at: 440,
    subject: 'Neighbour',
    text: 'My neighbour in Gopal Lane throws garbage into my yard and threatens my old parents when they object.',
  },
  {
    incident: 'quarrel-2',
    at: 450,
    subject: 'প্রতিবেশী',
    text: 'গোপাল লেনের ভাড়াটে ভাড়া দেয় না, উল্টে হুমকি দেয়। উচ্ছেদের ব্যাপারে কী করব জানাবেন।',
  },
  // A missing child, with a poster passed on.
  {
    incident: 'missing',
    at: 1610,
    subject: 'Missing boy',
    text: 'My son Arko, 9 years, did not come home from tuition near Azad Park since 5 pm. He wears a green shirt.',
    files: [photo('m5')],
  },
  {
    incident: 'missing',
    at: 1640,
    subject: 'Fwd: missing',
    text: 'Passing on this poster. I think I saw the child at the bus stand with an elderly woman.',
    files: [photo('m5')],
  },
  {
    incident: 'missing',
    at: 1650,
    subject: 'নিখোঁজ',
    text: 'আজাদ পার্কের কাছে বিকেল ৫টা থেকে একটি ছেলে নিখোঁজ, বয়স ৯, সবুজ জামা পরা। ছবি পাঠালাম।',
    files: [photo('m5', 480_000)],
  },
  {
    incident: 'missing-other',
    at: 1660,
    subject: 'Missing aunt',
    text: 'My aunt of 70 years left home near Azad Park in the morning at 9 am and forgets things. She wears a white saree.',
    files: [photo('m9')],
  },
];
