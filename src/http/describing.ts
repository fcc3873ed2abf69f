import type { RouteConfig } from "@asteasolutions/zod-to-openapi";
import * as z from "zod";

// What descriptions of operations are made of.

const problem = z
	.object({
		type: z.string(),
		title: z.string(),
		status: z.int(),
		detail: z.string().meta({ description: "What is wrong with this request, and what to do." }),
		errors: z
			.array(
				z.object({
					field: z.string().meta({ description: "The field or query parameter, by its path." }),
					detail: z.string(),
					remedy: z.string().optional().meta({ description: "How to give it rightly." }),
				}),
			)
			.optional()
			.meta({ description: "With `422`: everything that has to be mended." }),
		existing: z
			.url()
			.optional()
			.meta({ description: "With `409`: the page of the release that has this text." }),
		current: z
			.object({
				revision: z.int().optional().meta({ description: "Of a release, likewise the next two." }),
				status: z.string().optional(),
				title: z.string().optional(),
				id: z.string().optional().meta({ description: "Of a run, likewise the next one." }),
				state: z.string().optional(),
				url: z.url(),
			})
			.optional()
			.meta({ description: "With `412`: how the release or the run stands now." }),
	})
	.meta({ id: "Problem", description: "What every refusal says (RFC 9457)." });

export const header = (description: string) => ({
	description,
	schema: { type: "string" as const },
});

export const json = (schema: z.ZodType) => ({ "application/json": { schema } });

const RETRY_AFTER = { "Retry-After": header("Seconds to wait.") };

/**
 * The refusals of some operations.
 *
 * @param words what each status means there.
 * @returns what makes the answers of one operation out of its statuses.
 */
export function refusalsIn<Status extends number>(words: Readonly<Record<Status, string>>) {
	return (...statuses: Status[]): RouteConfig["responses"] => {
		const content = { "application/problem+json": { schema: problem } };
		const answers = statuses.map((status) => {
			const headers = Number(status) === 429 ? { headers: RETRY_AFTER } : {};
			return [status, { description: words[status], content, ...headers }];
		});
		return Object.fromEntries(answers);
	};
}
