import { AsyncLocalStorage } from "node:async_hooks";
import type { Spent } from "./digests/run-ledger.ts";

type Spending = { -readonly [Name in keyof Spent]: number };

/** What the step has spent so far that runs now; nothing outside of a step. */
const steps = new AsyncLocalStorage<Spending>();

/** Does a step of work, and says what its calls of the platform came to. */
export async function meter<Value>(
	step: () => Promise<Value>,
): Promise<{ value: Value; spent: Spent }> {
	const spent: Spending = { rowsRead: 0, rowsWritten: 0, kvOperations: 0, queueOperations: 0 };
	return { value: await steps.run(spent, step), spent };
}

function spend(amount: Partial<Spent>): void {
	const spending = steps.getStore();
	for (const name of Object.keys(amount) as (keyof Spent)[])
		if (spending) spending[name] += amount[name] ?? 0;
}

/** A database that counts the rows which a step reads and writes, as D1 bills them. */
export function meterLedger(real: D1Database): D1Database {
	const reals = new WeakMap<object, D1PreparedStatement>();
	const count = <Row>(result: D1Result<Row>): D1Result<Row> => {
		spend({ rowsRead: result.meta.rows_read, rowsWritten: result.meta.rows_written });
		return result;
	};
	const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
		const all = async <Row>() => count(await statement.all<Row>());
		const metered = {
			bind: (...values: unknown[]) => wrap(statement.bind(...values)),
			all,
			run: async <Row>() => count(await statement.run<Row>()),
			// D1's own tells the first row and not what it cost.
			first: async (column?: string) => {
				const [row] = (await all<Record<string, unknown>>()).results;
				return row === undefined ? null : column === undefined ? row : row[column];
			},
		} as D1PreparedStatement;
		reals.set(metered, statement);
		return metered;
	};
	return {
		prepare: (sql: string) => wrap(real.prepare(sql)),
		batch: async <Row>(statements: D1PreparedStatement[]) => {
			const results = await real.batch<Row>(statements.map((one) => reals.get(one) ?? one));
			return results.map(count);
		},
	} as D1Database;
}

/** A store that counts the keys which a step reads, writes or deletes, and its lists. */
export function meterDocuments(real: KVNamespace): KVNamespace {
	const counted = ["get", "getWithMetadata", "put", "delete", "list"];
	return new Proxy(real, {
		get(target, name) {
			const member = Reflect.get(target, name);
			if (typeof member !== "function") return member;
			return (...given: unknown[]) => {
				const [keys] = given;
				if (counted.includes(String(name)))
					spend({ kvOperations: Array.isArray(keys) ? keys.length : 1 });
				return member.apply(target, given);
			};
		},
	});
}

/** A queue that counts the messages which a step sends. */
export function meterQueue<Body>(real: Queue<Body>): Queue<Body> {
	return {
		send: (body: Body, options?: QueueSendOptions) => {
			spend({ queueOperations: 1 });
			return real.send(body, options);
		},
		sendBatch: (messages: Iterable<MessageSendRequest<Body>>, options?: QueueSendBatchOptions) => {
			const all = [...messages];
			spend({ queueOperations: all.length });
			return real.sendBatch(all, options);
		},
	} as Queue<Body>;
}
