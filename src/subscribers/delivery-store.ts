import type { Report, Reported } from "../mail/reports/report.ts";
import type { HashAddress } from "../shared/address-hash.ts";
import {
	type Effect,
	effectOf,
	type Standing,
	type Streak,
	wordsToKeep,
} from "./delivery-reports.ts";
import { NO_FAILURES } from "./failures.ts";
import { addressKey, type Status } from "./subscriber.ts";

/** How often a report is judged anew where the subscriber changes meanwhile. */
const MOST_ATTEMPTS = 5;
/** So many reports of a subscriber are kept; older ones go when another comes. */
const REPORTS_KEPT = 100;

/** A report as it is kept. */
export interface KeptReport {
	readonly transport: string;
	readonly verdict: Reported;
	readonly words: string;
	/** Milliseconds since 1970 UTC; when it came. */
	readonly at: number;
}

export type DeliveryStore = ReturnType<typeof createDeliveryStore>;

/** What became of messages after they were submitted, and what follows for their readers, in D1. */
export function createDeliveryStore(ledger: D1Database, hashAddress: HashAddress) {
	const find = async ({ subscriber, address }: Report): Promise<Standing | null> => {
		if (subscriber === null && address === null) return null;
		const [condition, value] =
			subscriber === null ? ["address_key = ?", addressKey(address ?? "")] : ["id = ?", subscriber];
		const row = await ledger
			.prepare(`SELECT ${STANDING} FROM subscribers WHERE ${condition}`)
			.bind(value)
			.first<StandingRow>();
		return row && toStanding(row);
	};

	/** Returns whether the report is kept now, by this call or by another. */
	const apply = async (standing: Standing, report: Report, effect: Effect, now: number) => {
		const results = await ledger.batch([
			...changesOf(ledger, standing, report, effect, now),
			...(await suppressionOf(ledger, hashAddress, standing, report, effect, now)),
			keep(ledger, standing, report, effect, now),
			prune(ledger, standing.id),
			ledger.prepare("SELECT id FROM delivery_reports WHERE id = ?").bind(report.id),
		]);
		return results.at(-1)?.results.length === 1;
	};

	return {
		/**
		 * Takes a report: it is judged by how the subscriber stands, and everything that follows is done in
		 * the one transaction that keeps it. One that is kept already changes nothing, and so does one of
		 * nobody, or of a subscriber's former address. A delivery that changes nothing costs one read.
		 *
		 * @throws Error where the subscriber changed each time between.
		 */
		async take(report: Report, now: number): Promise<void> {
			const timed = { ...report, at: Number.isFinite(report.at) ? Math.min(report.at, now) : now };
			for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
				const standing = await find(timed);
				if (!standing) return;
				const effect = effectOf(standing, timed);
				if (effect.kind === "nothing") return;
				if (await apply(standing, timed, effect, now)) return;
			}
			throw new Error("the subscriber changed while a report was taken");
		},

		/** The last reports about a subscriber, newest first. */
		async listReports(subscriber: string, limit: number): Promise<KeptReport[]> {
			const { results } = await ledger
				.prepare(
					`SELECT transport, verdict, words, reported_at AS at FROM delivery_reports
					WHERE subscriber = ? ORDER BY reported_at DESC, id LIMIT ?`,
				)
				.bind(subscriber, limit)
				.all<KeptReport>();
			return results;
		},

		/**
		 * Undoes the end that a bounce brought to whoever had confirmed: active again, with the cursor of
		 * before, so that nothing since is missed; the suppression and the count go. No other end, and no
		 * other suppression, is undone.
		 *
		 * @returns whether this call did it.
		 */
		async reinstate(id: string, now: number): Promise<boolean> {
			const address = await ledger
				.prepare("SELECT address FROM subscribers WHERE id = ?")
				.bind(id)
				.first<string>("address");
			if (address === null) return false;
			const hash = await hashAddress(address);
			const [reinstated] = await ledger.batch([
				ledger
					.prepare(
						`UPDATE subscribers SET status = 'active', ended_at = NULL, ended_reason = NULL,
							reinstated_at = ?3, ${NO_FAILURES}
						WHERE id = ?1 AND address = ?2 AND status = 'ended' AND ended_reason = 'bounced'
							AND confirmed_at >= signed_up_at AND NOT EXISTS (
								SELECT 1 FROM suppressions WHERE address_hash = ?4 AND reason <> 'bounced')
						RETURNING id`,
					)
					.bind(id, address, now, hash),
				ledger
					.prepare(
						`DELETE FROM suppressions WHERE address_hash = ?3 AND reason = 'bounced' AND EXISTS (
							SELECT 1 FROM subscribers
							WHERE id = ?1 AND address = ?2 AND status = 'active' AND reinstated_at = ?4)`,
					)
					.bind(id, address, hash, now),
			]);
			return reinstated?.results.length === 1;
		},
	};
}

interface StandingRow {
	readonly id: string;
	readonly address: string;
	readonly status: Status;
	readonly link_version: number;
	readonly confirmed_at: number | null;
	readonly reinstated_at: number | null;
	readonly failures: number;
	readonly first_failed_at: number | null;
	readonly last_failed_at: number | null;
}

