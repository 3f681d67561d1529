// The marks by which mail programs set apart what they quote, forward and sign: English, Bengali, Hindi, and the words
// of a few neighbours. All of them expect NFC.

/** Longer lines are paragraphs of a person, never marks. */
const LONGEST_MARK = 400;

const WROTE = '(?:wrote|schrieb|a écrit|escribió)';
const WROTE_BN = '(?:লিখেছেন|লিখেছে|লিখেছিলেন|লিখেছিল|লিখলেন)';
const WROTE_HI = '(?:ने )?लिखा(?: है| था)?';
const END = String.raw`\s*[:：ঃ]?\s*$`;

/** What introduces lines quoted by `>`, which prove it; so it may be loose. */
const INTRODUCTIONS = [
  indian(String.raw`^[\s*]*(?:-+\s*)?(?:on|am|le|el)\s.{4,390}\b${WROTE}${END}`),
  indian(`^.{4,390}${WROTE_BN}${END}`),
  indian(`^.{4,390}${WROTE_HI}${END}`),
  indian(String.raw`^.{0,300}\S@\S+?[>\])]*\s*(?:${WROTE})?\s*[:：]\s*$`),
  indian(String.raw`^.{2,200}\b${WROTE}\b.{0,100}${END}`),
  indian(String.raw`^(?=.*[\d০-৯०-९]{1,2}:[\d০-৯०-९]{2})(?=.*[\d০-৯०-९]{4}).{8,390}[:：ঃ]\s*$`),
];
const LOOSE_WROTE = new RegExp(
  String.raw`(?:\b${WROTE}|${WROTE_BN}|${WROTE_HI})\s*[:：ঃ]\s*$`.normalize('NFC'),
  'iu',
);
const ADDRESS = /\S@\S/u;
const CLOCK = /[\d০-৯०-९]{1,2}:[\d০-৯०-९]{2}/u;
const YEAR = /[\d০-৯०-९]{4}|[\d০-৯०-९]\/[\d০-৯०-९]{2}\b/u;
const A_DATE = /[\d০-৯०-९]/u;

const DASHES = String.raw`[\s*]*[-_=]{2,}[\s*]*`;
const ORIGINAL = indian(
  `^${DASHES}(?:original (?:message|e-?mail|appointment)|reply message|মূল (?:বার্তা|মেসেজ|ই-?মেইল|ই-?মেল)|আসল (?:বার্তা|মেসেজ)|मूल (?:संदेश|सन्देश|मैसेज|ई-?मेल)|असली संदेश)${DASHES}$`,
);
const FORWARDED = indian(
  `^(?:${DASHES}(?:forwarded (?:message|e-?mail|letter)|forwarded by .{1,80}|(?:ফরওয়ার্ড|ফরোয়ার্ড) (?:করা|হওয়া) (?:বার্তা|মেসেজ|ই-?মেইল|ই-?মেল)|প্রেরিত বার্তা|अग्रेषित (?:संदेश|सन्देश|मैसेज)|फ़ॉरवर्ड (?:किया गया|किए गए) (?:संदेश|मैसेज)|फॉरवर्ड किया गया (?:संदेश|मैसेज))${DASHES}|[\\s*]*(?:begin forwarded message|forwarded message|(?:ফরওয়ার্ড|ফরোয়ার্ড) করা (?:বার্তা|মেসেজ)(?: শুরু)?|अग्रेषित (?:संदेश|सन्देश)(?: (?:का आरंभ|शुरू|प्रारंभ))?)\\s*[:：][\\s*]*)$`,
);
const RULE = /^\s*(?:_{10,}|-{30,})\s*$/;

function indian(source: string): RegExp {
  return new RegExp(source.normalize('NFC'), 'iu');
}

/** Whether `line` is quoted by `>`; an "> 500 rupees" of one line alone is judged by the caller. */
export function isQuoted(line: string): boolean {
  let at = 0;
  while (at < 3 && line.charCodeAt(at) === 32) at += 1;
  return line.charCodeAt(at) === 62;
}

/** `-----Original Message-----` and its like: what follows is quoted. */
export function isOriginalMark(line: string): boolean {
  return line.length <= LONGEST_MARK && ORIGINAL.test(line);
}

/** `---------- Forwarded message ---------`, `Begin forwarded message:` and their like. */
export function isForwardedMark(line: string): boolean {
  return line.length <= LONGEST_MARK && FORWARDED.test(line);
}

/** The line that Outlook draws above a quoted head; people draw such lines too. */
export function isRule(line: string): boolean {
  return line.length <= LONGEST_MARK && RULE.test(line);
}

/** Whether `joined` (one to four lines) introduces the lines quoted by `>` below it. */
export function introducesQuoted(joined: string): boolean {
  return joined.length <= LONGEST_MARK && INTRODUCTIONS.some((pattern) => pattern.test(joined));
}

/**
 * Whether `joined` introduces a quotation without `>`. A person may tell that somebody "wrote:", so this asks for what
 * mail programs put there: an address, a year and the time of day.
 */
export function introducesUnmarked(joined: string): boolean {
  return (
    joined.length <= LONGEST_MARK &&
    LOOSE_WROTE.test(joined) &&
    ADDRESS.test(joined) &&
    CLOCK.test(joined) &&
    YEAR.test(joined)
  );
}

const RUNS_ON = /\p{L}[^\n]{0,390}?[\s-]On (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|\d)|।/u;

