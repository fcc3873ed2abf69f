import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ask } from "../support/door.ts";
import { addSubscriber, confirmNow, emptyStores, furnishForTest } from "../support/house.ts";
import { ADDRESS, askForConfirmation, press, rowOf, signUpByJson } from "./visiting.ts";

// Queues deliver when they will: within a second or so, later on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

beforeEach(emptyStores);

async function linkFor(subscriber: string, version = 0): Promise<string> {
	const claims = { subscriber, expires: 0, version };
	const token = await furnishForTest().tokens.make("unsubscribe", claims);
	return `/subscriptions/${token}/unsubscribe`;
}

async function activeSubscriber(address = ADDRESS): Promise<string> {
	return linkFor(await addSubscriber(furnishForTest(), address));
}

const multipart = () => {
	const form = new FormData();
	form.set("List-Unsubscribe", "One-Click");
	return form;
};

describe("one click (RFC 8058)", () => {
	it.each([
		["urlencoded", () => new URLSearchParams({ "List-Unsubscribe": "One-Click" })],
		["multipart", multipart],
		["empty", () => null],
	])("ends the subscription with a body that is %s", async (_form, body) => {
		const link = await activeSubscriber();
		const response = await press(link, { body: body() });
		expect(response.status).toBe(200);
		expect(response.redirected).toBe(false);
		expect(response.headers.get("Location")).toBeNull();
		expect(response.headers.get("Set-Cookie")).toBeNull();
		expect(response.headers.get("Cache-Control")).toBe("no-store");
		expect(await rowOf()).toMatchObject({ status: "ended", ended_reason: "unsubscribed" });
	});

	it("may come again, one after the other or at once, and changes nothing more", async () => {
		const link = await activeSubscriber();
		await press(link);
		const ended = await rowOf();
		const again = await Promise.all([press(link), press(link, { body: multipart() })]);
		expect(again.map(({ status }) => status)).toEqual([200, 200]);
		expect(await rowOf()).toEqual(ended);
	});

	it("ends nobody else's", async () => {
		await activeSubscriber("boris@journal.test");
		await press(await activeSubscriber());
		expect((await rowOf("boris@journal.test"))?.status).toBe("active");
	});

	it("ends a subscription that is not confirmed yet, and its link to confirm with it", async () => {
		const confirm = await askForConfirmation();
		expect((await press(await linkFor((await rowOf())?.id ?? ""))).status).toBe(200);
		expect((await rowOf())?.status).toBe("ended");
		expect((await press(confirm)).status).toBe(404);
		expect((await rowOf())?.status).toBe("ended");
	});

	it("works with any link there ever was, also after subscribing again", async () => {
		const link = await activeSubscriber();
		await press(link);
		await signUpByJson({ email: ADDRESS });
		const rooms = furnishForTest();
		await confirmNow(rooms, (await rowOf())?.id ?? "");
		expect(await rowOf()).toMatchObject({ status: "active", ended_reason: null, ended_at: null });
		await press(link);
		expect((await rowOf())?.status).toBe("ended");
	});
});

describe("the link to unsubscribe", () => {
	it("changes nothing however often it is followed, and shows one button", async () => {
		const link = await activeSubscriber();
		const before = await rowOf();
		for (const method of ["GET", "HEAD", "GET", "HEAD", "GET"])
			expect((await ask(link, { method })).status).toBe(200);
		expect(await rowOf()).toEqual(before);
		const page = await (await ask(link)).text();
		expect(page.match(/<form method="post"/g)).toHaveLength(1);
		expect(page).toContain(`action="${link}"`);
		expect(page).not.toContain(ADDRESS);
	});

	it("from before a change of address ends nothing, and says where to do it", async () => {
		const id = await addSubscriber(furnishForTest(), ADDRESS);
		await env.LEDGER.prepare("UPDATE subscribers SET link_version = 1").run();
		const before = await rowOf();
		const old = await linkFor(id, 0);
		expect((await ask(old)).status).toBe(200);
		const answer = await press(old);
		expect(answer.status).toBe(200);
		const page = await answer.text();
		expect(page).toContain("No more mail goes to that address");
		expect(page).toContain("use the link in the newest message there");
		expect(page).not.toContain(ADDRESS);
		expect(await rowOf()).toEqual(before);
		const now = await (await press(await linkFor(id, 1))).text();
		expect(now).toContain("You are unsubscribed");
		expect((await rowOf())?.status).toBe("ended");
	});

	it("of a subscriber who is gone is answered as any other", async () => {
		const link = await linkFor(crypto.randomUUID());
		expect((await ask(link)).status).toBe(200);
		expect((await press(link)).status).toBe(200);
	});

	it("is refused with a page where its token is not ours or for another purpose", async () => {
		const rooms = furnishForTest();
		const id = await addSubscriber(rooms, ADDRESS);
		const expires = Math.floor(Date.now() / 1000) + 60;
		const confirm = await rooms.tokens.make("confirm", { subscriber: id, expires, version: 0 });
		for (const token of ["x", id, confirm, `${(await linkFor(id)).split("/")[2]}x`])
			for (const method of ["GET", "POST"]) {
				const response = await ask(`/subscriptions/${token}/unsubscribe`, { method });
				expect(response.status, token).toBe(404);
				expect(await response.text()).toContain("This link does not work");
			}
		expect((await rowOf())?.status).toBe("active");
	});
});
