import type { ChangedPart } from "../releases/history-store.ts";
import type { Language } from "../shared/language.ts";
import { allScopes, EVERYTHING, type Scope, scopeName, scopesOf } from "./scope.ts";
import type { Progress } from "./store.ts";

/** A scope whose feeds lack something. */
export interface Lagging {
	readonly scope: Scope;
	/** What they have; null where they were never made. */
	readonly progress: Progress | null;
	/** Whether all of them are made, from the first archive on. */
	readonly isAnew: boolean;
}

/** What is known of changes above the sequence that all feeds have. */
export interface Changes {
	readonly changed: readonly ChangedPart[];
	/** Parts that releases have left for another kind, or come to: places moved in their archives. */
	readonly moved: readonly ChangedPart[];
}

/**
 * The sequence up to which every scope's feeds have everything. That of {@link EVERYTHING}, since it
 * is always brought up last; 0 where the feeds of any scope were made by something else.
 */
export function commonThrough(
	languages: readonly Language[],
	madeBy: string,
	progress: ReadonlyMap<string, Progress>,
): number {
	const known = allScopes(languages).flatMap((scope) => progress.get(scopeName(scope)) ?? []);
	if (known.some((one) => one.madeBy !== madeBy)) return 0;
	return progress.get(scopeName(EVERYTHING))?.through ?? 0;
}

/** The scopes whose feeds lack something, {@link EVERYTHING} last. */
export function findLagging(
	languages: readonly Language[],
	madeBy: string,
	progress: ReadonlyMap<string, Progress>,
	changes: Changes,
): Lagging[] {
	const changed = highestByScope(changes.changed);
	const moved = highestByScope(changes.moved);
	return allScopes(languages).flatMap((scope): Lagging[] => {
		const name = scopeName(scope);
		const known = progress.get(name);
		if (!known) return changed.has(name) ? [{ scope, progress: null, isAnew: true }] : [];
		// What moves to another kind stays in its language. Archives made since then have it.
		const move = scope.kind === null ? 0 : (moved.get(name) ?? 0);
		const isAnew = known.madeBy !== madeBy || move > known.correctedThrough;
		const isLagging = isAnew || isHalfMade(known) || (changed.get(name) ?? 0) > known.through;
		return isLagging ? [{ scope, progress: known, isAnew }] : [];
	});
}

/** Whether they were being made anew when a step ended. */
function isHalfMade({ through }: Progress): boolean {
	return through === 0;
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
