import { type Context, Hono } from "hono";
import type { Clock } from "../shared/clock.ts";
import { civilDateAt } from "../shared/dates.ts";
import type { Fault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { draft, type Publishing, publish } from "./publish.ts";
import type { GivenFields, Inferred, IntakeContext, Reading } from "./reading.ts";
import { type ReleaseText, releaseText, releaseUrl } from "./release.ts";
import { publishQuery, readSubmission, type Submission, toFieldFaults } from "./request.ts";

export interface ReleaseRoutes {
	readonly publishing: Publishing;
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

/** A release as the API shows it; what only publishing gives is null in a dry run. */
interface ReleaseJson extends ReleaseText {
	readonly id: string | null;
	readonly slug: string;
	readonly url: string;
	readonly revision: number;
	readonly sequence: number | null;
	/** RFC 3339, UTC. */
	readonly published_at: string | null;
}

type Inference = Readonly<Record<string, Inferred>>;

/** `POST /api/releases`, behind the publisher's key: text or JSON in, a published release out. */
export function releaseRoutes(parts: ReleaseRoutes) {
	const routes = new Hono<{ Variables: { publisher: string } }>();
	routes.post("/", async (context) => {
		const query = readQuery(context);
		if (!query.ok) return parts.refuse(query.error);
		const bytes = await context.req.arrayBuffer();
		const submission = readSubmission(context.req.header("Content-Type"), bytes);
		if (!submission.ok) return parts.refuse(submission.error);

		const { dry_run: isDryRun, ...given } = query.value;
		const { timeZone, languages } = parts.publication;
		const today = civilDateAt(parts.clock(), timeZone);
		const reading = await read(submission.value, given, { languages, today });
		if (!reading.ok) return parts.refuse(reading.error);
		return isDryRun
			? showDraft(context, parts, reading.value)
			: publishReading(context, parts, reading.value, context.get("publisher"));
	});
	return routes;
}

function readQuery(context: Context) {
	const parsed = publishQuery.safeParse(context.req.query());
	if (parsed.success) return ok(parsed.data);
	const detail = "Mend these query parameters and post it again.";
	return err<Fault>({ kind: "invalid", detail, faults: toFieldFaults(parsed.error) });
}

/** What is given, and from the text what is not. */
async function read(
	submission: Submission,
	given: GivenFields,
	context: IntakeContext,
): Promise<Result<Reading, Fault>> {
	// Loaded where it is used: its language and date libraries cost a cold start that feeds need not pay.
	const { readFields, readText } = await import("./intake.ts");
	const reading =
		submission.form === "text"
			? readText(submission.text, given, context)
			: readFields({ ...submission.fields, ...given }, context);
	if (!reading.ok) {
		const detail = "This cannot be told from the text. Give it and post it again.";
		return err({ kind: "invalid", detail, faults: reading.error });
	}
	const checked = releaseText.safeParse(reading.value.release);
	if (checked.success) return ok({ ...reading.value, release: checked.data });
	const detail = "Mend these fields and post it again.";
	return err({ kind: "invalid", detail, faults: toFieldFaults(checked.error) });
}

async function showDraft(context: Context, parts: ReleaseRoutes, reading: Reading) {
	const document = await draft(parts.publishing, reading.release);
	const release: ReleaseJson = {
		...document,
		id: null,
		url: releaseUrl(parts.publication.url, document),
		sequence: null,
		published_at: null,
	};
	return context.json(toAnswer(release, reading.inferred), 200);
}

async function publishReading(
	context: Context,
	parts: ReleaseRoutes,
	reading: Reading,
	postedBy: string,
) {
	const now = parts.clock();
	const published = await publish(parts.publishing, reading.release, { now, postedBy });
	if (!published.ok) {
		const existing = releaseUrl(parts.publication.url, published.error);
		const detail = "The same text was published within the last day. Nothing was published now.";
		return parts.refuse({ kind: "duplicate", detail, existing });
	}
	const { publishedAt, ...document } = published.value;
	const url = releaseUrl(parts.publication.url, document);
	const release = { ...document, url, published_at: new Date(publishedAt).toISOString() };
	return context.json(toAnswer(release, reading.inferred), 201, { Location: url });
}

function toAnswer(release: ReleaseJson, inferred: Inference) {
	return { release, inferred };
}
