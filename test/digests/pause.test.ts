import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tick } from "../../src/tick.ts";
import { deliver } from "../support/delivery.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, MONDAY, openDesk } from "../support/desk.ts";
import { addSubscriber, emptyStores, publishText } from "../support/house.ts";

const TUESDAY = MONDAY + DAY_MS;
const WEDNESDAY = TUESDAY + DAY_MS;
const ADDRESS = "anna@journal.test";

beforeEach(emptyStores);

/** A press office with one reader. */
async function deskWith(frequency: "immediate" | "daily" | "weekly" = "daily") {
	const desk = openDesk();
	const anna = await addSubscriber(desk.rooms, ADDRESS, { frequency });
	return { desk, anna };
}

type Desk = Awaited<ReturnType<typeof deskWith>>["desk"];

const cursorOf = (id: string) =>
	env.LEDGER.prepare("SELECT heard_through FROM subscribers WHERE id = ?")
		.bind(id)
		.first<number>("heard_through");

const exceptionsOf = async (run: string) =>
	(await env.LEDGER.prepare("SELECT outcome, reason FROM exceptions WHERE run = ?").bind(run).all())
		.results;

const receiptOf = async (run: string) =>
	JSON.parse(
		(await env.LEDGER.prepare("SELECT receipt FROM runs WHERE id = ? AND state = 'closed'")
			.bind(run)
			.first<string>("receipt")) ?? "null",
	);

/** Ticks and delivers until the batches are planned; returns their messages. */
async function planned(desk: Desk, at: number): Promise<string[]> {
	desk.time.now = at;
	await tick(desk.rooms, at);
	for (const asked of desk.rooms.asked.splice(0))
		if (asked.startsWith("plan")) await deliver(desk.rooms, asked);
	return desk.rooms.asked.splice(0).filter((asked) => asked.startsWith("submit"));
}

describe("a pause", () => {
	it("keeps the digest back until its last day, and loses nothing", async () => {
		const { desk, anna } = await deskWith();
		await desk.rooms.preferences.pause(anna, "2026-11-25");
		await publishText(desk.rooms, { title: "First meeting" });
		await desk.tick(MONDAY);
		await publishText(desk.rooms, { title: "Second meeting" });
		await desk.tick(TUESDAY);
		await desk.tick(WEDNESDAY - MINUTE_MS);
		expect(desk.mailed()).toEqual([]);
		expect(await cursorOf(anna)).toBe(0);

		await desk.tick(WEDNESDAY);
		expect(desk.rooms.transport.submittedTo).toEqual([ADDRESS]);
		expect(desk.rooms.transport.messages[0]?.text).toMatch(/First meeting.*Second meeting/s);
		desk.mailed();
		await desk.tick(WEDNESDAY + DAY_MS);
		expect(desk.mailed()).toEqual([]);
	});

	it("makes no mail afterwards where nothing was new", async () => {
		const { desk, anna } = await deskWith();
		await desk.rooms.preferences.pause(anna, "2026-11-24");
		for (const at of [MONDAY, TUESDAY, WEDNESDAY]) await desk.tick(at);
		expect(desk.mailed()).toEqual([]);
	});

	it("holds for whoever hears of each release, up to the catch-up of the day it ends", async () => {
		const { desk, anna } = await deskWith("immediate");
		await desk.rooms.preferences.pause(anna, "2026-11-24");
		await publishText(desk.rooms, { title: "First meeting" });
		await desk.tick(MONDAY);
		await publishText(desk.rooms, { title: "Second meeting" });
		await desk.tick(MONDAY + HOUR_MS);
		expect(desk.mailed()).toEqual([]);

		await desk.tick(TUESDAY);
		expect(desk.mailed()).toEqual(["Press Office: 2 meetings"]);
		await publishText(desk.rooms, { title: "Third meeting" });
		await desk.tick(TUESDAY + HOUR_MS);
		expect(desk.mailed()).toEqual(["Third meeting"]);
	});

	it("of a weekly reader skips the week, and no more", async () => {
		const { desk, anna } = await deskWith("weekly");
		await desk.rooms.preferences.pause(anna, "2026-11-24");
		await publishText(desk.rooms, { title: "A meeting" });
		await desk.tick(MONDAY);
		expect(desk.mailed()).toEqual([]);
		await desk.tick(MONDAY + 7 * DAY_MS);
		expect(desk.mailed()).toEqual(["A meeting"]);
	});

	it("keeps nobody else's mail back", async () => {
		const { desk, anna } = await deskWith();
		await addSubscriber(desk.rooms, "boris@journal.test");
		await desk.rooms.preferences.pause(anna, "2026-11-25");
		await publishText(desk.rooms);
		await desk.tick(MONDAY);
		expect(desk.rooms.transport.submittedTo).toEqual(["boris@journal.test"]);
	});

	it("that begins between planning and the claim wins, and the receipt says so", async () => {
		const { desk, anna } = await deskWith();
		await publishText(desk.rooms, { title: "A meeting" });
		const [submit = ""] = await planned(desk, MONDAY);
		await desk.rooms.preferences.pause(anna, "2026-11-24");
		await deliver(desk.rooms, submit);
		await desk.settle();
		expect(desk.mailed()).toEqual([]);
		expect(await cursorOf(anna)).toBe(0);
		expect(await exceptionsOf("daily-2026-11-23")).toEqual([
			{ outcome: "excluded", reason: "paused" },
		]);
		expect(await receiptOf("daily-2026-11-23")).toMatchObject({ candidates: 1, excluded: 1 });
		await desk.tick(TUESDAY);
		expect(desk.mailed()).toEqual(["A meeting"]);
	});

	it("that begins between the claim and the hand-over wins, and loses nothing", async () => {
		const { desk, anna } = await deskWith();
		await addSubscriber(desk.rooms, "boris@journal.test");
		await publishText(desk.rooms, { title: "A meeting" });
		const [submit = ""] = await planned(desk, MONDAY);
		const { batches, preferences } = desk.rooms;
		const pausing = {
			...desk.rooms,
			batches: {
				...batches,
				async claim(...claim: Parameters<typeof batches.claim>) {
					const claimed = await batches.claim(...claim);
					await preferences.pause(anna, "2026-11-24");
					return claimed;
				},
			},
		};
		await deliver(pausing, submit);
		await desk.settle();
		expect(desk.rooms.transport.submittedTo).toEqual(["boris@journal.test"]);
		expect(await cursorOf(anna)).toBe(0);
		expect(await exceptionsOf("daily-2026-11-23")).toEqual([
			{ outcome: "excluded", reason: "paused" },
		]);
		expect(await receiptOf("daily-2026-11-23")).toMatchObject({ candidates: 2, excluded: 1 });
		await desk.tick(TUESDAY);
		expect(desk.rooms.transport.submittedTo).toEqual(["boris@journal.test", ADDRESS]);
	});

	it("that comes with other preferences is not planned anew in the same run", async () => {
		const { desk, anna } = await deskWith();
		await publishText(desk.rooms, { title: "A meeting" });
		const [submit = ""] = await planned(desk, MONDAY);
		const { preferences } = desk.rooms;
		const wanted = { kinds: ["meeting"], languages: ["en", "ru"], frequency: "daily" } as const;
		await preferences.changePreferences(anna, { ...wanted, timeZone: null });
		await preferences.pause(anna, "2026-11-24");
		await deliver(desk.rooms, submit);
		await desk.settle();
		expect(desk.mailed()).toEqual([]);
		await desk.tick(TUESDAY);
		expect(desk.mailed()).toEqual(["A meeting"]);
	});

	it("that begins while a message is tried again keeps it back", async () => {
		const { desk, anna } = await deskWith();
		await publishText(desk.rooms, { title: "A meeting" });
		desk.rooms.transport.answer = () => [{ kind: "retry", detail: "451 busy" }];
		const [submit = ""] = await planned(desk, MONDAY);
		await deliver(desk.rooms, submit);
		desk.mailed();
		desk.rooms.transport.answer = () => [{ kind: "submitted" }];
		await desk.rooms.preferences.pause(anna, "2026-11-24");
		await desk.settle();
		expect(desk.mailed()).toEqual([]);
		await desk.tick(TUESDAY);
		expect(desk.mailed()).toEqual(["A meeting"]);
	});

	it("that is ended early is as if it had not been", async () => {
		const { desk, anna } = await deskWith();
		await desk.rooms.preferences.pause(anna, "2027-06-01");
		await publishText(desk.rooms, { title: "A meeting" });
		await desk.tick(MONDAY);
		await desk.rooms.preferences.pause(anna, null);
		await desk.tick(TUESDAY);
		expect(desk.mailed()).toEqual(["A meeting"]);
	});
});

