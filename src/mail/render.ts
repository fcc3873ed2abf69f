import { Liquid } from "liquidjs";

/** The mails that there are: each has an HTML template and a plain-text twin. */
export const MAILS = [
	"digest",
	"correction",
	"confirmation",
	"welcome",
	"address-change",
	"notice",
] as const;
export type Mail = (typeof MAILS)[number];

/** Templates and partials by their path in the folder templates: `digest.mjml`. */
export type Templates = Readonly<Record<string, string>>;

export interface Rendered {
	readonly html: string;
	readonly text: string;
}

/** A template or its filling is faulty; nothing was rendered. */
export class RenderFault extends Error {
	override readonly name = "RenderFault";
}

/** Fills in templates; partials are looked up among them, never in a file system. */
export interface Engines {
	readonly markup: Liquid;
	readonly text: Liquid;
}

export function createEngines(templates: Templates): Engines {
	const options = {
		templates: withoutLastBreaks(templates),
		strictVariables: true,
		strictFilters: true,
		cache: true,
	};
	return {
		// MJML escapes nothing, so everything that is filled in is escaped before MJML sees it.
		markup: new Liquid({ ...options, outputEscape: "escape" }),
		text: new Liquid(options),
	};
}

/** The line break that ends a partial's file is no part of what it stands for. */
function withoutLastBreaks(templates: Templates): Record<string, string> {
	const trimmed = Object.entries(templates).map(([path, text]) => [
		path,
		/^partials\//.test(path) ? text.replace(/\n$/, "") : text,
	]);
	return Object.fromEntries(trimmed);
}

/**
 * Fills in a mail's pair of templates and renders its MJML.
 *
 * @throws RenderFault where MJML finds the filled-in template faulty.
 */
export async function renderWith(engines: Engines, mail: Mail, view: object): Promise<Rendered> {
	const { html, faults } = await toHtml(engines.markup.renderFileSync(`${mail}.mjml`, view));
	if (faults.length > 0) throw new RenderFault(faults.map(({ words }) => words).join("; "));
	return { html, text: engines.text.renderFileSync(`${mail}.liquid`, view) };
}

/** What MJML finds wrong: in which line of what it was given, from 1. */
export interface MarkupFault {
	readonly line: number;
	readonly words: string;
}

/**
 * Makes HTML of MJML. The one place that loads MJML, and only when it is called: loading costs a cold
 * start about 200 ms.
 */
export async function toHtml(
	mjml: string,
): Promise<{ html: string; faults: readonly MarkupFault[] }> {
	const { default: mjml2html } = await import("mjml");
	const { html, errors } = await mjml2html(mjml, { validationLevel: "soft", fonts: {} });
	const faults = errors.map(({ line, tagName, message }) => ({
		line,
		words: `${tagName}: ${message}`,
	}));
	return { html: trimLines(html), faults };
}

/** MJML indents deeply, and Gmail clips a long mail: leading white space says nothing in HTML. */
function trimLines(html: string): string {
	return html.replaceAll(/^[ \t]+|[ \t]+$/gm, "").replaceAll(/\n{2,}/g, "\n");
}
