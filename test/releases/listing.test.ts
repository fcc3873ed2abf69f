import { beforeEach, describe, expect, it } from "vitest";
import { type Desk, MINUTE_MS, MONDAY, openDesk, SUNDAY } from "../support/desk.ts";
import { emptyStores } from "../support/house.ts";
import { answered, refused } from "./answers.ts";

interface Page {
	readonly releases: readonly Readonly<Record<string, unknown>>[];
	readonly next: string | null;
}

let desk: Desk;

beforeEach(async () => {
	await emptyStores();
	desk = openDesk();
});

async function list(query = ""): Promise<Page> {
	const address = query.startsWith("https://") ? query : `/api/releases${query}`;
	const response = await desk.ask("GET", address);
	expect(response.status).toBe(200);
	expect(response.headers.get("Content-Type")).toMatch(/^application\/json\b/);
	return response.json();
}

const titles = ({ releases }: Page) => releases.map(({ title }) => title);

async function post(over: object) {
	return (await answered(await desk.post(over), 201)).release;
}

/** Follows `next` to the end. */
async function listAll(query: string, between: () => Promise<void> = async () => {}) {
	const pages: Page[] = [await list(query)];
	for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) {
		await between();
		pages.push(await list(next));
	}
	return pages;
}

describe("a list", () => {
	it("is empty before there is something", async () => {
		expect(await list()).toEqual({ releases: [], next: null });
	});

	it("has of each release what it is, without its body, the newest posted first", async () => {
		const first = await post({ title: "First" });
		desk.time.now += MINUTE_MS;
		const second = await post({ title: "Second", publish_at: new Date(MONDAY).toISOString() });
		const shown = [second, first].map((release) => {
			const { body, dateline, format, attachments, translations, ...entry } = release;
			return entry;
		});
		expect(await list()).toEqual({ releases: shown, next: null });
	});

	it("has what was taken back as well, and says so", async () => {
		const { id } = await post({});
		await answered(await desk.withdraw(id, "A draft."), 200);
		expect((await list()).releases).toMatchObject([{ status: "withdrawn", reason: "A draft." }]);
	});
});

describe("filters", () => {
	const event = (starts: string, ends = starts) => ({ starts, ends, place: null });

	beforeEach(async () => {
		const publish_at = new Date(MONDAY).toISOString();
		const autumn = event("2026-10-05", "2026-10-09");
		await post({ title: "A", kind: "meeting", event: autumn });
		await post({ title: "B", kind: "consultation", event: event("2026-10-09") });
		await post({ title: "C", kind: "announcement" });
		await post({ title: "D", kind: "meeting", language: "ru", event: event("2026-12-01") });
		await post({ title: "E", kind: "meeting", publish_at });
		const { id } = await post({ title: "F", kind: "meeting", publish_at });
		await answered(await desk.withdraw(id), 200);
		const withdrawn = await post({ title: "G", kind: "meeting", language: "uz-Cyrl" });
		await answered(await desk.withdraw(withdrawn.id), 200);
	});

	it.each([
		["", "ABCDEFG"],
		["?kind=meeting", "ADEFG"],
		["?kind=announcement", "C"],
		["?language=ru", "D"],
		["?language=uz-Cyrl", "G"],
		["?language=uz", ""],
		["?status=published", "ABCD"],
		["?status=scheduled", "E"],
		["?status=cancelled", "F"],
		["?status=withdrawn", "G"],
		["?from=2026-10-09", "ABD"],
		["?from=2026-10-10", "D"],
		["?to=2026-10-08", "A"],
		["?to=2026-10-09", "AB"],
		["?from=2026-10-06&to=2026-10-07", "A"],
		["?from=2026-10-10&to=2026-11-30", ""],
		["?kind=meeting&language=en&status=published", "A"],
	])("%s: %s", async (query, expected) => {
		expect(
			titles(await list(query))
				.toSorted()
				.join(""),
		).toBe(expected);
		const pages = await listAll(`${query}${query === "" ? "?" : "&"}limit=1`);
		expect(pages.flatMap(titles).toSorted().join("")).toBe(expected);
	});

	it.each([
		["?kind=party", "kind"],
		["?language=EN", "language"],
		["?status=draft", "status"],
		["?from=2026-02-30", "from"],
		["?to=today", "to"],
		["?limit=0", "limit"],
		["?limit=201", "limit"],
		["?limit=1.5", "limit"],
		["?limit=", "limit"],
		["?limit=many", "limit"],
		["?colour=red", "colour"],
		["?after=", "after"],
		["?after=nonsense", "after"],
		["?after=zz.x", "after"],
		["?after=zz.00000000-0000-4000-8000-000000000000'", "after"],
		["?after=-1.00000000-0000-4000-8000-000000000000", "after"],
	])("have to be mended: %s", async (query, field) => {
		const { errors } = await refused(await desk.ask("GET", `/api/releases${query}`), 422);
		expect(errors?.map((fault) => fault.field)).toEqual([field]);
	});
});

