import { beforeEach, expect, it, vi } from "vitest";
import { ARCHIVE_LENGTH, CALENDAR_LENGTH } from "../../src/feeds/feed.ts";
import { openDesk } from "../support/desk.ts";
import { emptyStores } from "../support/house.ts";
import { keepReleases } from "../support/many.ts";

vi.setConfig({ testTimeout: 240_000 });

const PAGE_LENGTH = 20;

beforeEach(emptyStores);

it.each([0, 1, 50, 5000])(
	"pages, search, sitemap and calendar hold with %i releases",
	async (count) => {
		await keepReleases(count);
		const desk = openDesk();
		desk.rooms.asked.push("feeds");
		await desk.settle();
		const read = async (path: string) => {
			const response = await desk.page(path);
			expect(response.status, path).toBe(200);
			return response.text();
		};
		const times = (text: string, part: RegExp) => text.match(part)?.length ?? 0;
		const card = /<article/g;

		const numbered = Math.max(0, Math.floor(count / ARCHIVE_LENGTH) - 1);
		const newest = await read("/en/meetings");
		expect(times(newest, card)).toBe(count - numbered * ARCHIVE_LENGTH);
		const oldest = numbered > 0 ? await read("/en/meetings?page=1") : newest;
		expect(oldest.includes(">Meeting 1<")).toBe(count > 0);
		expect((await desk.page(`/en/meetings?page=${numbered + 1}`)).status).toBe(404);

		expect(times(await read("/en/"), /href="\/releases\/meeting-/g) > 0).toBe(count > 0);
		expect(times(await read("/en/coming"), /meeting-\d+\.ics"/g) > 0).toBe(count > 0);
		const found = await read("/en/search?q=meeting");
		expect(times(found, card)).toBe(Math.min(count, PAGE_LENGTH));
		const isMapped = (await read("/sitemap.xml")).includes("/sitemaps/releases-1.xml");
		expect(isMapped).toBe(count > 0);
		if (isMapped) expect(times(await read("/sitemaps/releases-1.xml"), /<loc>/g)).toBe(count);
		const calendar = await read("/en/events.ics");
		expect(times(calendar, /BEGIN:VEVENT/g)).toBe(Math.min(count, CALENDAR_LENGTH));
		expect((await desk.page("/releases/meeting-1")).status).toBe(count > 0 ? 200 : 404);
	},
);
