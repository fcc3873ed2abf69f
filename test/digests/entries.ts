import type { NewsEntry } from "../../src/releases/entry.ts";

/** What digests list of a release, with whatever a test does not care about filled in. */
export function someEntry(over: Partial<NewsEntry> = {}): NewsEntry {
	const firstSequence = over.firstSequence ?? over.sequence ?? 1;
	const id = `00000000-0000-4000-8000-${String(firstSequence).padStart(12, "0")}`;
	const publishedAt = Date.parse("2026-11-20T06:00:00Z");
	return {
		id,
		slug: `a-meeting-${firstSequence}`,
		story: id,
		kind: "meeting",
		language: "en",
		title: `A meeting, the ${firstSequence}th`,
		summary: `What is new of the ${firstSequence}th.`,
		issued: "2026-11-20",
		event: { starts: "2026-12-01", ends: "2026-12-02", timeZone: null, place: "Tashkent" },
		attachments: [],
		status: "published",
		reason: null,
		revision: 1,
		document: `release/${id}/1-00000000`,
		firstSequence,
		sequence: firstSequence,
		postedAt: publishedAt,
		publishAt: null,
		publishedAt,
		changedAt: publishedAt,
		note: null,
		publications: [
			{ sequence: firstSequence, kind: over.kind ?? "meeting" },
			...(over.sequence && over.sequence > firstSequence
				? [{ sequence: over.sequence, kind: over.kind ?? "meeting" }]
				: []),
		],
		...over,
	};
}
