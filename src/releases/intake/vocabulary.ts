import type { Language } from "../../shared/language.ts";
import { plainMarks } from "./characters.ts";

/** The kinds that words can tell; an announcement is told by none. */
export type ToldKind = "consultation" | "meeting";

interface Words {
	readonly consultation: RegExp;
	readonly meeting: RegExp;
	/** Says that something takes place. */
	readonly happens: RegExp;
	/** Says that something else has its date here: a founding, a decree, a deadline. */
	readonly background: RegExp;
	/** Says that it is not this event but one before it. */
	readonly past: RegExp;
	/** Says that it is one after it, unless the text begins with it. */
	readonly next: RegExp;
	/** Says that it will not take place on the day that is named. */
	readonly calledOff: RegExp;
}

// Written with plain dashes and apostrophes; to be matched against `plainMarks(text)`.
function words(pattern: string): RegExp {
	return new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, "giu");
}

const ENGLISH: Words = {
	consultation: words("consultations?"),
	meeting: words(
		"meetings?|sessions?|summits?|(?<!(?:press|news)[ -])conferences?|forums?|round[ -]?tables?|" +
			"seminars?|workshops?|symposium|webinars?",
	),
	happens: words(
		"(?:will be|to be|is|are|was|were|being|be|been|has been|have been) (?:held|hosted|convened|opened)|" +
			"held|holds?|holding|hosts?|hosted|hosting|took place|takes? place|taking place|taken place|" +
			"convened|convenes?|opened|opens|kicked off|kicks off|began|begins|concluded|wrapped up|" +
			"met|meets|gathered|took part|take part|participated|attended|chaired",
	),
	background: words(
		"founded|established|adopted|signed|created|resolution|decree|dated|born|since|in force|" +
			"approved|ratified|deadline|until|before|prior to|no later than|published|registered|submitted by",
	),
	past: words("previous|last|earlier|former|first held"),
	next: words("next|upcoming|forthcoming|follow-up|future|subsequent"),
	calledOff: words("postponed|cancelled|canceled|called off|rescheduled|put off"),
};

const RUSSIAN: Words = {
	consultation: words("консультаци(?:я|и|ю|й|ей|ям|ями|ях)"),
	meeting: words(
		"заседани(?:е|я|ю|и|ем|й|ям|ями|ях)|встреч(?:а|и|у|е|ей|ам|ами|ах)?|совещани(?:е|я|ю|и|ем|й|ям|ями|ях)|" +
			"(?<!пресс-)конференци(?:я|и|ю|й|ей|ям|ями|ях)|сесси(?:я|и|ю|й|ей|ях)|саммит(?:а|у|е|ом|ы|ов)?|" +
			"форум(?:а|у|е|ом|ы|ов)?|кругл\\p{L}{2,3} стол\\p{L}{0,3}|семинар(?:а|у|е|ом|ы|ов)?|симпозиум\\p{L}{0,2}",
	),
	happens: words(
		"состо(?:ялся|ялась|ялось|ялись|ится|ятся)|прой(?:дет|дёт|дут)|прош(?:ел|ёл|ла|ло|ли)|" +
			"проход(?:ит|ят|ил|ила|или|ило)|пров(?:ел|ёл|ела|ели|едет|едёт|едут)|провод(?:ит|ят|ится|ятся)|" +
			"проведен(?:а|о|ы)?|проведён|открыл(?:ся|ась|ось|ись)|откро(?:ется|ются)|завершил(?:ся|ась|ось|ись)|" +
			"начал(?:ся|ась|ось|ись)|принял(?:а|и)? участие|примет|принимает|встретил(?:ся|ась|ись)",
	),
	background: words(
		"основан\\p{L}{0,2}|учрежд\\p{L}{1,5}|создан\\p{L}{0,2}|подписан\\p{L}{0,4}|утвержд\\p{L}{1,5}|" +
			"принят(?:а|о|ы|ой|ого|ым)?|резолюци\\p{L}{1,3}|указ(?:а|ом|у)?|постановлени\\p{L}{1,3}|" +
			"закон(?:а|ом)?|со времени|с момента|до|не позднее|родил(?:ся|ась)|опубликован\\p{L}{0,2}",
	),
	past: words("предыдущ\\p{L}{2,3}|прошл\\p{L}{2,3}|ранее|напомним"),
	next: words("следующ\\p{L}{2,3}|предстоящ\\p{L}{2,3}"),
	calledOff: words(
		"отложен\\p{L}{0,2}|отмен[её]н\\p{L}{0,2}|перенес[её]н\\p{L}{0,2}|отменил\\p{L}{0,1}",
	),
};

