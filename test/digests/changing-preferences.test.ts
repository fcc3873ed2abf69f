import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Preferences } from "../../src/subscribers/subscriber.ts";
import { tick } from "../../src/tick.ts";
import { deliver } from "../support/delivery.ts";
import { DAY_MS, MONDAY, openDesk } from "../support/desk.ts";
import { addSubscriber, emptyStores, publishText } from "../support/house.ts";

const TUESDAY = MONDAY + DAY_MS;
const ADDRESS = "anna@journal.test";

const WANTED: Preferences = {
	kinds: ["consultation"],
	languages: ["en"],
	frequency: "daily",
	timeZone: null,
};

beforeEach(emptyStores);

async function deskWith(over: Partial<Preferences> = {}) {
	const desk = openDesk();
	const anna = await addSubscriber(desk.rooms, ADDRESS, { ...WANTED, ...over });
	const change = (to: Partial<Preferences>) =>
		desk.rooms.preferences.changePreferences(anna, { ...WANTED, ...over, ...to });
	return { desk, anna, change };
}

const rowOf = (id: string) =>
	env.LEDGER.prepare("SELECT heard_through, earlier FROM subscribers WHERE id = ?")
		.bind(id)
		.first<{ heard_through: number; earlier: string }>();

describe("a reader who adds a kind", () => {
	it("is not told what was published of it before, while their cursor stood still", async () => {
		const { desk, change } = await deskWith();
		for (const title of ["First", "Second", "Third"])
			await publishText(desk.rooms, { title, kind: "meeting" });
		await desk.tick(MONDAY);
		await change({ kinds: ["consultation", "meeting"] });
		await publishText(desk.rooms, { title: "Fourth", kind: "meeting" });
		await desk.tick(TUESDAY);
		expect(desk.mailed()).toEqual(["Fourth"]);
	});

	it("is still told what waited for them", async () => {
		const { desk, change } = await deskWith();
		await publishText(desk.rooms, { title: "A meeting of before", kind: "meeting" });
		await publishText(desk.rooms, { title: "A consultation", kind: "consultation" });
		await publishText(desk.rooms, { title: "A meeting", kind: "meeting" });
		await change({ kinds: ["consultation", "meeting"] });
		await desk.tick(MONDAY);
		const [mail] = desk.rooms.transport.messages;
		expect(mail?.text).toMatch(/A consultation.*A meeting/s);
		expect(mail?.text).not.toContain("A meeting of before");
	});

	it("is still told a correction that waited for them", async () => {
		const { desk, change } = await deskWith();
		const posted = await desk.post({ title: "A consultation", kind: "consultation" });
		const { id } = ((await posted.json()) as { release: { id: string } }).release;
		await desk.tick(MONDAY);
		desk.mailed();
		const body = {
			title: "A consultation",
			summary: "x",
			body: "Another text.",
			kind: "consultation",
			language: "en",
			event: null,
		};
		await desk.put(id, { ...body, note: "The date was wrong." });
		await change({ kinds: ["consultation", "meeting"] });
		await desk.tick(TUESDAY);
		expect(desk.rooms.transport.messages[0]?.text).toContain("The date was wrong.");
	});
});

describe("a reader who changes their kinds", () => {
	it("is still told a correction that waits for them, though it made it another kind", async () => {
		const { desk, change } = await deskWith({ kinds: ["meeting"] });
		const posted = await desk.post({ title: "A meeting", kind: "meeting" });
		const { id } = ((await posted.json()) as { release: { id: string } }).release;
		await desk.tick(MONDAY);
		desk.mailed();
		const body = {
			title: "A meeting",
			summary: "x",
			body: "Other.",
			kind: "consultation",
			language: "en",
		};
		await desk.put(id, { ...body, event: null, note: "It is a consultation." });
		await change({ kinds: ["meeting", "announcement"] });
		await desk.tick(TUESDAY);
		expect(desk.rooms.transport.messages[0]?.text).toContain("It is a consultation.");
	});
});

describe("a reader who adds a language", () => {
	it("is told a story in it which they have not been told in another", async () => {
		const { desk, change } = await deskWith({ languages: ["ru"] });
		const english = await publishText(desk.rooms, { kind: "consultation", language: "en" });
		await desk.tick(MONDAY);
		await change({ languages: ["ru", "en"] });
		const story = english.id;
		await publishText(desk.rooms, {
			kind: "consultation",
			language: "ru",
			title: "Консультация",
			story,
		});
		await desk.tick(TUESDAY);
		expect(desk.mailed()).toEqual(["Консультация"]);
	});

	it("is not told again in it what they have been told in another", async () => {
		const { desk, change } = await deskWith();
		const english = await publishText(desk.rooms, { kind: "consultation", language: "en" });
		await desk.tick(MONDAY);
		desk.mailed();
		await change({ languages: ["ru"] });
		const story = english.id;
		await publishText(desk.rooms, {
			kind: "consultation",
			language: "ru",
			title: "Консультация",
			story,
		});
		await desk.tick(TUESDAY);
		expect(desk.mailed()).toEqual([]);
	});
});

