import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { trimTrailingSlash } from "hono/trailing-slash";
import { deadLetterRoutes } from "../digests/dead-letter-routes.ts";
import { mailRoutes } from "../digests/mail-routes.ts";
import { runRoutes } from "../digests/operator-routes.ts";
import { previewRoutes } from "../digests/preview-routes.ts";
import { feedOperatorRoutes } from "../feeds/operator-routes.ts";
import { opmlRoutes } from "../feeds/routes.ts";
import { EVERYTHING } from "../feeds/scope.ts";
import type { CatalogueEntry } from "../releases/entry.ts";
import { releaseRoutes } from "../releases/routes.ts";
import type { Rooms } from "../rooms.ts";
import { log } from "../shared/log.ts";
import { eventRoutes } from "../site/event-routes.ts";
import type { Publication } from "../site/publication.ts";
import { dropRelease } from "../site/ready-pages.ts";
import { siteRoutes } from "../site/routes.tsx";
import { sitemapRoutes } from "../site/sitemap-routes.ts";
import { importRoutes } from "../subscribers/import-routes.ts";
import { subscriberOperatorRoutes } from "../subscribers/operator-routes.ts";
import { preferencesRoutes } from "../subscribers/preferences-routes.tsx";
import { subscriberRoutes } from "../subscribers/routes.tsx";
import { suppressionRoutes } from "../subscribers/suppression-routes.ts";
import { webhookRoutes } from "../subscribers/webhook-routes.ts";
import { apiDocsRoutes } from "./api-docs.ts";
import { answerThrown, errorAnswer } from "./error-answer.tsx";
import { problemResponse } from "./problem.ts";
import { publisherAuth } from "./publisher-auth.ts";
import { securityHeaders } from "./security-headers.ts";
import { strictHeaders } from "./strict-headers.ts";

/** Largest release that is taken, and largest form. */
const RELEASE_BYTES = 1024 * 1024;
const FORM_BYTES = 64 * 1024;
/** Largest report that a provider posts. */
const REPORT_BYTES = 256 * 1024;

/** Whatever is not ready: what is made for each answer, the API, and what subscribers do. */
export function createApp(rooms: Rooms): Hono {
	const { settings, publication, releases, archive, subscribers, queues, tokens, clock, newId } =
		rooms;
	const { languages, publisherKeys, logo } = settings;
	const announce = async (changed: CatalogueEntry) => {
		// Until it is made ready again, the page is made when it is asked for: what it said is gone at once.
		if (changed.revision > 1)
			await dropRelease(rooms.pages, changed).catch((fault) =>
				log("warn", "page-not-dropped", { slug: changed.slug, fault: String(fault) }),
			);
		await queues.rebuildFeeds().catch(logLostMessage);
	};
	const app = new Hono();

	app.use(securityHeaders(strictHeaders(logo)));
	for (const language of languages) app.use(`/${language}/*`, trimTrailingSlash());
	app.route("/", opmlRoutes(rooms.identity));
	app.route("/", eventRoutes(rooms));
	app.route("/", siteRoutes(rooms));
	app.route("/", sitemapRoutes({ publication, archive }));
	app.get("/healthz", (context) => healthz(context, rooms));
	// What the API is like is no secret: these two need no key.
	app.route("/api", apiDocsRoutes(publication));

	const keyed = { keys: publisherKeys, clock, ...rooms.limits };
	app.use("/api/feeds/*", publisherAuth({ ...keyed, reads: "read", writes: "operate" }));
	app.route(
		"/api/feeds",
		feedOperatorRoutes({
			...rooms,
			async requestRebuild() {
				await rooms.pages.forgetProgress();
				await queues.rebuildFeeds();
			},
		}),
	);
	mountSubscriberOperations(app, rooms);
	mountDigestOperations(app, rooms);
	app.use(
		"/api/*",
		publisherAuth({ ...keyed, reads: "read", writes: "publish" }),
		limit(RELEASE_BYTES, "1 MiB"),
	);
	app.route(
		"/api/releases",
		releaseRoutes({
			publishing: { releases, changes: rooms.changes, newId, announce },
			idempotency: rooms.idempotency,
			publication,
			clock,
			refuse: problemResponse,
		}),
	);

	app.use("/subscriptions/*", limit(FORM_BYTES, "64 KiB"), noStore);
	app.route(
		"/subscriptions",
		subscriberRoutes({
			publication,
			languages,
			subscribers,
			tokens,
			clock,
			newId,
			withinLimit: rooms.limits.signUps,
			requestConfirmation: queues.confirm,
			requestWelcome: (subscriber) => queues.welcome(subscriber).catch(logLostMessage),
			refuse: problemResponse,
		}),
	);
	app.route(
		"/subscriptions",
		preferencesRoutes({
			publication,
			languages,
			tokens,
			clock,
			withinLimit: rooms.limits.signUps,
			preferences: rooms.preferences,
			held: rooms.held,
			moving: rooms,
			requestMove: queues.move,
			refuse: problemResponse,
		}),
	);
	app.use("/webhooks/*", limit(REPORT_BYTES, "256 KiB"), noStore);
	app.route("/webhooks", webhookRoutes({ ...rooms, refuse: problemResponse }));
	if (rooms.mailbox) mountMailbox(app, publication, rooms.mailbox);

	app.notFound(({ req }) =>
		errorAnswer(req.raw, publication, { kind: "not-found", detail: "Check the address." }),
	);
	app.onError((fault, { req }) => answerThrown(req.raw, publication, fault));
	return app;
}

