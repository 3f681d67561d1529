// The letters the bench sends: residents' letters in English and Bengali, plain and MIME, with and without a picture.
// Built once; only a number and the date are written anew into each letter, so that sending costs little.

export const STATIONS = [
  'behala',
  'thakurpukur',
  'parnasree',
  'haridevpur',
  'sarsuna',
  'taratala',
  'jadavpur',
  'garfa',
  'kasba',
  'tollygunge',
];
const STATION_DOMAIN = 'kolkatapolice.example';
export const NUMBER_MARK = '############';
const DATE_MARK = '@'.repeat('Thu, 01 Jan 1970 00:00:00 +0000'.length);
const LINE = '\r\n';
const VARIANTS = 16;
const LARGE = 1_000_000;

export const ENGLISH = [
  'I live on the second floor of the house behind the market and have been here for eleven years.',
  'Every night after eleven a group of young men parks motorcycles in the lane and plays loud music.',
  'My father is seventy four years old and has a heart condition, and he cannot sleep any more.',
  'Yesterday evening my mobile phone was taken from my hand near the bus stop by two persons on a scooter.',
  'The number plate was covered with mud, but I could read the last two digits, which were 4 and 7.',
  'A shopkeeper at the crossing told me that he has a camera which may have recorded everything.',
  'We asked them politely to stop, and since then somebody has broken the lock of our letter box twice.',
  'The street lamp at the corner has not worked for three weeks, although we wrote to the municipality.',
  'I received a telephone call from a person who said he was from my bank and asked for a code.',
  'Rupees 24,500 were taken from my account within five minutes, and the bank tells me to come to you.',
  'Please let me know which officer looks after this matter and when I may come to the station.',
  'I can be reached in the evening after seven, or at any time on Sunday. Thank you for your help.',
  '...and this is not the first time; please see my letter of the month before last.',
];
export const BENGALI = [
  'আমি এই পাড়ায় এগারো বছর ধরে বাস করছি।',
  'গতকাল সন্ধ্যায় বাস স্টপের কাছে দুজন লোক আমার মোবাইল ফোন ছিনিয়ে নিয়ে গেছে।',
  'প্রতিদিন রাতে গলিতে জোরে গান বাজানো হয়, আমার বাবা ঘুমাতে পারেন না।',
  'রাস্তার আলো তিন সপ্তাহ ধরে জ্বলছে না, সকলের খুব অসুবিধা হচ্ছে।',
  'ব্যাঙ্কের নাম করে একজন ফোন করে আমার কাছে একটি কোড চেয়েছিল।',
  'আমার অ্যাকাউন্ট থেকে চব্বিশ হাজার টাকা তুলে নেওয়া হয়েছে।',
  'দোকানদার বলেছেন তাঁর ক্যামেরায় সব দেখা যেতে পারে।',
  'দয়া করে জানাবেন কোন অফিসার এই বিষয়টি দেখছেন।',
  'আমি সন্ধ্যা সাতটার পরে থানায় আসতে পারি। ধন্যবাদ।',
];

/**
 * @typedef {object} LetterForm
 * @property {Buffer} head its beginning, dot-stuffed, with marks to be written over
 * @property {Buffer} tail its end, the same for every letter, with the final dot
 * @property {number[]} numbersAt offsets of the number in `head`
 * @property {number} dateAt offset of the date in `head`
 * @property {number} bytes of the whole letter
 */

/**
 * Forms of letters of about `bytes` bytes.
 * @param {number} bytes
 * @returns {LetterForm[]}
 */
export function buildForms(bytes) {
  const random = createRandom(bytes);
  const variants = bytes > LARGE ? 2 : VARIANTS;
  return Array.from({ length: variants }, (_, index) => buildForm(index, bytes, random));
}

/** The number of a letter as it is written into it. @param {number} number */
export function numberText(number) {
  return String(number).padStart(NUMBER_MARK.length, '0');
}

/**
 * Envelope addresses of letter `number`.
 * @param {number} number
 */
export function envelopeOf(number) {
  const station = STATIONS[number % STATIONS.length];
  return { from: `resident.${numberText(number)}@mail.example`, to: stationAddress(station ?? '') };
}

/** @param {string} station */
export function stationAddress(station) {
  return `${station}.ps@${STATION_DOMAIN}`;
}

/**
 * Writes `number` and `date` into the head of a form of one's own.
 * @param {LetterForm} form
 * @param {number} number
 * @param {string} date RFC 5322
 */
export function stampForm(form, number, date) {
  const text = numberText(number);
  for (const offset of form.numbersAt) form.head.write(text, offset, 'latin1');
  form.head.write(date, form.dateAt, 'latin1');
}

/** @param {number} seconds since 1970 */
export function mailDate(seconds) {
  return new Date(seconds * 1000).toUTCString().replace('GMT', '+0000');
}

/**
 * @param {number} index
 * @param {number} bytes
 * @param {() => number} random
 * @returns {LetterForm}
 */
