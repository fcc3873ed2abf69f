import type { Language } from "../shared/language.ts";

/** What every page says of the publication it belongs to. */
export interface Publication {
	readonly title: string;
	/** One sentence on what it publishes; null where none is set. */
	readonly description: string | null;
	/** Its colour, as `#rrggbb`; null for ours. */
	readonly colour: string | null;
	/** Where its logo is, absolute; null for none. */
	readonly logo: string | null;
	/** Origin of all public URLs, without a slash at its end. */
	readonly url: string;
	/** IANA name of the time zone that its civil dates are in. */
	readonly timeZone: string;
	/** The first is the default. */
	readonly languages: readonly [Language, ...Language[]];
}
