import type { Language } from "../shared/language.ts";
import { fill, formatNumber, type Strings, stringsOf } from "./strings/index.ts";

type FileType = keyof Strings["files"]["types"];

const KIB = 1024;
const MIB = KIB * KIB;

/** What readers call files of a media type; the first pattern that fits counts. */
const TYPES: readonly [RegExp, FileType][] = [
	[/^application\/pdf$/, "pdf"],
	[/spreadsheet|excel|^text\/csv$/, "spreadsheet"],
	[/presentation|powerpoint/, "presentation"],
	[/wordprocessing|msword|opendocument\.text|^(application|text)\/rtf$/, "document"],
	[/^image\//, "image"],
	[/^audio\//, "audio"],
	[/^video\//, "video"],
	[/zip|x-tar|x-7z|rar/, "archive"],
	[/^(text\/html|application\/xhtml)/, "page"],
	[/^text\//, "text"],
];

/** A file's type and size as readers know them: `PDF, 200 KB`. */
export function describeFile(
	{ type, length }: { readonly type: string; readonly length: number },
	language: Language,
): string {
	const found = TYPES.find(([pattern]) => pattern.test(type.toLowerCase()))?.[1] ?? "other";
	return `${stringsOf(language).files.types[found]}, ${sizeInWords(length, language)}`;
}

function sizeInWords(bytes: number, language: Language): string {
	const strings = stringsOf(language);
	const kilobytes = Math.max(1, Math.round(bytes / KIB));
	if (kilobytes < KIB)
		return fill(strings.files.kilobytes, { size: formatNumber(kilobytes, language) });
	const megabytes = Math.round((bytes / MIB) * 10) / 10;
	return fill(strings.files.megabytes, { size: formatNumber(megabytes, language) });
}
