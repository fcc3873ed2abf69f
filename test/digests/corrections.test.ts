import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { DAY_MS, MINUTE_MS, MONDAY, openDesk } from "../support/desk.ts";
import { addSubscriber, emptyStores } from "../support/house.ts";

const TUESDAY = MONDAY + DAY_MS;
const WEDNESDAY = TUESDAY + DAY_MS;

beforeEach(emptyStores);

/** A press office with one reader, who has been told of one meeting; it is Monday. */
async function deskWithToldMeeting() {
	const desk = openDesk();
	await addSubscriber(desk.rooms, "anna@journal.test");
	const posted = await desk.post({ title: "A meeting on water" });
	const { id } = ((await posted.json()) as { release: { id: string } }).release;
	await desk.tick(MONDAY);
	expect(desk.mailed()).toEqual(["A meeting on water"]);
	return { desk, id };
}

type Desk = Awaited<ReturnType<typeof deskWithToldMeeting>>["desk"];

const correct = (desk: Desk, id: string, note: string, over: object = {}) =>
	desk.put(id, {
		title: "A meeting on water",
		summary: "The parties meet.",
		body: `The parties will meet. ${note}`,
		kind: "meeting",
		language: "en",
		event: null,
		note,
		...over,
	});

const texts = (desk: Desk) => desk.rooms.transport.messages.splice(0).map(({ text }) => text);

describe("whoever was told of a release", () => {
	it("is told once that it was corrected, and what was wrong", async () => {
		const { desk, id } = await deskWithToldMeeting();
		expect((await correct(desk, id, "The place was wrong.")).status).toBe(200);
		await desk.tick(TUESDAY);
		const [text = "", ...more] = texts(desk);
		expect(text).toContain("A meeting on water");
		expect(text).toContain("The place was wrong.");
		expect(more).toEqual([]);
		await desk.tick(WEDNESDAY);
		expect(texts(desk)).toEqual([]);
	});

	it("is told once of several corrections between two digests, and of each later one", async () => {
		const { desk, id } = await deskWithToldMeeting();
		await correct(desk, id, "The first note.");
		await correct(desk, id, "The second note.");
		await desk.tick(TUESDAY);
		expect(texts(desk)).toEqual([expect.stringContaining("The second note.")]);
		await correct(desk, id, "The third note.");
		await desk.tick(WEDNESDAY);
		expect(texts(desk)).toEqual([expect.stringContaining("The third note.")]);
	});

	it("is told once that it was withdrawn, and why", async () => {
		const { desk, id } = await deskWithToldMeeting();
		await desk.withdraw(id, "It was put off.");
		await desk.tick(TUESDAY);
		expect(texts(desk)).toEqual([expect.stringContaining("It was put off.")]);
		await desk.tick(WEDNESDAY);
		expect(texts(desk)).toEqual([]);
	});

	it("is told of a correction with the next news, in one mail", async () => {
		const { desk, id } = await deskWithToldMeeting();
		await correct(desk, id, "The place was wrong.");
		await desk.post({ title: "Another meeting" });
		await desk.tick(TUESDAY);
		const [text = "", ...more] = texts(desk);
		expect(text).toMatch(/Another meeting.*The place was wrong\./s);
		expect(more).toEqual([]);
	});

	it("is told again in the next digest what no provider is known to have taken", async () => {
		const { desk, id } = await deskWithToldMeeting();
		await correct(desk, id, "The place was wrong.");
		desk.rooms.transport.answer = (all) => all.map(() => ({ kind: "unknown", detail: "lost" }));
		await desk.tick(TUESDAY);
		desk.rooms.transport.answer = (all) => all.map(() => ({ kind: "submitted" }));
		texts(desk);
		await desk.tick(WEDNESDAY);
		expect(texts(desk)).toEqual([expect.stringContaining("The place was wrong.")]);
	});
});

describe("whoever was not told of a release", () => {
	it("hears only the current text, as news, where it is corrected", async () => {
		const { desk, id } = await deskWithToldMeeting();
		await addSubscriber(desk.rooms, "bakhtiyor@mission.test");
		await correct(desk, id, "The place was wrong.", { title: "A meeting on clean water" });
		await desk.tick(TUESDAY);
		const mails = desk.rooms.transport.messages.map(({ to, text }) => ({ to, text }));
		const of = (to: string) => mails.find((mail) => mail.to === to)?.text ?? "";
		expect(mails).toHaveLength(2);
		expect(of("anna@journal.test")).toContain("The place was wrong.");
		expect(of("bakhtiyor@mission.test")).toContain("A meeting on clean water");
		expect(of("bakhtiyor@mission.test")).not.toContain("The place was wrong.");
	});

	it("hears nothing of its withdrawal", async () => {
		const { desk, id } = await deskWithToldMeeting();
		await addSubscriber(desk.rooms, "bakhtiyor@mission.test");
		await desk.withdraw(id, "It was put off.");
		await desk.tick(TUESDAY);
		expect(desk.rooms.transport.submittedTo.slice(1)).toEqual(["anna@journal.test"]);
	});
});

