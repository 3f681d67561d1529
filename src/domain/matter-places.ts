// Places a letter names, without a gazetteer: the name before a word like road, para, more, বাজার, चौक.
import { consonantsOf, stemOf, type Token } from './matter-tokens.js';

/** The kinds of places, each with the words for it; a name and a kind are a place. */
const KINDS: Record<string, string> = {
  road: 'road rd রোড সড়ক रोड sarak',
  street: 'street স্ট্রিট স্ট্রীট स्ट्रीट',
  lane: 'lane লেন गली গলি gali goli gully लेन',
  avenue: 'avenue অ্যাভিনিউ এভিনিউ एवेन्यू',
  para: 'para পাড়া पाड़ा',
  crossing: 'more mor মোড় मोड़ crossing ক্রসিং क्रॉसिंग chowk চক चौक',
  sarani: 'sarani সরণি সরণী सरणी',
  market: 'market মার্কেট मार्केट bazar bazaar বাজার बाज़ार बाजार',
  park: 'park পার্ক पार्क maidan math মাঠ मैदान',
  colony: 'colony কলোনি কলোনী कॉलोनी pally palli পল্লী পল্লি nagar নগর नगर',
  station: 'station স্টেশন स्टेशन',
  bridge: 'bridge ব্রিজ সেতু पुल flyover ফ্লাইওভার फ्लाईओवर',
  school: 'school স্কুল स्कूल',
  hospital: 'hospital হাসপাতাল अस्पताल',
  club: 'club ক্লাব क्लब',
  temple: 'temple mandir মন্দির मंदिर',
  ghat: 'ghat ঘাট घाट',
};
const KIND_OF = new Map(
  Object.entries(KINDS).flatMap(([kind, words]) =>
    words.split(' ').map((word): [string, string] => [word.normalize('NFC'), kind]),
  ),
);

/** Stand before the word for a place and name none. */
const NO_NAME = new Set(
  `the a an our my this that same whole your their his her new old any no once one some two few many much never
  nothing every on in at of to from and by near nearby back front side road street busy local nearest public
  police thana থানা থানার পুলিশ থেকে আমার আমাদের আপনাদের আপনার এই সেই ওই পুরো একটা একটি সব কোন কোনো রাস্তার
  পাশের সামনের কাছের বড় ছোট ও এবং আর में के की का से पर हमारी हमारे मेरी मेरे इस उस पूरी पूरे एक सब थाना पुलिस पास
  बड़ी छोटी और amar amader ei oi hamari hamare meri mere is us ek poori puri puro pura thanar apnader`
    .normalize('NFC')
    .split(/\s+/),
);
/** Stand between the name and the word for a place. */
const TRANSPARENT = new Set(
  'main metro railway rail মেইন মেন মেট্রো রেল मेन मेट्रो रेलवे high primary'.normalize('NFC').split(' '),
);
const LEAST_CONSONANTS = 2;
const MOST_PLACES = 8;

export interface FoundPlaces {
  /** `road:lk`, each once. */
  places: string[];
  /** Which tokens were part of one. */
  used: Set<number>;
}

export function placesIn(tokens: readonly Token[]): FoundPlaces {
  const found: FoundPlaces = { places: [], used: new Set() };
  for (const [at, token] of tokens.entries()) {
    const kind = kindOf(token);
    if (kind === undefined || found.places.length >= MOST_PLACES) continue;
    const name = nameBefore(tokens, at);
    if (!name || isEnglishMore(token, tokens[at - 1])) continue;
    const place = `${kind}:${name.consonants}`;
    if (!found.places.includes(place)) found.places.push(place);
    // Of a name of two words the second is enough; the first tells nothing of what happened either.
    for (let used = name.from - 1; used <= at; used += 1) found.used.add(used);
  }
  return found;
}

/** "no more", "once more": a crossing is written with a capital, or its name is. */
function isEnglishMore({ raw }: Token, name: Token | undefined): boolean {
  return raw.startsWith('more') && !/^\p{Lu}/u.test(name?.raw ?? '');
}

function kindOf({ folded }: Token): string | undefined {
  const word = folded.normalize('NFC');
  return KIND_OF.get(word) ?? KIND_OF.get(stemOf(word));
}

function nameBefore(tokens: readonly Token[], at: number): { from: number; consonants: string } | undefined {
  let from = at - 1;
  while (TRANSPARENT.has(tokens[from]?.folded ?? '')) from -= 1;
  let consonants = '';
  for (let words = 0; words < 3 && consonants.length < LEAST_CONSONANTS; words += 1, from -= 1) {
    const token = tokens[from];
    if (!token || NO_NAME.has(token.folded) || /^\d/.test(token.folded) || kindOf(token)) break;
    consonants = consonantsOf(stemOf(token.folded)) + consonants;
  }
  return consonants.length < LEAST_CONSONANTS ? undefined : { from: from + 1, consonants };
}
