import type { CatalogueEntry } from "../../src/releases/store.ts";

/** A catalogue entry with whatever a test does not care about filled in. */
export function someEntry(over: Partial<CatalogueEntry> = {}): CatalogueEntry {
	const firstSequence = over.firstSequence ?? over.sequence ?? 1;
	return {
		id: `00000000-0000-4000-8000-${String(firstSequence).padStart(12, "0")}`,
		slug: `a-meeting-${firstSequence}`,
		kind: "meeting",
		language: "en",
		title: `A meeting, the ${firstSequence}th`,
		summary: `What is new of the ${firstSequence}th.`,
		issued: "2026-11-20",
		event: { starts: "2026-12-01", ends: "2026-12-02", place: "Tashkent" },
		revision: 1,
		firstSequence,
		sequence: firstSequence,
		publishedAt: Date.parse("2026-11-20T06:00:00Z"),
		...over,
	};
}
