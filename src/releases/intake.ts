import { err, type Result } from "../shared/result.ts";
import { foldSpace } from "../shared/text.ts";
import { missing } from "./intake/asking.ts";
import { hasWords } from "./intake/characters.ts";
import { cleanLines } from "./intake/cleaning.ts";
import { sureEnough } from "./intake/finding.ts";
import { readLanguage } from "./intake/language.ts";
import { readParticulars } from "./intake/particulars.ts";
import { paragraphsIn, partText } from "./intake/source.ts";
import type { Asked, GivenFields, IntakeContext, Reading } from "./reading.ts";

/**
 * Reads a release from plain text. In: the text as it was posted, the fields that the sender gave
 * (they win over the text) and the publication's languages and date. Out: the release and where its
 * values were read, or everything that has to be given besides.
 */
export function readText(
	text: string,
	given: GivenFields,
	context: IntakeContext,
): Result<Reading, Asked> {
	const lines = cleanLines(text);
	if (!lines.some(hasWords)) return err([missing("body", "text")]);
	const language = readLanguage(opening(lines), context.languages);
	const known = given.language ?? sureEnough("language", language)?.value ?? null;
	const { title, paragraphs } = partText(lines, {
		title: given.title,
		language: known,
		today: context.today,
	});
	const body = given.body ?? paragraphs.join("\n\n");
	return readParticulars({ given, context, door: "text", title, language, body, paragraphs });
}

/**
 * Reads a release from fields. In: `title` and `body`, which stay as they are, and whatever else was
 * given. Out: the release with the rest inferred by the same rules as from plain text, or everything
 * that has to be given besides.
 */
export function readFields(given: GivenFields, context: IntakeContext): Result<Reading, Asked> {
	const body = given.body?.trim() || undefined;
	const paragraphs = body === undefined ? [] : paragraphsIn(body);
	const words = [given.title ?? "", ...paragraphs.slice(0, OPENING_LINES)];
	const language = readLanguage(opening(words), context.languages);
	return readParticulars({
		given,
		context,
		door: "fields",
		title: null,
		language,
		body,
		paragraphs,
	});
}

const OPENING_LINES = 100;

/** Enough of a text to tell its language by. */
function opening(lines: readonly string[]): string {
	return foldSpace(
		lines
			.slice(0, OPENING_LINES)
			.map((line) => line.slice(0, 5000))
			.join(" "),
	);
}
