import { env } from "cloudflare:workers";
import { counting } from "./counting.ts";

/** What has been asked of D1. */
export interface LedgerCounts {
	/** Round trips. */
	calls: number;
	/** Statements, which D1 counts as queries; those of a batch one by one. */
	statements: number;
	/** As D1 tells it of each. */
	rowsWritten: number;
}

/** The stores as they are, counting what is asked of them; and a queue that keeps what is put into it. */
export function openCountedStores() {
	const ledger: LedgerCounts = { calls: 0, statements: 0, rowsWritten: 0 };
	const kv: string[] = [];
	const queued: unknown[] = [];
	const queue = {
		send: async (body: unknown) => void queued.push(body),
		sendBatch: async (messages: Iterable<{ body: unknown }>) =>
			void queued.push(...[...messages].map(({ body }) => body)),
	};
	const bindings = {
		...env,
		LEDGER: countLedger(env.LEDGER, ledger),
		DOCUMENTS: counting(env.DOCUMENTS, kv),
		MAIL_QUEUE: queue as never,
		FEEDS_QUEUE: queue as never,
	};
	return { bindings, ledger, kv, queued };
}

function countLedger(real: D1Database, counts: LedgerCounts): D1Database {
	const reals = new WeakMap<object, D1PreparedStatement>();
	const noted = <Row>(results: D1Result<Row>[]) => {
		counts.calls += 1;
		counts.statements += results.length;
		for (const { meta } of results) counts.rowsWritten += meta.rows_written;
	};
	const one = async <Row>(asked: Promise<D1Result<Row>>) => {
		const result = await asked;
		noted([result]);
		return result;
	};
	const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
		const counted = {
			bind: (...values: unknown[]) => wrap(statement.bind(...values)),
			all: () => one(statement.all()),
			run: () => one(statement.run()),
		} as unknown as D1PreparedStatement;
		reals.set(counted, statement);
		return counted;
	};
	return {
		prepare: (sql: string) => wrap(real.prepare(sql)),
		batch: async (statements: D1PreparedStatement[]) => {
			const results = await real.batch(statements.map((asked) => reals.get(asked) ?? asked));
			noted(results);
			return results;
		},
	} as D1Database;
}
