import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import { furnish } from "../../src/rooms.ts";
import { answered } from "../releases/answers.ts";
import { counting } from "../support/counting.ts";
import { openDesk } from "../support/desk.ts";
import { openFront } from "../support/front.ts";
import { emptyStores, testSettings } from "../support/house.ts";
import { keepReleases } from "../support/many.ts";

/** The public door on the real stores, and what it has asked them for. */
function openCountingDoor() {
	const [reads, queries]: [string[], string[]] = [[], []];
	const bindings = {
		...env,
		DOCUMENTS: counting(env.DOCUMENTS, reads),
		LEDGER: counting(env.LEDGER, queries),
	};
	return { app: openFront(furnish(bindings, testSettings())), reads, queries };
}

beforeAll(async () => {
	await emptyStores();
	await keepReleases(60);
	const desk = openDesk();
	const { release } = await answered(await desk.post({ title: "Withdrawn later" }), 201);
	await desk.withdraw(release.id);
	desk.rooms.asked.push("feeds");
	await desk.settle();
});

const PAGES: readonly [path: string, status: number][] = [
	["/en/", 200],
	["/ru/", 200],
	["/en/releases", 200],
	["/en/releases?page=1", 200],
	["/en/meetings", 200],
	["/en/meetings?page=1", 200],
	["/en/consultations", 200],
	["/en/coming", 200],
	["/releases/meeting-1", 200],
	["/releases/meeting-60", 200],
	["/releases/meeting-60.ics", 200],
	["/releases/withdrawn-later", 410],
];

it.each(PAGES)("costs one read of KV and no query of D1: %s", async (path, status) => {
	const { app, reads, queries } = openCountingDoor();
	const answer = await app.request(path);
	expect(answer.status).toBe(status);
	expect((await answer.text()).length).toBeGreaterThan(500);
	expect(reads).toEqual(["getWithMetadata"]);
	expect(queries).toEqual([]);
});

it.each(["/en/", "/releases/meeting-60"])("costs as much where it is known: %s", async (path) => {
	const etag = (await openDesk().page(path)).headers.get("ETag") ?? "";
	const { app, reads, queries } = openCountingDoor();
	const answer = await app.request(path, { headers: { "If-None-Match": etag } });
	expect([answer.status, await answer.text()]).toEqual([304, ""]);
	expect((await app.request(path, { method: "HEAD" })).status).toBe(200);
	expect(reads).toEqual(["getWithMetadata", "getWithMetadata"]);
	expect(queries).toEqual([]);
});

it.each(["/en/about", "/en/subscribe", "/en/search", "/feeds.opml", "/robots.txt"])(
	"costs nothing where it is the same whatever is published: %s",
	async (path) => {
		const { app, reads, queries } = openCountingDoor();
		expect((await app.request(path)).status).toBe(200);
		expect([...reads, ...queries]).toEqual([]);
	},
);
