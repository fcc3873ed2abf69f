import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { LANGUAGES, type Language } from "../shared/language.ts";

/** What a release tells of. */
export const KINDS = ["consultation", "meeting", "announcement"] as const;
export type Kind = (typeof KINDS)[number];

/** A civil date, `YYYY-MM-DD` (RFC 3339 full-date), that exists in the ISO calendar. */
export const civilDate = z.string().refine(isCivilDate, "is not a date as YYYY-MM-DD");

const line = (longest: number) => z.string().trim().min(1).max(longest);

const dateline = z.strictObject({
	places: z.array(line(100)).min(1).max(10),
	date: civilDate,
});

const event = z
	.strictObject({ starts: civilDate, ends: civilDate, place: line(200).nullable() })
	.refine(({ starts, ends }) => starts <= ends, {
		path: ["ends"],
		message: "is before event.starts",
	});

/** What the press office says in one revision of a release, in one language. */
export const releaseText = z.strictObject({
	kind: z.enum(KINDS),
	language: z.enum(LANGUAGES),
	title: line(400),
	summary: line(1000),
	/** Paragraphs, parted by one blank line. */
	body: z.string().trim().min(1),
	/** The day the press office gave it out. */
	issued: civilDate,
	/** Where and when the text says it was given out. */
	dateline: dateline.nullable(),
	/** When and where the consultation or meeting takes place; civil dates, the last one included. */
	event: event.nullable(),
});
export type ReleaseText = z.infer<typeof releaseText>;
export type Dateline = z.infer<typeof dateline>;
export type Event = z.infer<typeof event>;

/** The immutable document of one revision, as KV keeps it. */
export interface ReleaseDocument extends ReleaseText {
	readonly id: string;
	readonly slug: string;
	readonly revision: number;
}

/** A published release: the document, and what publishing it gave it. */
export interface PublishedRelease extends ReleaseDocument {
	/** The number this revision got when it went public. */
	readonly sequence: number;
	/** When it first went public, in milliseconds since 1970 UTC. */
	readonly publishedAt: number;
}

function isCivilDate(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	try {
		Temporal.PlainDate.from(text, { overflow: "reject" });
		return true;
	} catch {
		return false;
	}
}

/** The permanent id of a release in every feed, mail and page (RFC 9562 URN). */
export function permanentId(release: { readonly id: string }): string {
	return `urn:uuid:${release.id}`;
}

/** Paragraphs of a body. */
export function paragraphs(body: string): string[] {
	return body
		.split(/\n{2,}/)
		.map((part) => part.trim())
		.filter((part) => part !== "");
}

export type { Language };
