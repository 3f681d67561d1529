// The words by which a resident's answer to a closure is read: English, Bengali, Hindi, and both in Latin letters.
import { foldForSearch } from './search-words.js';

/** A pattern over several lines, its words folded as the text is. */
function folded(source: string): string {
  return foldForSearch(source.trim()).replace(/\s*\n\s*/g, '');
}

/** The alternatives of a group. */
function inside(group: string): string {
  return group.slice('(?:'.length, -1);
}

/**
 * One pattern a line, matched on folded words with a space around each, and `.` `,` `?` as words of their own; `~` is any
 * one word. Folding makes lower case, so a pattern has no escape in capitals.
 */
function phrases(source: string, flags = 'u'): RegExp {
  const lines = foldForSearch(source.trim())
    .replaceAll('~', '[^ .,?]+')
    .split(/\s*\n\s*/);
  return new RegExp(`(?<= )(?:${lines.join('|')})(?= )`, flags);
}

const NAHI = '(?:nahi|nahin|nhi|nahee|naheen|nehi|nahii|nai|नहीं|नही|नहि)';
const HOYNI = '(?:ho[iy]e?n?|hye?) ?(?:ni|nai|na)';
const PROBLEM_EN =
  '(?:problem|issue|trouble|noise|nuisance|disturbance|harassment|complaint|situation|matter)s?';
const PROBLEM_BN =
  '(?:সমস্যা|অসুবিধা|ঝামেলা|অভিযোগ|আওয়াজ|শব্দ|গোলমাল|উপদ্রব|উৎপাত|problem|somoss[hy]?a|shomossha|somosya|samasya|osubidha|asubidha|jhamela|obhijog|ovijog|awaj|gondogol)';
const PROBLEM_HI =
  '(?:समस्या|परेशानी|दिक्कत|दिक़्क़त|शिकायत|तकलीफ|तकलीफ़|शोर|प्रॉब्लम|आवाज़?|problem|samasya|dikkat|pareshani|taklif|takleef|shikayat|shor|issue|tension)';
const MENDED =
  '(?:solved|resolved|fixed|sorted|settled|done|fine|ok|okay|good|alright|all right|well|normal|quiet|calm|peaceful|safe|working|repaired|better)';
/** Good news only of a nuisance: a bicycle that is gone and water that has stopped are none. */
const ENDED = '(?:stopped|over|finished|gone|removed|cleared|closed)';
/** What makes "not" and its kin say that it goes on. */
const UNMENDED = `(?:${inside(MENDED)}|${inside(ENDED)}|satisfied|satisfactory|happy|changed|improved|addressed|attended|complete|completed|come|came|acted|taken|received|got|helped|worked|found|rectified|seen|looked)`;

/** The words that are the answer, in every language we ask in. */
export const NO = '(?:no|nope|na|nah|naa|না|নাহ|ना|न|nahi|nahin|nhi|nahee|naheen|nehi|nahii|नहीं|नही|नहि)';
/** An English "no" before other words is an answer only before these: "no I am", but "no FIR". */
export const NO_GOES_ON =
  '(?:it|its|this|that|thats|the|these|they|their|there|i|im|ive|we|he|she|my|our|you|your|not|never|nothing|nobody|still|same|again|sir|madam|maam|please|no|na|নয়|হয়নি|hoyni)';

/** What an answer may begin with before it says anything. */
export const GREETING = new RegExp(
  folded(`^(?: (?:dear|respected|to|মাননীয়|প্রিয়|आदरणीय|प्रिय)(?: [^ .?]+){0,12} , [.])?
    (?: (?:[.,]|dear|respected|hello|hi|hey|sir|madam|maam|officers?(?= [.,])|oc|to
    |good (?:morning|afternoon|evening|day)|namaste|nam[ao]skar|nomoskar|namasker|pranam
    |reply|answer|ans|my (?:answer|reply) is|the answer is|uttar|jawab
    |নমস্কার|মাননীয়|মহাশয়|মহাশয়া|স্যার|ম্যাডাম|উত্তর|আমার উত্তর
    |नमस्ते|नमस्कार|महोदय|महोदया|मान्यवर|श्रीमान|सर|मैडम|प्रिय|उत्तर|मेरा उत्तर))*(?= )`),
  'u',
);

