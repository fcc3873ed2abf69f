import { type Words, words } from "./words.ts";

/** English. */
export const ENGLISH: Words = {
	consultation: words("consultations?"),
	meeting: words(
		"meetings?|sessions?|summits?|(?<!(?:press|news)[ -])conferences?|forums?|round[ -]?tables?|" +
			"seminars?|workshops?|symposium|webinars?",
	),
	talks: words(
		"talks|rounds? of negotiations|negotiations (?:(?:were|are|will be|have been) )?(?:held|took place|take place)",
	),
	announces: words(
		"calls? for|registration|applications?|accreditation|tenders?|vacanc(?:y|ies)|appoint(?:s|ed|ment)|" +
			"elect(?:s|ed)|statements?|messages?|greetings?|congratulat(?:es|ions?)|condolences|minutes|" +
			"proceedings|publish(?:es|ed)|thanks?",
	),
	visit: words("visits?|visited|tour|trip"),
	habitual: words(
		"regularly|annually|monthly|usually|traditionally|(?:every|each) (?:year|month|week)",
	),
	call: words(
		"(?:tele)?phone (?:call|conversation|talk)s?|by (?:tele)?phone|over the (?:tele)?phone|" +
			"telephoned|phoned",
	),
	happens: words(
		"(?:will be|to be|is|are|was|were|being|be|been|has been|have been) (?:held|hosted|convened|opened)|" +
			"held|holds?|holding|hosts?|hosted|hosting|took place|takes? place|taking place|taken place|" +
			"convened|convenes?|opened|opens|kicked off|kicks off|began|begins|concluded|wrapped up|" +
			"(?:will|to) (?:meet|open|host|hold|convene|gather|begin|start|kick off)|(?:scheduled|set) for|" +
			"met|meets|gathered|took part|take part|participated|attended|chaired",
	),
	ends: words("concluded|wrapped up|ended|ends|closed"),
	lasts: words("(?:two|three|four|five|six|several|multi)-day|week-long|weeklong"),
	event: words(
		"events?|it|they|(?:both|the) (?:sides|parties|delegations)|participants|delegates|visit",
	),
	background: words(
		"agreed(?: upon)?|decided|had been|following|founded|established|adopted|signed|created|resolution|decree|dated|born|since|in force|" +
			"approved|ratified|deadline|until|before|prior to|no later than|published|registered|submitted by",
	),
	past: words("previous|last|earlier|former|first held"),
	next: words("next|upcoming|forthcoming|follow-up|future|subsequent"),
	calledOff: words(
		"not (?:be held|take place)|postponed|cancelled|canceled|called off|rescheduled|put off",
	),
};
