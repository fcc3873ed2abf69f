import { beforeEach, describe, expect, it } from "vitest";
import { type Desk, openDesk } from "../support/desk.ts";
import { emptyStores } from "../support/house.ts";

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

const FEEDS: [string, string][] = [
	["/rss.xml", "application/rss+xml; charset=utf-8"],
	["/atom.xml", "application/atom+xml; charset=utf-8"],
	["/feed.json", "application/feed+json; charset=utf-8"],
	["/events.ics", "text/calendar; charset=utf-8"],
	["/meetings.ics", "text/calendar; charset=utf-8"],
	["/all/consultations/events.ics", "text/calendar; charset=utf-8"],
];

const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
	desk.app.request(path, { headers, method });

describe.each(FEEDS)("%s", (path, type) => {
	it("has its media type, and may be kept by everybody for five minutes", async () => {
		const { status, headers } = await get(path);
		expect(status).toBe(200);
		expect(headers.get("Content-Type")).toBe(type);
		expect(headers.get("Cache-Control")).toBe("public, max-age=300, stale-while-revalidate=300");
		expect(headers.get("Set-Cookie")).toBeNull();
	});

	it.each(["*/*", "text/html,application/xhtml+xml", "application/*;q=0.1, text/*", ""])(
		"is given to whoever can read it: Accept: %s",
		async (accept) => {
			expect((await get(path, { Accept: accept })).status).toBe(200);
		},
	);

	it.each(["image/png", "audio/*", "*/*;q=0"])(
		"is refused to whoever cannot: Accept: %s",
		async (accept) => {
			const response = await get(path, { Accept: accept });
			expect(response.status).toBe(406);
			expect(response.headers.get("Content-Type")).toContain("application/problem+json");
		},
	);

	it("may be read by the script of any page", async () => {
		const headers = { Origin: "https://reader.example" };
		const response = await get(path, headers);
		expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
		expect(response.headers.get("Access-Control-Expose-Headers")).toContain("ETag");
		expect(response.headers.get("Vary")).toContain("Accept");
		const asked = {
			...headers,
			"Access-Control-Request-Method": "GET",
			"Access-Control-Request-Headers": "If-None-Match",
		};
		const preflight = await get(path, asked, "OPTIONS");
		expect(preflight.status).toBe(204);
		expect(preflight.headers.get("Access-Control-Allow-Headers")).toContain("If-None-Match");
		expect(preflight.headers.get("Access-Control-Allow-Methods")).not.toContain("POST");
	});
});

it("may not be read by scripts elsewhere: the API", async () => {
	const response = await get("/api/releases", { Origin: "https://reader.example" });
	expect(response.headers.get("Access-Control-Allow-Origin")).toBeNull();
});

describe("Last-Modified", () => {
	const modified = async () => (await get("/rss.xml")).headers.get("Last-Modified") ?? "";
	const publish = async (title: string) => {
		await desk.post({ title });
		await desk.settle();
	};

	it("tells two makings of one second apart", async () => {
		await publish("First");
		const first = await modified();
		await publish("Second");
		desk.time.now += 2000;
		expect(Date.parse(await modified())).toBe(Date.parse(first) + 1000);
		expect((await get("/rss.xml", { "If-Modified-Since": first })).status).toBe(200);
		expect((await get("/rss.xml", { "If-Modified-Since": await modified() })).status).toBe(304);
	});

	it("is never later than the answer", async () => {
		await publish("First");
		await publish("Second");
		expect(await modified()).toBe("");
		expect((await get("/rss.xml")).headers.get("ETag")).not.toBeNull();
	});
});