describe("a change after the digest was planned and before it was handed over", () => {
	/** A reader's Monday digest is planned and waits; nobody was told anything yet. */
	async function waitingDesk(...titles: string[]) {
		const desk = openDesk({ breakers: { needsApproval: true, growth: 100 } });
		await addSubscriber(desk.rooms, "anna@journal.test");
		const ids: string[] = [];
		for (const title of titles) {
			const posted = await desk.post({ title });
			ids.push(((await posted.json()) as { release: { id: string } }).release.id);
		}
		await desk.tick(MONDAY);
		const letGo = async (id: string) => {
			await desk.rooms.runs.release(id, "anna", id.slice("daily-".length), desk.time.now);
			await desk.rooms.queues.start(id, "");
			await desk.settle();
		};
		return { desk, ids, letGo };
	}

	it("is in it, and is no news in the next one", async () => {
		const { desk, ids, letGo } = await waitingDesk("A meeting on water", "A meeting on bread");
		await correct(desk, ids[0] ?? "", "The place was wrong.", { summary: "They meet elsewhere." });
		await desk.withdraw(ids[1] ?? "", "It was put off.");
		await letGo("daily-2026-11-23");
		const [text = ""] = texts(desk);
		expect(text).toContain("They meet elsewhere.");
		expect(text).not.toContain("bread");
		await desk.tick(TUESDAY);
		expect((await desk.rooms.runs.read("daily-2026-11-24"))?.state).toBe("closed");
		expect(texts(desk)).toEqual([]);
		await correct(desk, ids[0] ?? "", "The hour was wrong.");
		await desk.tick(WEDNESDAY);
		await letGo("daily-2026-11-25");
		expect(texts(desk)).toEqual([expect.stringContaining("The hour was wrong.")]);
	});

	it("that takes back all of it leaves nothing to tell, then or later", async () => {
		const { desk, ids, letGo } = await waitingDesk("A meeting on water");
		await desk.withdraw(ids[0] ?? "", "It was put off.");
		await letGo("daily-2026-11-23");
		await desk.tick(TUESDAY);
		expect(texts(desk)).toEqual([]);
		const excluded = await env.LEDGER.prepare("SELECT reason FROM exceptions").all();
		expect(excluded.results).toEqual([{ reason: "taken-back" }]);
	});
});

describe("readers of immediate digests", () => {
	it("are told of a correction within a tick, with what else came in that minute", async () => {
		const desk = openDesk();
		await addSubscriber(desk.rooms, "anna@journal.test", { frequency: "immediate" });
		const posted = await desk.post({ title: "A meeting on water" });
		const { id } = ((await posted.json()) as { release: { id: string } }).release;
		await desk.tick(MONDAY);
		desk.mailed();
		await correct(desk, id, "The place was wrong.");
		await desk.post({ title: "Second meeting" });
		await desk.post({ title: "Third meeting" });
		await desk.tick(MONDAY + MINUTE_MS);
		expect(texts(desk)).toEqual([
			expect.stringMatching(/Second meeting.*Third meeting.*The place was wrong\./s),
		]);
	});
});

describe("readers for whom nothing was for long", () => {
	it("have their cursor moved on without a mail, a hundred releases behind", async () => {
		const desk = openDesk();
		const anna = await addSubscriber(desk.rooms, "anna@journal.test", { languages: ["uz"] });
		const cursor = () =>
			env.LEDGER.prepare("SELECT heard_through FROM subscribers WHERE id = ?")
				.bind(anna)
				.first<number>("heard_through");
		const publish = (from: number, through: number) =>
			env.LEDGER.prepare(
				`INSERT INTO releases (id, slug, story, kind, language, title, summary, issued, attachments,
					status, revision, document, first_sequence, sequence, fingerprint, posted_by, posted_at,
					published_at, changed_at)
				SELECT 'r' || value, 'r' || value, 'r' || value, 'meeting', 'en', 't', 's', '2026-11-01', '[]',
					'published', 1, 'd', value, value, 'f' || value, 'x', 1, 1, 1
				FROM (WITH RECURSIVE numbers (value) AS (
					SELECT ?1 UNION ALL SELECT value + 1 FROM numbers WHERE value < ?2)
					SELECT value FROM numbers)`,
			)
				.bind(from, through)
				.run();
		await publish(1, 100);
		await desk.tick(MONDAY);
		expect(await cursor()).toBe(0);
		await publish(101, 101);
		await desk.tick(TUESDAY);
		expect(await cursor()).toBe(101);
		expect(desk.mailed()).toEqual([]);
		await desk.post({ title: "Suv haqida uchrashuv", language: "uz" });
		await desk.tick(WEDNESDAY);
		expect(desk.mailed()).toEqual(["Suv haqida uchrashuv"]);
	});
});