/** The line from which on a letter is signature. */
export const SIGNING_OFF = new RegExp(
  folded(`^ (?:(?:(?:many )?(?:thanks|thank you)(?: (?:and|so much|very much|a lot|sir|madam|,))* )?
    (?:(?:with |best |kind |warm )*regards|yours (?:faithfully|sincerely|truly)|sincerely|faithfully)
    |(?:many )?(?:thanks|thank you|thankyou|thanking you)(?: (?:so much|very much|a lot|sir|madam|officer))*
    |no|no thanks|dhonn?[oy]?o?bad|dhan[yn]?[ao]?[vbw]aa?d|shukriya
    |ধন্যবাদ|ধন্যবাদান্তে|বিনীত|ইতি|শ্রদ্ধাসহ|নমস্কারান্তে|না|হয়নি
    |धन्यवाद|शुक्रिया|भवदीय|भवदीया|सादर|प्रार्थी|निवेदक|नहीं|नही)(?: [.,])* $`),
  'u',
);

/** Politeness and conditions that would be taken for something else. */
export const WITHOUT_MEANING = phrases(
  `(?:once )?again(?= (?:many )?thank[a-z]*)
  (?<=thank[a-z]*(?: you| u)?(?: (?:so|very) much| a lot)? )(?:once )?again
  (?:i |we )?(?:will|shall|would|can|may|to|ill|well) (?:~ )?(?:write|contact|mail|email|inform|call|come|report|tell|let)(?: to)?(?: you| u)?(?: know)? again
  (?:if|in case|should)(?: ~){1,6} (?:again|happens?|needed|required|necessary|back|returns?|recurs?|arises?)
  (?:please |pls |plz |kindly |you (?:may|can) )*close (?:it|this|(?:the|my) (?:case|ticket|matter|complaint|letter|file))(?: now)?
  (?:no|without) doubt
  আবার(?= (?:অনেক |অসংখ্য )?ধন্যবাদ)
  abar(?= (?:onek |osonkho )?dhon)
  (?:phir|fir|dobara|फिर|दोबारा)(?: se| से)?(?= (?:bahut |बहुत )*(?:dhan|shukriya|धन्यवाद|शुक्रिया))
  আবার (?:~ )?(?:লিখব|জানাব|লিখবো|জানাবো|বলব|বলবো)
  abar (?:~ )?(?:likhbo|lekhbo|janabo|bolbo)
  (?:phir|fir|dobara|फिर|दोबारा)(?: se| से)? (?:~ )?(?:likh|bata|लिख|बता)[^ ]+
  (?:যদি|jodi)(?: ~){0,4} (?:আবার|abar|লাগে|lage|হয়|hoy|দরকার|dorkar)(?: ~){0,2}
  (?:আবার হলে|abar hole)
  (?:agar|अगर|यदि)(?: ~){0,4} (?:phir|fir|dobara|फिर|दोबारा|hua|हुआ|zarurat|jarurat|जरूरत|ज़रूरत)(?: ~){0,3}`,
  'gu',
);

/** "I do not know", "I cannot": a negation, but none about the matter. */
export const UNDECIDED = phrases(
  `(?:i )?(?:do not|dont|cannot|cant) (?:know|say|tell)
  জানি না
  (?:ঠিক )?বুঝ[^ ]*(?: পার[^ ]*)? না
  (?:আসতে )?পার(?:ব|বো|ছি) না
  jani na
  bujh[^ ]*(?: par[^ ]*)? na
  par(?:bo|chi|chhi) na
  (?:mujhe |मुझे )?(?:pata|पता|maloom|malum|मालूम) ${NAHI}
  (?:mujhe |मुझे )?${NAHI} (?:pata|पता|maloom|malum|मालूम)
  (?:samajh|समझ)(?: me| mein| में)? ${NAHI} (?:aa?ya|aa?yi|आया|आयी|आई)
  ${NAHI} (?:aa? |आ )?(?:sakta|sakti|sakte|सकता|सकती|सकते)`,
  'gu',
);

