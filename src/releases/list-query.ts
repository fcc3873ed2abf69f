import * as z from "zod";
import { LANGUAGES } from "../shared/language.ts";
import { STATUSES } from "./entry.ts";
import { KINDS } from "./kinds.ts";
import { civilDate } from "./release.ts";

const DEFAULT_LIMIT = 50;
const HIGHEST_LIMIT = 200;
const LIMIT_ADVICE = `must be a whole number from 1 to ${HIGHEST_LIMIT}`;

/** Where a page of a list begins: behind the entry posted then, with that id. */
export interface ListCursor {
	readonly postedAt: number;
	readonly id: string;
}

/** What the query of a list may say. */
export const listQuery = z.strictObject({
	kind: z.enum(KINDS).optional().meta({ description: "Releases of this kind." }),
	language: z.enum(LANGUAGES).optional().meta({ description: "Releases in this language." }),
	status: z.enum(STATUSES).optional().meta({ description: "Releases that stand so." }),
	from: civilDate.optional().meta({ description: "Events that end on this day or later." }),
	to: civilDate.optional().meta({ description: "Events that start on this day or earlier." }),
	limit: z.coerce
		.number(LIMIT_ADVICE)
		.int(LIMIT_ADVICE)
		.min(1, LIMIT_ADVICE)
		.max(HIGHEST_LIMIT, LIMIT_ADVICE)
		.default(DEFAULT_LIMIT)
		.meta({ description: "How many releases a page has at most." }),
	after: z
		.string()
		.transform(decodeCursor)
		.optional()
		.meta({ description: "Where the page begins: it stands in the `next` of the page before." }),
});

/** A cursor as `after` has it. */
export function encodeCursor({ postedAt, id }: ListCursor): string {
	return `${postedAt.toString(36)}.${id}`;
}

function decodeCursor(text: string, context: z.RefinementCtx): ListCursor {
	const match = /^([0-9a-z]{1,11})\.([0-9a-f-]{36})$/.exec(text);
	if (match?.[1] && match[2]) return { postedAt: Number.parseInt(match[1], 36), id: match[2] };
	context.addIssue("must be what `next` of the page before had");
	return z.NEVER;
}
