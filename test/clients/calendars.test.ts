import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../support/describe-with.ts";
import { startTestWorker, type TestWorker } from "../support/local.ts";
import { type Everything, meeting, publishEverything, TIMED } from "./everything.ts";
import { readOpml } from "./feedsmith.ts";
import { type ReadCalendar, type ReadEvent, readCalendars, textIn } from "./icalendar.ts";
import { importCalendar, type Listed, listEvents, makeKhal } from "./khal.ts";
import { openPressOffice, type PressOffice, type Release } from "./press-office.ts";
import { makeHome } from "./program.ts";

const LANGUAGES = ["en", "ru", "uz", "uz-Cyrl"];
const DAY_MS = 24 * 60 * 60 * 1000;

let worker: TestWorker;
let office: PressOffice;
let everything: Everything;
let home: string;

beforeAll(async () => {
	worker = await startTestWorker();
	office = openPressOffice(worker.url);
	everything = await publishEverything(office);
	home = makeHome();
});

afterAll(async () => {
	await worker?.stop();
	rmSync(home, { recursive: true, force: true });
});

/** The releases with an event in the calendar of a language (null: all) and kind (undefined: all). */
function expectedIn(language: string | null, kind: string | undefined): Release[] {
	return everything.releases
		.filter((release) => release.event !== null)
		.filter((release) => (language ?? release.language) === release.language)
		.filter((release) => (kind ?? release.kind) === release.kind)
		.filter((release) => language !== null || isFirstOfStory(release));
}

/** Whether it is in the first language that its story has. */
function isFirstOfStory({ story, language }: Release): boolean {
	const languages = everything.releases
		.filter((release) => release.story === story)
		.map((release) => LANGUAGES.indexOf(release.language));
	return LANGUAGES.indexOf(language) === Math.min(...languages);
}

/** What a calendar must have of a release. */
function eventOf(release: Release): ReadEvent {
	const { id, title, summary, url, event, status, reason, revision } = release;
	if (!event) throw new Error(`${title} has no event`);
	const timed = TIMED.find((one) => one.title === title);
	const [starts, ends] = timed?.moments ?? [event.starts, dayAfter(event.ends)];
	const isWithdrawn = status === "withdrawn";
	return {
		id: `urn:uuid:${id}`,
		sequence: revision - 1,
		status: isWithdrawn ? "CANCELLED" : "CONFIRMED",
		starts: withSeconds(starts),
		ends: ends === null ? null : withSeconds(ends),
		parameters: timed ? { TZID: timed.zone } : { VALUE: "DATE" },
		title: textIn(title),
		place: textIn(event.place),
		description: textIn(isWithdrawn ? `This release was withdrawn: ${reason}` : summary),
		url,
	};
}

function dayAfter(date: string): string {
	return new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10);
}

/** A moment as Python writes it; a date stays as it is. */
function withSeconds(moment: string): string {
	return moment.replace(/(T..:..)/, "$1:00");
}

function byId<Event extends { readonly id: string }>(events: readonly Event[]): Event[] {
	return events.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

describeWith("icalendar")("icalendar", () => {
	/** By path. */
	let calendars: ReadonlyMap<string, ReadCalendar>;
	let listed: ReturnType<typeof readOpml>;

	beforeAll(async () => {
		listed = readOpml((await worker.visitor.read("/feeds.opml")).text);
		const addresses = [
			...listed.map(({ address }) => address.replace("rss.xml", "events.ics")),
			...["/events.ics", "/meetings.ics"].map((path) => worker.url + path),
			...everything.releases.flatMap(({ url, event }) => (event ? [`${url}.ics`] : [])),
		];
		const read = await readCalendars(addresses, home);
		calendars = new Map(read.map((one) => [one.address.slice(worker.url.length), one]));
	});

	it("finds no fault in any calendar", () => {
		expect(calendars.size).toBeGreaterThan(40);
		for (const { address, mediaType, faults } of calendars.values())
			expect([mediaType, faults], address).toEqual(["text/calendar", []]);
	});

	it("reads every event of every scope as it was published, corrected or withdrawn", () => {
		for (const { title, address, language } of listed) {
			const path = address.slice(worker.url.length).replace("rss.xml", "events.ics");
			const kind = /(consultation|meeting|announcement)s\/events\.ics$/.exec(path)?.[1];
			const calendar = calendars.get(path);
			expect(calendar?.title).toBe(title);
			const expected = expectedIn(language, kind).map(eventOf);
			expect(byId(calendar?.events ?? []), path).toEqual(byId(expected));
		}
	});

	it("reads corrections and withdrawals as such", () => {
		const events = calendars.get("/en/events.ics")?.events ?? [];
		const find = ({ id }: Release) => events.find((event) => event.id === `urn:uuid:${id}`);
		expect(find(everything.corrected)).toMatchObject({ sequence: 1, status: "CONFIRMED" });
		expect(find(everything.withdrawn)).toMatchObject({ sequence: 1, status: "CANCELLED" });
		expect(find(everything.embargoed)).toBeUndefined();
	});

	it("finds each zone that an event has defined, once, and no other", () => {
		for (const { address, zones, events } of calendars.values()) {
			const named = events.flatMap(({ parameters }) => parameters.TZID ?? []);
			expect(zones.toSorted(), address).toEqual([...new Set(named)].toSorted());
		}
		expect(calendars.get("/en/events.ics")?.zones).toHaveLength(TIMED.length);
	});

	it("reads the same in the short addresses", () => {
		const eventsAt = (path: string) => calendars.get(path)?.events;
		expect(eventsAt("/events.ics")).toEqual(eventsAt("/en/events.ics"));
		expect(eventsAt("/meetings.ics")).toEqual(eventsAt("/en/meetings/events.ics"));
	});

	it("reads in a release's own file its one event", () => {
		for (const release of everything.releases.filter(({ event }) => event)) {
			const path = `/releases/${release.slug}.ics`;
			expect(calendars.get(path)?.events, path).toEqual([eventOf(release)]);
		}
	});
});

describeWith("khal")("khal", () => {
	let first: Listed[];
	let again: Listed[];
	let later: Listed[];
	let mended: Release;

	beforeAll(async () => {
		makeKhal(home);
		const takeOver = async () => {
			await importCalendar(home, (await worker.visitor.read("/en/events.ics")).text);
			return byId(await listEvents(home, "2024-01-01", "2028-12-31"));
		};
		first = await takeOver();
		again = await takeOver();
		const fields = meeting({ title: "A meeting on great rivers" });
		mended = await office.correct(everything.corrected, fields, "They are great.");
		await office.settle();
		later = await takeOver();
	});

	it("lists every event, at its time where the reader is", () => {
		const expected = expectedIn("en", undefined).map(listedOf);
		expect(first).toEqual(byId(expected));
	});

	it("lists none twice that it takes over again", () => {
		expect(again).toEqual(first);
	});

	it("lists a correction in place of what it corrects", () => {
		const id = `urn:uuid:${mended.id}`;
		expect(later).toEqual(
			first.map((event) => (event.id === id ? { ...event, title: mended.title } : event)),
		);
	});
});

/** What khal must list of a release: the last day is part of an event. */
function listedOf(release: Release): Listed {
	const { id, status, title } = eventOf(release);
	const timed = TIMED.find((one) => one.title === release.title);
	const [starts, ends] = timed?.inTashkent ?? [release.event?.starts, release.event?.ends];
	return { id, starts: starts ?? "", ends: ends ?? "", status, title: title.trim() };
}