describe("what a reader has wanted before", () => {
	it("is kept where it bears on what they have heard, and not else", async () => {
		const { desk, anna, change } = await deskWith();
		expect(JSON.parse((await rowOf(anna))?.earlier ?? "")).toEqual([[0, "", ""]]);
		await change({ frequency: "weekly" });
		await change({ kinds: ["meeting"] });
		expect(JSON.parse((await rowOf(anna))?.earlier ?? "")).toEqual([[0, "", ""]]);
		await publishText(desk.rooms, { kind: "meeting" });
		await desk.tick(MONDAY);
		await change({ kinds: ["meeting", "consultation"], languages: ["ru", "en"] });
		await change({ kinds: ["consultation"] });
		expect(JSON.parse((await rowOf(anna))?.earlier ?? "")).toEqual([
			[0, "", ""],
			[1, "meeting", "en"],
		]);
	});

	it("is kept of the last changes, so that nobody grows a row without end", async () => {
		const { desk, anna, change } = await deskWith();
		for (let n = 0; n < 30; n += 1) {
			await publishText(desk.rooms, { kind: "announcement" });
			await change({ kinds: n % 2 === 0 ? ["meeting"] : ["consultation"] });
		}
		const earlier = JSON.parse((await rowOf(anna))?.earlier ?? "") as [number, string, string][];
		expect(earlier).toHaveLength(20);
		expect(earlier[0]).toEqual([0, "", ""]);
		expect(earlier.at(-1)?.[0]).toBe(30);
	});
});

describe("a change while a digest is being handed over", () => {
	it("leaves the cursor, so that what the provider did not take is not lost", async () => {
		const { desk, anna, change } = await deskWith();
		await publishText(desk.rooms, { title: "A consultation", kind: "consultation" });
		await publishText(desk.rooms, { title: "A meeting", kind: "meeting" });
		desk.rooms.transport.answer = async (messages) => {
			await publishText(desk.rooms, { title: "Another meeting", kind: "meeting" });
			await change({ languages: ["ru", "en"] });
			return messages.map(() => ({ kind: "unknown", detail: "lost" }));
		};
		await desk.tick(MONDAY);
		expect((await rowOf(anna))?.heard_through).toBe(0);
		desk.rooms.transport.answer = (messages) => messages.map(() => ({ kind: "submitted" }));
		desk.mailed();
		await desk.tick(TUESDAY);
		expect(desk.mailed()).toEqual(["A consultation"]);
	});

	it("leaves known what is told by the new choice when the cursor went back", async () => {
		const { desk, anna, change } = await deskWith();
		await publishText(desk.rooms, { title: "A consultation", kind: "consultation" });
		const posted = await desk.post({ title: "A meeting", kind: "meeting" });
		const { id } = ((await posted.json()) as { release: { id: string } }).release;
		desk.rooms.transport.answer = async (messages) => {
			await change({ kinds: ["consultation", "meeting"] });
			return messages.map(() => ({ kind: "unknown", detail: "lost" }));
		};
		await desk.tick(MONDAY);
		expect(JSON.parse((await rowOf(anna))?.earlier ?? "").at(-1)).toEqual([
			0,
			"consultation",
			"en",
		]);
		desk.rooms.transport.answer = (messages) => messages.map(() => ({ kind: "submitted" }));
		await desk.tick(TUESDAY);
		desk.rooms.transport.messages.length = 0;
		const body = {
			title: "A meeting",
			summary: "x",
			body: "Other.",
			kind: "meeting",
			language: "en",
		};
		await desk.put(id, { ...body, event: null, note: "The date was wrong." });
		await desk.tick(TUESDAY + DAY_MS);
		expect(desk.rooms.transport.messages[0]?.text).toContain("The date was wrong.");
	});

	it("of frequency has no second run move the cursor before the first has settled", async () => {
		const { desk, anna, change } = await deskWith();
		await publishText(desk.rooms, { title: "A consultation", kind: "consultation" });
		desk.rooms.transport.answer = async (messages) => {
			desk.rooms.transport.answer = (all) => all.map(() => ({ kind: "submitted" }));
			await change({ frequency: "immediate" });
			await publishText(desk.rooms, { title: "A second one", kind: "consultation" });
			await tick(desk.rooms, MONDAY + 1);
			for (let next = desk.rooms.asked.shift(); next; next = desk.rooms.asked.shift())
				if (/immediate|submit/.test(next)) await deliver(desk.rooms, next);
			expect((await rowOf(anna))?.heard_through).toBe(1);
			return messages.map(() => ({ kind: "unknown", detail: "lost" }));
		};
		await desk.tick(MONDAY);
		expect((await rowOf(anna))?.heard_through).toBe(0);
		desk.rooms.transport.messages.length = 0;
		await desk.tick(TUESDAY);
		expect(desk.rooms.transport.messages.map(({ text }) => text)).toEqual([
			expect.stringMatching(/A consultation.*A second one/s),
		]);
	});
});
