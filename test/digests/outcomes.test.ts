import { describe, expect, it } from "vitest";
import type { Exception, PlannedBatch } from "../../src/digests/claim-ledger.ts";
import { settlementOf } from "../../src/digests/outcomes.ts";
import type { Outcome } from "../../src/mail/transport.ts";

const NOW = Date.parse("2026-11-23T04:00:00Z");

function someBatch(recipients: string[], attempt = 1): PlannedBatch {
	const run = "daily-2026-11-23";
	const edition = `${run}/en/meeting/3`;
	return {
		id: "batch-1",
		run,
		edition,
		recipients,
		attempt,
		assumed: {
			id: edition,
			run,
			kinds: "meeting",
			languages: "en",
			heardThrough: 3,
			heard: [],
			heardAsItStands: [],
		},
		of: {
			id: run,
			frequency: "daily",
			timeZone: "",
			period: "2026-11-23",
			day: "2026-11-23",
			upperSequence: 7,
			state: "submitting",
			plannedThrough: "z",
			plannedAt: NOW,
		},
		asOf: 7,
	};
}

const OF_EACH: Record<string, Outcome> = {
	anna: { kind: "submitted" },
	bakhtiyor: { kind: "retry", detail: "451 busy" },
	chinara: { kind: "rejected", detail: "550 no such user" },
	daniyar: { kind: "unknown", detail: "connection lost" },
};
const EXCLUDED: Exception = { subscriber: "elena", outcome: "excluded", reason: "ended" };

function settle(
	outcomes: Record<string, Outcome>,
	attempt = 1,
	excluded: Exception[] = [],
): ReturnType<typeof settlementOf> {
	const names = Object.keys(outcomes);
	const batch = someBatch([...names, ...excluded.map(({ subscriber }) => subscriber)], attempt);
	return settlementOf(
		batch,
		Object.entries(outcomes).map(([id, outcome]) => ({ recipient: { id }, outcome })),
		{ excluded, replanned: [] },
		{ now: NOW, newId: () => "batch-2" },
	);
}

describe("a settlement", () => {
	it("counts what was submitted, records the rest, and sets back whom it may not have told", () => {
		const { submitted, exceptions, unheard, later } = settle(OF_EACH, 1, [EXCLUDED]);
		expect(submitted).toBe(1);
		expect(exceptions).toEqual([
			EXCLUDED,
			{ subscriber: "chinara", outcome: "rejected", reason: "550 no such user" },
			{ subscriber: "daniyar", outcome: "unknown", reason: "connection lost" },
		]);
		expect(unheard).toEqual(["bakhtiyor", "daniyar"]);
		expect(later[0]?.batch.recipients).toEqual(["bakhtiyor"]);
	});

	it.each([1, 2, 5, 6, 7])("accounts for each recipient once, at attempt %d", (attempt) => {
		const { submitted, exceptions, later } = settle(OF_EACH, attempt, [EXCLUDED]);
		const named = exceptions.map(({ subscriber }) => subscriber);
		const postponed = later[0]?.batch.recipients ?? [];
		expect(submitted + named.length + postponed.length).toBe(5);
		expect(new Set([...named, ...postponed]).size).toBe(4);
	});

	it("of a batch that was all submitted has nothing more to do", () => {
		expect(settle({ anna: { kind: "submitted" } })).toEqual({
			submitted: 1,
			exceptions: [],
			unheard: [],
			later: [],
		});
	});

	it("of nobody has nothing to say", () => {
		expect(settle({})).toEqual({
			submitted: 0,
			exceptions: [],
			unheard: [],
			later: [],
		});
	});

	it("leaves the cursor moved of whom the provider rejected", () => {
		expect(settle({ chinara: { kind: "rejected", detail: "550" } }).unheard).toEqual([]);
	});

	it("never tries an unknown outcome again, and tells them the next time", () => {
		const { later, unheard } = settle({ daniyar: { kind: "unknown", detail: "lost" } });
		expect(later).toEqual([]);
		expect(unheard).toEqual(["daniyar"]);
	});

	it("keeps a reason short", () => {
		const [exception] = settle({ x: { kind: "rejected", detail: "5".repeat(9000) } }).exceptions;
		expect(exception?.reason).toBe("5".repeat(500));
	});
});

describe("trying again", () => {
	const BUSY: Outcome = { kind: "retry", detail: "451 busy" };

	it("is a later batch of the same edition with an id of its own", () => {
		expect(settle({ anna: BUSY }, 2).later[0]?.batch).toMatchObject({
			id: "batch-2",
			run: "daily-2026-11-23",
			edition: "daily-2026-11-23/en/meeting/3",
			recipients: ["anna"],
			attempt: 3,
		});
	});

	it.each([
		[1, 1],
		[2, 2],
		[3, 4],
		[4, 8],
		[5, 16],
	])("waits twice as long each time: after attempt %d, %d minutes", (attempt, minutes) => {
		expect(settle({ anna: BUSY }, attempt).later[0]?.due).toBe(NOW + minutes * 60_000);
	});

	it("ends with the sixth attempt: recorded as rejected, and told the next time", () => {
		expect(settle({ anna: BUSY, boris: { kind: "rejected", detail: "550" } }, 6)).toEqual({
			submitted: 0,
			exceptions: [
				{ subscriber: "boris", outcome: "rejected", reason: "550" },
				{ subscriber: "anna", outcome: "rejected", reason: "451 busy" },
			],
			unheard: ["anna"],
			later: [],
		});
	});

	describe("where the provider itself has failed", () => {
		const DOWN: Outcome = { kind: "retry", detail: "421 closing", scope: "provider" };
		const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
		const settleAt = (now: number, attempt: number) => {
			const batch = someBatch(["anna", "boris"], attempt);
			const outcomes = batch.recipients.map((id) => ({ recipient: { id }, outcome: DOWN }));
			return settlementOf(
				batch,
				outcomes,
				{ excluded: [], replanned: [] },
				{ now, newId: () => "batch-2" },
			);
		};

		it("uses up no attempt, and who met the failure comes last", () => {
			const { later, exceptions } = settleAt(NOW + WEEK_MS - 1, 6);
			expect(exceptions).toEqual([]);
			expect(later).toMatchObject([{ batch: { attempt: 6, recipients: ["boris", "anna"] } }]);
		});

		it("uses them up when the run is a week old, so that every run ends", () => {
			expect(settleAt(NOW + WEEK_MS, 1).later).toMatchObject([{ batch: { attempt: 2 } }]);
			const { later, exceptions, unheard } = settleAt(NOW + WEEK_MS, 6);
			expect(later).toEqual([]);
			expect(exceptions).toHaveLength(2);
			expect(unheard).toEqual(["anna", "boris"]);
		});
	});
});
