import { beforeAll, describe, expect, it } from "vitest";
import type { EditionContents } from "../../src/digests/contents.ts";
import { checkEdition } from "../../src/digests/edition-check.ts";
import { type RenderedEdition, renderEdition } from "../../src/digests/render.ts";
import type { Language } from "../../src/shared/language.ts";
import { someEntry } from "./entries.ts";

const IDENTITY = { title: "Press Office", url: "https://press.test", colour: null, logo: null };
const FILE = {
	url: "https://files.test/agenda.pdf?a=1&b='2'",
	title: "Agenda",
	type: "application/pdf",
	length: 1,
};
const CONTENTS: EditionContents = {
	fresh: [
		someEntry({ firstSequence: 1, kind: "consultation", slug: "on-trade", title: "On trade" }),
		someEntry({ firstSequence: 2, slug: "on-water", title: "On water", attachments: [FILE] }),
	],
	changed: [
		someEntry({ firstSequence: 3, slug: "on-law", title: "On law", note: "The date." }),
		someEntry({
			firstSequence: 4,
			slug: "on-borders",
			title: "On borders",
			status: "withdrawn",
			reason: "Not agreed.",
		}),
	],
	coming: [someEntry({ firstSequence: 5, slug: "on-schools", title: "On schools" })],
};

const render = (contents: EditionContents, language: Language = "en") =>
	renderEdition({
		identity: IDENTITY,
		language,
		contents,
		day: "2026-11-23",
		newId: () => crypto.randomUUID(),
	});

let sound: RenderedEdition;
beforeAll(async () => {
	sound = await render(CONTENTS);
});

/** The faults of the sound edition after its pieces were changed in one part. */
function faultsWith(part: "html" | "text", change: (piece: string) => string): string[] {
	const pieces = sound[part].pieces.map(change);
	expect(pieces).not.toEqual(sound[part].pieces);
	return checkEdition({ ...sound, [part]: { ...sound[part], pieces } }, CONTENTS, IDENTITY);
}
const replacing = (one: string, other: string) => (piece: string) => piece.replaceAll(one, other);

describe("a sound edition", () => {
	it("has no fault", () => {
		expect(checkEdition(sound, CONTENTS, IDENTITY)).toEqual([]);
	});

	it.each(["ru", "uz", "uz-Cyrl"] as const)("has none in %s", async (language) => {
		expect(checkEdition(await render(CONTENTS, language), CONTENTS, IDENTITY)).toEqual([]);
	});

	it("has none where only something changed, or with a release that is also coming", async () => {
		const { changed } = CONTENTS;
		for (const contents of [
			{ fresh: [], changed, coming: [] },
			{ fresh: [], changed, coming: changed.slice(0, 1) },
		])
			expect(checkEdition(await render(contents), contents, IDENTITY)).toEqual([]);
	});

	it("has none where the words of one release stand within those of another", async () => {
		const changed = [
			someEntry({ firstSequence: 3, slug: "undefined-undefined", title: "undefined Undefined" }),
			someEntry({
				firstSequence: 4,
				slug: "moreundefined-undefinedundefined",
				title: "moreundefined Undefinedundefined",
			}),
		];
		const contents = { fresh: [], changed, coming: [] };
		expect(checkEdition(await render(contents), contents, IDENTITY)).toEqual([]);
	});

	it.each(["{{ title }}", "{% if %}", "undefined", "[object Object]", "{count}", "a.invalid"])(
		"has none where a release says %s",
		async (words) => {
			const event = { starts: "2026-12-01", ends: "2026-12-01", timeZone: null, place: words };
			const text = { title: `${words} & "more"`, summary: words, event };
			const attachments = [{ ...FILE, title: words, url: "https://a.invalid/" }];
			const contents: EditionContents = {
				fresh: [
					someEntry({ ...text, attachments }),
					// Long enough for the preview to end in the middle of it.
					someEntry({ ...text, firstSequence: 2, title: `${words} `.repeat(12).trim() }),
				],
				changed: [someEntry({ ...text, firstSequence: 3, note: words })],
				coming: [someEntry({ ...text, firstSequence: 4 })],
			};
			for (const told of [contents, { ...contents, fresh: contents.fresh.slice(0, 1) }])
				expect(checkEdition(await render(told), told, IDENTITY)).toEqual([]);
		},
	);

	it("has none where only a release's address looks like a left-over", async () => {
		const slug = "what-undefined-means";
		const contents = { ...CONTENTS, fresh: [someEntry({ title: "What Undefined means", slug })] };
		expect(checkEdition(await render(contents), contents, IDENTITY)).toEqual([]);
	});

	it("has none where words of releases stand across one another", async () => {
		const contents = {
			...CONTENTS,
			changed: [
				someEntry({ firstSequence: 3, title: "Corrected: undefined", note: "undefined undefined" }),
			],
		};
		expect(checkEdition(await render(contents), contents, IDENTITY)).toEqual([]);
	});

	it("has none where an attachment's title is an address of elsewhere", async () => {
		const attachments = [{ ...FILE, title: "https://elsewhere.test/a" }];
		const contents = { ...CONTENTS, fresh: [someEntry({ attachments })] };
		expect(checkEdition(await render(contents), contents, IDENTITY)).toEqual([]);
	});

	it("has none where a release's summary is an address of elsewhere", async () => {
		const contents = {
			...CONTENTS,
			fresh: [someEntry({ summary: "https://elsewhere.test/a" })],
		};
		expect(checkEdition(await render(contents), contents, IDENTITY)).toEqual([]);
	});
});

