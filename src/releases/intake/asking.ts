import type { FieldFault } from "../../shared/fault.ts";

/** How the release comes in: a plain text with query parameters, or fields as JSON. */
export type Door = "text" | "fields";

export type AskedField = "title" | "body" | "language" | "kind" | "issued";

const DETAILS: Readonly<Record<AskedField, string>> = {
	title: "The title cannot be told from the body.",
	body: "There is no text.",
	language: "The text is not clearly in one of the publication's languages.",
	kind: "The text does not say clearly whether it tells of a consultation or of a meeting.",
	issued: "The date in the dateline lies well after today.",
};

const QUERY_EXAMPLES = {
	language: "?language=…",
	kind: "?kind=consultation",
	issued: "?issued=YYYY-MM-DD",
} as const;

const JSON_EXAMPLES: Readonly<Record<AskedField, string>> = {
	title: `"title": "…"`,
	body: `"body": "…"`,
	language: `"language": "en"`,
	kind: `"kind": "consultation"`,
	issued: `"issued": "YYYY-MM-DD"`,
};

const OTHERS: Readonly<Partial<Record<AskedField, string>>> = {
	kind: " (or `meeting`, or `announcement`)",
	language: " with one of the publication's languages, such as `en`, `ru`, `uz` or `uz-Cyrl`",
};

/** The fault that asks the sender for a field. */
export function missing(field: AskedField, door: Door, detail = DETAILS[field]): FieldFault {
	return { field, detail, remedy: remedy(field, door) };
}

function remedy(field: AskedField, door: Door): string {
	if (door === "fields") return `Give it as ${JSON_EXAMPLES[field]}.`;
	if (field === "body") return "Send the release as the text of the request.";
	if (field === "title") {
		return "Put the title on lines of its own before a blank line, or send the release as JSON with `title` and `body`.";
	}
	const others = OTHERS[field] ?? "";
	return `Give it as \`${QUERY_EXAMPLES[field]}\`${others}.`;
}