const UZBEK_LATIN: Words = {
	consultation: words("konsultatsiya\\p{L}{0,12}|maslahatla(?:shuv|r)\\p{L}{0,12}"),
	meeting: words(
		"uchrashuv\\p{L}{0,12}|yig'ilish\\p{L}{0,12}|(?<!oliy )majlis\\p{L}{0,12}|anjuman\\p{L}{0,12}|" +
			"(?<!matbuot )konferensiya\\p{L}{0,12}|sessiya\\p{L}{0,12}|sammit\\p{L}{0,12}|forum\\p{L}{0,12}|" +
			"davra suhbat\\p{L}{0,12}|seminar\\p{L}{0,12}|simpozium\\p{L}{0,12}",
	),
	happens: words(
		"bo'lib o't(?:di|adi|gan|moqda)|o'tkazil(?:di|adi|gan|moqda|ishi)|o'tkaz(?:di|adi|ildi)|" +
			"boshlan(?:di|adi)|yakunlan(?:di|gan)|ishtirok et(?:di|adi)|mezbonlik qil(?:di|adi)|uchrash(?:di|adi|dilar)",
	),
	background: words(
		"tashkil (?:etilgan|topgan)|imzolan\\p{L}{2,4}|qabul qilin\\p{L}{2,4}|tasdiqlan\\p{L}{2,4}|" +
			"qaror\\p{L}{0,4}|farmon\\p{L}{0,4}|rezolyutsiya\\p{L}{0,4}|qadar",
	),
	past: words("avvalgi|oldingi|eslatib o'tamiz"),
	next: words("keyingi|navbatdagi|bo'lajak"),
	calledOff: words("qoldiril\\p{L}{2,5}|bekor qilin\\p{L}{2,5}|ko'chiril\\p{L}{2,5}"),
};

const UZBEK_CYRILLIC: Words = {
	consultation: words("консультация\\p{L}{0,12}|маслаҳатла(?:шув|р)\\p{L}{0,12}"),
	meeting: words(
		"учрашув\\p{L}{0,12}|йиғилиш\\p{L}{0,12}|(?<!олий )мажлис\\p{L}{0,12}|анжуман\\p{L}{0,12}|" +
			"(?<!матбуот )конференция\\p{L}{0,12}|сессия\\p{L}{0,12}|саммит\\p{L}{0,12}|форум\\p{L}{0,12}|" +
			"давра суҳбат\\p{L}{0,12}|семинар\\p{L}{0,12}|симпозиум\\p{L}{0,12}",
	),
	happens: words(
		"бўлиб ўт(?:ди|ади|ган|моқда)|ўтказил(?:ди|ади|ган|моқда|иши)|ўтказ(?:ди|ади)|" +
			"бошлан(?:ди|ади)|якунлан(?:ди|ган)|иштирок эт(?:ди|ади)|мезбонлик қил(?:ди|ади)|учраш(?:ди|ади|дилар)",
	),
	background: words(
		"ташкил (?:этилган|топган)|имзолан\\p{L}{2,4}|қабул қилин\\p{L}{2,4}|тасдиқлан\\p{L}{2,4}|" +
			"қарор\\p{L}{0,4}|фармон\\p{L}{0,4}|резолюция\\p{L}{0,4}|қадар",
	),
	past: words("аввалги|олдинги|эслатиб ўтамиз"),
	next: words("кейинги|навбатдаги|бўлажак"),
	calledOff: words("қолдирил\\p{L}{2,5}|бекор қилин\\p{L}{2,5}|кўчирил\\p{L}{2,5}"),
};

const VOCABULARY: Readonly<Record<Language, Words>> = {
	en: ENGLISH,
	ru: RUSSIAN,
	uz: UZBEK_LATIN,
	"uz-Cyrl": UZBEK_CYRILLIC,
};

/** A word of the vocabulary and where it stands. */
export interface Mention {
	readonly index: number;
	readonly text: string;
}

/** Where the words of one sort stand in a text (keep it bounded). */
export function mentions(text: string, sort: keyof Words, language: Language): Mention[] {
	const found = plainMarks(text).matchAll(VOCABULARY[language][sort]);
	return [...found].map(({ index, 0: { length } }) => ({
		index,
		text: text.slice(index, index + length),
	}));
}

/** Whether a word of one sort stands in a text. */
export function mentioned(text: string, sort: keyof Words, language: Language): boolean {
	return mentions(text, sort, language).length > 0;
}
