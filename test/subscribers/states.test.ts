import { beforeEach, describe, expect, it, vi } from "vitest";
import { EVENTS, STATES, type SubscriptionEvent } from "../../src/subscribers/states.ts";
import type { Status } from "../../src/subscribers/subscriber.ts";
import { DAY_MS, type Desk, openDesk } from "../support/desk.ts";
import { addSubscriber, emptyStores, someSignUp } from "../support/house.ts";
import { linkTo, postJson, press, takeMails } from "./life.ts";
import { someReport } from "./reporting.ts";
import { rowOf } from "./visiting.ts";

vi.setConfig({ testTimeout: 20_000 });

beforeEach(emptyStores);

const ADDRESS = "anna@journal.test";

/** Somebody with a status, and how they come to hear of an event. */
interface Subject {
	readonly id: string;
	/** A link of their own to confirm at. */
	readonly confirm: string;
}

/** A subscriber of each status, as they come about. */
const MADE: Readonly<Record<Status, (desk: Desk) => Promise<Subject>>> = {
	async pending(desk) {
		await postJson(desk, { email: ADDRESS, languages: ["en"] });
		await desk.settle();
		const confirm = linkTo(takeMails(desk)[0], "/confirm");
		return { id: (await rowOf())?.id ?? "", confirm };
	},
	async active(desk) {
		const subject = await MADE.pending(desk);
		await press(desk, subject.confirm);
		await desk.settle();
		return subject;
	},
	async ended(desk) {
		const subject = await MADE.active(desk);
		await desk.rooms.subscribers.end(subject.id, "operator", desk.time.now);
		return subject;
	},
};

/** Each event, as it happens. Returns the status of the answer, where there is one. */
const HAPPENS: Readonly<
	Record<SubscriptionEvent, (desk: Desk, subject: Subject) => Promise<number | undefined>>
> = {
	async "sign-up"(desk) {
		return (await postJson(desk, { email: ADDRESS, kinds: ["announcement"] })).status;
	},
	async confirm(desk, { confirm }) {
		return (await press(desk, confirm)).status;
	},
	async unsubscribe(desk, { id }) {
		const claims = { subscriber: id, expires: 0, version: 0 };
		const token = await desk.rooms.tokens.make("unsubscribe", claims);
		return (await press(desk, `/subscriptions/${token}/unsubscribe`)).status;
	},
	async bounce({ rooms, time }, { id }) {
		await rooms.delivery.take(someReport({ subscriber: id, verdict: "permanent" }), time.now);
		return undefined;
	},
	async complaint({ rooms, time }, { id }) {
		await rooms.delivery.take(someReport({ subscriber: id, verdict: "complaint" }), time.now);
		return undefined;
	},
	async reinstate(desk, { id }) {
		const response = await desk.ask("POST", `/api/subscribers/${id}/reinstate`);
		expect(response.status).toBe(409);
		return undefined;
	},
	async erase({ rooms, time }, { id }) {
		await rooms.preferences.erase(id, time.now);
		return undefined;
	},
	async import(desk) {
		const body = `email,consent\n${ADDRESS},A letter of 4 May 2026\n`;
		const asked = { type: "text/csv", body };
		const response = await desk.ask("POST", "/api/subscribers/import", asked);
		expect(response.status).toBe(200);
		await response.text();
		return undefined;
	},
};

const CELLS = (Object.keys(STATES) as Status[]).flatMap((status) =>
	(Object.keys(HAPPENS) as (keyof typeof HAPPENS)[]).map(
		(event) => [status, event, STATES[status][event]] as const,
	),
);

describe("a subscription", () => {
	it.each(CELLS)("that is %s, after %s: %s", async (status, event, consequence) => {
		const desk = openDesk();
		const subject = await MADE[status](desk);
		const before = await rowOf();
		expect(before?.status).toBe(status);
		desk.time.now += DAY_MS;
		const answer = await HAPPENS[event](desk, subject);
		const after = await rowOf();
		if (answer !== undefined) expect(answer === 404).toBe(consequence === "refused");
		if (consequence === "refused" || consequence === "unchanged") expect(after).toEqual(before);
		else if (consequence === "gone") expect(after).toBeNull();
		else expect(after).toMatchObject({ id: subject.id, status: consequence });
	});

	it("knows every status and every event", () => {
		expect(Object.keys(STATES)).toEqual(["pending", "active", "ended"]);
		for (const events of Object.values(STATES))
			expect(Object.keys(events).toSorted()).toEqual([...EVENTS].toSorted());
	});
});

