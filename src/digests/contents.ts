import type { NewsEntry } from "../releases/entry.ts";

/** What an edition tells. */
export interface EditionContents {
	/** Told whole. */
	readonly fresh: readonly NewsEntry[];
	/** Heard of before, and corrected or withdrawn since. */
	readonly changed: readonly NewsEntry[];
	/** A reminder: events of this week that were announced before. */
	readonly coming: readonly NewsEntry[];
}

/** Whether there is something to tell: a reminder alone is no reason for a mail. */
export function hasNews({ fresh, changed }: Pick<EditionContents, "fresh" | "changed">): boolean {
	return fresh.length + changed.length > 0;
}

/** Names what is told: the same where the very same revisions are. */
export function nameNews({ fresh, changed }: Pick<EditionContents, "fresh" | "changed">): string {
	return `${nameAll(fresh)} | ${nameAll(changed)}`;
}

export function nameAll(entries: readonly NewsEntry[]): string {
	return entries.map(({ id, revision }) => `${id}/${revision}`).join(" ");
}
