import { Temporal } from "temporal-polyfill";
import * as z from "zod";
import { LANGUAGES } from "../shared/language.ts";
import { foldSpace } from "../shared/text.ts";
import { KINDS } from "./kinds.ts";

/** How a body is to be read: as it stands, or as CommonMark. */
export const FORMATS = ["plain", "commonmark"] as const;

const DATE_OR_TIME =
	"must be a date that exists, YYYY-MM-DD, or a time on it without an offset, YYYY-MM-DDTHH:MM";

/** A civil date, `YYYY-MM-DD` (RFC 3339 full-date), that exists in the ISO calendar. */
export const civilDate = z
	.string()
	.refine(isCivilDate, "must be a date that exists, YYYY-MM-DD")
	.meta({ format: "date", examples: ["2025-10-01"] });

/** A civil date, or a civil time on one, `YYYY-MM-DDTHH:MM`, by the 24-hour clock. */
export const civilDateOrTime = z
	.string()
	.regex(/^\d{4}-\d{2}-\d{2}(?:T(?:[01]\d|2[0-3]):[0-5]\d)?$/, { error: DATE_OR_TIME, abort: true })
	.refine((text) => isCivilDate(text.slice(0, 10)), DATE_OR_TIME)
	// iCalendar's years have four digits, also that of the day after the last (RFC 5545, section 3.3.4).
	.refine((text) => text >= "1000" && text < "9999", "must be in a year from 1000 to 9998")
	.meta({ examples: ["2025-10-01", "2025-10-01T09:00"] });

/** A moment with its offset (RFC 3339 date-time), as milliseconds since 1970 UTC. */
export const moment = z.iso
	.datetime({
		offset: true,
		error: "must be a moment with its offset, as 2025-10-01T09:00:00+05:00",
	})
	.meta({ examples: ["2025-10-01T09:00:00+05:00"] })
	.transform((text) => Date.parse(text));

export const line = (longest: number) =>
	z.string().overwrite(toXmlText).overwrite(foldSpace).min(1, "must not be empty").max(longest);

export const OUT_OF_ORDER = { path: ["ends"], message: "must not be before event.starts" };

const dateline = z.strictObject({
	places: z.array(line(100)).min(1).max(10),
	date: civilDate,
});

/** Civil dates, the last included, or civil times in a time zone; the same twice where there is one. */
const event = z
	.strictObject({
		starts: civilDateOrTime,
		ends: civilDateOrTime,
		/** IANA name; null exactly for civil dates. */
		timeZone: z.string().nullable(),
		place: line(200).nullable(),
	})
	.refine(isInOrder, OUT_OF_ORDER);

const attachment = z.strictObject({
	url: z
		.url({ protocol: /^https?$/, error: "must be an http or https address" })
		.max(2000)
		.overwrite((url) => URL.parse(url)?.href ?? url)
		.meta({ description: "Where it is; we keep no copy." }),
	title: line(300).meta({ description: "What readers see as the link." }),
	type: z
		.string()
		.regex(
			/^[A-Za-z0-9][\w!#$&^.+-]*\/[A-Za-z0-9][\w!#$&^.+-]*$/,
			"must be a media type, as application/pdf",
		)
		.meta({ description: "Its media type (RFC 6838).", examples: ["application/pdf"] }),
	length: z.int().min(0).meta({ description: "Its size in bytes." }),
});
export type Attachment = z.infer<typeof attachment>;

/** What can be read from a text. */
export const readableText = z.strictObject({
	kind: z
		.enum(KINDS, { error: `must be one of ${KINDS.join(", ")}` })
		.meta({ description: "What it tells of." }),
	language: z
		.enum(LANGUAGES, { error: `must be one of ${LANGUAGES.join(", ")}` })
		.meta({ description: "BCP 47 tag; `uz` is Uzbek in Latin script." }),
	title: line(400).meta({ description: "One line." }),
	summary: line(1000).meta({ description: "One line, for lists, feeds and mail." }),
	body: z
		.string()
		.overwrite(toXmlText)
		.trim()
		.min(1, "must not be empty")
		.meta({ description: "Paragraphs, parted by one blank line." }),
	issued: civilDate.meta({ description: "The day the press office gave it out." }),
	dateline: dateline
		.nullable()
		.meta({ description: "Where and when the text says it was given out." }),
	event: event.nullable(),
});
export type ReadableText = z.infer<typeof readableText>;
export type Event = z.infer<typeof event>;

/** What the press office says in one revision of a release, in one language. */
export const releaseText = z.strictObject({
	...readableText.shape,
	format: z
		.enum(FORMATS, { error: `must be one of ${FORMATS.join(", ")}` })
		.meta({ description: "How the body is read: as it stands, or as CommonMark." }),
	story: z
		.string()
		.regex(/^[\w.:-]{1,100}$/, "must have 1 to 100 letters, digits, and . _ : -")
		.meta({
			description:
				"Ties releases that say the same in several languages: your own reference, or the `story` of the first.",
		})
		.nullable(),
	attachments: z.array(attachment).max(20).meta({ description: "Files that belong to it." }),
});
export type ReleaseText = z.infer<typeof releaseText>;

/** The immutable document of one revision, as KV keeps it. */
export interface ReleaseDocument extends Omit<ReleaseText, "story"> {
	readonly id: string;
	readonly slug: string;
	readonly story: string;
	readonly revision: number;
}

/** A release that is public: the document, and what publishing gave it. */
export interface PublishedRelease extends ReleaseDocument {
	/** The number this revision got when it went public. */
	readonly sequence: number;
	/** When it first went public, in milliseconds since 1970 UTC. */
	readonly publishedAt: number;
	/** When its text last changed, in milliseconds since 1970 UTC. */
	readonly changedAt: number;
}

/** The permanent id of a release in every feed, mail and page (RFC 9562 URN). */
export function permanentId(release: { readonly id: string }): string {
	return `urn:uuid:${release.id}`;
}

/** The public page of a release. */
export function releaseUrl(origin: string, release: { readonly slug: string }): string {
	return `${origin}/releases/${release.slug}`;
}

/** The iCalendar file of a release's event. */
export function eventFileUrl(origin: string, release: { readonly slug: string }): string {
	return `${releaseUrl(origin, release)}.ics`;
}

/** The last day of an event, or the time when it ends; null where only the time of its start is known. */
export function knownEnd({ starts, ends, timeZone }: Event): string | null {
	return timeZone !== null && ends === starts ? null : ends;
}

/** The paragraphs of a plain body. */
export function paragraphs(body: string): string[] {
	return body
		.split(/\n{2,}/)
		.map((part) => part.trim())
		.filter((part) => part !== "");
}

/** Whether an event's start is not after its end; both have the same form. */
export function isInOrder({ starts, ends }: { starts: string; ends: string }): boolean {
	return starts <= ends;
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
export function toXmlText(text: string): string {
	return (
		text
			.toWellFormed()
			.replaceAll(/\r\n?/g, "\n")
			// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
			.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
	);
}
