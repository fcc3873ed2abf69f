import { parse } from "yaml";
import type { Fault } from "../shared/fault.ts";
import { err, ok, type Result } from "../shared/result.ts";

const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n(?:|([\s\S]*?)\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;
// Indented by four, it would be code.
const HEADING = /^(?:[ \t]*\r?\n)* {0,3}#[ \t]+(\S[^\r\n]*)(?:\r?\n|$)/;

/**
 * The fields of a CommonMark text with YAML 1.2 front matter: those of the front matter, `body`, and
 * `title` from a first-level heading at the top where the front matter has none.
 */
export function splitMarkdown(text: string): Result<Record<string, unknown>, Fault> {
	const matter = FRONT_MATTER.exec(text);
	const fields = matter ? parseYaml(matter[1] ?? "") : ok({});
	if (!fields.ok) return fields;
	const rest = matter ? text.slice(matter[0].length) : text;
	const heading = "title" in fields.value ? null : HEADING.exec(rest);
	return ok({
		format: "commonmark",
		...(heading ? { title: withoutClosing(heading[1] ?? "") } : {}),
		...fields.value,
		body: heading ? rest.slice(heading[0].length) : rest,
	});
}

/** A heading without the number signs that may close it, which a space parts from it. */
function withoutClosing(heading: string): string {
	const text = heading.trimEnd();
	let end = text.length;
	while (text[end - 1] === "#") end -= 1;
	return /[ \t]/.test(text[end - 1] ?? "") ? text.slice(0, end).trimEnd() : text;
}

function parseYaml(source: string): Result<Record<string, unknown>, Fault> {
	try {
		const value: unknown = parse(source, { maxAliasCount: 0 });
		if (typeof value === "object" && value !== null && !Array.isArray(value))
			return ok(value as Record<string, unknown>);
		if (value === null) return ok({});
		return err({ kind: "malformed", detail: "The front matter must be a mapping: field: value." });
	} catch (fault) {
		const words = fault instanceof Error ? fault.message.split("\n")[0] : fault;
		return err({ kind: "malformed", detail: `The front matter is not YAML: ${words}` });
	}
}
