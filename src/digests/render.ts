import type { MailIdentity } from "../mail/frame.ts";
import { type CutText, cut } from "../mail/personal.ts";
import { RenderFault } from "../mail/render.ts";
import { renderMail } from "../mail/templates.ts";
import type { Language } from "../shared/language.ts";
import type { EditionContents } from "./contents.ts";
import { fewerItems } from "./cutting.ts";
import { countItems, type EditionView, mailOf, type Personal, viewEdition } from "./edition.ts";
import { withPlainSpaces } from "./no-break.ts";
import { bytesOf } from "./size.ts";

/** No edition shows more: so many items of the usual sizes do not fit. */
const MOST_ITEMS = 150;

/** An edition ready for all its recipients, cut at their personal places. */
export interface RenderedEdition {
	readonly subject: string;
	readonly language: Language;
	readonly html: CutText<keyof Personal>;
	readonly text: CutText<keyof Personal>;
}

/** An edition to be rendered. */
export interface EditionToRender {
	readonly identity: MailIdentity;
	readonly language: Language;
	readonly contents: EditionContents;
	/** The run's civil date. */
	readonly day: string;
	readonly newId: () => string;
}

/**
 * Renders an edition for everybody who gets it: once, and again with fewer items as long as it is too
 * large for a mail.
 *
 * @throws RenderFault where a part would not tell its reader how to unsubscribe and to change what they get.
 */
export async function renderEdition(edition: EditionToRender): Promise<RenderedEdition> {
	const { identity, language, contents, day, newId } = edition;
	// Nothing in a release can know the markers, so nothing in it can stand where a token goes.
	const marker = () => `https://${newId()}.invalid/`;
	const markers = { unsubscribe: marker(), manage: marker() };
	let most = MOST_ITEMS;
	for (let attempt = 1; ; attempt++) {
		const view = viewEdition(identity, language, contents, { day, most }, markers);
		const rendered = await renderView(view, markers);
		const bytes = Math.max(bytesOf(rendered.html), bytesOf(rendered.text));
		const fewer = fewerItems(countItems(view), bytes, attempt);
		if (fewer === null) return rendered;
		most = fewer;
	}
}

async function renderView(view: EditionView, markers: Personal): Promise<RenderedEdition> {
	const mail = mailOf(view);
	const { html, text } = await renderMail(mail, view);
	const rendered = {
		subject: view.subject,
		language: view.language,
		html: cut(html, markers),
		text: cut(withPlainSpaces(text), markers),
	};
	for (const { places } of [rendered.html, rendered.text])
		if (!places.includes("unsubscribe") || !places.includes("manage"))
			throw new RenderFault(`the template of the ${mail} lacks unsubscribe_url or manage_url`);
	return rendered;
}
