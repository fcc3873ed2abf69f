import { NO_FAILURES } from "./failures.ts";
import { CHANGE_PREFERENCES } from "./preferences-change.ts";
import { joinKinds, joinLanguages } from "./store.ts";
import { addressKey, type Preferences, type Subscriber } from "./subscriber.ts";

/** A change of address asked for again within this time is the same one: its first link stays good. */
const SAME_MOVE_MS = 24 * 60 * 60 * 1000;

export type PreferencesStore = ReturnType<typeof createPreferencesStore>;

/** What subscribers change of their own subscription, in D1. */
export function createPreferencesStore(
	ledger: D1Database,
	hashAddress: (address: string) => Promise<string>,
) {
	return {
		/** Changes what an active subscriber gets, from now on; what waits for them is not lost. */
		async changePreferences(id: string, preferences: Preferences): Promise<void> {
			const { kinds, languages, frequency, timeZone } = preferences;
			await ledger
				.prepare(CHANGE_PREFERENCES)
				.bind(id, joinKinds(kinds), joinLanguages(languages), frequency, timeZone)
				.run();
		},

		/**
		 * Pauses the mail of an active subscriber. The cursor stays, so that they are told afterwards.
		 *
		 * @param until civil date on which mail comes again; null ends the pause.
		 */
		async pause(id: string, until: string | null): Promise<void> {
			await ledger
				.prepare("UPDATE subscribers SET paused_until = ?2 WHERE id = ?1 AND status = 'active'")
				.bind(id, until)
				.run();
		},

		/**
		 * Notes the address that an active subscriber wants mail at, to be confirmed there. No two
		 * requests of one subscriber have the same second, which their links tell them apart by.
		 */
		async askToMove(id: string, address: string, now: number): Promise<void> {
			await ledger
				.prepare(
					`UPDATE subscribers SET new_address = ?2, new_address_at = CASE
						WHEN new_address = ?2 AND new_address_at > ?4 THEN new_address_at
						ELSE MAX(?3, (COALESCE(new_address_at, 0) / 1000 + 1) * 1000) END
					WHERE id = ?1 AND status = 'active'`,
				)
				.bind(id, address, now, now - SAME_MOVE_MS)
				.run();
		},

		/**
		 * Makes the address that waits the subscriber's, and their earlier links void, unless the
		 * request has changed since it was read, the address is suppressed, or another active
		 * subscriber has it. Whoever had it and is not active gives way: its owner has confirmed.
		 *
		 * @param subscriber as read; with an address that waits.
		 * @returns whether this call did it.
		 */
		async move(subscriber: Subscriber): Promise<boolean> {
			const { id, newAddress, newAddressAt, linkVersion } = subscriber;
			if (newAddress === null) return false;
			const key = addressKey(newAddress);
			const isAllowed = `EXISTS (SELECT 1 FROM subscribers WHERE id = ?1 AND status = 'active'
					AND new_address = ?2 AND new_address_at = ?3 AND link_version = ?4)
				AND NOT EXISTS (SELECT 1 FROM suppressions WHERE address_hash = ?6)
				AND NOT EXISTS (SELECT 1 FROM subscribers
					WHERE address_key = ?5 AND id <> ?1 AND status = 'active')`;
			const values = [
				id,
				newAddress,
				newAddressAt,
				linkVersion,
				key,
				await hashAddress(newAddress),
			];
			const [, moved] = await ledger.batch([
				ledger
					.prepare(`DELETE FROM subscribers WHERE address_key = ?5 AND id <> ?1 AND ${isAllowed}`)
					.bind(...values),
				// The time of the request stays: it tells a link that was followed twice.
				ledger
					.prepare(
						`UPDATE subscribers SET address = ?2, address_key = ?5, new_address = NULL,
							link_version = link_version + 1, ${NO_FAILURES}
						WHERE id = ?1 AND ${isAllowed} RETURNING id`,
					)
					.bind(...values),
			]);
			return moved?.results.length === 1;
		},

		/** Forgets addresses that have waited for their confirmation since before a moment. */
		async forgetMoves(before: number): Promise<void> {
			await ledger
				.prepare(
					`UPDATE subscribers SET new_address = NULL, new_address_at = NULL
					WHERE new_address_at < ?`,
				)
				.bind(before)
				.run();
		},

		/**
		 * Erases a subscriber: their row goes, and a keyed hash of the address stays, so that nobody
		 * brings it back. Batches and receipts know them by id alone.
		 *
		 * @returns whether there was somebody to erase.
		 */
		async erase(id: string, now: number): Promise<boolean> {
			const address = await ledger
				.prepare("SELECT address FROM subscribers WHERE id = ?")
				.bind(id)
				.first<string>("address");
			if (address === null) return false;
			const [, erased] = await ledger.batch([
				ledger
					.prepare(
						`INSERT INTO suppressions (address_hash, reason, since)
						SELECT ?3, 'erased', ?4 FROM subscribers WHERE id = ?1 AND address = ?2
						ON CONFLICT DO NOTHING`,
					)
					.bind(id, address, await hashAddress(address), now),
				ledger
					.prepare("DELETE FROM subscribers WHERE id = ? AND address = ? RETURNING id")
					.bind(id, address),
				ledger
					.prepare(
						`DELETE FROM delivery_reports WHERE subscriber = ?1
							AND NOT EXISTS (SELECT 1 FROM subscribers WHERE id = ?1)`,
					)
					.bind(id),
			]);
			return erased?.results.length === 1;
		},
	};
}
