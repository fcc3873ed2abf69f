import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { rebuildLagging } from "../../src/feeds/publication.ts";
import { DocumentMissing } from "../../src/releases/store.ts";
import { emptyStores, furnishForTest, publishText } from "../support/house.ts";

describe("rebuilding", () => {
	beforeEach(emptyStores);

	it("does not keep other languages back where one cannot be built", async () => {
		const rooms = furnishForTest();
		await publishText(rooms, { language: "ru", title: "Встреча" });
		const lost = await publishText(rooms, { language: "en", title: "A lost meeting" });
		await env.DOCUMENTS.delete(lost.document);
		await expect(rebuildLagging(rooms.identity, rooms.releases, rooms.feeds)).rejects.toThrow(
			DocumentMissing,
		);
		expect((await rooms.feeds.read("ru", "rss.xml"))?.text).toContain("Встреча");
		expect(await rooms.feeds.listLagging()).toMatchObject([{ language: "en" }]);
	});

	it("holds fewer releases rather than more text than a feed may have", async () => {
		const rooms = furnishForTest();
		for (const name of ["first", "second", "third"])
			await publishText(rooms, { title: name, body: name + "x".repeat(1_900_000) });
		await rebuildLagging(rooms.identity, rooms.releases, rooms.feeds);
		const feed = JSON.parse((await rooms.feeds.read("en", "feed.json"))?.text ?? "{}");
		expect(feed.items.map(({ title }: { title: string }) => title)).toEqual(["third", "second"]);
	});
});
