import type { Language } from "../shared/language.ts";
import type { Publication } from "./publication.ts";

/** A page in one language. */
export interface PageVersion {
	readonly language: Language;
	readonly path: string;
}

/** A page that every language of the publication has. */
export function versionsOf(
	{ languages }: Publication,
	pathIn: (language: Language) => string,
): PageVersion[] {
	return languages.map((language) => ({ language, path: pathIn(language) }));
}
