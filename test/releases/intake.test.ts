import { describe, expect, it } from "vitest";
import iij from "../../examples/iij-consultations.txt?raw";
import council from "../../examples/regional-expert-council.txt?raw";
import { readFields, readText } from "../../src/releases/intake.ts";
import type { GivenFields, IntakeContext, Reading } from "../../src/releases/reading.ts";
import { readableText } from "../../src/releases/release.ts";

const context: IntakeContext = {
	languages: ["en", "ru", "uz", "uz-Cyrl"],
	today: "2026-11-22",
};

function read(text: string, given: GivenFields = {}, today = context.today): Reading {
	const result = readText(text, given, { ...context, today });
	if (!result.ok) throw new Error(JSON.stringify(result.error));
	return result.value;
}

function asked(text: string, given: GivenFields = {}): string[] {
	const result = readText(text, given, context);
	return result.ok ? [] : result.error.map(({ field }) => field);
}

function quotesStand({ inferred, release }: Reading): void {
	const text = `${release.title} ${release.body}`.replaceAll(/\s+/g, " ");
	for (const [field, { from, confidence }] of Object.entries(inferred)) {
		expect(text, field).toContain(from);
		expect(confidence).toBeGreaterThan(0);
		expect(confidence).toBeLessThanOrEqual(1);
	}
}

describe("the consultations with the IIJ", () => {
	const reading = read(iij);
	const { release, inferred } = reading;
	const paragraphs = release.body.split("\n\n");

	it("reads its particulars", () => {
		expect(release).toMatchObject({
			kind: "consultation",
			language: "en",
			title:
				"Representatives of Uzbekistan and the IIJ held consultations on issues of justice, rehabilitation and reintegration of returnees",
			issued: context.today,
			dateline: null,
			event: { starts: "2025-10-01", ends: "2025-10-02", timeZone: null, place: "Valletta" },
		});
		expect(inferred["event.starts"]?.from).toBe("October 1-2, 2025");
		expect(inferred["event.place"]?.from).toBe("in Valletta (Malta)");
	});

	it("mends the sentence that a blank line broke", () => {
		expect(paragraphs).toHaveLength(9);
		expect(paragraphs[4]).toMatch(
			/several events within the RES working groups, in which IIJ experts actively participated\.$/,
		);
	});

	it("takes nothing for inferred that was not read from the text", () => {
		expect(Object.keys(inferred).sort()).toEqual(
			["event.ends", "event.place", "event.starts", "kind", "language", "summary", "title"].sort(),
		);
		quotesStand(reading);
	});

	it("is a whole release", () => {
		expect(readableText.parse(release)).toEqual(release);
	});
});

describe("the meeting of the Regional Expert Council", () => {
	const reading = read(council);
	const { release, inferred } = reading;
	const paragraphs = release.body.split("\n\n");

	it("reads its particulars", () => {
		expect(release).toMatchObject({
			kind: "meeting",
			language: "en",
			title:
				"Tashkent will host the first meeting of Central Asia Regional Expert Council in Rehabilitation and Reintegration of Returnees",
			summary:
				"On May 14 this year, the first meeting of Central Asia Regional Expert Council in Rehabilitation and Reintegration of Returnees from armed conflict zones will be held in Tashkent.",
			issued: "2024-05-10",
			dateline: { places: ["Tashkent", "New York", "Vienna"], date: "2024-05-10" },
			event: { starts: "2024-05-14", ends: "2024-05-14", timeZone: null, place: "Tashkent" },
		});
		expect(inferred["event.starts"]?.from).toContain("May 14 this year");
		expect(inferred.dateline?.from).toBe("Tashkent/New York/Vienna, May 10, 2024");
		expect(inferred.issued?.from).toBe("May 10, 2024");
		quotesStand(reading);
	});

	it("makes whole paragraphs of wrapped lines", () => {
		expect(paragraphs).toHaveLength(8);
		expect(paragraphs[0]).toBe(
			"Tashkent/New York/Vienna, May 10, 2024. On May 14 this year, the first meeting of Central Asia Regional Expert Council in Rehabilitation and Reintegration of Returnees from armed conflict zones will be held in Tashkent.",
		);
		expect(paragraphs[1]).toMatch(/^The Regional Expert Council .* international partners\.$/);
		expect(paragraphs[5]).toMatch(/have also been invited to the event$/);
		expect(paragraphs[6]).toMatch(/^The event will become /);
		expect(release.body.replaceAll("\n\n", "")).not.toContain("\n");
	});

	it("joins words that were broken after their hyphen", () => {
		expect(paragraphs[4]).toContain("UN Security Council Counter-Terrorism Committee");
		expect(paragraphs[5]).toContain("CIS Anti-Terrorism Centre");
	});

	it("is a whole release", () => {
		expect(readableText.parse(release)).toEqual(release);
	});
});

