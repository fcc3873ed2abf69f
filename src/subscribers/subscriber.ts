import * as z from "zod";
import { KINDS, type Kind } from "../releases/kinds.ts";
import { timeZoneNamed } from "../shared/civil-time.ts";
import { LANGUAGES, type Language } from "../shared/language.ts";

export const FREQUENCIES = ["immediate", "daily", "weekly"] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** What a subscriber asked for. */
export interface Preferences {
	/** In the fixed order of {@link KINDS}. */
	readonly kinds: readonly Kind[];
	/** In order of preference. */
	readonly languages: readonly Language[];
	readonly frequency: Frequency;
	/** IANA name; null for the publication's. */
	readonly timeZone: string | null;
}

export type Status = "pending" | "active" | "ended";

export interface Subscriber extends Preferences {
	readonly id: string;
	readonly address: string;
	readonly status: Status;
	/** The civil date on which mail comes again; null where it is not paused. */
	readonly pausedUntil: string | null;
	/** Links made for an earlier version are void. */
	readonly linkVersion: number;
	/** An address that waits for its confirmation, and since when. */
	readonly newAddress: string | null;
	readonly newAddressAt: number | null;
	/** How they asked; null for those from before it was kept. */
	readonly consentSource: ConsentSource | null;
	/** Of a form its language and revision (`ru/1`), of an import what it gave. */
	readonly consentEvidence: string | null;
	/** When they last asked for what they get, in milliseconds since 1970 UTC; likewise the others. */
	readonly signedUpAt: number;
	readonly confirmedAt: number | null;
	readonly endedAt: number | null;
	readonly endedReason: string | null;
}

export type ConsentSource = "form" | "api" | "import";

/** Somebody's wish to subscribe, and how they gave it. */
export interface SignUp extends Preferences {
	/** For a subscriber who is new. */
	readonly id: string;
	readonly address: string;
	readonly consentSource: ConsentSource;
	readonly consentEvidence: string | null;
}

/** What a sign-up asks for when it does not say. */
export const DEFAULT_KINDS: readonly Kind[] = ["consultation", "meeting"];
export const DEFAULT_FREQUENCY: Frequency = "daily";

/** RFC 5321, section 4.5.3.1: what fits into a path. */
const LONGEST_ADDRESS = 254;

/**
 * RFC 5321, section 4.1.2: a dot-string of up to 64 characters, and a domain of two labels or more.
 * The last label may be an A-label, such as xn--p1ai.
 */
const ADDRESS =
	/^(?=[^@]{1,64}@)[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z]([a-z\d-]{0,61}[a-z\d])$/i;

/**
 * An e-mail address as a transport can take it: plain ASCII local part kept as typed, domain in
 * lower case and as A-labels (RFC 5891).
 */
export const emailAddress = z
	.string({ error: "is needed" })
	.trim()
	.transform(withAsciiDomain)
	.pipe(
		z
			.email({ pattern: ADDRESS, error: "must be an e-mail address, such as name@example.org" })
			.max(LONGEST_ADDRESS, `must have ${LONGEST_ADDRESS} characters or fewer`),
	);

/** Two addresses are the same subscriber where their keys are equal. */
export function addressKey(address: string): string {
	return address.toLowerCase();
}

const NO_TIME_ZONE = "must be a time zone's IANA name, such as Asia/Tashkent";

/** The schema of a sign-up, for a publication's languages. */
export function signUpSchema(languages: readonly [Language, ...Language[]]) {
	return z.strictObject({
		email: emailAddress,
		/** The language of the form, which the answer speaks; JSON may leave it out. */
		form_language: z
			.enum(languages, { error: `must be one of ${languages.join(", ")}` })
			.optional(),
		kinds: chosen(KINDS)
			.transform((kinds) => KINDS.filter((kind) => kinds.includes(kind)))
			.default([...DEFAULT_KINDS]),
		languages: chosen(LANGUAGES)
			.refine((list) => list.every((language) => languages.includes(language)), {
				error: `must be among ${languages.join(", ")}`,
			})
			.transform((list) => [...new Set(list)])
			.default([...languages]),
		frequency: z
			.enum(FREQUENCIES, { error: `must be one of ${FREQUENCIES.join(", ")}` })
			.default(DEFAULT_FREQUENCY),
		time_zone: z
			.string({ error: NO_TIME_ZONE })
			.transform((name, context) => {
				const known = timeZoneNamed(name);
				if (known === null) context.addIssue(NO_TIME_ZONE);
				return known;
			})
			.optional(),
	});
}

function chosen<const Values extends readonly [string, ...string[]]>(values: Values) {
	return z
		.array(z.enum(values, { error: `must be one of ${values.join(", ")}` }))
		.min(1, "needs at least one choice")
		.max(20);
}

function withAsciiDomain(address: string): string {
	const at = address.lastIndexOf("@");
	const domain = address.slice(at + 1);
	// URL parsing mends far more than letters; only these may be normalised, the rest is refused.
	const isBare = /^[\p{L}\p{M}\p{N}.-]+$/u.test(domain);
	const host = isBare ? URL.parse(`http://${domain}`)?.hostname : undefined;
	return at > 0 && host ? `${address.slice(0, at)}@${host}` : address;
}
