import { paragraphs } from "../releases/release.ts";
import { escapeMarkup } from "../shared/text.ts";

/** A body as HTML, a `p` for each paragraph; line ends inside one stay. */
export function bodyHtml(body: string): string {
	return paragraphs(body)
		.map((paragraph) => `<p>${escapeMarkup(paragraph).replaceAll("\n", "<br>")}</p>`)
		.join("\n");
}