describe("what a template leaves behind", () => {
	it.each([
		["{{ words.why }}", "a template's tag"],
		["{% endif %}", "a template's tag"],
		["{publication}", "a place to fill in"],
		["undefined", "no value"],
		["[object Object]", "no value"],
		["https://8d1f-marker.invalid/", "a marker"],
	])("is a fault in either part: %s", (left, what) => {
		for (const part of ["html", "text"] as const) {
			const faults = faultsWith(part, replacing("You get this mail", `You ${left} get this mail`));
			expect(faults).toEqual([expect.stringContaining(`${part}: ${what} is left in it: `)]);
		}
	});

	it("is found beside a release that says the like itself", async () => {
		const contents = { ...CONTENTS, fresh: [someEntry({ title: "The {{ title }} of it" })] };
		const rendered = await render(contents);
		const pieces = rendered.text.pieces.map(replacing("You get", "You {{ get }}"));
		expect(
			checkEdition({ ...rendered, text: { ...rendered.text, pieces } }, contents, IDENTITY),
		).toEqual([expect.stringMatching(/^text: a template's tag is left in it: \{\{ get \}\}/)]);
	});
});

describe("what an edition lacks", () => {
	it.each([
		["html", "unsubscribe"],
		["html", "manage"],
		["text", "unsubscribe"],
		["text", "manage"],
	] as const)("is a fault: in %s the place to %s", (part, place) => {
		const places = sound[part].places.filter((one) => one !== place);
		const faults = checkEdition(
			{ ...sound, [part]: { ...sound[part], places } },
			CONTENTS,
			IDENTITY,
		);
		expect(faults).toEqual([`${part}: has no place for the recipient's address to ${place}`]);
	});

	it("is a fault: anything new, whatever it reminds of", async () => {
		const contents = { ...CONTENTS, fresh: [], changed: [] };
		expect(checkEdition(await render(contents), contents, IDENTITY)).toEqual([
			"it tells of nothing new",
		]);
	});

	it.each([
		["", "the subject is empty"],
		["  ", "the subject is empty"],
		["On\r\nBcc: water", "the subject has a line break"],
		["On\nwater", "the subject has a line break"],
	])("is a fault: a subject, %j", (subject, fault) => {
		expect(checkEdition({ ...sound, subject }, CONTENTS, IDENTITY)).toEqual([fault]);
	});
});

describe("a release that is neither told nor counted", () => {
	const missing = someEntry({ firstSequence: 9, slug: "on-bridges" });

	it("is a fault in both parts, whether it is new or has changed", () => {
		const { fresh, changed } = CONTENTS;
		expect(checkEdition(sound, { ...CONTENTS, fresh: [...fresh, missing] }, IDENTITY)).toEqual([
			"html: neither tells nor counts 1 of /en/meetings, as on-bridges",
			"text: neither tells nor counts 1 of /en/meetings, as on-bridges",
		]);
		expect(checkEdition(sound, { ...CONTENTS, changed: [...changed, missing] }, IDENTITY)).toEqual([
			"html: neither tells nor counts 1 of /en/releases, as on-bridges",
			"text: neither tells nor counts 1 of /en/releases, as on-bridges",
		]);
	});

	it("is found in one part", () => {
		const [consultation] = CONTENTS.fresh;
		expect(faultsWith("html", replacing(`id="urn:uuid:${consultation?.id}"`, 'id="x"'))).toEqual([
			"html: neither tells nor counts 1 of /en/consultations, as on-trade",
		]);
		expect(faultsWith("text", replacing("/releases/on-trade\n", "/releases/on-tra\n"))).toEqual([
			"text: neither tells nor counts 1 of /en/consultations, as on-trade",
		]);
	});

	it("is not told by a reminder of it", () => {
		const coming = CONTENTS.coming[0];
		const changed = coming ? [...CONTENTS.changed, coming] : [];
		expect(checkEdition(sound, { ...CONTENTS, changed }, IDENTITY)).toEqual([
			"html: neither tells nor counts 1 of /en/releases, as on-schools",
			"text: neither tells nor counts 1 of /en/releases, as on-schools",
		]);
	});

	it("is none where it is the publication's logo, wherever that is, and of no other", async () => {
		const logo = "https://files.test/logo.png";
		const rendered = await renderEdition({
			identity: { ...IDENTITY, logo },
			language: "en",
			contents: CONTENTS,
			day: "2026-11-23",
			newId: () => crypto.randomUUID(),
		});
		expect(rendered.html.pieces.join("")).toContain(
			`<img src="${logo}" alt="Logo of Press Office"`,
		);
		expect(checkEdition(rendered, CONTENTS, { ...IDENTITY, logo })).toEqual([]);
		expect(checkEdition(rendered, CONTENTS, IDENTITY)).toEqual([`html: leads elsewhere: ${logo}`]);
	});

	it("is none where it is counted, and one where it is miscounted", async () => {
		const fresh = Array.from({ length: 300 }, (_, index) =>
			someEntry({ firstSequence: index + 1 }),
		);
		const contents = { fresh, changed: [], coming: [] };
		const rendered = await render(contents);
		expect(checkEdition(rendered, contents, IDENTITY)).toEqual([]);
		const more = { ...contents, fresh: [...fresh, someEntry({ firstSequence: 301 })] };
		expect(checkEdition(rendered, more, IDENTITY)).toEqual([
			expect.stringMatching(/^html: neither tells nor counts \d+ of \/en\/meetings, as a-meeting/),
			expect.stringMatching(/^text: neither tells nor counts \d+ of \/en\/meetings, as a-meeting/),
		]);
		const elsewhere = (part: "html" | "text") => ({
			...rendered[part],
			pieces: rendered[part].pieces.map(replacing("/en/meetings", "/en/consultations")),
		});
		const astray = { ...rendered, html: elsewhere("html"), text: elsewhere("text") };
		expect(checkEdition(astray, contents, IDENTITY)).toHaveLength(2);
	});
});

describe("an edition that is too large", () => {
	it.each(["html", "text"] as const)("is a fault in %s, counted in bytes", (part) => {
		const filled = faultsWith(
			part,
			replacing("You get this", `${"я".repeat(50_000)} You get this`),
		);
		expect(filled).toEqual([
			expect.stringMatching(`^${part}: 1\\d{5} bytes are more than 100000$`),
		]);
	});
});

describe("a link that leads elsewhere", () => {
	it.each([
		"https://tracker.test/r?to=https://press.test/releases/on-trade",
		"https://press.test.evil.test/",
		"//tracker.test/",
		"javascript:alert(1)",
	])("is a fault in HTML: %s", (address) => {
		const link = `<a href="${address}">All releases</a> You get this mail`;
		expect(faultsWith("html", replacing("You get this mail", link))).toEqual([
			`html: leads elsewhere: ${address}`,
		]);
	});

	it("is a fault where something is loaded from there", () => {
		const pixel = '<img alt="" src="https://tracker.test/1.gif"> You get this mail';
		expect(faultsWith("html", replacing("You get this mail", pixel))).toEqual([
			"html: leads elsewhere: https://tracker.test/1.gif",
		]);
	});

	it("is a fault in plain text", () => {
		const link = "https://tracker.test/a\nYou get this mail";
		expect(faultsWith("text", replacing("You get this mail", link))).toEqual([
			"text: leads elsewhere: https://tracker.test/a",
		]);
	});

	it("is a fault where an attachment of another release is linked", () => {
		const [one, other] = CONTENTS.fresh;
		const fresh = one && other ? [one, { ...other, attachments: [] }] : [];
		expect(checkEdition(sound, { ...CONTENTS, fresh }, IDENTITY)).toEqual([
			`html: leads elsewhere: ${FILE.url}`,
			`text: leads elsewhere: ${FILE.url}`,
		]);
	});
});
