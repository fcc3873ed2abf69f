import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ask } from "../support/door.ts";
import { addSubscriber, emptyStores, furnishForTest, publishText } from "../support/house.ts";
import { ADDRESS, askForConfirmation, press, rowOf } from "./visiting.ts";

// Queues deliver when they will: within a second or so, later on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

const WEEK_S = 7 * 24 * 60 * 60;

beforeEach(emptyStores);

/** An address to confirm at for a subscriber, with any expiry (seconds since 1970 UTC). */
async function linkFor(subscriber: string, expires: number): Promise<string> {
	const token = await furnishForTest().tokens.make("confirm", { subscriber, expires, version: 0 });
	return `/subscriptions/${token}/confirm`;
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

describe("the link to confirm", () => {
	it("changes nothing however often it is followed, as scanners do", async () => {
		const link = await askForConfirmation();
		const before = await rowOf();
		for (const method of ["GET", "HEAD", "GET", "HEAD", "GET"])
			expect((await ask(link, { method })).status).toBe(200);
		expect(await rowOf()).toEqual(before);
		expect(before?.status).toBe("pending");
	});

	it("shows what was asked for and one button, and is kept by nobody", async () => {
		const response = await ask(await askForConfirmation());
		expect(response.headers.get("Cache-Control")).toBe("no-store");
		expect(response.headers.get("Referrer-Policy")).toBe("no-referrer");
		const page = await response.text();
		expect(page.match(/<form method="post"/g)).toHaveLength(1);
		expect(page).toMatch(/Consultations.*Meetings/s);
		expect(page).not.toContain("Announcements");
		expect(page).toContain("English");
		expect(page).not.toContain(ADDRESS);
	});

	it("is good for a week", async () => {
		const link = await askForConfirmation();
		const row = await rowOf();
		const token = link.split("/").at(-2) ?? "";
		const claims = await furnishForTest().tokens.read("confirm", token, Date.now());
		expect(claims?.subscriber).toBe(row?.id);
		expect(Math.abs((claims?.expires ?? 0) - nowSeconds() - WEEK_S)).toBeLessThan(60);
	});
});

describe("the button", () => {
	it("makes the subscriber active, with what is new beginning now", async () => {
		const link = await askForConfirmation();
		await publishText(furnishForTest());
		const response = await press(link);
		expect(response.status).toBe(200);
		expect(await response.text()).toContain("Your subscription is confirmed");
		expect(await rowOf()).toMatchObject({ status: "active", heard_through: 1 });
		expect((await rowOf())?.confirmed_at).not.toBeNull();
	});

	it("may be pressed twice, and the second time moves no cursor", async () => {
		const rooms = furnishForTest();
		const link = await askForConfirmation();
		await publishText(rooms);
		await press(link);
		const once = await rowOf();
		await publishText(rooms);
		expect((await press(link)).status).toBe(200);
		expect(await rowOf()).toEqual(once);
		expect(once?.heard_through).toBe(1);
	});

	it("may be pressed twice at once", async () => {
		const link = await askForConfirmation();
		const answers = await Promise.all([press(link), press(link)]);
		expect(answers.map(({ status }) => status)).toEqual([200, 200]);
		expect((await rowOf())?.status).toBe("active");
	});

	it("of a link from before an unsubscribe brings nobody back", async () => {
		const rooms = furnishForTest();
		const link = await askForConfirmation();
		await press(link);
		await rooms.subscribers.end((await rowOf())?.id ?? "", "unsubscribed", Date.now());
		const ended = await rowOf();
		expect((await press(link)).status).toBe(404);
		expect((await ask(link)).status).toBe(404);
		expect(await rowOf()).toEqual(ended);
		expect(ended?.status).toBe("ended");
	});
});

describe("a link that is none", () => {
	it("is answered with a page that says so: expired, of nobody, for another purpose", async () => {
		const rooms = furnishForTest();
		await askForConfirmation();
		const id = (await rowOf())?.id ?? "";
		const unsubscribe = await rooms.tokens.make("unsubscribe", {
			subscriber: id,
			expires: 0,
			version: 0,
		});
		const links = [
			await linkFor(id, nowSeconds() - 1),
			await linkFor(rooms.newId(), nowSeconds() + 60),
			`/subscriptions/${unsubscribe}/confirm`,
			(await linkFor(id, nowSeconds() + 60)).replace("/confirm", "x/confirm"),
			"/subscriptions/x/confirm",
			`/subscriptions/${id}/confirm`,
			"/subscriptions/%00%ff/confirm",
		];
		for (const link of links)
			for (const response of [await ask(link), await press(link)]) {
				expect(response.status, link).toBe(404);
				expect(response.headers.get("Cache-Control")).toBe("no-store");
				expect(await response.text()).toContain("This link does not work");
			}
		expect((await rowOf())?.status).toBe("pending");
	});

	it("is one of an older version of one's links", async () => {
		const link = await askForConfirmation();
		await env.LEDGER.prepare("UPDATE subscribers SET link_version = 1").run();
		for (const response of [await ask(link), await press(link)]) expect(response.status).toBe(404);
		expect((await rowOf())?.status).toBe("pending");
	});

	it("confirms nobody else", async () => {
		const boris = await addSubscriber(furnishForTest(), "boris@journal.test");
		await askForConfirmation();
		await press(await linkFor(boris, nowSeconds() + 60));
		expect((await rowOf())?.status).toBe("pending");
	});
});