describe("pages", () => {
	const post7 = async () => {
		for (let n = 1; n <= 7; n += 1) {
			// Some are posted in the same millisecond.
			if (n % 3 === 0) desk.time.now += 1;
			await post({ title: `Meeting ${n}` });
		}
	};

	it.each([1, 2, 3, 6, 7, 8])("of %i have each release once", async (limit) => {
		await post7();
		const pages = await listAll(`?limit=${limit}`);
		expect(pages).toHaveLength(Math.ceil(7 / limit));
		expect(pages.slice(0, -1).every(({ releases }) => releases.length === limit)).toBe(true);
		expect(pages.flatMap(titles)).toEqual(titles(await list()));
		expect(new Set(pages.flatMap(titles)).size).toBe(7);
	});

	it("stay whole and without repeats while releases are added and corrected", async () => {
		await post7();
		let added = 0;
		const pages = await listAll("?limit=2", async () => {
			added += 1;
			desk.time.now += added % 2;
			await post({ title: `Added ${added}` });
			const { releases } = await list("?limit=1");
			const body = { title: "Mended", body: `Mended ${added}.`, note: "A name." };
			const fields = { ...releases[0], ...body, kind: "meeting", language: "en" };
			await answered(await desk.put(String(releases[0]?.id), fields), 200);
		});
		const found = pages.flatMap(titles).filter((title) => String(title).startsWith("Meeting"));
		expect(found.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `Meeting ${n}`));
		expect(pages.flatMap(({ releases }) => releases.map(({ id }) => id))).toHaveLength(
			new Set(pages.flatMap(({ releases }) => releases.map(({ id }) => id))).size,
		);
	});

	it("say where the next is, at the publication's own address, with the same filters", async () => {
		for (const title of ["A", "B", "C"]) await post({ title });
		await post({ title: "D", kind: "consultation" });
		const { next } = await list("?kind=meeting&limit=2");
		const url = new URL(next ?? "");
		expect(url.origin + url.pathname).toBe("https://press.test/api/releases");
		expect(url.searchParams.get("kind")).toBe("meeting");
		expect(url.searchParams.get("limit")).toBe("2");
		const rest = await list(next ?? "");
		expect(rest.releases).toHaveLength(1);
		expect(rest.next).toBeNull();
	});

	it("have 50 where nobody says how many, and the next where there are more", async () => {
		for (let n = 0; n < 51; n += 1) await post({ title: `Meeting ${n}` });
		const { releases, next } = await list();
		expect(releases).toHaveLength(50);
		expect((await list(next ?? "")).releases).toHaveLength(1);
	});

	it("are empty behind the last, and begin anywhere", async () => {
		await post7();
		const id = "00000000-0000-4000-8000-000000000000";
		expect((await list(`?after=0.${id}`)).releases).toEqual([]);
		expect((await list(`?after=zzzzzzzzzzz.${id}`)).releases).toHaveLength(7);
		expect((await list(`?after=${SUNDAY.toString(36)}.${id}`)).releases).toEqual([]);
	});
});