describe("signing up again", () => {
	it("while pending asks for what is asked for now, and the older link confirms it not", async () => {
		const desk = openDesk();
		const { confirm } = await MADE.pending(desk);
		desk.time.now += 1000;
		await postJson(desk, { email: ADDRESS, languages: ["en"], kinds: ["announcement"] });
		await desk.settle();
		expect((await press(desk, confirm)).status).toBe(404);
		expect(await rowOf()).toMatchObject({ status: "pending", kinds: "announcement" });
		await press(desk, linkTo(takeMails(desk)[0], "/confirm"));
		expect((await rowOf())?.status).toBe("active");
	});

	it("after leaving begins anew: what was paused, and what was heard, no longer counts", async () => {
		const desk = openDesk();
		await desk.post();
		const { id } = await MADE.ended(desk);
		desk.time.now += DAY_MS;
		await desk.post({ title: "A second", body: "Another text." });
		const again = someSignUp({ id: "another", address: ADDRESS });
		expect(await desk.rooms.subscribers.signUp(again, desk.time.now)).toBe(id);
		const second = Math.floor(desk.time.now / 1000);
		await desk.rooms.subscribers.confirm(id, second, desk.time.now);
		expect(await rowOf()).toMatchObject({
			status: "active",
			heard_through: 2,
			ended_at: null,
			ended_reason: null,
		});
	});
});

describe("a suppressed address", () => {
	it.each(["complaint", "bounced", "operator"] as const)(
		"is never asked, nor made active by an older link: %s",
		async (reason) => {
			const desk = openDesk();
			const { confirm } = await MADE.pending(desk);
			await desk.rooms.suppressions.suppress(ADDRESS.toUpperCase(), reason, desk.time.now);
			expect((await postJson(desk, { email: ADDRESS, languages: ["en"] })).status).toBe(202);
			await desk.settle();
			expect(takeMails(desk)).toEqual([]);
			expect((await press(desk, confirm)).status).toBe(404);
			expect((await rowOf())?.status).toBe("pending");
			expect(await desk.rooms.suppressions.reasonFor(ADDRESS)).toBe(reason);
		},
	);

	it("that was erased may come back, and is suppressed until it has confirmed", async () => {
		const desk = openDesk();
		const { suppressions } = desk.rooms;
		await suppressions.suppress(ADDRESS, "erased", desk.time.now);
		const { confirm } = await MADE.pending(desk);
		expect(await suppressions.reasonFor(ADDRESS)).toBe("erased");
		expect((await press(desk, confirm)).status).toBe(200);
		expect((await rowOf())?.status).toBe("active");
		expect(await suppressions.reasonFor(ADDRESS)).toBeNull();
	});

	it("is kept as a hash alone, with the reason that is stronger than erasure", async () => {
		const { suppressions, hashAddress } = openDesk().rooms;
		await suppressions.suppress(ADDRESS, "erased", 1);
		await suppressions.suppress(ADDRESS, "complaint", 2);
		await suppressions.suppress(ADDRESS, "erased", 3);
		await suppressions.suppress("boris@journal.test", "erased", 4);
		const hash = await hashAddress(ADDRESS);
		const all = await suppressions.list({ limit: 10, after: "" });
		expect(all).toContainEqual({ hash, reason: "complaint", since: 2 });
		expect(JSON.stringify(all)).not.toContain("journal");
		const [first, second] = all;
		expect(await suppressions.list({ limit: 1, after: "" })).toEqual([first]);
		expect(await suppressions.list({ limit: 1, after: first?.hash ?? "" })).toEqual([second]);
		await suppressions.lift(ADDRESS.toUpperCase());
		expect(await suppressions.reasonFor(ADDRESS)).toBeNull();
	});
});

it("is found by the address, in whatever case", async () => {
	const { rooms } = openDesk();
	const id = await addSubscriber(rooms, ADDRESS);
	const read = await rooms.subscribers.readByAddress(ADDRESS.toUpperCase());
	expect(read).toMatchObject({ id, status: "active", consentEvidence: "en/1" });
	expect(await rooms.subscribers.readByAddress("boris@journal.test")).toBeNull();
});
