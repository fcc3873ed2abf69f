import * as z from "zod";
import { releaseQuery } from "../releases/request.ts";
import { foldSpace } from "../shared/text.ts";
import { emailAddress } from "./subscriber.ts";

// What an operator's requests may say.

/** What the query of an import may say. */
export const importQuery = z.strictObject({
	dry_run: releaseQuery.shape.dry_run.meta({
		description: "`true` answers as an import would, and brings nobody in.",
	}),
});

/** What the query that finds one says. */
export const findQuery = z.strictObject({
	email: emailAddress.meta({ description: "The address, without regard to case." }),
});

/** What the query of an export says. */
export const exportQuery = z.strictObject({
	format: z
		.enum(["csv", "json"], { error: "must be csv or json" })
		.meta({ description: "What the file is to be." }),
});

/** What a request to end a subscription says. */
export const ending = z.strictObject({
	reason: z
		.string({ error: "is needed: say why" })
		.overwrite(foldSpace)
		.min(1, "must not be empty")
		.max(200)
		.meta({ description: "Why, in words for the operator: it is kept as `ended_reason`." }),
});

const LIMIT_ADVICE = "must be a whole number from 1 to 1000";

/** What the query of the list may say. */
export const suppressionsQuery = z.strictObject({
	limit: z.coerce
		.number(LIMIT_ADVICE)
		.int(LIMIT_ADVICE)
		.min(1, LIMIT_ADVICE)
		.max(1000, LIMIT_ADVICE)
		.default(100)
		.meta({ description: "How many a page has at most." }),
	after: z
		.string()
		.regex(/^[0-9a-f]{64}$/, "must be what `next` of the page before had")
		.optional()
		.meta({ description: "Where the page begins: it stands in the `next` of the page before." }),
});

/** Whose address is put on the list, or lifted off it. */
export const suppressing = z.strictObject({ email: emailAddress });