const STANDING = `id, address, status, link_version, confirmed_at, reinstated_at, failures,
	first_failed_at, last_failed_at`;

function toStanding(row: StandingRow): Standing {
	return {
		id: row.id,
		address: row.address,
		status: row.status,
		linkVersion: row.link_version,
		confirmedAt: row.confirmed_at,
		reinstatedAt: row.reinstated_at,
		failures: row.failures,
		firstFailedAt: row.first_failed_at,
		lastFailedAt: row.last_failed_at,
	};
}

/** While the row (?1) is as it was judged: address ?2 to the last failure ?9. */
const IS_AS_JUDGED = `id = ?1 AND address = ?2 AND status = ?3 AND link_version = ?4
	AND confirmed_at IS ?5 AND reinstated_at IS ?6 AND failures = ?7 AND first_failed_at IS ?8
	AND last_failed_at IS ?9`;

function valuesOf(standing: Standing) {
	return [
		standing.id,
		standing.address,
		standing.status,
		standing.linkVersion,
		standing.confirmedAt,
		standing.reinstatedAt,
		standing.failures,
		standing.firstFailedAt,
		standing.lastFailedAt,
	];
}

/** The change of the row, where it is as it was judged and the report (?10) is new. */
function changesOf(
	ledger: D1Database,
	standing: Standing,
	report: Report,
	effect: Effect,
	now: number,
): D1PreparedStatement[] {
	if (!changesRow(effect)) return [];
	const columns = Object.entries(columnsOf(effect, now));
	const set = columns.map(([column], index) => `, ${column} = ?${index + 11}`);
	return [
		ledger
			.prepare(
				`UPDATE subscribers SET last_report = ?10${set.join("")}
				WHERE ${IS_AS_JUDGED} AND NOT EXISTS (SELECT 1 FROM delivery_reports WHERE id = ?10)`,
			)
			.bind(...valuesOf(standing), report.id, ...columns.map(([, value]) => value)),
	];
}

function changesRow({ kind }: Effect): boolean {
	return kind === "clear" || kind === "count" || kind === "end";
}

/** Where the row is as it was judged, or the report (?10) has just changed it. */
function isTaken(effect: Effect): string {
	return changesRow(effect) ? "id = ?1 AND last_report = ?10" : IS_AS_JUDGED;
}

/** What an effect makes of a row's columns. */
function columnsOf(effect: Effect, now: number): Readonly<Record<string, string | number | null>> {
	if (effect.kind === "clear") return countColumns({ failures: 0 });
	if (effect.kind === "count") return countColumns(effect.streak);
	if (effect.kind !== "end") return {};
	const count = effect.streak ? countColumns(effect.streak) : {};
	return { ...count, status: "ended", ended_reason: effect.reason, ended_at: now };
}

function countColumns({ failures, firstFailedAt, lastFailedAt }: Partial<Streak>) {
	return {
		failures: failures ?? 0,
		first_failed_at: firstFailedAt ?? null,
		last_failed_at: lastFailedAt ?? null,
	};
}

/** The suppression of the address, where the report is new. */
async function suppressionOf(
	ledger: D1Database,
	hashAddress: HashAddress,
	standing: Standing,
	report: Report,
	effect: Effect,
	now: number,
): Promise<D1PreparedStatement[]> {
	if (effect.kind !== "end" && effect.kind !== "suppress") return [];
	const reason = effect.kind === "end" ? effect.reason : "complaint";
	// A complaint is the stronger reason: no operator undoes it together with the bounce.
	const weaker = reason === "complaint" ? "('erased', 'bounced')" : "('erased')";
	const hash = await hashAddress(standing.address);
	return [
		ledger
			.prepare(
				`INSERT INTO suppressions (address_hash, reason, since)
				SELECT ?11, ?12, ?13 FROM subscribers WHERE ${isTaken(effect)}
					AND NOT EXISTS (SELECT 1 FROM delivery_reports WHERE id = ?10)
				ON CONFLICT DO UPDATE SET reason = excluded.reason, since = excluded.since
					WHERE reason IN ${weaker}`,
			)
			.bind(...valuesOf(standing), report.id, hash, reason, now),
	];
}

/** Keeps the report where it was judged by how the subscriber stood, and did what follows. */
function keep(
	ledger: D1Database,
	standing: Standing,
	report: Report,
	effect: Effect,
	now: number,
): D1PreparedStatement {
	const { id, transport, verdict, words } = report;
	return ledger
		.prepare(
			`INSERT INTO delivery_reports (id, subscriber, transport, verdict, words, reported_at)
			SELECT ?10, ?1, ?11, ?12, ?13, ?14 FROM subscribers WHERE ${isTaken(effect)}
			ON CONFLICT DO NOTHING`,
		)
		.bind(...valuesOf(standing), id, transport, verdict, wordsToKeep(words), now);
}

function prune(ledger: D1Database, subscriber: string): D1PreparedStatement {
	return ledger
		.prepare(
			`DELETE FROM delivery_reports WHERE id IN (
				SELECT id FROM delivery_reports WHERE subscriber = ?
				ORDER BY reported_at DESC LIMIT -1 OFFSET ${REPORTS_KEPT})`,
		)
		.bind(subscriber);
}
