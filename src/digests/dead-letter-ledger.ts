import type { Cursor } from "./operator-request.ts";

/** A queue message that was given up. */
export interface DeadLetter {
	readonly id: string;
	/** As JSON. */
	readonly message: string;
	/** When it was kept, in milliseconds since 1970 UTC. */
	readonly since: number;
}

export type DeadLetterLedger = ReturnType<typeof createDeadLetterLedger>;

/** Queue messages that were given up, in D1. */
export function createDeadLetterLedger(ledger: D1Database) {
	return {
		/** Keeps messages; one that is kept already stays as it is. */
		async keep(letters: readonly DeadLetter[]): Promise<void> {
			await ledger
				.prepare(
					`INSERT INTO dead_letters (id, message, since)
					SELECT value ->> 'id', value ->> 'message', value ->> 'since' FROM json_each(?)
					WHERE true ON CONFLICT DO NOTHING`,
				)
				.bind(JSON.stringify(letters))
				.run();
		},

		/** Up to `limit` of them, newest first, behind the one that `after` names; null for the first. */
		async list(after: Cursor | null, limit: number): Promise<DeadLetter[]> {
			const { results } = await ledger
				.prepare(
					`SELECT id, message, since FROM dead_letters WHERE (since, id) < (?, ?)
					ORDER BY since DESC, id DESC LIMIT ?`,
				)
				.bind(after?.at ?? Number.MAX_SAFE_INTEGER, after?.id ?? "", limit)
				.all<DeadLetter>();
			return results;
		},

		async read(id: string): Promise<DeadLetter | null> {
			return ledger
				.prepare("SELECT id, message, since FROM dead_letters WHERE id = ?")
				.bind(id)
				.first<DeadLetter>();
		},

		async remove(id: string): Promise<void> {
			await ledger.prepare("DELETE FROM dead_letters WHERE id = ?").bind(id).run();
		},

		/** Forgets those that were kept before a moment. */
		async forgetBefore(moment: number): Promise<void> {
			await ledger.prepare("DELETE FROM dead_letters WHERE since < ?").bind(moment).run();
		},
	};
}
