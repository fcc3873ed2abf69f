import { env } from "cloudflare:workers";
import type { Report } from "../../src/mail/reports/report.ts";

/** A report with whatever a test does not care about filled in. */
export function someReport(over: Partial<Report> = {}): Report {
	return {
		id: `test/${crypto.randomUUID()}`,
		transport: "test",
		subscriber: null,
		address: null,
		linkVersion: null,
		verdict: "temporary",
		words: "452 4.2.2 mailbox full",
		at: Number.MAX_SAFE_INTEGER,
		...over,
	};
}

export interface ReportRow {
	readonly id: string;
	readonly subscriber: string;
	readonly transport: string;
	readonly verdict: string;
	readonly words: string;
	readonly reported_at: number;
}

/** Every report that is kept, as it came. */
export async function reportRows(): Promise<ReportRow[]> {
	const { results } = await env.LEDGER.prepare(
		"SELECT * FROM delivery_reports ORDER BY reported_at, id",
	).all<ReportRow>();
	return results;
}
