import type { ChangedPart } from "../releases/history-store.ts";
import type { Language } from "../shared/language.ts";
import { allScopes, EVERYTHING, type Scope, scopeName, scopesOf } from "./scope.ts";
import type { Progress } from "./store.ts";

/** A scope whose feeds lack something, and what they have; null where they are made anew. */
export interface Lagging {
	readonly scope: Scope;
	readonly progress: Progress | null;
}

/** What is known of changes above the sequence that all feeds have. */
export interface Changes {
	readonly changed: readonly ChangedPart[];
	/** Parts that releases have left for another kind: places moved in their archives. */
	readonly left: readonly ChangedPart[];
}

/**
 * The sequence up to which every scope's feeds have everything. That of {@link EVERYTHING}, since it
 * is always brought up last; 0 where its feeds were made by something else.
 */
export function commonThrough(progress: ReadonlyMap<string, Progress>, madeBy: string): number {
	const everything = progress.get(scopeName(EVERYTHING));
	return everything?.madeBy === madeBy ? everything.through : 0;
}

/** The scopes whose feeds lack something, {@link EVERYTHING} last. */
export function findLagging(
	languages: readonly Language[],
	madeBy: string,
	progress: ReadonlyMap<string, Progress>,
	{ changed, left }: Changes,
): Lagging[] {
	const changes = highestByScope(changed);
	const departures = highestByScope(left);
	return allScopes(languages).flatMap((scope) => {
		const name = scopeName(scope);
		const known = progress.get(name);
		const own = known?.madeBy === madeBy ? known : null;
		const through = own?.through ?? 0;
		// It has left a kind, and is still of its language.
		const hasLost = scope.kind !== null && (departures.get(name) ?? 0) > through;
		if ((changes.get(name) ?? 0) <= through && !hasLost) return [];
		return [{ scope, progress: hasLost ? null : own }];
	});
}

function highestByScope(parts: readonly ChangedPart[]): ReadonlyMap<string, number> {
	const highest = new Map<string, number>();
	for (const { language, kind, sequence } of parts)
		for (const scope of scopesOf(language, kind)) {
			const name = scopeName(scope);
			highest.set(name, Math.max(sequence, highest.get(name) ?? 0));
		}
	return highest;
}
