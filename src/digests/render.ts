import digestText from "../../templates/digest.liquid";
import digestMjml from "../../templates/digest.mjml";
import { type CutText, cut } from "../mail/personal.ts";
import { RenderFault, renderPair } from "../mail/render.ts";
import type { EditionView } from "./edition.ts";

/** An edition ready for all its recipients, cut at their personal places. */
export interface RenderedEdition {
	readonly subject: string;
	readonly language: string;
	readonly html: CutText;
	readonly text: CutText;
}

/**
 * Renders an edition once for everybody who gets it.
 *
 * @throws RenderFault where a part would not tell its reader how to unsubscribe.
 */
export async function renderEdition(view: EditionView): Promise<RenderedEdition> {
	const { html, text } = await renderPair({ mjml: digestMjml, text: digestText }, view);
	const rendered = {
		subject: view.subject,
		language: view.language,
		html: cut(html, view.unsubscribe_url),
		text: cut(text, view.unsubscribe_url),
	};
	if (rendered.html.length < 2 || rendered.text.length < 2)
		throw new RenderFault("the digest's template has no unsubscribe_url");
	return rendered;
}
