/** Mails that strangers may have sent to one address on one day (UTC), by asking for them. */
export const MAILS_A_DAY = 3;

export type LimitsStore = ReturnType<typeof createLimitsStore>;

/** Counts the mails that anybody may ask for, by the keyed hash of the address and the day, in D1. */
export function createLimitsStore(ledger: D1Database) {
	return {
		/**
		 * Counts one more mail asked for, and says whether it is allowed. Both in one transaction, so
		 * that of any number at once no more are allowed than may be.
		 *
		 * @param day civil date (UTC).
		 */
		async allowMail(addressHash: string, day: string): Promise<boolean> {
			const [, allowed] = await ledger.batch([
				ledger
					.prepare(
						`INSERT INTO confirmation_mails (address_hash, day, asked, allowed)
						VALUES (?1, ?2, 1, 0) ON CONFLICT DO UPDATE SET asked = asked + 1`,
					)
					.bind(addressHash, day),
				ledger
					.prepare(
						`UPDATE confirmation_mails SET allowed = allowed + 1
						WHERE address_hash = ?1 AND day = ?2 AND allowed < ?3`,
					)
					.bind(addressHash, day, MAILS_A_DAY),
			]);
			return allowed?.meta.changes === 1;
		},

		/** Takes back an allowed mail that the provider has certainly not taken. */
		async giveBackMail(addressHash: string, day: string): Promise<void> {
			await ledger
				.prepare(
					`UPDATE confirmation_mails SET asked = asked - 1, allowed = allowed - 1
					WHERE address_hash = ?1 AND day = ?2 AND allowed > 0`,
				)
				.bind(addressHash, day)
				.run();
		},
	};
}
