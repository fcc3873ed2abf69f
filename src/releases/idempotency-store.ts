/** A request that carried an Idempotency-Key, as it stands. */
export interface KnownRequest {
	/** SHA-256 of what was asked. */
	readonly request: string;
	/** The id that its release has. */
	readonly release: string;
	/** The answer it got; null while it is being worked on. */
	readonly answer: { readonly status: number; readonly text: string } | null;
}

/** Who asked, with which key. */
export interface RequestKey {
	readonly publisher: string;
	readonly key: string;
}

/** A request that has had no answer for this long is no longer being worked on. */
const LOST_MS = 60_000;
/** How long a key is remembered. */
const KEPT_MS = 24 * 60 * 60 * 1000;

interface Row {
	request: string;
	release: string;
	status: number | null;
	answer: string | null;
}

export type IdempotencyStore = ReturnType<typeof createIdempotencyStore>;

/** What was asked under each Idempotency-Key, in D1. */
export function createIdempotencyStore(ledger: D1Database) {
	return {
		/**
		 * Claims a key for a request: in one statement where nobody has it, or where whoever had it was
		 * lost with the same request.
		 *
		 * @returns the release's id to work with where the claim is ours, else what is known.
		 */
		async claim(
			{ publisher, key }: RequestKey,
			asked: { request: string; release: string },
			now: number,
		): Promise<{ claimed: string } | { known: KnownRequest }> {
			const claimed = await ledger
				.prepare(
					`INSERT INTO idempotency (publisher, key, request, release, since)
					VALUES (?1, ?2, ?3, ?4, ?5)
					ON CONFLICT (publisher, key) DO UPDATE SET since = excluded.since
						WHERE request = excluded.request AND status IS NULL AND since < ?6
					RETURNING release`,
				)
				.bind(publisher, key, asked.request, asked.release, now, now - LOST_MS)
				.first<string>("release");
			if (claimed !== null) return { claimed };
			const row = await ledger
				.prepare(
					"SELECT request, release, status, answer FROM idempotency WHERE publisher = ? AND key = ?",
				)
				.bind(publisher, key)
				.first<Row>();
			// Whoever had it gave it back between the two statements: it is free again.
			if (!row) return this.claim({ publisher, key }, asked, now);
			const { request, release, status, answer } = row;
			const given = status === null ? null : { status, text: answer ?? "" };
			return { known: { request, release, answer: given } };
		},

		/** Remembers the answer that a request got. */
		async settle({ publisher, key }: RequestKey, status: number, text: string): Promise<void> {
			await ledger
				.prepare("UPDATE idempotency SET status = ?, answer = ? WHERE publisher = ? AND key = ?")
				.bind(status, text, publisher, key)
				.run();
		},

		/** Gives a key back whose request did not come to an answer worth keeping. */
		async release({ publisher, key }: RequestKey): Promise<void> {
			await ledger
				.prepare("DELETE FROM idempotency WHERE publisher = ? AND key = ? AND status IS NULL")
				.bind(publisher, key)
				.run();
		},

		/** Forgets keys of more than a day ago. */
		async forgetOld(now: number): Promise<void> {
			await ledger
				.prepare("DELETE FROM idempotency WHERE since < ?")
				.bind(now - KEPT_MS)
				.run();
		},
	};
}
