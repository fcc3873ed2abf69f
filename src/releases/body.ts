import { micromark } from "micromark";
import { escapeMarkup } from "../shared/text.ts";
import { paragraphs, type ReleaseText } from "./release.ts";

/**
 * A body as HTML. Plain text: a `p` for each paragraph, its line ends kept. CommonMark 0.31: raw HTML
 * comes out as text, and addresses other than http, https, mailto and the like are dropped.
 */
export function bodyHtml({ body, format }: Pick<ReleaseText, "body" | "format">): string {
	if (format === "commonmark") return micromark(body);
	return paragraphs(body)
		.map((paragraph) => `<p>${escapeMarkup(paragraph).replaceAll("\n", "<br>")}</p>`)
		.join("\n");
}
