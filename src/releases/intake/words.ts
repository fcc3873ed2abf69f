/** What words of a language say of an event. */
export interface Words {
	readonly consultation: RegExp;
	readonly meeting: RegExp;
	/** Names what is a meeting only where it is said to take place. */
	readonly talks: RegExp;
	/** Says in a title that the news is a call, a statement or the like, whatever it is about. */
	readonly announces: RegExp;
	/** Says in a title that the news is a journey, in which there may have been meetings as well. */
	readonly visit: RegExp;
	/** Says that something takes place again and again. */
	readonly habitual: RegExp;
	/** Says that it was a telephone call: neither a consultation nor a meeting. */
	readonly call: RegExp;
	/** Says that something takes place. */
	readonly happens: RegExp;
	/** Says that it came to its end, so that a single date is not all of its days. */
	readonly ends: RegExp;
	/** Says that it takes more than one day. */
	readonly lasts: RegExp;
	/** Stands for the event in a sentence that does not name it. */
	readonly event: RegExp;
	/** Says that something else has its date here: a founding, a decree, a deadline. */
	readonly background: RegExp;
	/** Says that it is not this event but one before it. */
	readonly past: RegExp;
	/** Says that it is one after it, unless the text begins with it. */
	readonly next: RegExp;
	/** Says that it will not take place on the day that is named. */
	readonly calledOff: RegExp;
}

/**
 * Whole words, in capitals or not. The pattern has plain dashes and apostrophes: it is to be matched
 * against `plainMarks(text)`.
 */
export function words(pattern: string): RegExp {
	return new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, "giu");
}