/** Sounds like a no and says that all is well. */
export const BENIGN = phrases(
  `no (?:more |further |other |such |longer any |major |new )*(?:problem|issue|complaint|trouble|noise|nuisance|disturbance|worr(?:y|ie)|concern|objection|quer(?:y|ie)|question|grievance|difficult(?:y|ie)|harassment|incident|tension|demand|request)s?(?: (?:now|any ?more|since|at all|here|left|on my side|from my side|from our side|with me))*(?! (?:is |has |was |been |got |are |were |have )*(?:solved|resolved|fixed|addressed|attended|heard|listened|taken|registered|closed))
  (?:not|isnt|never) (?:a |any )(?:problem|issue)s?(?: any ?more| now)?
  not (?:facing|having|seeing|hearing) (?:any |a |the )(?:more |such |further )?${PROBLEM_EN}(?: any ?more| now)?
  (?:do not|dont|did not|didnt|have not|havent) (?:have |had |faced? |see |seen |heard? |find )+(?:any|anything)(?: more| further| other| such)? ${PROBLEM_EN}(?: since| now| any ?more)?
  (?:do not|dont) (?:need|want|require) (?:any|anything)(?: more| further| other| else)?(?: (?:help|action|information))?(?: now| any ?more)?
  nothing (?:more|else|further)(?! (?:was|has|have|had|did|happened|done|came|came))(?: (?:is|to|needed|required|from|now|add|say|do|i|we|for|my|our|side|be|done|needs?|report|want|you))*
  no (?:more |further |other )?(?:action|help|reply|response|need|follow up|visit|assistance|step)s?(?: (?:is |are )?(?:needed|required|necessary|wanted))
  no need(?: (?:to|for|of|now))?(?: ~){0,3}
  no (?:longer|more) (?:a |an |any )?(?:${inside(PROBLEM_EN.replace('s?', ''))}|there|needed|required|necessary|happening|coming|facing|disturb[a-z]*|troubl[a-z]*|shout[a-z]*|park[a-z]*|play[a-z]*)
  (?<!(?:police|officers?|constables?|inspector|team|you)(?: ~){0,2} )(?:is |are |has |have )?(?:not|never|did not|didnt|has not|hasnt|have not|havent|does not|doesnt|do not|dont|isnt|arent) (?:is |are |been |has |have )*(?:happening|happened|happen|coming|come|came|going|returned|return|repeated|start(?:ed)?|disturb(?:ing|ed|s)?|shout(?:ing)?|there|here|seen)(?: (?:up|on|there|here))*(?: (?:back|again|since|any ?more|now|after that))+
  not happening(?= [.,]| $| thank)
  (?:do not|dont|need not|please do not|never) (?:re ?open|open it again|worry|mind)
  (?:আর |কোনো |কোনও |কোন |এখন |একটুও |তেমন )*${PROBLEM_BN} (?:আর |এখন |ar |ekhon )*(?:নেই|নাই|হয়নি|হয় নি|হচ্ছে না|হয় না|করছে না|হবে না|রইল না|থাকল না|nei|nai|${HOYNI}|hocch?e na|hoch?h?e na|korche na)
  (?:ar |kono |akhon |ekhon |temon )+${PROBLEM_BN} (?:ar |ekhon )*(?:nei|nai|${HOYNI}|hocch?e na|hoch?h?e na)
  আর (?:~ )?(?:হয়নি|হয় নি|হচ্ছে না|হয় না|আসেনি|আসে না|আসছে না|করেনি|করছে না|করে না|দেখিনি|নেই|শুনিনি)(?<!(?:সমাধান|কাজ|কিছু|কিছুই|খবর|উত্তর|ফোন|কেউ|পুলিশ) [^ ]+(?: [^ ]+)?)(?<!(?:পুলিশ|কেউ|আধিকারিক|অফিসার) আর [^.]*)
  (?<!(?:police|pulish|keu|officer) )ar (?:${HOYNI}|hocch?e na|hoch?h?e na|aseni|ase ni|asche na|koreni|kore ni|korche na|kore na|dekhini)
  (?:আর )?(?:কিছু|সাহায্য|কোনো সাহায্য|কোনও সাহায্য) (?:লাগবে না|দরকার নেই|প্রয়োজন নেই|বলার নেই|চাই না|করতে হবে না)
  (?:~ )?(?:দরকার নেই|প্রয়োজন নেই|লাগবে না|চিন্তা নেই|অসুবিধে নেই)
  (?:ar )?(?:kichu )?(?:lagbe na|dorkar nei|proyojon nei|bolar nei|chinta nei)
  ar kich?h?u (?:na|noy)
  (?:कोई |और |अब |अभी |koi |ab |aur |abhi )*${PROBLEM_HI} (?:अब |और |ab |aur )*${NAHI}(?: (?:है|हैं|हुई|हुआ|हो|रही|रहा|आ|hai|h|he|hui|hua|ho|rahi|raha|rha|rhi|aa))*(?! (?:सुलझ|हल|ठीक|दूर|खत्म|गई|गयी|मिटी|सुनी|सुना|ली|solve|thik|theek|hal|suljh|gayi|gaya|khatam|sun))
  (?<!(?:police|pulis|koi|officer|पुलिस|कोई|अधिकारी) )(?:अब|दोबारा|फिर|फिर से|ab|dobara|dubara|phir|fir|phir se|fir se) ${NAHI} (?:हुआ|हुई|हो रहा|हो रही|होता|होती|आते|आता|आए|आया|है|hua|hui|ho raha|ho rahi|hota|hoti|aate|aata|aaye|aaya|aya|hai|h)
  (?:और |अब |aur |ab )?(?:कुछ|कुछ भी|kuch|kuchh|kuch bhi|koi madad|कोई मदद) (?:और |aur )?${NAHI} (?:चाहिए|चाहिये|कहना|chahiye|chaiye|kehna)
  (?:~ )?(?:जरूरत|ज़रूरत|आवश्यकता|zarurat|jarurat|zaroorat|jaroorat) ${NAHI}(?: (?:है|hai|h))?
  (?:koi|कोई) (?:baat|bat|बात|chinta|चिंता) ${NAHI}`,
  'gu',
);