/** Subscribers are the operator's affair, and nobody else's. */
function mountSubscriberOperations(app: Hono, rooms: Rooms): void {
	const { publisherKeys: keys, languages, url: origin } = rooms.settings;
	const auth = { keys, clock: rooms.clock, ...rooms.limits };
	const operators = publisherAuth({ ...auth, reads: "operate", writes: "operate" });
	const form = limit(FORM_BYTES, "64 KiB");
	const parts = { ...rooms, refuse: problemResponse };
	app.use("/api/subscribers/*", operators, noStore);
	// The import counts its bytes as they come: this limit would hold all of them first.
	app.use("/api/subscribers/:id/end", form);
	app.route("/api/subscribers/import", importRoutes({ ...parts, languages }));
	app.route("/api/subscribers", subscriberOperatorRoutes(parts));
	app.use("/api/suppressions", operators, noStore, form);
	app.route("/api/suppressions", suppressionRoutes({ ...parts, origin }));
}

/** Every key may look at digests; to let one go, and to try anything again, is the operator's affair. */
function mountDigestOperations(app: Hono, rooms: Rooms): void {
	const auth = { keys: rooms.settings.publisherKeys, clock: rooms.clock, ...rooms.limits };
	const readers = publisherAuth({ ...auth, reads: "read", writes: "operate" });
	const operators = publisherAuth({ ...auth, reads: "operate", writes: "operate" });
	const form = limit(FORM_BYTES, "64 KiB");
	const parts = { ...rooms, refuse: problemResponse };
	app.use("/api/runs/*", readers, noStore, form);
	app.route("/api/runs", runRoutes(parts));
	app.use("/api/digests/*", readers, noStore, form);
	app.route("/api/digests", previewRoutes(parts));
	app.use("/api/mail/*", operators, noStore, form);
	app.route("/api/mail", mailRoutes(parts));
	app.use("/api/dead-letters/*", operators, noStore, form);
	app.route("/api/dead-letters", deadLetterRoutes(parts));
}

function mountMailbox(
	app: Hono,
	publication: Publication,
	mailbox: NonNullable<Rooms["mailbox"]>,
): void {
	// A development tool: production never loads it.
	app.all("/mailbox/*", async (context) => {
		const { mailboxRoutes } = await import("../mail/mailbox-routes.tsx");
		const mounted = new Hono().route("/mailbox", mailboxRoutes({ publication, mailbox }));
		return mounted.fetch(context.req.raw);
	});
}

async function healthz(context: Context, { releases, feeds }: Rooms): Promise<Response> {
	try {
		// The one reads D1, the other KV.
		await Promise.all([releases.highestSequence(), feeds.read(EVERYTHING, "rss.xml")]);
		return context.json({ status: "ok" }, 200, { "Cache-Control": "no-store" });
	} catch (fault) {
		log("error", "stores-unreachable", { fault: String(fault) });
		return problemResponse({ kind: "unavailable", detail: "A store cannot be reached." });
	}
}

function limit(maxSize: number, words: string) {
	const detail = `The body has more than ${words}.`;
	return bodyLimit({ maxSize, onError: () => problemResponse({ kind: "too-large", detail }) });
}

/** Pages that a token opens are for one reader. */
async function noStore(context: Context, next: () => Promise<void>): Promise<void> {
	await next();
	context.header("Cache-Control", "no-store");
}

/** The tick finds whatever a lost message was about; a welcome mail is asked for by the next press. */
function logLostMessage(fault: unknown): void {
	log("warn", "queue-send-failed", { fault: String(fault) });
}
