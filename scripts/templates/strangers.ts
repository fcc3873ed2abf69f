import type { MarkupFault } from "../../src/mail/render.ts";

/** What no mail may have: what loads, runs, or tells somebody that it was read; and what is left out of the Worker. */
const STRANGERS: readonly (readonly [string, RegExp])[] = [
	["a script", /<script\b|javascript:|\son[a-z]+\s*=/i],
	["a document or form inside the mail", /<(?:iframe|object|embed|form|input|video|audio|base)\b/i],
	["a file read into it", /<mj-include\b/i],
	["a style or font from elsewhere", /<link\b|<mj-font\b|@import|\burl\(/i],
	["styles put in by selectors", /<mj-style\b[^>]*\binline\b/i],
	["attributes put in by selectors", /<mj-html-attributes\b/i],
	["a background image", /\bbackground(?:-url)?\s*=/i],
	["a redirect", /http-equiv\s*=\s*["']?refresh/i],
];

const IMAGE = /<(?:img|mj-image|mj-carousel-image)\b([^>]*)/gi;
const LINK = /\b(?:href|src|srcset|action)\s*=\s*"([^"]*)"/gi;

/** What a sample of a mail is known to lead to. */
export interface Known {
	/** Origin of the publication. */
	readonly origin: string;
	readonly logo: string | null;
	/** Addresses that it was filled in with. */
	readonly addresses: ReadonlySet<string>;
}

/** What filled-in MJML has that no mail may have, by its lines. */
export function findStrangers(mjml: string, known: Known): MarkupFault[] {
	return mjml.split("\n").flatMap((text, index) =>
		[...findInLine(text), ...findImages(text, known), ...findLinks(text, known)].map((words) => ({
			line: index + 1,
			words,
		})),
	);
}

/** The same of the plain-text twin, where only addresses can be strange. */
export function findStrangeAddresses(text: string, known: Known): MarkupFault[] {
	return text
		.split("\n")
		.flatMap((line, index) =>
			(line.match(/\bhttps?:\/\/[^\s'"<>]+/g) ?? [])
				.filter((address) => !isKnown(address, known))
				.map((address) => ({ line: index + 1, words: leadsElsewhere(address) })),
		);
}

function findInLine(text: string): string[] {
	return STRANGERS.filter(([, pattern]) => pattern.test(text)).map(
		([what]) => `no mail may have ${what}`,
	);
}

function findImages(text: string, { logo }: Known): string[] {
	return [...text.matchAll(IMAGE)]
		.filter(([, attributes = ""]) => !attributes.includes(` src="${logo}"`))
		.map(() => "the only image that a mail may have is the publication's logo");
}

function findLinks(text: string, known: Known): string[] {
	return [...text.matchAll(LINK)]
		.map(([, address = ""]) => address.replaceAll("&amp;", "&"))
		.filter((address) => !isKnown(address, known))
		.map(leadsElsewhere);
}

/** A page of the publication's own is known too, but nothing behind a question mark, which could tell who reads. */
function isKnown(address: string, { origin, logo, addresses }: Known): boolean {
	if (addresses.has(address) || address === logo) return true;
	return (address === origin || address.startsWith(`${origin}/`)) && !/[?#]/.test(address);
}

function leadsElsewhere(address: string): string {
	return `leads to ${address}, which the mail is not told to lead to`;
}