/** Says by itself that it is not solved. */
export const NOT_SOLVED = phrases(
  `not (?:yet |been |at all |all |fully |properly |really |even |completely |being |quite |so |very )*${UNMENDED}
  (?:not (?:yet|really)|(?:absolutely|definitely|certainly|of course) not)
  (?:the )?same as (?:before|earlier|ever)
  (?:but|kintu|কিন্তু|lekin|magar|लेकिन|मगर) ${NO}(?= [.,?]| $)
  (?:isnt|wasnt|hasnt|havent|arent|aint|didnt|doesnt|did not|does not|has not|have not) (?:yet |been |get |got |fully |properly |even |really )*(?:${inside(UNMENDED)}|solve|resolve|stop|help|work|change|improve|happen|do|get|take|receive|find)
  (?:unsolved|unresolved|dissatisfied|unsatisfied|unsatisfactory|useless|worsened|not true|not correct|is false|is wrong|a lie)
  still (?:[^ ]+ing|going on|continu[a-z]+|there|here|same|the same|persists?|exists?|not|no|open|pending|on|unsolved|unresolved|present|remains?|a problem|an issue|loud|noisy|unsafe|missing|very|so|broken|dark|blocked)
  (?:is|are|its|keeps?|${PROBLEM_EN}|it|they|this) (?:still |again |always |also )?(?:going on|happening|continuing|persisting|ongoing)
  (?:${PROBLEM_EN}|it|this|they) (?:still |has |have |just )*(?:continues?|persists?|continued|remains?|exists?|started again|is back|are back|back again|came back|returned|comes back)
  (?:the |with )?same (?:old )?(?:${PROBLEM_EN}|thing|story|condition|people|men|boys|persons|guys)
  nothing (?:~ ){0,3}(?:done|happened|changed|solved|fixed|improved|came|helped)
  no (?:further |more |proper |real |such |concrete )*(?:action|change|improvement|relief|results?|solution|progress|effect|difference|remedy|resolution|response|help)
  (?:no one|nobody|no body|no police|no officer|none) (?:~ ){0,3}(?:came|come|visited|called|contacted|responded|did|done|helped|turned|arrived|attended|seen|looked|listens|listened|cares|bothered)
  (?:got|gets|getting|is|its|become|becoming|became|even) worse
  worse (?:than|now)
  thanks? (?:you )?for nothing
  re ?open(?:ed)?(?! (?:is |was )?not)
  open (?:it|this|(?:the|my) (?:case|ticket|matter|complaint)) again
  (?:wrongly|falsely) closed
  closed (?:wrongly|without)
  why (?:~ ){0,4}closed
  (?:should not|shouldnt|cannot|cant|do not|dont|must not) (?:be |have been )?closed?
  never (?:solved|came|come|stopped|resolved|done|fixed|helped|visited|called)
  (?:do not|dont) think so
  without (?:any |taking (?:any )?)?(?:action|solution|visit)
  (?<=^ |[.,] )same(?= [.,]| $)
  (?:they|boys|men|people|he|she) (?:have |has |again )?returned
  (?:not|dont) (?:see|seen|seeing|find|notice|noticed) (?:any |a |much )?(?:change|improvement|difference|result|progress|action)s?
  far from (?:solved|over|resolved|fine|done)
  yet to (?:be )?~
  (?:হয়|হই|আসে|আসেন|পাই|পায়|পান|করে|করেন|থামে|মেটে|মিটে|যায়|নেয়|নেন|দেয়|দেন|কমে|সারে|সরে|বদলায়|ধরে|মেলে|জানায়|জানান|পৌঁছয়|শোনে|ছাড়ে) ?(?:নি|নাই)
  (?:হল|হলো|হোলো|হইল|হচ্ছে|হয়|মিটল|মিটলো|থামল|থামলো|থামছে|কমছে|কমল|পেলাম|এল|এলো|আসছে|করছে|করল|করলো|নিল|নিচ্ছে) না
  (?:এখনও|এখনো)(?: পর্যন্ত)? (?:~ ){0,2}(?:চলছে|হচ্ছে|আছে|চলে|রয়েছে|একই|সমস্যা|বাকি|করছে|আসছে|থাকে|বসে|বাজছে|হয়|হয়ে)
  (?:সেই )?একই (?:${inside(PROBLEM_BN)}|অবস্থা|ঘটনা|জিনিস|কাণ্ড|ব্যাপার|রকম|আছে|চলছে)
  আবার (?:~ )?(?:শুরু|একই|সমস্যা|হচ্ছে|হয়েছে|হল|হলো|ঘটেছে|এসেছে|এসেছিল|এল|চলছে|করছে|করেছে|গোলমাল|আওয়াজ|ঝামেলা|খুলুন)
  আগের মত[^ ]*
  আজও (?:~ )?(?:বাজছে|চলছে|হচ্ছে|একই|আছে)
  (?:চলছেই|অসন্তুষ্ট|মিথ্যা)
  সন্তুষ্ট (?:নই|না|নয়)
  (?:সমাধান|লাভ|ঠিক) (?:নেই|নয়)
  (?:সত্যি|সত্য) নয়
  আর(?:ও|ো) (?:খারাপ|বেড়েছে|বাড়ছে|বেড়ে)
  (?:বেড়েছে|বেড়ে গেছে|যেমন ছিল তেমনই)
  ${HOYNI}
  (?:ase|asen|pai|pay|kore|koren|thame|mete|mite|jay|ney|nen|dey|den|kome|bodlay|dhore) ?(?:ni|nai)
  (?:holo|hollo|hoilo|hocch?e|hoch?h?e|hosse|thamch?h?e|thamlo|mitlo|komch?h?e|asch?h?e|korch?h?e|korlo|nicch?h?e|pelam|elo) na
  (?:ekhono|ekhon o|akhono|akhon o|ekhno)(?: porjonto)? (?:~ ){0,2}(?:cholch?h?e|cholse|hocch?e|hoch?h?e|hosse|hoitese|ach?h?e|same|eki|ekoi|problem|somoss[hy]?a|korch?h?e|asch?h?e|baki|bajch?h?e)
  (?:sei )?(?:eki|ekoi|akoi|same) (?:${inside(PROBLEM_BN)}|obostha|abostha|jinis|byapar|ghotona|rokom)
  abar (?:~ )?(?:shuru|suru|same|eki|hocch?e|hoch?h?e|hoyech?h?e|holo|es?sh?ech?h?e|elo|problem|somoss[hy]?a|korch?h?e|cholch?h?e|jhamela|awaj|gondogol|khulun)
  (?:thik|theek|solve|somadhan|labh) (?:nei|noy)
  aa?ger mot[^ ]*
  (?:aa?j o|aa?jo) (?:same|eki|cholch?h?e|hocch?e|hoch?h?e|bajch?h?e|ach?h?e)
  (?:mithya|mitthe|bere ?ch?h?e|bere gech?h?e)
  ${NAHI} (?:हुआ|हुई|हुए|हो|किया|की|आया|आए|आये|आई|आयी|मिला|मिली|मिले|रुका|रुकी|सुलझा|सुलझी|सुलझ|बदला|निकला|लिया|ली|गया|गई|थमा|सुनी|सुना|पहुँचा|पहुंचा|निपटा|मिटा|मिटी)
  (?:हल|समाधान|काम|ठीक|बंद|बन्द|पूरा|खत्म|ख़त्म|कार्रवाई|सुधार|फर्क|फ़र्क|बदलाव|संतुष्ट|दूर|सच|सही|कुछ) (?:भी )?${NAHI}
  (?:अभी|अब) (?:भी|तक) (?:~ ){0,2}(?:चल|हो|है|हैं|वही|वैसा|वैसी|परेशान|शोर|समस्या|जारी|बाकी|बाक़ी|नहीं|नही|आ|कर|बज|बैठ)
  (?:वही|वहीं) (?:समस्या|परेशानी|हाल|दिक्कत|बात|शोर|हालत|काम)
  (?:वैसा|वैसी|वैसे) ही
  फिर (?:से )?(?:शुरू|वही|हो|हुआ|हुई|आ|आए|आये|समस्या|परेशान|शोर|खोलें|खोलिए)
  (?:दोबारा|दुबारा) (?:शुरू|हो|हुआ|हुई|आ|आए|खोलें)
  (?:जारी है|असंतुष्ट|झूठ|बढ़ गया|बढ़ गई)
  और (?:बढ़|खराब|बिगड़)[^ ]*
  ${NAHI} (?:hua|hui|huwa|huya|hue|huye|ho|kiya|kia|kiye|aa?ya|aa?ye|aa?yi|aai|mila|mili|ruka|ruki|suljha|sulja|suljhi|suljh|badla|nikla|liya|gaya|gya|gayi|suni|suna|solve|solved|thik|theek|hal|khatam|band)
  (?:hal|hall|solve|solved|samadhan|smadhan|thik|theek|tik|kaam|kam|bandh?|khata?m|kuchh?|action|karwai|karyawahi|resolved?|done|sahi|fark|farak|satisfied|khush|sach) (?:bhi )?${NAHI}
  (?:abhi|avi|ab) (?:bhi|tak|v) (?:~ ){0,2}(?:ho|chal|wahi|vahi|same|problem|samasya|hai|h|nahi|nahin|nhi|jaa?ri|chalu|pareshan|shor|aa|kar|baa?ki|waisa|waise)
  (?:wahi|vahi|wohi) (?:problem|samasya|haal|hal|dikkat|baat|pareshani|shor|kaam)
  [wv]ais[aei] hi
  (?:pehle|pahle|पहले) (?:jais|जैस)[^ ]*
  (?:phir|fir|phirse|firse)(?: se)? (?:~ )?(?:shuru|suru|wahi|vahi|ho|hua|hui|problem|chalu|aa|aa?ye|pareshan|shor|kholo|open)
  (?:dobara|dubara) (?:shuru|ho|hua|hui|problem|chalu|aa|aa?ye|open|kholo)
  (?:jaa?ri|chalu) (?:hai|h)
  aur (?:badh|bigad|kharab)[^ ]*
  (?:badh ga?yi?a?|jhooth|jhuth|👎)`,
);

