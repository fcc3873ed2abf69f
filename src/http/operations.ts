import type { RouteConfig } from "@asteasolutions/zod-to-openapi";
import * as z from "zod";
import { feedsAnswer } from "../feeds/operator-answers.ts";
import {
	changeAnswer,
	dryRunAnswer,
	listAnswer,
	readAnswer,
	withdrawAnswer,
} from "../releases/answers.ts";
import { listQuery } from "../releases/list-query.ts";
import { releaseFields, releaseQuery } from "../releases/request.ts";
import { withdrawal } from "../releases/withdrawal.ts";
import { header, json, refusalsIn } from "./describing.ts";
import { DIGEST_OPERATIONS } from "./digest-operations.ts";
import { SUBSCRIBER_OPERATIONS } from "./subscriber-operations.ts";

const REFUSALS = {
	400: "The body or a header cannot be read.",
	401: "No key, or none that is good today.",
	403: "The key may not do that: its scope is another.",
	404: "There is no release with this id.",
	409: "It cannot be done as things stand: the same text was posted within a day, the story has a release in this language, or the first request with this Idempotency-Key is still being worked on.",
	410: "The release was taken back, which is final.",
	412: "The release is no longer as you have seen it; the answer says how it stands.",
	413: "The body has more than 1 MiB.",
	415: "The content type or its charset is not taken.",
	422: "Something has to be mended or cannot be told from the text; the answer names each field.",
	428: "If-Match is missing.",
	429: "Too many requests in this minute.",
	503: "A store cannot be reached, or the release is just being published. Try again in a minute.",
};
const refusals = refusalsIn(REFUSALS);

const ETAG = {
	ETag: header('Names the state of the release; `If-Match` takes it. For example `"1-published"`.'),
};
const LOCATION = { Location: header("Where the API has the release.") };
const REPLAYED = {
	"Idempotency-Replayed": header("`true` where this is the answer that the first request got."),
};

const RELEASE_BODY = {
	required: true,
	content: {
		"text/plain": {
			schema: z.string().meta({
				description:
					"The release as it was written. Title, language, kind, dateline, dates and place are read from it. A charset other than UTF-8 is named in Content-Type.",
			}),
		},
		"text/markdown": {
			schema: z.string().meta({
				description:
					"CommonMark. Fields may stand before it as YAML front matter, by the names that JSON has; a first-level heading at the top is the title.",
			}),
		},
		"application/json": {
			schema: releaseFields.meta({
				id: "ReleaseFields",
				description:
					"What a request says of a release. What is left out is read from `body`; `format` is then `commonmark`. Fields that only publishing gives (`id`, `url`, `status` …) are ignored, so that the `release` of an answer can be mended and sent back.",
			}),
		},
	},
};

const one = z.object({ id: z.uuid().meta({ description: "The `id` of the release." }) });
const ifMatch = z.object({
	"If-Match": z.string().meta({
		description: "The `ETag` of what you have seen, or `*` for whatever it is now.",
		examples: ['"1-published"'],
	}),
});
const idempotencyKey = z.object({
	"Idempotency-Key": z
		.string()
		.min(1)
		.max(255)
		.optional()
		.meta({
			description:
				"Your own name for this request, kept for a day. Sent again with the same body it gets the first answer; with another body, `422`.",
			examples: ['"2025-10-01-water-1"'],
		}),
});

/** What an operator can ask of the feeds. */
const FEED_OPERATIONS: readonly RouteConfig[] = [
	{
		method: "get",
		path: "/api/feeds",
		operationId: "showFeeds",
		summary: "See how far the feeds have come",
		description: "For each language and kind. Every key may.",
		responses: {
			200: { description: "How they stand.", content: json(feedsAnswer) },
			...refusals(401, 429),
		},
	},
	{
		method: "post",
		path: "/api/feeds/rebuild",
		operationId: "rebuildFeeds",
		summary: "Have all feeds made anew",
		description:
			"From the first archive on; what is served stays until then. New settings do it by themselves. Needs the scope `operate`.",
		responses: {
			202: { description: "It begins.", content: json(feedsAnswer) },
			...refusals(401, 403, 429),
		},
	},
];

/** What the publisher's API can be asked, and what it answers. */
export const OPERATIONS: readonly RouteConfig[] = [
	{
		method: "post",
		path: "/api/releases",
		operationId: "publish",
		summary: "Publish a release",
		description: "Now, or with `publish_at` when its embargo ends. Needs the scope `publish`.",
		request: { query: releaseQuery, headers: idempotencyKey, body: RELEASE_BODY },
		responses: {
			200: {
				description: "With `dry_run=true`: what would be published.",
				content: json(dryRunAnswer),
			},
			201: {
				description: "Published, or under embargo.",
				headers: { ...LOCATION, ...ETAG, ...REPLAYED },
				content: json(changeAnswer),
			},
			...refusals(400, 401, 403, 409, 413, 415, 422, 429, 503),
		},
	},
	{
		method: "get",
		path: "/api/releases",
		operationId: "list",
		summary: "List releases",
		description: "All of them, also those under embargo and those taken back. Every key may.",
		request: { query: listQuery },
		responses: {
			200: { description: "A page, newest posted first.", content: json(listAnswer) },
			...refusals(401, 422, 429),
		},
	},
	{
		method: "get",
		path: "/api/releases/{id}",
		operationId: "read",
		summary: "Read a release and its revisions",
		description: "As it stands now. Every key may.",
		request: { params: one },
		responses: {
			200: { description: "The release.", headers: ETAG, content: json(readAnswer) },
			...refusals(401, 404, 429, 503),
		},
	},
	{
		method: "put",
		path: "/api/releases/{id}",
		operationId: "replace",
		summary: "Correct a release, or change one under embargo",
		description:
			"Replaces the whole text by a new revision. A public release needs a `note` and keeps its language; one under embargo keeps its time where the request has no `publish_at`, goes public where it is null or past, and needs no note. The address of the page stays. Needs the scope `publish`.",
		request: { params: one, query: releaseQuery, headers: ifMatch, body: RELEASE_BODY },
		responses: {
			200: {
				description: "Replaced; with `dry_run=true`, what it would be.",
				headers: ETAG,
				content: json(z.union([changeAnswer, dryRunAnswer])),
			},
			...refusals(400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 428, 429, 503),
		},
	},
	{
		method: "delete",
		path: "/api/releases/{id}",
		operationId: "withdraw",
		summary: "Take a release back",
		description:
			"For good: a public release is withdrawn, and its page answers `410` with the reason; one under embargo is cancelled, and nobody hears of it. The reason stands in the query or in a JSON body. Needs the scope `publish`.",
		request: {
			params: one,
			query: withdrawal.partial(),
			headers: ifMatch,
			body: { required: false, content: json(withdrawal) },
		},
		responses: {
			200: { description: "Taken back.", headers: ETAG, content: json(withdrawAnswer) },
			...refusals(401, 403, 404, 410, 412, 413, 422, 428, 429, 503),
		},
	},
	...FEED_OPERATIONS,
	...DIGEST_OPERATIONS,
	...SUBSCRIBER_OPERATIONS,
];