function buildForm(index, bytes, random) {
  const withPicture = bytes > 20_000;
  const bodies = [plainEnglish, plainBengali, encodedBengali, alternative];
  const body = bodies[index % bodies.length] ?? plainEnglish;
  const room = withPicture ? 2_000 : bytes;
  const begin = withPicture
    ? `${heads(random)}${mixedStart()}${body(room - 700, random)}${pictureStart()}`
    : `${heads(random)}${body(room - 550, random)}`;
  const headText = stuffDots(begin);
  const head = Buffer.from(headText);
  const marks = head.toString('latin1');
  const tail = Buffer.from(withPicture ? `${picture(bytes - head.length, random)}${mixedEnd()}` : '');
  const numbersAt = [...marks.matchAll(new RegExp(NUMBER_MARK, 'g'))].map((match) => match.index);
  return {
    head,
    tail: Buffer.concat([tail, Buffer.from(`.${LINE}`)]),
    numbersAt,
    dateAt: marks.indexOf(DATE_MARK),
    bytes: head.length + tail.length,
  };
}

/** @param {() => number} random */
function heads(random) {
  const subject = random() < 0.5 ? 'Complaint about the lane' : '=?UTF-8?B?4KaF4Kat4Ka/4Kav4KeL4KaX?=';
  return [
    `Received: from phone.mail.example (phone.mail.example [192.0.2.17])`,
    `\tby out.mail.example with ESMTPSA id ${NUMBER_MARK}`,
    `\tfor <station@${STATION_DOMAIN}>; ${DATE_MARK}`.replace(DATE_MARK, 'Thu, 01 Jan 2026 00:00:00 +0000'),
    `Date: ${DATE_MARK}`,
    `Message-ID: <${NUMBER_MARK}.${Math.floor(random() * 1e9)}@mail.example>`,
    `From: "A resident" <resident.${NUMBER_MARK}@mail.example>`,
    `To: <station@${STATION_DOMAIN}>`,
    `Subject: ${subject} ${NUMBER_MARK}`,
    'MIME-Version: 1.0',
    '',
  ].join(LINE);
}

/**
 * Lines of whole sentences with about `bytes` bytes when `weigh` tells what a text weighs.
 * @param {string[]} sentences
 * @param {number} bytes
 * @param {{ random: () => number, weigh: (text: string) => number }} how
 */
function sentencesOf(sentences, bytes, { random, weigh }) {
  let text = `No. ${NUMBER_MARK}${LINE}`;
  for (;;) {
    const sentence = sentences[Math.floor(random() * sentences.length)] ?? '';
    const more = `${text}${sentence} (${Math.floor(random() * 9000)})${LINE}`;
    if (weigh(more) > bytes) return text;
    text = more;
  }
}

/** @param {number} bytes @param {() => number} random */
function plainEnglish(bytes, random) {
  const text = sentencesOf(ENGLISH, bytes, { random, weigh: (each) => each.length });
  return `Content-Type: text/plain; charset=us-ascii${LINE}${LINE}${text}`;
}

/** @param {number} bytes @param {() => number} random */
function plainBengali(bytes, random) {
  const text = sentencesOf(BENGALI, bytes, { random, weigh: (each) => Buffer.byteLength(each) });
  return `Content-Type: text/plain; charset=utf-8${LINE}Content-Transfer-Encoding: 8bit${LINE}${LINE}${text}`;
}

/** @param {number} bytes @param {() => number} random */
function encodedBengali(bytes, random) {
  const text = sentencesOf(BENGALI, bytes, { random, weigh: (each) => Buffer.byteLength(each) * 1.37 });
  return `Content-Type: text/plain; charset=utf-8${LINE}${base64Part(text)}`;
}

/** As web mail writes it: the text once plain, once HTML. @param {number} bytes @param {() => number} random */
function alternative(bytes, random) {
  const sentences = [...ENGLISH.slice(0, 4), ...BENGALI.slice(0, 3)];
  const text = sentencesOf(sentences, (bytes - 300) / 2.7, {
    random,
    weigh: (each) => Buffer.byteLength(each),
  });
  const html = `<div dir="auto">${text.split(LINE).join('<br>')}</div>`;
  return [
    'Content-Type: multipart/alternative; boundary="bench-alternative"',
    '',
    '--bench-alternative',
    `Content-Type: text/plain; charset="UTF-8"${LINE}${base64Part(text)}`,
    '--bench-alternative',
    `Content-Type: text/html; charset="UTF-8"${LINE}${base64Part(html)}`,
    '--bench-alternative--',
    '',
  ].join(LINE);
}

/** @param {string} text */
function base64Part(text) {
  return `Content-Transfer-Encoding: base64${LINE}${LINE}${base64Lines(Buffer.from(text))}`;
}

/** @param {Buffer} bytes */
function base64Lines(bytes) {
  return bytes.toString('base64').replace(/.{1,76}/g, `$&${LINE}`);
}

function mixedStart() {
  return `Content-Type: multipart/mixed; boundary="bench-mixed"${LINE}${LINE}--bench-mixed${LINE}`;
}

function pictureStart() {
  return [
    '--bench-mixed',
    'Content-Type: image/jpeg; name="IMG_20260101.jpg"',
    'Content-Disposition: attachment; filename="IMG_20260101.jpg"',
    'Content-Transfer-Encoding: base64',
    '',
    '',
  ].join(LINE);
}

/** @param {number} bytes @param {() => number} random */
function picture(bytes, random) {
  const words = Uint32Array.from({ length: Math.floor((bytes * 0.731) / 4) }, () => random() * 0x1_0000_0000);
  return base64Lines(Buffer.from(words.buffer));
}

function mixedEnd() {
  return `--bench-mixed--${LINE}`;
}

/** RFC 5321 4.5.2. @param {string} text */
function stuffDots(text) {
  return text.replace(/^\./gm, '..');
}

/** Numbers that look random and are the same in every run (mulberry32). @param {number} seed */
export function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