/** Says it in a few lines; in a story it is part of the story. */
export const ONLY_IF_SHORT = phrases(
  `(?:again|once more|came back|are back|is back|back again)
  (?:আবার|এখনও|এখনো|পুনরায়)
  (?:abar|ekhono|akhono|ekhon o|akhon o)
  (?:अभी|अब) भी
  (?:फिर से|दोबारा|दुबारा)
  (?:abhi|ab) bhi
  (?:phir se|fir se|phirse|firse|dobara|dubara)`,
);

/** A negation that in a line or two can only be about the matter. */
export const SHORT_NO = phrases(`(?:না|নয়|নেই|নাই|na|noy|nei|nahi|nahin|nhi|nahee|naheen|nehi|नहीं|नही|नहि)`);

/** Wishes, doubts and requests: an officer must read them, whatever thanks stand around them. */
export const NOT_SURE = phrases(
  `(?:hope|hoping|hopefully|unsure|not sure|maybe|perhaps|probably|whether|until|unless|should|would|could|must|will be|to be|please|pls|plz|kindly|request|requested|want|need|send|asap|soon|in advance|advance|waiting|await|¿)
  (?:দয়া করে|অনুগ্রহ করে|অগ্রিম|আশা করি|doya kore|onugroho kore|ogrim|asha kori|mone hoy|মনে হয়)
  (?:कृपया|अग्रिम|आशा है|उम्मीद है|शायद|चाहिए|kripya|kripaya|asha hai|umeed hai|ummid hai|shayad|chahiye)`,
);

