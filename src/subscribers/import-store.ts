import { NO_FAILURES } from "./failures.ts";
import { HEARD_NOTHING } from "./hearing.ts";
import type { ImportRow } from "./import-row.ts";
import { isChangedBy } from "./states.ts";
import { joinKinds, joinLanguages } from "./store.ts";
import { addressKey, type Status } from "./subscriber.ts";

/** A row on its way in, with the id that it has if it is new. */
export interface ImportedRow extends ImportRow {
	readonly id: string;
	/** The keyed hash of the address. */
	readonly hash: string;
}

/** How an address stands before its row comes in. */
export interface Standing {
	/** Null where nobody has the address; `ended` also where who has left has signed up since. */
	readonly status: Status | null;
	readonly isSuppressed: boolean;
}

export type ImportStore = ReturnType<typeof createImportStore>;

/**
 * Brings subscribers in, many in one statement: the rows are one bound parameter, as JSON. It may have
 * 2,000,000 bytes in D1, which is room for 1,000 rows, however long they are.
 */
export function createImportStore(ledger: D1Database) {
	const stand = (rows: readonly ImportedRow[]) =>
		ledger
			.prepare(
				`SELECT
					CASE WHEN subscribers.status = 'pending' AND subscribers.ended_at IS NOT NULL
						THEN 'ended' ELSE subscribers.status END AS status,
					suppressions.reason IS NOT NULL AS is_suppressed
				FROM json_each(?) AS row
				LEFT JOIN subscribers ON subscribers.address_key = row.value ->> 0
				LEFT JOIN suppressions ON suppressions.address_hash = row.value ->> 1
				ORDER BY row.key`,
			)
			.bind(JSON.stringify(rows.map(({ address, hash }) => [addressKey(address), hash])));

	return {
		/** How each row's address stands, in the order of the rows. */
		async look(rows: readonly ImportedRow[]): Promise<Standing[]> {
			return toStandings(await stand(rows).all<StandingRow>());
		},

		/**
		 * Brings rows in: who is new or pending becomes active with what the row says, and hears of what
		 * goes public from now on. Everybody else stays as they are, also who has left and has not
		 * confirmed a sign-up since: a stranger may have made it. Doing it twice changes nothing.
		 *
		 * @param rows each of another address.
		 * @returns how each row's address stood before, in the order of the rows.
		 */
		async bring(rows: readonly ImportedRow[], now: number): Promise<Standing[]> {
			const [standings] = await ledger.batch<StandingRow>([
				stand(rows),
				ledger
					.prepare(
						`INSERT INTO subscribers
							(id, address, address_key, status, kinds, languages, frequency, time_zone,
							consent_source, consent_evidence, signed_up_at, confirmed_at, heard_through,
							earlier)
						SELECT
							row.value ->> 0, row.value ->> 1, row.value ->> 2, 'active', row.value ->> 3,
							row.value ->> 4, row.value ->> 5, row.value ->> 6, 'import', row.value ->> 7,
							?2, ?2, (SELECT COALESCE(MAX(sequence), 0) FROM releases),
							${HEARD_NOTHING}
						FROM json_each(?1) AS row
						WHERE NOT EXISTS (SELECT 1 FROM suppressions WHERE address_hash = row.value ->> 8)
						ON CONFLICT (address_key) DO UPDATE SET
							address = excluded.address, status = 'active', kinds = excluded.kinds,
							languages = excluded.languages, frequency = excluded.frequency,
							time_zone = excluded.time_zone, paused_until = NULL, batch = NULL,
							consent_source = excluded.consent_source,
							consent_evidence = excluded.consent_evidence,
							signed_up_at = excluded.signed_up_at, confirmed_at = excluded.confirmed_at,
							heard_through = excluded.heard_through, earlier = excluded.earlier,
							${NO_FAILURES}
						WHERE ${isChangedBy("import")} AND ended_at IS NULL`,
					)
					.bind(JSON.stringify(rows.map(toCells)), now),
			]);
			return standings ? toStandings(standings) : [];
		},
	};
}

interface StandingRow {
	readonly status: Status | null;
	readonly is_suppressed: number;
}

function toStandings({ results }: D1Result<StandingRow>): Standing[] {
	return results.map(({ status, is_suppressed }) => ({
		status,
		isSuppressed: is_suppressed === 1,
	}));
}

function toCells(row: ImportedRow): (string | null)[] {
	return [
		row.id,
		row.address,
		addressKey(row.address),
		joinKinds(row.kinds),
		joinLanguages(row.languages),
		row.frequency,
		row.timeZone,
		row.evidence,
		row.hash,
	];
}
