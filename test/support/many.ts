import { env } from "cloudflare:workers";
import { someText } from "./house.ts";

/** The key of the one document that all these releases have. */
const DOCUMENT = "release/shared";

/** Puts so many meetings into the catalogue: `Meeting 1` is the oldest. */
export async function keepReleases(count: number): Promise<void> {
	const event = { starts: "2026-12-01", ends: "2026-12-01", timeZone: null, place: null };
	const document = { ...someText({ event }), id: "shared", slug: "shared", revision: 1 };
	await env.DOCUMENTS.put(DOCUMENT, JSON.stringify(document));
	await env.LEDGER.prepare(
		`WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1)
		INSERT INTO releases (id, slug, story, kind, language, title, summary, issued, event_starts, event_ends,
			attachments,
			status, revision, document, first_sequence, sequence, fingerprint, posted_by, posted_at,
			published_at, changed_at)
		SELECT 'release-' || n, 'meeting-' || n, 'release-' || n, 'meeting', 'en', 'Meeting ' || n,
			'It will be.', '2026-11-20',
			'2026-12-01', '2026-12-01', '[]', 'published', 1, ?2, n, n, n, 'test', n, n, n
		FROM numbers WHERE ?1 > 0`,
	)
		.bind(count, DOCUMENT)
		.run();
}