export const THANKS = phrases(
  `(?:many |lots? of |a lot of |so much |heartfelt |sincere )*(?:thank|thanks|thankyou|thanx|thankx|thnx|thx|tnx|tysm|ty|thankful|thanking)(?: you| u| god)?(?: (?:so|very) much| a lot| again| once again| a ton)*
  (?:grateful|gratitude|appreciated?|obliged|well done|bless(?:ings|ed)?|excellent|salute|hats off)
  (?:good|great|nice|superb|wonderful|fantastic) (?:job|work|service|effort|response)
  (?:অসংখ্য |অনেক |অনেক অনেক )*(?:ধন্যবাদ|কৃতজ্ঞ|কৃতজ্ঞতা|শুকরিয়া|অভিনন্দন|থ্যাঙ্ক ইউ|থ্যাংক ইউ|থ্যাংকস|থ্যাঙ্কস)
  (?:osonkho |onek |onek onek )*(?:dhonn?[oy]?o?baa?d|dhony[ao]b[ao]d|dhanyabad|kritoggo|kritagga)
  (?:बहुत |बहुत बहुत )*(?:धन्यवाद|शुक्रिया|आभार|आभारी|मेहरबानी|थैंक यू|थैंक्स)
  (?:bahut |bohot |bahut bahut )*(?:dhan[yn]?[ao]?[vbw]aa?d|dhanyawaad|shukriya|sukriya|shukria|aa?bhar|aa?bhari|meherbani)
  (?:👍|🙏|👏)`,
  'gu',
);

const DONE_BN = 'হয়ে ?(?:গেছে|গিয়েছে|গেল)';
const DONE_ROMAN = '(?:hoye|hoe) ?(?:gech?h?e|gach?h?e|gese|gelo)|hoyech?h?e|hoise|hoech?h?e';

