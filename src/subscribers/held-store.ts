/** Everything that D1 holds about one subscriber. */
export interface Held {
	/** Their row, every column of it. */
	readonly row: Readonly<Record<string, string | number | null>>;
	/** What became of digests for them where they were not submitted. */
	readonly exceptions: readonly { run: string; outcome: string; reason: string }[];
	/** What was said of messages to them. */
	readonly reports: readonly {
		transport: string;
		verdict: string;
		words: string;
		reported_at: number;
	}[];
	/** How many mails were asked for, on which days (UTC), to confirm their address. */
	readonly confirmationMails: readonly { day: string; asked: number; allowed: number }[];
}

export type HeldStore = ReturnType<typeof createHeldStore>;

/** What is held about one subscriber, for themselves to read. */
export function createHeldStore(
	ledger: D1Database,
	hashAddress: (address: string) => Promise<string>,
) {
	return {
		async read(id: string): Promise<Held | null> {
			const row = await ledger
				.prepare("SELECT * FROM subscribers WHERE id = ?")
				.bind(id)
				.first<Held["row"]>();
			if (!row) return null;
			const [exceptions, reports, mails] = await Promise.all([
				ledger
					.prepare("SELECT run, outcome, reason FROM exceptions WHERE subscriber = ? ORDER BY run")
					.bind(id)
					.all<Held["exceptions"][number]>(),
				ledger
					.prepare(
						`SELECT transport, verdict, words, reported_at FROM delivery_reports
						WHERE subscriber = ? ORDER BY reported_at`,
					)
					.bind(id)
					.all<Held["reports"][number]>(),
				ledger
					.prepare(
						`SELECT day, asked, allowed FROM confirmation_mails
						WHERE address_hash = ? ORDER BY day`,
					)
					.bind(await hashAddress(String(row.address)))
					.all<Held["confirmationMails"][number]>(),
			]);
			return {
				row,
				exceptions: exceptions.results,
				reports: reports.results,
				confirmationMails: mails.results,
			};
		},
	};
}
