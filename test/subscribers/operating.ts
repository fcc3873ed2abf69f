import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import type { ImportSum } from "../../src/subscribers/operator-answers.ts";
import type { Desk } from "../support/desk.ts";

export const HEADER = "email,kinds,languages,frequency,time_zone,consent";
export const CONSENT = "Asked for it at the desk on 3 May 2026";

/** Keeps what is logged from now on from the terminal, and says it. `vi.restoreAllMocks` ends it. */
export function watchLog(): readonly string[] {
	const logged: string[] = [];
	for (const level of ["info", "warn", "error"] as const)
		vi.spyOn(console, level).mockImplementation((line) => void logged.push(String(line)));
	return logged;
}

interface RowReport {
	readonly line: number;
	readonly outcome: string;
	readonly reason?: string;
}

/** A report, read: a line for each row, and how it ended. */
export interface Report {
	readonly rows: readonly RowReport[];
	readonly sum: ImportSum;
	readonly stopped?: string;
}

export function sendCsv(desk: Desk, body: BodyInit, query = ""): Promise<Response> {
	return desk.ask("POST", `/api/subscribers/import${query}`, { body, type: "text/csv" });
}

/** The text of an answer; workerd warns where `text()` reads what it does not know as text. */
export async function textOf(response: Response): Promise<string> {
	return new TextDecoder().decode(await response.arrayBuffer());
}

export async function readReport(response: Response): Promise<Report> {
	const text = await textOf(response);
	expect(response.status, text).toBe(200);
	const lines = text.trim().split("\n");
	const [last, ...rows] = lines.map((line) => JSON.parse(line)).toReversed();
	return { rows: rows.toReversed(), ...last };
}

/** Imports rows below {@link HEADER}. */
export async function importRows(desk: Desk, rows: readonly string[], query = ""): Promise<Report> {
	return readReport(await sendCsv(desk, `${[HEADER, ...rows].join("\r\n")}\r\n`, query));
}

/** Every row of `subscribers`, by address. */
export async function allRows() {
	const { results } = await env.LEDGER.prepare("SELECT * FROM subscribers ORDER BY address").all();
	return results;
}

/** Somebody who signed up, and has not confirmed. */
export async function addPending({ rooms }: Desk, address: string): Promise<string> {
	const id = rooms.newId();
	await env.LEDGER.prepare(
		`INSERT INTO subscribers
			(id, address, address_key, status, kinds, languages, frequency, signed_up_at)
		VALUES (?1, ?2, lower(?2), 'pending', 'announcement', 'uz', 'immediate', ?3)`,
	)
		.bind(id, address, rooms.clock() - 1)
		.run();
	return id;
}
