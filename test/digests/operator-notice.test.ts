import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { splitKinds, splitLanguages } from "../../src/subscribers/store.ts";
import { tick } from "../../src/tick.ts";
import { watchLog } from "../subscribers/operating.ts";
import { deliver } from "../support/delivery.ts";
import { DAY_MS, type Desk, HOUR_MS, MINUTE_MS, MONDAY, openDesk } from "../support/desk.ts";
import { addSubscriber, emptyStores } from "../support/house.ts";
import {
	APPROVAL,
	DAILY_RUN,
	OPERATOR,
	publish,
	readRun,
	release,
	releaseSeen,
	showRun,
	withOperator,
} from "./operating.ts";

let desk: Desk;
let logged: readonly string[] = [];

beforeEach(async () => {
	await emptyStores();
	desk = openDesk({ ...APPROVAL, ...withOperator() });
	logged = watchLog();
	await addSubscriber(desk.rooms, "anna@journal.test");
});

afterEach(() => {
	vi.restoreAllMocks();
	expect(logged.join("\n")).not.toMatch(/@press\.test|@journal\.test/);
});

const notices = () => desk.rooms.transport.messages.filter(({ to }) => to === OPERATOR);

describe("the operator", () => {
	it("is told of a held run, once: which, why, how large, and how to let it go", async () => {
		await publish(desk);
		await desk.tick(MONDAY);
		await desk.tick(MONDAY + MINUTE_MS);
		await desk.tick(MONDAY + 5 * HOUR_MS);
		const [notice, ...others] = notices();
		expect(others).toEqual([]);
		expect(notice).toMatchObject({
			subject: `Press Office: the run ${DAILY_RUN} waits for you`,
			language: "en",
		});
		expect(notice).not.toHaveProperty("list");
		const url = `https://press.test/api/runs/${DAILY_RUN}`;
		const [edition] = (await showRun(desk)).editions;
		for (const words of [
			`The run ${DAILY_RUN} is held: the daily digest of the period 2026-11-23.`,
			"It has 1 recipient, and nobody was mailed yet.",
			"Digests need approval (DIGEST_APPROVAL).",
			`curl -i '${url}' -H "Authorization: Bearer $KEY"`,
			"Read the mail for readers of consultation, meeting in en (1 recipient)",
			`curl '${edition?.preview}' -H "Authorization: Bearer $KEY" -H 'Accept: text/plain'`,
			`curl '${url}/release' -H "Authorization: Bearer $KEY" -X POST -H "If-Match: $ETAG"`,
			"docs/operations.md",
		])
			expect(notice?.text).toContain(words);
		expect(notice?.html).toContain("Digests need approval (DIGEST_APPROVAL).");
		expect(notice?.html).toContain(`${url}/release`);
	});

	it("does not learn its ETag by that mail: who approves it has to look first", async () => {
		await publish(desk);
		await desk.tick(MONDAY);
		const etag = (await readRun(desk)).headers.get("ETag");
		expect(etag).toBe('"held-1"');
		expect(notices()[0]?.text).not.toContain(etag);
		expect(notices()[0]?.html).not.toMatch(/held-1\b/);
	});

	it("is told of the mails with most recipients alone, where there are many", async () => {
		const languages = ["en,ru", "en,uz", "en,uz-Cyrl", "ru,en", "uz,en", "uz-Cyrl,en"];
		for (const list of languages)
			for (const kinds of ["meeting", "meeting,announcement"])
				await addSubscriber(desk.rooms, `${list}-${kinds}@journal.test`.replaceAll(",", "-"), {
					kinds: splitKinds(kinds),
					languages: splitLanguages(list),
				});
		await publish(desk);
		await desk.tick(MONDAY);
		expect((await showRun(desk)).editions.length).toBeGreaterThan(10);
		expect(notices()[0]?.text.match(/Read the mail for readers of/g)).toHaveLength(10);
	});

	it("is told the zone of a run, which lists it by the same name", async () => {
		await addSubscriber(desk.rooms, "clara@journal.test", { timeZone: "Asia/Tokyo" });
		await publish(desk);
		await desk.tick(MONDAY);
		const notice = notices().find(({ subject }) => subject.includes(`${DAILY_RUN}-Asia.Tokyo`));
		expect(notice?.text).toContain("the daily digest in the time zone Asia/Tokyo of the period");
	});

	it("is told of a run that is stale, and again when it needs approval after that", async () => {
		await desk.tick(MONDAY);
		await publish(desk);
		await desk.tick(MONDAY + 3 * DAY_MS);
		const stale = notices().find(({ subject }) => subject.includes("daily"));
		expect(stale?.text).toContain("It is not planned yet and has no mails, and nobody was mailed.");
		expect(stale?.text).toContain("If the store is a copy of days ago, do not");
		expect(stale?.text).not.toContain("Read the mail");
		expect(stale?.text).toContain("the clock has not struck since 2026-11-23T04:00:00.000Z");
		desk.rooms.transport.messages.length = 0;
		const etag = /If-Match: ("[^"]+")/.exec(stale?.text ?? "")?.[1];
		expect((await release(desk, "daily-2026-11-26", { etag })).status).toBe(200);
		await desk.settle();
		await desk.tick(MONDAY + 3 * DAY_MS + MINUTE_MS);
		const [again, ...others] = notices().filter(({ subject }) => subject.includes("daily"));
		expect(others).toEqual([]);
		expect(again?.text).toContain("Digests need approval (DIGEST_APPROVAL).");
	});

	it("is told though the message is lost, an hour later", async () => {
		await publish(desk);
		const { rooms } = desk;
		desk.time.now = MONDAY;
		await tick(rooms, MONDAY);
		for (const asked of rooms.asked.splice(0)) await deliver(rooms, asked);
		expect(rooms.asked.splice(0)).toContain(`notice ${DAILY_RUN}`);
		await desk.tick(MONDAY + 10 * MINUTE_MS);
		expect(notices()).toEqual([]);
		await desk.tick(MONDAY + 61 * MINUTE_MS);
		expect(notices()).toHaveLength(1);
	});

	it("is told when the provider takes mail again", async () => {
		await publish(desk);
		desk.rooms.transport.answer = () => [{ kind: "retry", detail: `451 ${OPERATOR} busy` }];
		await desk.tick(MONDAY);
		desk.rooms.transport.messages.length = 0;
		desk.rooms.transport.answer = () => [{ kind: "submitted" }];
		await deliver(desk.rooms, `notice ${DAILY_RUN}`);
		await deliver(desk.rooms, `notice ${DAILY_RUN}`);
		expect(notices()).toHaveLength(1);
	});

	it("is told nothing of a run that was let go before the message came", async () => {
		await publish(desk);
		desk.rooms.transport.answer = () => [{ kind: "retry", detail: "451 busy" }];
		await desk.tick(MONDAY);
		desk.rooms.transport.messages.length = 0;
		await releaseSeen(desk);
		await deliver(desk.rooms, `notice ${DAILY_RUN}`);
		await deliver(desk.rooms, "notice daily-1999-01-01");
		expect(notices()).toEqual([]);
	});

	it("is told of runs that were held before the address was set", async () => {
		const { rooms } = openDesk();
		desk = openDesk({ ...APPROVAL, settings: rooms.settings });
		await publish(desk);
		await desk.tick(MONDAY);
		expect(desk.rooms.transport.messages).toEqual([]);
		desk = openDesk({ ...APPROVAL, ...withOperator() });
		await desk.tick(MONDAY + 2 * HOUR_MS);
		expect(notices()).toHaveLength(1);
	});
});
