import { type Context, Hono } from "hono";
import type { Clock } from "../shared/clock.ts";
import { civilDateAt } from "../shared/dates.ts";
import type { Fault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import { ok } from "../shared/result.ts";
import type { CatalogueEntry } from "./entry.ts";
import { type Idempotency, onceForKey } from "./idempotency.ts";
import { listReleases } from "./listing.ts";
import { draft, type Publishing, publish } from "./publish.ts";
import { findSeen, UNKNOWN, unchangedFault, unpublishedFault } from "./refusals.ts";
import { etagOf, showDraft, showRelease, showRevision } from "./representation.ts";
import { readQuery, readSubmission, releaseQuery } from "./request.ts";
import { revise, revisionOf, takeBack } from "./revise.ts";
import { type Submitted, understand } from "./submission.ts";
import { readWithdrawal } from "./withdrawal.ts";

export interface ReleaseRoutes {
	readonly publishing: Publishing;
	readonly idempotency: Idempotency;
	readonly publication: {
		/** Origin of the publication, without a slash at its end. */
		readonly url: string;
		readonly timeZone: string;
		readonly languages: readonly [Language, ...Language[]];
	};
	readonly clock: Clock;
	/** Turns a fault into the answer. */
	readonly refuse: (fault: Fault) => Response;
}

type PublisherContext = Context<{ Variables: { publisher: string } }>;

/** The publisher's API, behind the key: create, list, read, replace, take back. */
export function releaseRoutes(parts: ReleaseRoutes) {
	const routes = new Hono<{ Variables: { publisher: string } }>();
	routes.post("/", (context) => create(context, parts));
	routes.get("/", async (context) => {
		const page = await listReleases(parts.publishing.releases, parts.publication.url, context.req);
		return page.ok ? context.json(page.value) : parts.refuse(page.error);
	});
	routes.get("/:id", async (context) => {
		const entry = await parts.publishing.releases.findById(context.req.param("id"));
		return entry ? show(context, parts, entry) : parts.refuse(UNKNOWN);
	});
	routes.put("/:id", (context) => replace(context, parts));
	routes.delete("/:id", (context) => withdraw(context, parts));
	return routes;
}

/**
 * What the request asks to be published; its body is read here.
 *
 * @param postedAt when the release was posted, which dates what its text does not.
 */
async function readRequest(context: Context, parts: ReleaseRoutes, postedAt: number) {
	const query = readQuery(releaseQuery, context.req.query());
	if (!query.ok) return query;
	const bytes = await context.req.arrayBuffer();
	const submission = await readSubmission(context.req.header("Content-Type"), bytes);
	if (!submission.ok) return submission;
	const { timeZone, languages } = parts.publication;
	const today = civilDateAt(postedAt, timeZone);
	const submitted = await understand(submission.value, query.value, {
		languages,
		today,
		timeZone,
	});
	if (!submitted.ok) return submitted;
	return ok({ submitted: submitted.value, isDryRun: query.value.dry_run, bytes });
}

async function create(context: PublisherContext, parts: ReleaseRoutes): Promise<Response> {
	const request = await readRequest(context, parts, parts.clock());
	if (!request.ok) return parts.refuse(request.error);
	const { submitted, isDryRun, bytes } = request.value;
	if (isDryRun) return dryRun(context, parts, submitted);
	return onceForKey(context, parts, bytes, {
		act: (id) => createOnce(context, parts, submitted, id),
		again: (id, text) => createdBefore(context, parts, submitted, { id, text }),
	});
}

async function dryRun(context: Context, parts: ReleaseRoutes, submitted: Submitted) {
	const { publishing, publication } = parts;
	const document = await draft(publishing.releases, publishing.newId(), submitted.text);
	const release = showDraft(publication.url, document, submitted.publishAt ?? null);
	return context.json({ release, inferred: submitted.inferred });
}

async function createOnce(
	context: PublisherContext,
	parts: ReleaseRoutes,
	{ text, publishAt = null, inferred }: Submitted,
	id: string,
): Promise<Response> {
	const made = { by: context.get("publisher"), at: parts.clock() };
	const published = await publish(parts.publishing, text, { made, publishAt, id });
	if (!published.ok) return parts.refuse(unpublishedFault(parts.publication.url, published.error));
	return answer(context, parts, published.value, { inferred }, 201, locationOf(parts, id));
}

/** The answer that creating it had; as it is now, where that answer was not kept. */
async function createdBefore(
	context: Context,
	parts: ReleaseRoutes,
	{ inferred }: Submitted,
	{ id, text }: { id: string; text: string | null },
): Promise<Response> {
	const location = locationOf(parts, id);
	if (text !== null) {
		const { release } = JSON.parse(text);
		const type = { "Content-Type": "application/json" };
		return context.body(text, 201, { ...type, ETag: etagOf(release), ...location });
	}
	const entry = await parts.publishing.releases.findById(id);
	if (!entry) return parts.refuse(UNKNOWN);
	return answer(context, parts, entry, { inferred }, 201, location);
}

function locationOf({ publication }: ReleaseRoutes, id: string) {
	return { Location: `${publication.url}/api/releases/${id}` };
}

async function replace(context: PublisherContext, parts: ReleaseRoutes): Promise<Response> {
	const entry = await findSeen(context, parts.publishing.releases, parts.publication.url);
	if (!entry.ok) return parts.refuse(entry.error);
	const request = await readRequest(context, parts, entry.value.postedAt);
	if (!request.ok) return parts.refuse(request.error);
	const { submitted, isDryRun } = request.value;
	const { text, note, publishAt = entry.value.publishAt, inferred } = submitted;
	if (isDryRun) {
		const document = revisionOf(entry.value, text);
		return context.json({
			release: showDraft(parts.publication.url, document, publishAt),
			inferred,
		});
	}
	const made = { by: context.get("publisher"), at: parts.clock() };
	const revised = await revise(parts.publishing, entry.value, { text, note, publishAt, made });
	if (!revised.ok) return parts.refuse(unchangedFault(parts.publication.url, revised.error));
	return answer(context, parts, revised.value, { inferred }, 200);
}

async function withdraw(context: PublisherContext, parts: ReleaseRoutes): Promise<Response> {
	const entry = await findSeen(context, parts.publishing.releases, parts.publication.url);
	if (!entry.ok) return parts.refuse(entry.error);
	const reason = await readWithdrawal(context);
	if (!reason.ok) return parts.refuse(reason.error);
	const made = { by: context.get("publisher"), at: parts.clock() };
	const taken = await takeBack(parts.publishing, entry.value, reason.value, made);
	if (!taken.ok) return parts.refuse(unchangedFault(parts.publication.url, taken.error));
	return answer(context, parts, taken.value, {}, 200);
}

async function show(context: Context, parts: ReleaseRoutes, entry: CatalogueEntry) {
	const revisions = await parts.publishing.releases.listRevisions(entry.id);
	return answer(context, parts, entry, { revisions: revisions.map(showRevision) }, 200);
}

async function answer(
	context: Context,
	{ publishing, publication }: ReleaseRoutes,
	entry: CatalogueEntry,
	more: object,
	status: 200 | 201,
	headers: Record<string, string> = {},
): Promise<Response> {
	const document = await publishing.releases.readDocument(entry);
	const translations = await publishing.releases.listTranslations(entry);
	const release = showRelease(publication.url, entry, document, translations);
	return context.json({ release, ...more }, status, { ETag: etagOf(entry), ...headers });
}
