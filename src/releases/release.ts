import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { LANGUAGES } from "../shared/language.ts";
import { foldSpace } from "../shared/text.ts";

/** What a release tells of. */
export const KINDS = ["consultation", "meeting", "announcement"] as const;
export type Kind = (typeof KINDS)[number];

/** A civil date, `YYYY-MM-DD` (RFC 3339 full-date), that exists in the ISO calendar. */
export const civilDate = z.string().refine(isCivilDate, "must be a date that exists, YYYY-MM-DD");

const line = (longest: number) =>
	z.string().overwrite(toXmlText).overwrite(foldSpace).min(1, "must not be empty").max(longest);

const dateline = z.strictObject({
	places: z.array(line(100)).min(1).max(10),
	date: civilDate,
});

const event = z
	.strictObject({
		starts: civilDate,
		ends: civilDate.nullish(),
		place: line(200).nullish(),
	})
	.transform(({ starts, ends, place }) => ({ starts, ends: ends ?? starts, place: place ?? null }))
	.refine(({ starts, ends }) => starts <= ends, {
		path: ["ends"],
		message: "must not be before event.starts",
	});

/** What the press office says in one revision of a release, in one language. */
export const releaseText = z.strictObject({
	kind: z.enum(KINDS, { error: `must be one of ${KINDS.join(", ")}` }),
	language: z.enum(LANGUAGES, { error: `must be one of ${LANGUAGES.join(", ")}` }),
	title: line(400),
	summary: line(1000),
	/** Paragraphs, parted by one blank line. */
	body: z.string().overwrite(toXmlText).trim().min(1, "must not be empty"),
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

/** The permanent id of a release in every feed, mail and page (RFC 9562 URN). */
export function permanentId(release: { readonly id: string }): string {
	return `urn:uuid:${release.id}`;
}

/** The public page of a release. */
export function releaseUrl(origin: string, release: { readonly slug: string }): string {
	return `${origin}/releases/${release.slug}`;
}

/** The paragraphs of a body. */
export function paragraphs(body: string): string[] {
	return body
		.split(/\n{2,}/)
		.map((part) => part.trim())
		.filter((part) => part !== "");
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

/**
 * The text without what no feed can carry: lone surrogates and the control characters that XML 1.0
 * (section 2.2) forbids. Line ends become LF.
 */
function toXmlText(text: string): string {
	return (
		text
			.toWellFormed()
			.replaceAll(/\r\n?/g, "\n")
			// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
			.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
	);
}
