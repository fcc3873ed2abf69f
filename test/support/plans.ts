import { env } from "cloudflare:workers";

/** How SQLite goes about each query that `run` makes: the lines of EXPLAIN QUERY PLAN. */
export async function plansOf(run: (ledger: D1Database) => Promise<unknown>): Promise<string[]> {
	const asked: D1PreparedStatement[] = [];
	const spied = new Proxy(env.LEDGER, {
		get(target, name) {
			if (name !== "prepare") return Reflect.get(target, name);
			return (sql: string) => {
				const explained = target.prepare(`EXPLAIN QUERY PLAN ${sql}`);
				const real = target.prepare(sql);
				return new Proxy(real, {
					get(statement, member) {
						if (member !== "bind") return Reflect.get(statement, member).bind(statement);
						return (...values: unknown[]) => {
							asked.push(explained.bind(...values));
							return statement.bind(...values);
						};
					},
				});
			};
		},
	});
	await run(spied);
	return Promise.all(
		asked.map(async (statement) => {
			const { results } = await statement.all<{ detail: string }>();
			return results.map(({ detail }) => detail).join("\n");
		}),
	);
}