describe("what is given", () => {
	it("wins over what the text says, and is not inferred", () => {
		const given: GivenFields = {
			kind: "announcement",
			language: "ru",
			summary: "A summary.",
			issued: "2024-06-01",
			dateline: { places: ["Samarkand"], date: "2024-06-02" },
			event: { starts: "2024-06-03", ends: "2024-06-04", timeZone: null, place: null },
		};
		const { release, inferred } = read(council, given);
		expect(release).toMatchObject(given);
		expect(Object.keys(inferred)).toEqual(["title"]);
	});

	it("takes null for an answer", () => {
		const { release, inferred } = read(council, { dateline: null, event: null });
		expect(release).toMatchObject({ dateline: null, event: null, issued: context.today });
		expect(inferred).not.toHaveProperty("dateline");
		expect(inferred).not.toHaveProperty("issued");
	});

	it("dates the release by a dateline that is given", () => {
		const dateline = { places: ["Samarkand"], date: "2024-05-11" };
		const { release, inferred } = read(council, { dateline });
		expect(release.issued).toBe("2024-05-11");
		expect(inferred).not.toHaveProperty("issued");
	});

	it("leaves an announcement without an event", () => {
		const { release, inferred } = read(council, { kind: "announcement" });
		expect(release.event).toBeNull();
		expect(inferred).not.toHaveProperty("event.starts");
	});

	it("uses a title that is given, and keeps the text's own in the body if it is another", () => {
		const other = read(iij, { title: "Consultations in Valletta" }).release;
		expect(other.title).toBe("Consultations in Valletta");
		expect(other.body).toMatch(/^Representatives of Uzbekistan and the IIJ held consultations/);
		const same = read(iij, { title: read(iij).release.title }).release;
		expect(same.body).toMatch(/^Timur Akhmedov/);
	});
});

describe("what is asked for", () => {
	it("asks for a text where there is none", () => {
		for (const text of ["", " \n\t\r\n\u00a0 ", "\ufeff", "---\n***"]) {
			expect(asked(text)).toEqual(["body"]);
		}
	});

	it("asks for the title of a text that begins with a paragraph", () => {
		const paragraph =
			"The consultations were held in Vienna. The parties met at the level of deputies. They agreed to meet again. ";
		expect(asked(`${paragraph.repeat(4)}\n\n${paragraph.repeat(3)}`)).toEqual(["title"]);
		expect(asked("Consultations were held with the ministry of foreign affairs today")).toContain(
			"title",
		);
	});

	it("asks for the title where only a heading stands above the text", () => {
		for (const heading of [
			"PRESS RELEASE",
			"For immediate release",
			"UNIS/NAR/1400",
			"3 October 2025",
		]) {
			const text = `${heading}\n\nThe consultations with the ministry were held in the capital. They will go on.\n\nThe parties agreed.`;
			expect(asked(text)).toContain("title");
		}
	});

	it("asks for the language of a text in none of the publication's", () => {
		const german = `Gespräche in Wien\n\nDie Vertreter der Bundesregierung und der Europäischen Union trafen sich am Montag in Wien zu Gesprächen über die Zusammenarbeit.`;
		expect(asked(german, { kind: "meeting" })).toEqual(["language"]);
		expect(asked("Ok\n\nYes no.", { kind: "meeting" })).toEqual(["language"]);
		const only = readText(iij, {}, { ...context, languages: ["ru"] });
		expect(only.ok ? [] : only.error.map(({ field }) => field)).toContain("language");
	});

	it("never takes a text for an announcement by itself", () => {
		const text =
			"President signs decree on tourism\n\nTASHKENT, October 3. The President signed a decree on the development of tourism in the regions of the country.";
		expect(asked(text)).toEqual(["kind"]);
		expect(read(text, { kind: "announcement" }).release.kind).toBe("announcement");
	});

	it("asks for the date of a text whose dateline lies far ahead", () => {
		const text = council.replace("2024", "2042");
		expect(asked(text)).toEqual(["issued"]);
		expect(read(text, { issued: "2024-05-10" }).release.issued).toBe("2024-05-10");
	});

	it("asks for everything at once, and says how to give it", () => {
		const result = readText("Lorem ipsum dolor sit amet", {}, context);
		expect(result).toMatchObject({
			ok: false,
			error: [
				{ field: "title", remedy: expect.stringContaining("JSON") },
				{
					field: "language",
					remedy: expect.stringContaining("`?language=…` with one of the publication's languages"),
				},
				{ field: "kind", remedy: expect.stringContaining("?kind=consultation") },
			],
		});
	});
});

describe("fields", () => {
	const body =
		"  Tashkent, 10 May 2024. On May 14 this year, the meeting of experts\nwill be held in Tashkent.\n\n\nThe experts come from many   countries. ";

	it("stay as they are; the rest is inferred", () => {
		const result = readFields({ title: "Experts meet in  Tashkent", body }, context);
		expect(result.ok && result.value.release).toMatchObject({
			title: "Experts meet in  Tashkent",
			body: body.trim(),
			kind: "meeting",
			language: "en",
			issued: "2024-05-10",
			dateline: { places: ["Tashkent"], date: "2024-05-10" },
			event: { starts: "2024-05-14", ends: "2024-05-14", timeZone: null, place: "Tashkent" },
			summary:
				"On May 14 this year, the meeting of experts will be held in Tashkent. The experts come from many countries.",
		});
		expect(result.ok && result.value.inferred).not.toHaveProperty("title");
	});

	it("are asked for where they are missing", () => {
		const result = readFields({ language: "en" }, context);
		expect(!result.ok && result.error).toMatchObject([
			{ field: "title", remedy: expect.stringContaining('"title"') },
			{ field: "body", remedy: expect.stringContaining('"body"') },
			{ field: "kind", remedy: expect.stringContaining('"kind"') },
		]);
	});
});
