import type { HeldSubscriber, OperatorStore } from "./operator-store.ts";
import { csvHeader, showSubscriber, toCsvRow } from "./operator-view.ts";

const PAGE = 500;

/** All subscribers as CSV (RFC 4180), a page at a time. */
export async function* exportCsv(operators: OperatorStore): AsyncGenerator<string> {
	yield csvHeader();
	for await (const page of pagesOf(operators))
		yield page.map(showSubscriber).map(toCsvRow).join("");
}

/** All subscribers as one JSON object, a page at a time, each on a line of its own. */
export async function* exportJson(operators: OperatorStore): AsyncGenerator<string> {
	let before = '{"subscribers":[\n';
	for await (const page of pagesOf(operators)) {
		const rows = page.map((subscriber) => JSON.stringify(showSubscriber(subscriber)));
		yield before + rows.join(",\n");
		before = ",\n";
	}
	yield before.startsWith("{") ? `${before}]}\n` : "\n]}\n";
}

/** In the order of ids: who joins meanwhile may be missed, who is there is told of once. */
async function* pagesOf(operators: OperatorStore): AsyncGenerator<HeldSubscriber[]> {
	let after = "";
	while (true) {
		const page = await operators.list({ limit: PAGE, after });
		if (page.length === 0) return;
		yield page;
		after = page.at(-1)?.id ?? after;
	}
}
