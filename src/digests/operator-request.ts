import { z } from "zod";
import { KINDS, type Kind } from "../releases/release.ts";
import { timeZoneNamed } from "../shared/civil-time.ts";
import { LANGUAGES } from "../shared/language.ts";
import { emailAddress, FREQUENCIES } from "../subscribers/subscriber.ts";
import { RUN_STATES } from "./operator-answers.ts";

// What an operator's requests about digests may say.

const DEFAULT_LIMIT = 50;
const HIGHEST_LIMIT = 200;
const LIMIT_ADVICE = `must be a whole number from 1 to ${HIGHEST_LIMIT}`;

/** Where a page of a list begins: behind the entry of that time (milliseconds since 1970 UTC) and id. */
export interface Cursor {
	readonly at: number;
	readonly id: string;
}

const paging = {
	limit: z.coerce
		.number(LIMIT_ADVICE)
		.int(LIMIT_ADVICE)
		.min(1, LIMIT_ADVICE)
		.max(HIGHEST_LIMIT, LIMIT_ADVICE)
		.default(DEFAULT_LIMIT)
		.meta({ description: "How many a page has at most." }),
	after: z
		.string()
		.transform(decodeCursor)
		.optional()
		.meta({ description: "Where the page begins: it stands in the `next` of the page before." }),
};

const frequency = z.enum(FREQUENCIES, { error: `must be one of ${FREQUENCIES.join(", ")}` });
const language = z.enum(LANGUAGES, { error: `must be one of ${LANGUAGES.join(", ")}` });
const KIND_ADVICE = `must be among ${KINDS.join(", ")}`;
const kinds = z
	.array(z.enum(KINDS, { error: KIND_ADVICE }))
	.min(1, "needs at least one kind")
	.max(20)
	.transform((some) => KINDS.filter((kind) => some.includes(kind)));
const ALL_KINDS: Kind[] = [...KINDS];
const ZONE_ADVICE = "must be a time zone's IANA name, such as Asia/Tashkent";

/** What the query of the list may say. */
export const runsQuery = z.strictObject({
	state: z
		.enum(RUN_STATES, { error: `must be one of ${RUN_STATES.join(", ")}` })
		.optional()
		.meta({ description: "Runs that stand so." }),
	frequency: frequency.optional().meta({ description: "Runs of this frequency." }),
	...paging,
});

/** What the query of the dead letters may say. */
export const deadLettersQuery = z.strictObject(paging);

/** For which readers a digest is to be shown as it would be made now. */
export const previewQuery = z.strictObject({
	frequency: frequency.meta({ description: "Readers of this frequency." }),
	language: language.meta({ description: "Readers of this language." }),
	kinds: z
		.string()
		.transform((text) => text.split(","))
		.pipe(kinds)
		.default(ALL_KINDS)
		.meta({ description: "Readers of these kinds, with commas; all where it is left out." }),
	time_zone: z
		.string()
		.transform((name, context) => {
			const known = timeZoneNamed(name);
			if (known !== null) return known;
			context.addIssue(ZONE_ADVICE);
			return z.NEVER;
		})
		.optional()
		.meta({ description: "Readers of this IANA time zone; otherwise of the publication's." }),
});

/** Which digest is to be submitted to whom, for a test. */
export const testing = z.strictObject({
	email: emailAddress.meta({ description: "The one address that gets it." }),
	frequency: frequency.meta({ description: "As its readers of this frequency would get it." }),
	language: language.meta({ description: "As its readers of this language would get it." }),
	kinds: kinds
		.default(ALL_KINDS)
		.meta({ description: "As its readers of these kinds would get it; otherwise of all." }),
});

/** A cursor as `after` has it. */
export function encodeCursor({ at, id }: Cursor): string {
	return `${at.toString(36)}.${id}`;
}

function decodeCursor(text: string, context: z.RefinementCtx): Cursor {
	const match = /^([0-9a-z]{1,11})\.([\x21-\x7e]{1,200})$/.exec(text);
	if (match?.[1] && match[2]) return { at: Number.parseInt(match[1], 36), id: match[2] };
	context.addIssue("must be what `next` of the page before had");
	return z.NEVER;
}
