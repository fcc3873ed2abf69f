import type { RouteConfig } from "@asteasolutions/zod-to-openapi";
import * as z from "zod";
import {
	countsAnswer,
	endAnswer,
	eraseAnswer,
	exportAnswer,
	findAnswer,
	importReportLine,
	reinstateAnswer,
	suppressedAnswer,
	suppressionsAnswer,
} from "../subscribers/operator-answers.ts";
import {
	ending,
	exportQuery,
	findQuery,
	importQuery,
	suppressing,
	suppressionsQuery,
} from "../subscribers/operator-request.ts";
import { json, refusalsIn } from "./describing.ts";

const refusals = refusalsIn({
	400: "The body cannot be read.",
	401: "No key, or none that is good today.",
	403: "The key does not have the scope `operate`.",
	404: "Nobody has this id or this address.",
	409: "Their end cannot be undone; the answer says why.",
	413: "The body is too large: an import may have 32 MiB, anything else 64 KiB.",
	415: "The content type is not taken.",
	422: "Something has to be mended; the answer names each field.",
	429: "Too many requests in this minute.",
});

const one = z.object({ id: z.uuid().meta({ description: "The `id` of the subscriber." }) });
const address = { required: true, content: json(suppressing) };
const answered = (description: string, schema: z.ZodType) => ({
	200: { description, content: json(schema) },
});

/** What an operator can ask about subscribers; all of it needs the scope `operate`. */
export const SUBSCRIBER_OPERATIONS: readonly RouteConfig[] = [
	{
		method: "get",
		path: "/api/subscribers",
		operationId: "findSubscriber",
		summary: "Find a subscriber",
		description:
			"By the address: the whole row, the digests that were not submitted, and what became of their mail. Needs the scope `operate`.",
		request: { query: findQuery },
		responses: {
			...answered("The subscriber, or that the address is suppressed.", findAnswer),
			...refusals(401, 403, 404, 422, 429),
		},
	},
	{
		method: "get",
		path: "/api/subscribers/counts",
		operationId: "countSubscribers",
		summary: "Count subscribers",
		description:
			"By status, kind, language and frequency, and what the limit on confirmation mails did. Needs the scope `operate`.",
		responses: { ...answered("How many there are.", countsAnswer), ...refusals(401, 403, 429) },
	},
	{
		method: "get",
		path: "/api/subscribers/export",
		operationId: "exportSubscribers",
		summary: "Export all subscribers",
		description:
			"As a file, whatever their status, in the order of their ids. A file that breaks off is not whole. Needs the scope `operate`.",
		request: { query: exportQuery },
		responses: {
			200: {
				description: "The file.",
				content: {
					...json(exportAnswer),
					"text/csv": {
						schema: z.string().meta({
							description:
								"or CSV (RFC 4180), which an import reads back. A cell that a spreadsheet would take for a formula begins with an apostrophe",
						}),
					},
				},
			},
			...refusals(401, 403, 422, 429),
		},
	},
	{
		method: "post",
		path: "/api/subscribers/import",
		operationId: "importSubscribers",
		summary: "Import subscribers",
		description:
			"Up to 100,000 rows and 32 MiB. Who is new or pending becomes active at once; who is active, has left or is suppressed stays as they are. Doing it twice changes nothing. The report is sent while the file is read; only one whose last line has `sum` alone is of the whole file. Needs the scope `operate`.",
		request: {
			query: importQuery,
			body: {
				required: true,
				content: {
					"text/csv": {
						schema: z.string().meta({
							description:
								"CSV (RFC 4180) in UTF-8. The first line names the columns: `email` and `consent` (what shows that they asked for it, up to 300 characters) are needed in each row; `kinds`, `languages` (with blanks between), `frequency` and `time_zone` may be left out or empty. With a column `status`, as an export has it, only those who are `active` come in. Other columns are read over.",
						}),
					},
				},
			},
		},
		responses: {
			200: {
				description: "A line of JSON for each row, and a last one with the sum.",
				content: { "application/x-ndjson": { schema: importReportLine } },
			},
			...refusals(400, 401, 403, 413, 415, 422, 429),
		},
	},
	{
		method: "post",
		path: "/api/subscribers/{id}/end",
		operationId: "endSubscription",
		summary: "End a subscription",
		description:
			"At once, as if they had unsubscribed. Of one that has ended the first reason stays. Needs the scope `operate`.",
		request: { params: one, body: { required: true, content: json(ending) } },
		responses: {
			...answered("It has ended.", endAnswer),
			...refusals(400, 401, 403, 404, 413, 415, 422, 429),
		},
	},
	{
		method: "post",
		path: "/api/subscribers/{id}/reinstate",
		operationId: "reinstateSubscriber",
		summary: "Reinstate a subscriber",
		description:
			"Undoes an end that a bounce brought: active again, with the cursor of before, so that they hear of everything published since; the suppression and the count of failures go. An end by a complaint, by themselves or by an operator is not undone. Needs the scope `operate`.",
		request: { params: one },
		responses: {
			...answered("They are active again.", reinstateAnswer),
			...refusals(401, 403, 404, 409, 429),
		},
	},
	{
		method: "delete",
		path: "/api/subscribers/{id}",
		operationId: "eraseSubscriber",
		summary: "Erase a subscriber",
		description:
			"Everything that is held about them goes; a keyed hash of the address stays on the suppression list, so that no import brings it back. Needs the scope `operate`.",
		request: { params: one },
		responses: { ...answered("They are erased.", eraseAnswer), ...refusals(401, 403, 404, 429) },
	},
	{
		method: "get",
		path: "/api/suppressions",
		operationId: "listSuppressions",
		summary: "List suppressed addresses",
		description: "As keyed hashes, in their order. Needs the scope `operate`.",
		request: { query: suppressionsQuery },
		responses: { ...answered("A page.", suppressionsAnswer), ...refusals(401, 403, 422, 429) },
	},
	{
		method: "put",
		path: "/api/suppressions",
		operationId: "suppress",
		summary: "Suppress an address",
		description:
			"It gets no mail; a subscription that it has ends. Doing it twice changes nothing. Needs the scope `operate`.",
		request: { body: address },
		responses: {
			...answered("It is on the list, for this reason.", suppressedAnswer),
			...refusals(400, 401, 403, 413, 415, 422, 429),
		},
	},
	{
		method: "delete",
		path: "/api/suppressions",
		operationId: "liftSuppression",
		summary: "Lift a suppression",
		description:
			"The address may subscribe again, and an import may bring it in. A subscription that ended stays ended. Needs the scope `operate`.",
		request: { body: address },
		responses: {
			...answered("It is on the list no more.", suppressedAnswer),
			...refusals(400, 401, 403, 404, 413, 415, 422, 429),
		},
	},
];