describe("a subscriber who moves or is erased while a run is under way", () => {
	it("gets a claimed message at the address they have when it is handed over", async () => {
		const { desk, anna } = await deskWith();
		await publishText(desk.rooms, { title: "A meeting" });
		const [submit = ""] = await planned(desk, MONDAY);
		await desk.rooms.preferences.askToMove(anna, "anna@mission.test", MONDAY);
		const { batches } = desk.rooms;
		const moving = {
			...desk.rooms,
			batches: {
				...batches,
				async claim(...claim: Parameters<typeof batches.claim>) {
					const claimed = await batches.claim(...claim);
					const subscriber = await desk.rooms.subscribers.read(anna);
					if (subscriber) await desk.rooms.preferences.move(subscriber);
					return claimed;
				},
			},
		};
		await deliver(moving, submit);
		const [message] = desk.rooms.transport.messages;
		expect(message?.to).toBe("anna@mission.test");
		const token = /subscriptions\/([^/]+)\/unsubscribe/.exec(message?.text ?? "")?.[1] ?? "";
		expect(await desk.rooms.tokens.read("unsubscribe", token, MONDAY)).toMatchObject({
			subscriber: anna,
			version: 1,
		});
	});

	it("is excluded as erased, and the receipt adds up", async () => {
		const { desk, anna } = await deskWith();
		await publishText(desk.rooms);
		const [submit = ""] = await planned(desk, MONDAY);
		await desk.rooms.preferences.erase(anna, MONDAY);
		await deliver(desk.rooms, submit);
		expect(desk.mailed()).toEqual([]);
		expect(await exceptionsOf("daily-2026-11-23")).toEqual([
			{ outcome: "excluded", reason: "erased" },
		]);
		expect(await receiptOf("daily-2026-11-23")).toMatchObject({ candidates: 1, excluded: 1 });
	});

	it("leaves no address behind in a provider's words", async () => {
		const { desk } = await deskWith();
		await publishText(desk.rooms);
		desk.rooms.transport.answer = () => [
			{ kind: "rejected", detail: `550 5.1.1 <${ADDRESS}>: no such user` },
		];
		await desk.tick(MONDAY);
		expect(await exceptionsOf("daily-2026-11-23")).toEqual([
			{ outcome: "rejected", reason: "550 5.1.1 <(address)>: no such user" },
		]);
	});
});
