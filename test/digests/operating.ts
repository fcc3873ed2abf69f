import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { z } from "zod";
import { readRunAnswer, runsAnswer } from "../../src/digests/operator-answers.ts";
import { furnish } from "../../src/rooms.ts";
import { sha256Hex } from "../../src/shared/text.ts";
import { tick } from "../../src/tick.ts";
import { deliver } from "../support/delivery.ts";
import { type Asked, type Desk, MONDAY } from "../support/desk.ts";
import { testSettings } from "../support/house.ts";

export const DAILY_RUN = "daily-2026-11-23";
export const OPERATOR = "operator@press.test";

/** Every digest waits for somebody's approval. */
export const APPROVAL = { breakers: { needsApproval: true, growth: 100 } };

/** Settings in which the operator has an address. */
export function withOperator() {
	return { settings: furnish(env, testSettings({ OPERATOR_ADDRESS: OPERATOR })).settings };
}

/** Settings with a key for each scope: `read-key`, `publish-key`, `operate-key`. */
export async function withKeys() {
	const scopes = ["operate", "publish", "read"];
	const keys = scopes.map(async (scope) => `${scope}:${scope}:${await sha256Hex(`${scope}-key`)}`);
	const PUBLISHER_KEYS = (await Promise.all(keys)).join();
	return { settings: furnish(env, testSettings({ PUBLISHER_KEYS })).settings };
}

/** What an answer says, which must be what the document says of it. */
export async function say<Schema extends z.ZodType>(
	schema: Schema,
	asked: Response | Promise<Response>,
): Promise<z.infer<Schema>> {
	const response = await asked;
	const answer = await response.json();
	expect(response.status, JSON.stringify(answer)).toBe(200);
	expect(response.headers.get("Cache-Control")).toBe("no-store");
	const parsed = schema.parse(answer);
	expect(parsed).toEqual(answer);
	return parsed;
}

/** A refusal's status and what it says. */
export async function refusal(asked: Response | Promise<Response>) {
	const response = await asked;
	expect(response.headers.get("Content-Type")).toMatch(/^application\/problem\+json/);
	return { status: response.status, ...(await response.json<{ detail: string }>()) };
}

/** Posts what has to succeed. */
export async function publish(desk: Desk, fields: object = {}): Promise<string> {
	const response = await desk.post(fields);
	expect(response.status).toBe(201);
	return (await response.json<{ release: { id: string } }>()).release.id;
}

export const readRun = (desk: Desk, id = DAILY_RUN) => desk.ask("GET", `/api/runs/${id}`);
export const showRun = (desk: Desk, id = DAILY_RUN) => say(readRunAnswer, readRun(desk, id));
export const listRuns = (desk: Desk, query = "") =>
	say(runsAnswer, desk.ask("GET", `/api/runs${query}`));
export const release = (desk: Desk, id = DAILY_RUN, asked: Asked = {}) =>
	desk.ask("POST", `/api/runs/${id}/release`, asked);

/** The run as it stands now is seen, and let go. */
export async function releaseSeen(desk: Desk, id = DAILY_RUN) {
	const etag = (await readRun(desk, id)).headers.get("ETag");
	return say(readRunAnswer, release(desk, id, { etag }));
}

/** Lets the clock strike and delivers what plans, and no batch. */
export async function planOnly(desk: Desk, at = MONDAY): Promise<string[]> {
	const { rooms } = desk;
	desk.time.now = at;
	await tick(rooms, at);
	for (const asked of rooms.asked.splice(0))
		if (/^(plan|start)/.test(asked)) await deliver(rooms, asked);
	return rooms.asked.splice(0);
}

/** All that the stores hold: every row of every table, and every key with its value. */
export async function dumpStores(): Promise<Record<string, unknown>> {
	const { results } = await env.LEDGER.prepare(
		"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%cf%'",
	).all<{ name: string }>();
	const dump: Record<string, unknown> = {};
	for (const { name } of results)
		dump[name] = (await env.LEDGER.prepare(`SELECT * FROM "${name}"`).all()).results;
	for (const { name } of (await env.DOCUMENTS.list()).keys)
		dump[name] = await env.DOCUMENTS.get(name);
	return dump;
}
