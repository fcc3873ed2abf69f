import type { HashAddress } from "../shared/address-hash.ts";

export type PreferencesStore = ReturnType<typeof createPreferencesStore>;

/** What subscribers change of their own subscription, in D1. */
export function createPreferencesStore(ledger: D1Database, hashAddress: HashAddress) {
	return {
		/** Deletes a subscriber; of the address only the keyed hash stays, as suppressed. */
		async erase(id: string, now: number): Promise<boolean> {
			const address = await ledger
				.prepare("SELECT address FROM subscribers WHERE id = ?")
				.bind(id)
				.first<string>("address");
			if (address === null) return false;
			await ledger.batch([
				ledger
					.prepare("INSERT INTO suppressions VALUES (?, 'erased', ?) ON CONFLICT DO NOTHING")
					.bind(await hashAddress(address), now),
				ledger.prepare("DELETE FROM subscribers WHERE id = ?").bind(id),
			]);
			return true;
		},
	};
}
