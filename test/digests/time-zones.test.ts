import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createPlanLedger } from "../../src/digests/plan-ledger.ts";
import { createRunLedger } from "../../src/digests/run-ledger.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, MONDAY, openDesk } from "../support/desk.ts";
import { addSubscriber, emptyStores, publishText } from "../support/house.ts";
import { plansOf } from "../support/plans.ts";

beforeEach(emptyStores);

/** Readers of a daily digest in several zones; and what each tick submitted. */
async function deskInZones(zones: Record<string, string | null>) {
	const desk = openDesk();
	for (const [name, timeZone] of Object.entries(zones))
		await addSubscriber(desk.rooms, `${name}@journal.test`, { timeZone });
	const submitted = async (at: number) => {
		await desk.tick(at);
		const to = desk.rooms.transport.submittedTo.splice(0);
		return to.map((address) => address.split("@")[0]).toSorted();
	};
	return { desk, submitted };
}

describe("a digest", () => {
	it("comes to each reader at the hour in their own zone, once", async () => {
		const zones = {
			anna: null,
			boris: "Europe/Moscow",
			chinara: "Asia/Kathmandu",
			dilnoza: "Asia/Tashkent",
		};
		const { desk, submitted } = await deskInZones(zones);
		await submitted(MONDAY - 12 * HOUR_MS);
		await publishText(desk.rooms);
		expect(await submitted(MONDAY - 46 * MINUTE_MS)).toEqual([]);
		expect(await submitted(MONDAY - 45 * MINUTE_MS)).toEqual(["chinara"]);
		expect(await submitted(MONDAY)).toEqual(["anna", "dilnoza"]);
		expect(await submitted(MONDAY + 2 * HOUR_MS - MINUTE_MS)).toEqual([]);
		expect(await submitted(MONDAY + 2 * HOUR_MS)).toEqual(["boris"]);
		expect(await submitted(MONDAY + DAY_MS)).toEqual([]);
		const runs = await env.LEDGER.prepare(
			"SELECT id, day FROM runs WHERE id LIKE 'daily-2026-11-23%' ORDER BY id",
		).all();
		expect(runs.results).toEqual([
			{ id: "daily-2026-11-23", day: "2026-11-23" },
			{ id: "daily-2026-11-23-Asia.Kathmandu", day: "2026-11-23" },
			{ id: "daily-2026-11-23-Asia.Tashkent", day: "2026-11-23" },
			{ id: "daily-2026-11-23-Europe.Moscow", day: "2026-11-23" },
		]);
	});

	it("is neither missed nor doubled by a reader who moves to another zone", async () => {
		const { desk, submitted } = await deskInZones({ anna: "Europe/Moscow" });
		const move = async (timeZone: string | null) => {
			const [id] = (await env.LEDGER.prepare("SELECT id FROM subscribers").all<{ id: string }>())
				.results;
			await desk.rooms.preferences.changePreferences(id?.id ?? "", {
				kinds: ["consultation", "meeting"],
				languages: ["en"],
				frequency: "daily",
				timeZone,
			});
		};
		await submitted(MONDAY - 12 * HOUR_MS);
		await publishText(desk.rooms);
		await submitted(MONDAY);
		await move("Asia/Tokyo");
		expect(await submitted(MONDAY + MINUTE_MS)).toEqual([]);
		await move("Europe/Moscow");
		expect(await submitted(MONDAY + 2 * HOUR_MS)).toEqual(["anna"]);
		await publishText(desk.rooms);
		await move("Asia/Kathmandu");
		expect(await submitted(MONDAY + 23 * HOUR_MS)).toEqual([]);
		expect(await submitted(MONDAY + 23.25 * HOUR_MS)).toEqual(["anna"]);
		await move("Europe/Moscow");
		expect(await submitted(MONDAY + 26 * HOUR_MS)).toEqual([]);
	});

	it("that is immediate comes in every zone at once", async () => {
		const desk = openDesk();
		for (const timeZone of [null, "Europe/Moscow", "Asia/Kathmandu"])
			await addSubscriber(desk.rooms, `${timeZone?.slice(-4) ?? "none"}@journal.test`, {
				frequency: "immediate",
				timeZone,
			});
		await publishText(desk.rooms);
		await desk.tick(MONDAY - 3 * HOUR_MS);
		expect(desk.rooms.transport.submittedTo).toHaveLength(3);
	});
});

describe("finding readers and zones", () => {
	it("is a search in an index, however many there are", async () => {
		const schedule = { frequency: "daily" as const, period: "2026-11-23", day: "2026-11-23" };
		const run = {
			...schedule,
			id: "x",
			upperSequence: 9,
			state: "planning" as const,
			plannedThrough: "",
			plannedAt: null,
		};
		for (const timeZone of ["", "Europe/Moscow"]) {
			const [plan = ""] = await plansOf((ledger) =>
				createPlanLedger(ledger).listCandidates({ ...run, timeZone }, "", 10),
			);
			expect(plan).toMatch(
				/SEARCH subscribers USING INDEX subscribers_by_zone \(frequency=\? AND status=\? AND time_zone=\? AND id>\?\)/,
			);
			// What it found is grouped; it is not sorted to be found.
			expect(plan).not.toMatch(/TEMP B-TREE FOR ORDER BY/);
		}
		const immediate = { ...run, frequency: "immediate" as const, timeZone: "" };
		const [plan = ""] = await plansOf((ledger) =>
			createPlanLedger(ledger).listCandidates(immediate, "", 10),
		);
		expect(plan).toMatch(
			/USING INDEX subscribers_by_frequency \(frequency=\? AND status=\? AND id>\?\)/,
		);
		const plans = await plansOf((ledger) => createRunLedger(ledger).listSchedules());
		for (const one of plans) expect(one).not.toMatch(/SCAN (subscribers|runs)\b/);
	});
});
