import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { rebuildLagging } from "../../src/feeds/rebuild.ts";
import { EVERYTHING } from "../../src/feeds/scope.ts";
import type { PublicEntry } from "../../src/releases/entry.ts";
import { DocumentMissing } from "../../src/releases/store.ts";
import {
	areFeedsBehind,
	emptyStores,
	feedText,
	furnishForTest,
	publishText,
} from "../support/house.ts";

const RUSSIAN = { language: "ru", kind: null } as const;

describe("rebuilding", () => {
	beforeEach(emptyStores);

	it("does not keep other languages back where one cannot be built", async () => {
		const rooms = furnishForTest();
		await publishText(rooms, { language: "ru", title: "Встреча" });
		const lost = await publishText(rooms, { language: "en", title: "A lost meeting" });
		await env.DOCUMENTS.delete(lost.document);
		await expect(rebuildLagging(rooms)).rejects.toThrow(DocumentMissing);
		expect(await feedText(rooms, RUSSIAN, "rss.xml")).toContain("Встреча");
		expect(await feedText(rooms, EVERYTHING, "rss.xml")).toBe("");
		expect(await areFeedsBehind(rooms)).toBe(true);
	});

	it("reads long texts in as many parts as KV gives", { timeout: 30_000 }, async () => {
		const { releases } = furnishForTest();
		const key = "release/long";
		for (let index = 0; index < 30; index += 1)
			await env.DOCUMENTS.put(`${key}/${index}`, JSON.stringify({ body: "x".repeat(900_000) }));
		const entries = Array.from({ length: 30 }, (_, index) => ({ document: `${key}/${index}` }));
		expect(await releases.readAll(entries as PublicEntry[])).toHaveLength(30);
	});

	it("holds summaries rather than more text than a feed may have", async () => {
		const rooms = furnishForTest();
		for (const name of ["first", "second", "third"])
			await publishText(rooms, { title: name, body: name + "x".repeat(1_900_000) });
		await rebuildLagging(rooms);
		const feed = JSON.parse(await feedText(rooms, EVERYTHING, "feed.json"));
		expect(
			feed.items.map(({ title, content_text }: Record<string, string>) => [
				title,
				(content_text?.length ?? 0) > 1000,
			]),
		).toEqual([
			["third", true],
			["second", true],
			["first", false],
		]);
	});
});
