import { withoutAddresses } from "../shared/log.ts";
import { type Gate, type GateState, type Passage, shutFor } from "./gate.ts";

/** Whoever is let through to try a provider that failed has this long, before another may. */
const TRIAL_MS = 60_000;
const LONGEST_SAID = 500;
/** A queue keeps no message for longer than twelve hours. */
const LONGEST_LINE_MS = 6 * 60 * 60 * 1000;

export interface GateSettings {
	/** The transport's name. */
	readonly transport: string;
	/** Messages a second; null for as many as can be. */
	readonly rate: number | null;
}

interface Row {
	failures: number;
	shut_until: number;
	busy_until: number;
	failing_since: number | null;
	said: string | null;
}

export type GateStore = ReturnType<typeof createGateStore>;

/**
 * The gate before a provider, in D1, so that all consumers respect it together. While there is no
 * rate and no failure, it is one read and no write for each batch.
 */
export function createGateStore(ledger: D1Database, { transport, rate }: GateSettings) {
	const read = () =>
		ledger
			.prepare(
				`SELECT failures, shut_until, busy_until, failing_since, said
				FROM mail_gates WHERE transport = ?`,
			)
			.bind(transport)
			.first<Row>();
	const spanOf = (count: number) => (rate === null ? 0 : Math.ceil((count * 1000) / rate));

	/** When the turn comes of one more who is sent away: all at once would be sent away again but for one. */
	const standInLine = async (span: number, now: number): Promise<number> => {
		const turn = await ledger
			.prepare(
				`UPDATE mail_gates SET line_until = MIN(MAX(line_until, busy_until), ?3) + ?2
				WHERE transport = ?1 RETURNING line_until - ?2 AS turn`,
			)
			.bind(transport, span, now + LONGEST_LINE_MS)
			.first<number>("turn");
		return turn ?? now;
	};

	const gate: Gate = {
		async enter(count, now, patienceMs): Promise<Passage> {
			const before = rate === null ? await read() : null;
			if (rate === null && (before?.failures ?? 0) === 0)
				return { kind: "open", ticket: { start: now, failures: 0 } };
			const span = spanOf(count);
			const entered = await ledger
				.prepare(
					`INSERT INTO mail_gates (transport, busy_until) VALUES (?1, ?2 + ?3)
					ON CONFLICT DO UPDATE SET
						busy_until = MAX(busy_until, ?2) + ?3,
						shut_until = CASE WHEN failures > 0 THEN ?2 + ?5 ELSE shut_until END
					WHERE shut_until <= ?2 AND busy_until <= ?2 + ?4
					RETURNING busy_until - ?3 AS start, failures`,
				)
				.bind(transport, now, span, patienceMs, TRIAL_MS)
				.first<{ start: number; failures: number }>();
			if (entered) return { kind: "open", ticket: entered };
			const shutUntil = (await read())?.shut_until ?? now;
			const isBusy = shutUntil <= now;
			const until = isBusy ? await standInLine(span, now) : shutUntil;
			// Never in the past: whoever comes back at once finds it as it was.
			return { kind: "shut", until: Math.max(until, now + 1000), isBusy };
		},

		async leave(ticket, verdict, now): Promise<void> {
			if (verdict.kind === "failed") {
				const { hasTaken, afterSeconds } = verdict;
				const failures = hasTaken ? 1 : ticket.failures + 1;
				const shutUntil = now + shutFor(failures, afterSeconds);
				const said = withoutAddresses(verdict.said).slice(0, LONGEST_SAID);
				await ledger
					.prepare(
						`INSERT INTO mail_gates (transport, failures, shut_until, failing_since, said)
						VALUES (?1, 1, ?3, ?4, ?5)
						ON CONFLICT DO UPDATE SET failures = ?6, shut_until = ?3,
							failing_since = CASE WHEN ?6 = 1 THEN ?4 ELSE failing_since END, said = ?5
						WHERE failures = ?2`,
					)
					.bind(transport, ticket.failures, shutUntil, now, said, failures)
					.run();
			}
			if (verdict.kind === "works" && ticket.failures > 0)
				await ledger
					.prepare(
						`UPDATE mail_gates SET failures = 0, shut_until = 0, failing_since = NULL, said = NULL
						WHERE transport = ? AND failures = ?`,
					)
					.bind(transport, ticket.failures)
					.run();
		},
	};

	return {
		...gate,
		rate,
		/** How it stands now. */
		async readState(): Promise<GateState> {
			const row = await read();
			return {
				failures: row?.failures ?? 0,
				shutUntil: row?.shut_until ?? 0,
				failingSince: row?.failing_since ?? null,
				said: row?.said ?? null,
			};
		},
	};
}
