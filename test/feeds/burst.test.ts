import { expect, it, vi } from "vitest";
import { someFields } from "../support/desk.ts";
import { ask, post } from "../support/door.ts";
import { emptyStores, until } from "../support/house.ts";
import type { JsonFeed } from "./reading.ts";

vi.setConfig({ testTimeout: 60_000 });

const [WAVES, POSTS_A_WAVE] = [10, 20];
const POSTS = WAVES * POSTS_A_WAVE;
/** A rebuild for each message would be {@link POSTS}. */
const FEW_REBUILDS = POSTS / 10;

/** Everything that a reader knows who walks from a feed through its archives, oldest document first. */
async function walk(from: string): Promise<string[]> {
	const titles: string[][] = [];
	for (let path: string | undefined = from; path; ) {
		const { items, next_url }: JsonFeed & { next_url?: string } = await (await ask(path)).json();
		titles.unshift(items.map(({ title }) => title));
		path = next_url && new URL(next_url).pathname;
	}
	return titles.flat();
}

it("two hundred posts in a few seconds cost few rebuilds, and none of them is lost", async () => {
	await emptyStores();
	const logged = vi.spyOn(console, "info");
	const titles = Array.from({ length: POSTS }, (_, index) => `Meeting ${index}`);
	for (let wave = 0; wave < WAVES; wave += 1) {
		const posted = titles
			.slice(wave * POSTS_A_WAVE, (wave + 1) * POSTS_A_WAVE)
			.map((title) => post(JSON.stringify(someFields({ title })), "application/json"));
		for (const { status } of await Promise.all(posted)) expect(status).toBe(201);
	}
	const known = await until("every post in the feed or its archives", async () => {
		const found = new Set(await walk("/all/feed.json"));
		return found.size === POSTS && found;
	});
	expect([...known].toSorted()).toEqual(titles.toSorted());
	const rebuilds = logged.mock.calls.filter(([line]) => String(line).includes("feeds-rebuilt"));
	expect(rebuilds.length).toBeGreaterThan(0);
	expect(rebuilds.length).toBeLessThanOrEqual(FEW_REBUILDS);
});
