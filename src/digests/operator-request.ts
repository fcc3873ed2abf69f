import * as z from "zod";
import { KINDS, type Kind } from "../releases/kinds.ts";
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

const frequency = oneOf(FREQUENCIES);
const language = oneOf(LANGUAGES);
const KIND_ADVICE = `must be among ${KINDS.join(", ")}`;
const ALL_KINDS: Kind[] = [...KINDS];
const kinds = z
	.array(z.enum(KINDS, { error: KIND_ADVICE }), { error: 'must be a list, such as ["meeting"]' })
	.min(1, "needs at least one kind")
	.max(20)
	.transform(inOrder)
	.default(ALL_KINDS);
const kindsWithCommas = z
	.string()
	.transform((text, context) => {
		const parsed = kinds.safeParse(text.split(","));
		if (parsed.success) return parsed.data;
		context.addIssue(KIND_ADVICE);
		return z.NEVER;
	})
	.default(ALL_KINDS);
const ZONE_ADVICE = "must be a time zone's IANA name, such as Asia/Tashkent";
const timeZone = z
	.string({ error: ZONE_ADVICE })
	.transform((name, context) => {
		const known = timeZoneNamed(name);
		if (known !== null) return known;
		context.addIssue(ZONE_ADVICE);
		return z.NEVER;
	})
	.optional();

function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
	const list = values.join(", ");
	return z.enum(values, {
		error: ({ input }) =>
			input === undefined ? `is needed: one of ${list}` : `must be one of ${list}`,
	});
}

function inOrder(some: readonly Kind[]): Kind[] {
	return KINDS.filter((kind) => some.includes(kind));
}

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
	kinds: kindsWithCommas.meta({
		description: "Readers of these kinds, with commas; all where it is left out.",
	}),
	time_zone: timeZone.meta({
		description: "Readers of this IANA time zone; otherwise of the publication's.",
	}),
});

const testAddress = emailAddress.meta({ description: "The one address that gets it." });

/** For which readers a digest is to be submitted as it would be made now, and to whom. */
export const testOfSupposed = z
	.strictObject({
		email: testAddress,
		frequency: frequency.meta({ description: "As its readers of this frequency would get it." }),
		language: language.meta({ description: "As its readers of this language would get it." }),
		kinds: kinds.meta({
			description: "As its readers of these kinds would get it; otherwise of all.",
		}),
		time_zone: timeZone.meta({
			description:
				"As its readers of this IANA time zone would get it; otherwise of the publication's.",
		}),
	})
	.meta({ id: "TestOfSupposed", description: "A digest as it would be made now, for a test." });

/** Which edition of a held run is to be submitted to whom. */
export const testOfEdition = z
	.strictObject({
		email: testAddress,
		run: z.string("is needed: the `id` of a held run").meta({ description: "A held run." }),
		edition: z
			.string("is needed: the `id` of an edition of the run")
			.meta({ description: "One of its editions." }),
	})
	.meta({ id: "TestOfEdition", description: "An edition of a held run, for a test." });

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
