import type { MailIdentity } from "../mail/frame.ts";
import { MAIL_WORDS, withCount } from "../mail/words.ts";
import type { NewsEntry } from "../releases/entry.ts";
import { KINDS } from "../releases/kinds.ts";
import { permanentId } from "../releases/release.ts";
import { archivePath, releasePath } from "../site/addresses.ts";
import type { EditionContents } from "./contents.ts";
import { changeLabel, headlineOf } from "./headline.ts";
import type { RenderedEdition } from "./render.ts";
import { bytesOf, LARGEST_BYTES } from "./size.ts";

/** A part of a rendered edition, read for faults. */
interface Part {
	readonly name: "html" | "text";
	/** With nothing escaped, and nothing in its personal places. */
	readonly plain: string;
	readonly links: readonly Link[];
	/** Whether it tells a release, and does not only remind of it; plain text has `lead` before its page. */
	readonly tells: (entry: NewsEntry, lead: string) => boolean;
}

interface Link {
	readonly address: string;
	readonly words: string;
}

/** What a template or a slip leaves behind that no reader should see. */
const LEFT_OVERS: readonly (readonly [string, RegExp])[] = [
	["a template's tag", /\{[{%].{0,40}/],
	["a place to fill in", /\{\w+\}/],
	["no value", /\bundefined\b|\[object \w+\]/],
	["a marker", /[\w.-]*\.invalid\b/],
];

/**
 * Looks at a rendered edition before anybody gets it.
 *
 * @returns every fault, in words for an operator; nothing where it may go out.
 */
export function checkEdition(
	rendered: RenderedEdition,
	contents: EditionContents,
	{ url: origin, logo }: Pick<MailIdentity, "url" | "logo">,
): string[] {
	const html = readHtml(rendered.html.pieces.join(""));
	const text = readText(rendered.text.pieces.join(""));
	return [
		...findSubjectFaults(rendered.subject),
		...findEmptiness(contents),
		...[html, text].flatMap((part) => [
			...findLeftOvers(part, wordsOfReleases(rendered, contents)),
			...findLackingPlaces(part.name, rendered),
			...findUntold(part, rendered, contents, origin),
			...findSize(part.name, rendered),
			...findForeignLinks(part, contents, { origin, logo }),
		]),
	];
}

function findSubjectFaults(subject: string): string[] {
	if (subject.trim() === "") return ["the subject is empty"];
	return /[\r\n]/.test(subject) ? ["the subject has a line break"] : [];
}

function findEmptiness({ fresh, changed }: EditionContents): string[] {
	return fresh.length + changed.length === 0 ? ["it tells of nothing new"] : [];
}

function findLackingPlaces(name: Part["name"], rendered: RenderedEdition): string[] {
	return (["unsubscribe", "manage"] as const)
		.filter((place) => !rendered[name].places.includes(place))
		.map((place) => `${name}: has no place for the recipient's address to ${place}`);
}

function findSize(name: Part["name"], rendered: RenderedEdition): string[] {
	const bytes = bytesOf(rendered[name]);
	return bytes > LARGEST_BYTES ? [`${name}: ${bytes} bytes are more than ${LARGEST_BYTES}`] : [];
}

/** What releases say themselves is theirs to say, whatever it looks like. */
function findLeftOvers({ name, plain }: Part, theirs: readonly string[]): string[] {
	const ours = blank(plain, theirs);
	return LEFT_OVERS.flatMap(([what, pattern]) => {
		const found = pattern.exec(ours);
		return found ? [`${name}: ${what} is left in it: ${found[0]}`] : [];
	});
}

/** A text without some words, wherever they stand; one may stand across another. */
function blank(text: string, words: readonly string[]): string {
	const letters = text.split("");
	for (const one of words)
		for (let at = text.indexOf(one); at >= 0; at = text.indexOf(one, at + 1))
			letters.fill(" ", at, at + one.length);
	return letters.join("");
}

/**
 * The words of releases that look like left-overs, their slugs among them, and those that have such
 * words within: without these, what is left of them could look like one.
 */
function wordsOfReleases(
	{ subject, language }: RenderedEdition,
	contents: EditionContents,
): string[] {
	const { fresh, changed, coming } = contents;
	const said = [...fresh, ...changed, ...coming].flatMap((entry) => [
		...[entry.slug, entry.title, entry.summary, entry.event?.place, entry.note, entry.reason],
		...entry.attachments.flatMap(({ title, url }) => [title, url]),
	]);
	const { preheader } = headlineOf("", language, contents);
	const all = [subject, preheader, ...said].filter((words) => typeof words === "string");
	const alike = all.filter((words) => LEFT_OVERS.some(([, pattern]) => pattern.test(words)));
	return all.filter((words) => alike.some((one) => words.includes(one)));
}

/** Releases that are neither told nor counted among those that the section leaves out. */
function findUntold(
	part: Part,
	{ language }: RenderedEdition,
	{ fresh, changed }: EditionContents,
	origin: string,
): string[] {
	const ofKind = KINDS.map((kind) => ({
		entries: fresh.filter((entry) => entry.kind === kind),
		leadOf: () => MAIL_WORDS[language].digest.read_more,
		rest: archivePath(language, kind),
	}));
	const ofChanges = {
		entries: changed,
		leadOf: (entry: NewsEntry) => changeLabel(entry, language),
		rest: archivePath(language, undefined),
	};
	return [...ofKind, ofChanges].flatMap(({ entries, leadOf, rest }) => {
		const untold = entries.filter((entry) => !part.tells(entry, leadOf(entry)));
		const words = withCount(MAIL_WORDS[language].digest.more, untold.length);
		const isCounted = part.links.some(
			(link) => link.words === words && link.address === `${origin}${rest}`,
		);
		if (untold.length === 0 || isCounted) return [];
		const some = untold.slice(0, 5).map(({ slug }) => slug);
		return [
			`${part.name}: neither tells nor counts ${untold.length} of ${rest}, as ${some.join(", ")}`,
		];
	});
}

function findForeignLinks(
	{ name, links }: Part,
	{ fresh, changed, coming }: EditionContents,
	{ origin, logo }: { readonly origin: string; readonly logo: string | null },
): string[] {
	const entries = [...fresh, ...changed, ...coming];
	// Of plain text the line of an attachment's title may look like a link, colon and all.
	const attached = entries.flatMap(({ attachments }) =>
		attachments.flatMap(({ url, title }) => [url, `${title}:`]),
	);
	const theirs = new Set([logo, ...attached, ...entries.map(({ summary }) => summary)]);
	return links
		.map(({ address }) => address)
		.filter((address) => !theirs.has(address) && URL.parse(address)?.origin !== origin)
		.map((address) => `${name}: leads elsewhere: ${address}`);
}

function readHtml(source: string): Part {
	return {
		name: "html",
		plain: decode(source),
		links: [...source.matchAll(/\b(?:href|src|action|background)="([^"]+)"(?=[^>]*>([^<]*))/g)].map(
			([, address = "", words = ""]) => ({ address: decode(address), words: decode(words) }),
		),
		tells: (entry) => source.includes(` id="${permanentId(entry)}"`),
	};
}

/** Of plain text a link is a line with an address and no more; its words are the line before. */
function readText(source: string): Part {
	const lines = source.split("\n").map((line) => line.trim());
	const links = lines.flatMap((address, index) =>
		/^https?:\/\/\S+$/.test(address)
			? [{ address, words: lines[index - 1]?.replace(/:$/, "") ?? "" }]
			: [],
	);
	const byPath = Map.groupBy(links, ({ address }) => URL.parse(address)?.pathname);
	return {
		name: "text",
		plain: source,
		links,
		tells: (entry, lead) =>
			byPath.get(releasePath(entry))?.some(({ words }) => words.startsWith(lead)) ?? false,
	};
}

/** Undoes what the HTML template's escaping does. */
function decode(markup: string): string {
	return markup
		.replaceAll("&lt;", "<")
		.replaceAll("&gt;", ">")
		.replaceAll("&#34;", '"')
		.replaceAll("&#39;", "'")
		.replaceAll("&amp;", "&");
}
