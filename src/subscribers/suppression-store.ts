import type { HashAddress } from "../shared/address-hash.ts";

export const REASONS = ["erased", "complaint", "bounced", "operator"] as const;
/** Why an address is not mailed. Only who was `erased` may come back, by confirming a new sign-up. */
export type Reason = (typeof REASONS)[number];

export interface Suppression {
	/** The keyed hash of the address. */
	readonly hash: string;
	readonly reason: Reason;
	/** Milliseconds since 1970 UTC. */
	readonly since: number;
}

export type SuppressionStore = ReturnType<typeof createSuppressionStore>;

/** Addresses that must not be mailed, as keyed hashes in D1. */
export function createSuppressionStore(ledger: D1Database, hashAddress: HashAddress) {
	return {
		/** Why an address must not be mailed, or null where it may. */
		async reasonFor(address: string): Promise<Reason | null> {
			return ledger
				.prepare("SELECT reason FROM suppressions WHERE address_hash = ?")
				.bind(await hashAddress(address))
				.first<Reason>("reason");
		},

		/** Suppresses an address. Any other reason is stronger than that it was erased. */
		async suppress(address: string, reason: Reason, now: number): Promise<void> {
			await ledger
				.prepare(
					`INSERT INTO suppressions (address_hash, reason, since) VALUES (?, ?, ?)
					ON CONFLICT DO UPDATE SET reason = excluded.reason, since = excluded.since
						WHERE reason = 'erased' AND excluded.reason <> 'erased'`,
				)
				.bind(await hashAddress(address), reason, now)
				.run();
		},

		/** Lets an address be mailed again, whatever the reason was. */
		async lift(address: string): Promise<void> {
			await ledger
				.prepare("DELETE FROM suppressions WHERE address_hash = ?")
				.bind(await hashAddress(address))
				.run();
		},

		/** Up to `limit` of them by their hashes, those behind the hash `after`; "" for the first. */
		async list({ limit, after }: { limit: number; after: string }): Promise<Suppression[]> {
			const { results } = await ledger
				.prepare(
					`SELECT address_hash AS hash, reason, since FROM suppressions
					WHERE address_hash > ? ORDER BY address_hash LIMIT ?`,
				)
				.bind(after, limit)
				.all<Suppression>();
			return results;
		},
	};
}
