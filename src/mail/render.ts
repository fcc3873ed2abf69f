import { Liquid, type Template } from "liquidjs";

/** A template pair: MJML for the HTML part and its plain-text twin, both filled in by LiquidJS. */
export interface TemplatePair {
	readonly mjml: string;
	readonly text: string;
}

export interface Rendered {
	readonly html: string;
	readonly text: string;
}

/** A template or its filling is faulty; nothing was rendered. */
export class RenderFault extends Error {
	override readonly name = "RenderFault";
}

// MJML escapes nothing, so everything that is filled in is escaped before MJML sees it.
const markupEngine = new Liquid({ outputEscape: "escape", strictVariables: true });
const textEngine = new Liquid({ strictVariables: true });
const parsed = new Map<string, Template[]>();

/**
 * Fills in a template pair and renders its MJML. The one place that loads MJML, and only when it is
 * called: loading costs a cold start about 200 ms.
 *
 * @throws RenderFault where MJML finds the filled-in template faulty.
 */
export async function renderPair(pair: TemplatePair, view: object): Promise<Rendered> {
	const { default: mjml2html } = await import("mjml");
	const mjml = fill(markupEngine, pair.mjml, view);
	const { html, errors } = await mjml2html(mjml, { validationLevel: "soft", fonts: {} });
	if (errors.length > 0)
		throw new RenderFault(errors.map(({ formattedMessage }) => formattedMessage).join("; "));
	return { html: trimLines(html), text: fill(textEngine, pair.text, view) };
}

function fill(engine: Liquid, template: string, view: object): string {
	let parts = parsed.get(template);
	if (!parts) {
		parts = engine.parse(template);
		parsed.set(template, parts);
	}
	return engine.renderSync(parts, view);
}

/** MJML indents deeply, and Gmail clips a long mail: leading white space says nothing in HTML. */
function trimLines(html: string): string {
	return html.replaceAll(/^[ \t]+|[ \t]+$/gm, "").replaceAll(/\n{2,}/g, "\n");
}