/** Whether the line has words of the writer before its introduction: `Yes. On Mon, 23 Nov 2026, Behala wrote:`. */
export function runsOn(line: string): boolean {
  return line.length <= LONGEST_MARK && RUNS_ON.test(line);
}

/** Whether the introduction in `joined` already holds its date, or begins a line further up. */
export function holdsDate(joined: string): boolean {
  return A_DATE.test(joined.replace(/\S+@\S+/gu, ''));
}

const DEVICES =
  '(?:iphone|ipad|ipod|android|galaxy|samsung|mobile|phone|smartphone|tablet|blackberry|nokia|lumia|huawei|honor|xiaomi|redmi|poco|oppo|vivo|realme|oneplus|motorola|moto|jio ?phone|lava|micromax|pixel|outlook|yahoo|rediffmail|gmail|zoho|proton ?mail|k-9|thunderbird|aqua ?mail|blue ?mail|e-?mail|mail|windows|icloud|আইফোন|অ্যান্ড্রয়েড|মোবাইল|ফোন|স্যামসাং|ইয়াহু|আউটলুক|জিমেইল|জিমেল|आईफ़ोन|आईफोन|एंड्रॉइड|एंड्रॉयड|मोबाइल|फ़ोन|फोन|सैमसंग|याहू|आउटलुक|जीमेल)';
const SENT_FROM = [
  indian(
    String.raw`^(?:sent|written|composed|typed) (?:from|via|with|using|by|on)\b(?![^\n]*\b(?:address|house|office)\b).{0,40}\b${DEVICES}(?![\p{L}\p{M}]).{0,40}$`,
  ),
  indian('^(?:get|try) (?:the )?(?:new )?(?:outlook|blue ?mail|yahoo mail) (?:for|on) .{2,30}$'),
  indian(
    '^(?:please |kindly )?(?:excuse|pardon|forgive) (?:my |the |any )?(?:brevity|typos|spelling).{0,60}$',
  ),
  indian(`^.{0,40}${DEVICES}.{0,30} (?:থেকে|হতে|দিয়ে) (?:পাঠানো|প্রেরিত)(?: হয়েছে| হলো)?[।.]?$`),
  indian(
    `^.{0,40}${DEVICES}.{0,30} (?:से|द्वारा|के माध्यम से|के ज़रिए) (?:भेजा|भेजी|प्रेषित)(?: गया| गई| हुआ)?(?: है)?[।.]?$`,
  ),
  indian('^.{0,30}(?:outlook|আউটলুক|आउटलुक).{0,30} (?:পান|ডাউনলোড করুন|प्राप्त करें|पाएँ|डाउनलोड करें)[।.]?$'),
];
const LINK = /[<[(]\s*https?:[^\s>\])]{1,300}[>\])]?/giu;

/** "Sent from my iPhone", "Get Outlook for Android", and what Bengali and Hindi programs write instead. */
export function isProgramsLine(line: string): boolean {
  if (line.length > 300) return false;
  const bare = line.replace(LINK, '').replace(/[*_]/g, '').trim();
  return bare.length <= 120 && SENT_FROM.some((pattern) => pattern.test(bare));
}

const CONFIDENTIAL = [
  /^\W{0,20}(?:disclaimer|confidentiality (?:notice|statement|note)|legal (?:notice|disclaimer))\b.{20}/isu,
  indian(
    String.raw`^(?=.*\b(?:e-?mails?|messages?|communication|transmission)\b)(?=.*\b(?:confidential|privileged)\b)(?=.*(?:\bintended (?:recipient|only|solely|for|exclusively)|\baddressee|\bnamed recipient))`,
  ),
  indian('^(?=.*গোপনীয়)(?=.*(?:প্রাপক|উদ্দিষ্ট))(?=.*(?:মুছে|ডিলিট|বেআইনি|নিষিদ্ধ|অবহিত))'),
  indian('^(?=.*गोपनीय)(?=.*(?:प्राप्तकर्ता|प्रेषिती))(?=.*(?:हटा|डिलीट|मिटा|निषिद्ध|सूचित))'),
  indian(String.raw`^.{0,40}(?:virus-free|checked for viruses|scanned for viruses)\b.{0,160}$`),
  indian(String.raw`^.{0,60}\bconsider the environment before (?:you )?print.{0,80}$`),
];
const OUTSIDE = /^\W{0,20}(?:caution|warning|external|attention)\b.{0,60}\b(?:external|outside)\b/iu;
const MAX_PARAGRAPH = 3_000;

/** Words without which no paragraph is one; found much faster than the patterns. */
const SOUNDS_LIKE_OFFICE =
  /[Cc]onfidential|CONFIDENTIAL|[Pp]rivileged|PRIVILEGED|[Dd]isclaimer|DISCLAIMER|[Ll]egal|LEGAL|[Vv]irus|environment|গোপনীয়|गोपनीय/;

/** Whether `paragraph` (its lines joined by spaces) is the boilerplate of an office or a virus scanner. */
export function isDisclaimer(paragraph: string): boolean {
  return (
    paragraph.length <= MAX_PARAGRAPH &&
    SOUNDS_LIKE_OFFICE.test(paragraph) &&
    CONFIDENTIAL.some((pattern) => pattern.test(paragraph))
  );
}

/** The warning that the mail server of an office writes above letters from outside. */
export function isOutsideWarning(paragraph: string): boolean {
  return paragraph.length <= 500 && OUTSIDE.test(paragraph);
}
