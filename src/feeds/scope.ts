import { KINDS, type Kind } from "../releases/kinds.ts";
import type { Language } from "../shared/language.ts";
import type { FeedFile } from "./feed.ts";

/** Which releases a feed has: of a language and of a kind, or of all (null). */
export interface Scope {
	readonly language: Language | null;
	readonly kind: Kind | null;
}

/** What stands in an address for a language where a feed has all of them. */
export const ALL = "all";

/** Kinds as they stand in addresses. */
export const KIND_PATHS: Readonly<Record<Kind, string>> = {
	consultation: "consultations",
	meeting: "meetings",
	announcement: "announcements",
};

/** Everything there is, in every language. */
export const EVERYTHING: Scope = { language: null, kind: null };

/** Whether a scope is {@link EVERYTHING}. */
export function isEverything({ language, kind }: Scope): boolean {
	return language === null && kind === null;
}

/** The name of a scope in the stores: `en/meeting`, `all/all`. */
export function scopeName({ language, kind }: Scope): string {
	return `${language ?? ALL}/${kind ?? ALL}`;
}

/** Where the feeds of a scope are: `/en/meetings`, `/all`. */
export function scopePath({ language, kind }: Scope): string {
	return `/${language ?? ALL}${kind ? `/${KIND_PATHS[kind]}` : ""}`;
}

/** Where a file of a scope is, absolute; with a number, the archive of that number. */
export function feedUrl(origin: string, scope: Scope, file: FeedFile, archive?: number): string {
	const part = archive === undefined ? "" : `/archive/${archive}`;
	return `${origin}${scopePath(scope)}${part}/${file}`;
}

/** Every scope that a publication has feeds for, {@link EVERYTHING} last. */
export function allScopes(languages: readonly Language[]): Scope[] {
	return [...languages, null].flatMap((language) =>
		[...KINDS, null].map((kind) => ({ language, kind })),
	);
}

/** The scopes that a release of a language and kind is in. */
export function scopesOf(language: Language, kind: Kind): Scope[] {
	return [{ language, kind }, { language, kind: null }, { language: null, kind }, EVERYTHING];
}
