import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { furnish } from "../../src/rooms.ts";
import { sha256Hex } from "../../src/shared/text.ts";
import { type Desk, openDesk } from "../support/desk.ts";
import { emptyStores, feedText, testSettings } from "../support/house.ts";
import { TEST_SETTINGS } from "../support/settings.ts";

const OPERATOR_KEY = "an-operators-key";
const EDITOR_KEY = "an-editors-key";
let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	const operator = `op:operate:${await sha256Hex(OPERATOR_KEY)}`;
	const editor = `editor:publish:${await sha256Hex(EDITOR_KEY)}`;
	const keys = `${TEST_SETTINGS.PUBLISHER_KEYS},${operator},${editor}`;
	const { settings } = furnish(env, testSettings({ PUBLISHER_KEYS: keys }));
	desk = openDesk({ settings });
});

const as = (key: string) => ({ headers: { Authorization: `Bearer ${key}` } });
const EN = { language: "en", kind: null } as const;

describe("an operator", () => {
	it("sees how far the feeds have come", async () => {
		const before = await desk.ask("GET", "/api/feeds", as(OPERATOR_KEY));
		expect(await before.json()).toEqual({ highest: 0, behind: false, feeds: [] });
		await desk.post();
		const posted = await desk.ask("GET", "/api/feeds", as(OPERATOR_KEY));
		expect(await posted.json()).toEqual({ highest: 1, behind: true, feeds: [] });
		await desk.settle();
		const after = (await (await desk.ask("GET", "/api/feeds")).json()) as { feeds: object[] };
		expect(after).toMatchObject({ highest: 1, behind: false });
		expect(after.feeds).toHaveLength(4);
		expect(after.feeds).toContainEqual({
			scope: "en/meeting",
			through: 1,
			archives: 0,
			is_current: true,
		});
	});

	it("has all feeds made anew, which are served meanwhile", async () => {
		await desk.post();
		await desk.settle();
		const { feeds } = desk.rooms;
		await feeds.keep({ scope: EN, file: "rss.xml" }, "damaged", { etag: '"x"', modifiedAt: 0 });
		const response = await desk.ask("POST", "/api/feeds/rebuild", as(OPERATOR_KEY));
		expect(response.status).toBe(202);
		expect(await response.json()).toMatchObject({ behind: true });
		expect(await (await desk.page("/en/rss.xml")).text()).toBe("damaged");
		await desk.settle();
		expect(await feedText(desk.rooms, EN, "rss.xml")).toContain("<item>");
		expect(await (await desk.ask("GET", "/api/feeds")).json()).toMatchObject({ behind: false });
	});

	it("needs the scope for it", async () => {
		expect((await desk.ask("POST", "/api/feeds/rebuild", as(EDITOR_KEY))).status).toBe(403);
		expect((await desk.app.request("/api/feeds/rebuild", { method: "POST" })).status).toBe(401);
		expect((await desk.app.request("/api/feeds")).status).toBe(401);
		expect(desk.rooms.asked).toEqual([]);
	});

	it("may not publish with that scope", async () => {
		expect((await desk.post({}, as(OPERATOR_KEY))).status).toBe(403);
	});
});