/** Says that it is solved; read only where nothing says that it is not. */
export const SOLVED = phrases(
  `(?:(?:the |my |our |this )?(?:${PROBLEM_EN}|everything) )?(?:is|are|was|has been|have been|got|been|its|thats|am|im) (?:now |finally |completely |fully |also |already |all |very |perfectly )*${MENDED}(?: now)?
  (?:${PROBLEM_EN}|everything|all|things?) (?:now |finally |completely |has |have |also |already )*${MENDED}(?: now)?
  (?:${PROBLEM_EN}|it|this|they|everything|music|shouting|parking|drinking) (?:is |are |has |have |been |now |finally |completely |already )*${ENDED}(?: now)?
  (?:for )?(?:solving|resolving|fixing|handling|stopping|removing|settling|taking care of|looking into|attending(?: to)?|dealing with|acting on|action on|acting against)(?: (?:the|my|our|this|that|all|it))*(?: ${PROBLEM_EN})?
  (?:solved|resolved|fixed|sorted|stopped) (?:the|my|our|this|it|that)(?: ${PROBLEM_EN})?
  (?<=^ |[.,✓] )(?:yes |yes , |now |finally |it |ok |ok , )*(?:${MENDED}|noted)(?: now)?(?= [.,✓]| $| thank[a-z]*)
  works (?:fine |well )?(?:now|again)
  (?:got|received|found|recovered) (?:back )?(?:my|our|the) ~(?: back)?
  ✓
  (?:সব |এখন |কাজ |কাজটা |সমস্যার |সমস্যা |অভিযোগের )*(?:ঠিক|সমাধান|কাজ|সব|ভালো|মীমাংসা|মিটমাট|শান্ত|সলভ) (?:ঠিক )?(?:${DONE_BN}|হয়েছে|হল|হলো|আছে)
  ${PROBLEM_BN} (?:~ )?(?:বন্ধ|শেষ|bondho|shesh) (?:${DONE_BN}|হয়েছে|${DONE_ROMAN})
  ${PROBLEM_HI} (?:~ )?(?:बंद|बन्द|खत्म|ख़त्म|दूर|bandh?|khata?m|dur|door) (?:हो (?:गया|गई|गयी|गए)|हुआ|हुई|ho (?:gaya|gya|ga?yi|gyi)|hua|hui)
  (?<=^ |[.,✓] )(?:হ্যাঁ |হ্যাঁ , |এখন |সব )*${DONE_BN}
  (?:সমস্যা )?(?:মিটে গেছে|মিটে গিয়েছে|মিটেছে|মিটে গেল|থেমে গেছে|থেমেছে|চুকে গেছে)
  (?:পেয়ে গেছি|ফেরত পেয়েছি|ফিরে পেয়েছি|ভালো আছি|খুশি|সন্তুষ্ট|নিশ্চিন্ত)
  (?:sob |ekhon |akhon |kaj |somossa |problem )*(?:thik|theek|solved?|s[ho]?omadhan|kaj|valo|bhalo|sob) (?:thik )?(?:${DONE_ROMAN}|holo|ach?h?e)
  (?<=^ |[.,✓] )(?:ha |hya |ekhon |akhon |sob )*(?:${DONE_ROMAN})
  (?:problem |somossa )?(?:mite|theme) (?:gech?h?e|gach?h?e|gese|gelo)
  (?:peye gech?h?i|ferot peyech?h?i|khushi|khusi)
  (?:सब |अब |समस्या |काम |शिकायत |का |समस्या का )*(?:ठीक|हल|समाधान|काम|सही|अच्छा|शांत) (?:हो (?:गया|गई|गयी|गए|चुका|चुकी)|हुआ|हुई|है)(?: है)?
  (?<=^ |[.,✓] )(?:हाँ |हां |जी |अब |सब )*हो (?:गया|गई|गयी)(?: है)?
  (?:समस्या |मामला )?(?:सुलझ|निपट|निबट|रुक) (?:गया|गई|गयी|चुका)(?: है)?
  (?:वापस मिल (?:गया|गई)|मिल (?:गया|गई)|खुश|संतुष्ट)(?: हूँ| हूं| हैं| है)?
  (?:sab |ab |problem |samasya |kaam |ka )*(?:thik|theek|tik|hal|solved?|samadhan|kaam|kam|sahi|done|resolved?|accha|acha|badhiya|fix) (?:ho (?:gaya|gya|ga?yi|gyi|gaye|chuka)|hoga?ya|hua|hui|hai|h)(?: hai| h)?
  (?<=^ |[.,✓] )(?:haan? |ha |ji |ab |sab )*ho (?:gaya|gya|ga?yi|gyi)(?: hai| h)?
  (?:problem |samasya |mamla )?(?:sulajh|suljh|nipat|ruk) (?:gaya|gya|ga?yi|gyi)(?: hai| h)?
  (?:wapas )?mil (?:gaya|gya|ga?yi|gyi)(?: hai| h)?`,
  'gu',
);

