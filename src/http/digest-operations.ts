import type { RouteConfig } from "@asteasolutions/zod-to-openapi";
import * as z from "zod";
import {
	mailCheck,
	mailCheckAnswer,
	mailAnswer as mailStateAnswer,
} from "../digests/mail-answers.ts";
import {
	deadLettersAnswer,
	mailAnswer,
	readRunAnswer,
	retriedAnswer,
	runsAnswer,
	testMailAnswer,
} from "../digests/operator-answers.ts";
import {
	deadLettersQuery,
	previewQuery,
	runsQuery,
	testOfEdition,
	testOfSupposed,
} from "../digests/operator-request.ts";
import { header, json, refusalsIn } from "./describing.ts";

const REFUSALS = {
	400: "The body cannot be read.",
	401: "No key, or none that is good today.",
	403: "The key does not have the scope `operate`.",
	406: "A mail is JSON, HTML or plain text, and the request accepts none of them.",
	410: "All that the mail told was taken back; or it went out more than 14 days ago.",
	412: "The run, or something that it tells, is no longer as you have seen it.",
	413: "The body has more than 64 KiB.",
	415: "The content type is not taken.",
	422: "Something has to be mended; the answer names each field.",
	428: "If-Match is missing; or it is `*`, and the run needs approval.",
	429: "Too many requests in this minute.",
};
const ofRuns = refusalsIn({
	...REFUSALS,
	400: "`If-Match` has an ETag without quotation marks, or a weak one.",
	404: "There is no run with this id.",
	409: "The run is not held.",
});
const ofEditions = refusalsIn({
	...REFUSALS,
	404: "There is no such run, or no such edition of it.",
	409: "The mail has a fault, so nobody is mailed it.",
});
const ofPreviews = refusalsIn({
	...REFUSALS,
	404: "These readers have nothing new to hear, or it is in a held run, which `detail` names.",
	409: "The mail has a fault.",
});
const ofTests = refusalsIn({
	...REFUSALS,
	404: "There is no mail: as with a preview; or there is no such run, or no such edition of it.",
	409: "The mail has a fault; or the run is not held; or the address is suppressed.",
});
const ofMail = refusalsIn({ ...REFUSALS, 409: "The address is suppressed." });
const ofDeadLetters = refusalsIn({
	...REFUSALS,
	404: "There is no dead letter with this id.",
	409: "Nobody knows what the message asks for.",
});

const run = z.object({
	id: z.string().meta({ description: "The `id` of the run.", examples: ["daily-2025-10-01"] }),
});
const oneEdition = run.extend({
	edition: z.string().meta({ description: "The `id` of one of its editions." }),
});
const letter = z.object({ id: z.string().meta({ description: "The `id` of the dead letter." }) });
const ifMatch = z.object({
	"If-Match": z.string().meta({
		description:
			"The `ETag` of the run as you have seen it; `*` for whatever it is now, where it needs no approval.",
		examples: ['"held-12"'],
	}),
});
const ETAG = {
	ETag: header(
		'Names the state of the run and of what it tells; `If-Match` takes it. For example `"held-12"`.',
	),
};
const answered = (description: string, schema: z.ZodType) => ({
	200: { description, content: json(schema) },
});
const MAIL = {
	200: {
		description: "The mail.",
		content: {
			...json(mailAnswer),
			"text/html": { schema: z.string().meta({ description: "or its HTML" }) },
			"text/plain": { schema: z.string().meta({ description: "or its plain text" }) },
		},
	},
};

