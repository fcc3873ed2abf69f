import digestText from "../../templates/digest.liquid";
import digestMjml from "../../templates/digest.mjml";
import { type CutText, cut } from "../mail/personal.ts";
import { RenderFault, renderPair } from "../mail/render.ts";
import type { EditionView, Personal } from "./edition.ts";

/** An edition ready for all its recipients, cut at their personal places. */
export interface RenderedEdition {
	readonly subject: string;
	readonly language: string;
	readonly html: CutText<keyof Personal>;
	readonly text: CutText<keyof Personal>;
}

/**
 * Renders an edition once for everybody who gets it.
 *
 * @throws RenderFault where a part would not tell its reader how to unsubscribe and to change what they get.
 */
export async function renderEdition(view: EditionView): Promise<RenderedEdition> {
	const { html, text } = await renderPair({ mjml: digestMjml, text: digestText }, view);
	const markers = { unsubscribe: view.unsubscribe_url, manage: view.manage_url };
	const rendered = {
		subject: view.subject,
		language: view.language,
		html: cut(html, markers),
		text: cut(text, markers),
	};
	for (const { places } of [rendered.html, rendered.text])
		if (!places.includes("unsubscribe") || !places.includes("manage"))
			throw new RenderFault("the digest's template lacks unsubscribe_url or manage_url");
	return rendered;
}