/** Shows that something is still open, or that there is news; then thanks are a courtesy. */
export const OPEN_MATTER = phrases(
  `(?:but|however|although|though|yet|except|only|${PROBLEM_EN}|theft|stolen|stole|robbed|missing|lost|threat[a-z]*|fight[a-z]*|beat[a-z]*|harass[a-z]*|fear|afraid|scared|unsafe|worse|when|who|why|how|what|where|which|another|new|more|bigger|worried)
  (?:কিন্তু|তবে|সমস্যা|ঝামেলা|চুরি|মার|মারছে|হুমকি|ভয়|কবে|কেন|কীভাবে|কিভাবে|কোথায়|আরও|আরেক[^ ]*|নতুন|হারিয়ে)
  (?:kintu|tobe|somoss[hy]?a|jhamela|churi|humki|bhoy|voy|kobe|keno|kibhabe|kothay|aro|notun|hariye)
  (?:लेकिन|मगर|किन्तु|किंतु|परंतु|परन्तु|समस्या|परेशानी|दिक्कत|चोरी|धमकी|डर|कब|क्यों|कैसे|कहाँ|कहां|नया|नई|एक और)
  (?:lekin|magar|parantu|par|samasya|pareshani|dikkat|chori|dhamki|dar|kab|kyon|kyun|kaise|kahan|naya|nayi|ek aur)`,
);

/** Words that go with thanks and say nothing. */
export const CUSTOMARY = phrases(
  `(?:a|an|the|and|or|so|very|much|many|lot|really|for|your|yours|you|u|we|i|my|me|our|us|it|its|this|that|is|was|are|were|has|have|had|been|be|am|im|to|of|in|on|at|by|all|now|with|from|sir|sirs|madam|maam|officer|officers|police|kolkata|team|station|ps|thana|oc|si|asi|inspector|department|everyone|everybody|everything|yes|ok|okay|noted|good|great|nice|kind|kindness|quick|prompt|quickly|promptly|fast|immediate|timely|support|help|helping|helped|helpful|service|services|action|actions|response|reply|mail|email|e|message|letter|work|job|effort|efforts|cooperation|co|operation|coming|came|come|visit|visiting|taken|taking|done|doing|happy|satisfied|glad|pleased|fully|completely|already|finally|too|also|well|best|kind|regards|wishes|case|ticket|closed?|closing|dear|god|again|will|write|if|needed|required|inform|informing|information|letting|know|update)
  (?:আপনাকে|আপনাদের|আপনার|আপনারা|আমি|আমার|আমরা|আমাদের|অনেক|অসংখ্য|খুব|স্যার|ম্যাডাম|পুলিশ|পুলিশকে|থানা|থানার|থানাকে|কে|জন্য|সাহায্য|সাহায্যের|করার|করেছেন|করেছে|দ্রুত|তাড়াতাড়ি|ব্যবস্থা|নেওয়ার|নেয়ার|এখন|সব|সবাইকে|এই|কাজ|কাজের|ভালো|হ্যাঁ|আচ্ছা|ও|এবং|আছে|জানাই|জানাচ্ছি|কাছে|আপনি|হয়েছে|দেওয়ার|উত্তর|উত্তরের)
  (?:apnake|apnader|apnar|apnara|ami|amar|amra|amader|onek|osonkho|khub|er|jonno|jonyo|sahajj?[yo]+|korar|korechen|taratari|druto|bebostha|byabostha|neoar|neyar|ekhon|akhon|sob|sobai|sobaike|ei|kaj|bhalo|valo|ha|hya|accha|achha|o|ebong|ache|achhe|ke|apni|r|janano|janate|khobor|deoar|debar)
  (?:आपका|आपको|आपके|आपकी|आप|बहुत|का|की|के|को|लिए|मदद|सहायता|सर|मैडम|पुलिस|थाना|थाने|मैं|मै|हम|मेरा|मेरी|हमारा|हमारी|अब|सब|हाँ|हां|जी|और|यह|ये|कार्रवाई|त्वरित|तुरंत|जल्दी|करने|किया|की|है|हैं|हूँ|हूं|से|टीम|अच्छा|सहयोग|काम)
  (?:aapka|aapko|aapke|aapki|aap|apka|apko|apke|bahut|bohot|bohut|ka|ki|ke|ko|liye|madad|sahayata|ji|hum|ham|main|mein|mera|meri|hamara|hamari|ab|sab|haan|han|aur|yeh|ye|karwai|turant|jaldi|karne|kiya|hai|hain|hu|hoon|se|accha|acha|sahyog|kaam|jankari|dene)`,
  'gu',
);