const RUN_OPERATIONS: readonly RouteConfig[] = [
	{
		method: "get",
		path: "/api/runs",
		operationId: "listRuns",
		summary: "List digests",
		description: "Each with what it came to, or has come to so far. Every key may.",
		request: { query: runsQuery },
		responses: { ...answered("A page, newest first.", runsAnswer), ...ofRuns(401, 422, 429) },
	},
	{
		method: "get",
		path: "/api/runs/{id}",
		operationId: "readRun",
		summary: "See what a digest came to",
		description: "And while it runs, how far it is. Every key may.",
		request: { params: run },
		responses: {
			200: { description: "The run.", headers: ETAG, content: json(readRunAnswer) },
			...ofRuns(401, 404, 429),
		},
	},
	{
		method: "get",
		path: "/api/runs/{id}/editions/{edition}",
		operationId: "previewEdition",
		summary: "Read a mail of a digest",
		description:
			"Of a held run, as its readers get it if it is let go now, but for their own links; of one that is submitting or closed, as it was rendered last, for 14 days. JSON, HTML or plain text, by `Accept`. Every key may.",
		request: { params: oneEdition },
		responses: { ...MAIL, ...ofEditions(401, 404, 406, 409, 410, 429) },
	},
	{
		method: "post",
		path: "/api/runs/{id}/release",
		operationId: "releaseRun",
		summary: "Let a held digest go",
		description:
			"For good. `If-Match` says that you have seen it as it is. One that was held before it was planned is planned now, and may be held again. Needs the scope `operate`.",
		request: { params: run, headers: ifMatch },
		responses: {
			200: { description: "It goes on.", headers: ETAG, content: json(readRunAnswer) },
			...ofRuns(400, 401, 403, 404, 409, 412, 428, 429),
		},
	},
];

const PREVIEW_OPERATIONS: readonly RouteConfig[] = [
	{
		method: "get",
		path: "/api/digests/preview",
		operationId: "previewDigest",
		summary: "Read a digest as it would be made now",
		description:
			"For readers who have heard all that the last one of their frequency could tell them. JSON, HTML or plain text, by `Accept`. Every key may.",
		request: { query: previewQuery },
		responses: { ...MAIL, ...ofPreviews(401, 404, 406, 409, 422, 429) },
	},
	{
		method: "post",
		path: "/api/digests/test",
		operationId: "testDigest",
		summary: "Submit a digest to one address, for a test",
		description:
			"A mail as it would be made now, or one of a held run, at once and to nobody else; `[Test]` stands before its subject. No subscriber, run or receipt changes. Needs the scope `operate`.",
		request: {
			body: { required: true, content: json(z.union([testOfSupposed, testOfEdition])) },
		},
		responses: {
			...answered("What the provider made of it.", testMailAnswer),
			...ofTests(400, 401, 403, 404, 409, 410, 413, 415, 422, 429),
		},
	},
];

const MAIL_OPERATIONS: readonly RouteConfig[] = [
	{
		method: "get",
		path: "/api/mail",
		operationId: "readMail",
		summary: "See how mail stands",
		description:
			"By what it is handed over, whether the provider takes it, and how failures come back. Needs the scope `operate`.",
		responses: { ...answered("How it stands.", mailStateAnswer), ...ofMail(401, 403, 429) },
	},
	{
		method: "post",
		path: "/api/mail/check",
		operationId: "checkMail",
		summary: "Submit a test message",
		description:
			"To one address, at once, also while the provider is left alone; `npm run mail:check` does it and looks at the DNS besides. Needs the scope `operate`.",
		request: { body: { required: true, content: json(mailCheck) } },
		responses: {
			...answered("What the transport made of it.", mailCheckAnswer),
			...ofMail(400, 401, 403, 409, 413, 415, 422, 429),
		},
	},
];

const DEAD_LETTER_OPERATIONS: readonly RouteConfig[] = [
	{
		method: "get",
		path: "/api/dead-letters",
		operationId: "listDeadLetters",
		summary: "List dead letters",
		description:
			"Queue messages that were given up after many tries; kept for 90 days. Needs the scope `operate`.",
		request: { query: deadLettersQuery },
		responses: {
			...answered("A page, newest first.", deadLettersAnswer),
			...ofDeadLetters(401, 403, 422, 429),
		},
	},
	{
		method: "post",
		path: "/api/dead-letters/{id}/retry",
		operationId: "retryDeadLetter",
		summary: "Try a dead letter again",
		description:
			"It goes back into its queue, and off this list. What was done meanwhile is not done twice. Needs the scope `operate`.",
		request: { params: letter },
		responses: {
			...answered("It is in its queue.", retriedAnswer),
			...ofDeadLetters(401, 403, 404, 409, 429),
		},
	},
];

/** What can be asked about digests. */
export const DIGEST_OPERATIONS: readonly RouteConfig[] = [
	...RUN_OPERATIONS,
	...PREVIEW_OPERATIONS,
	...MAIL_OPERATIONS,
	...DEAD_LETTER_OPERATIONS,
];
