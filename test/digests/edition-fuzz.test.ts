import fc from "fast-check";
import { expect, it } from "vitest";
import { checkEdition } from "../../src/digests/edition-check.ts";
import { renderEdition } from "../../src/digests/render.ts";
import type { NewsEntry } from "../../src/releases/entry.ts";
import { KINDS } from "../../src/releases/kinds.ts";
import { line } from "../../src/releases/release.ts";
import { titleSlug } from "../../src/releases/slug.ts";
import { LANGUAGES } from "../../src/shared/language.ts";
import { someEntry } from "./entries.ts";

const ODD = [
	"{{ title }} {{",
	"{% if x %} {%",
	"{publication} {count}",
	"undefined Undefined",
	"[object Object]",
	"x.invalid https://a.invalid/",
	"https://elsewhere.test/a?b=1&c='2'",
	"//elsewhere.test/",
	"javascript:alert(1)",
	`<a href="https://elsewhere.test/">x</a>`,
	`" src="https://elsewhere.test/" x='`,
	"</p></mj-text><script>alert(1)</script>",
	"<!-- --> ]]> &lt; &amp;#34; &",
	"\u202eright to left\u200f \u2066 \u0627\u0644",
	"💧👩‍👩‍👧 e\u0301",
	"\ud83d",
	"\udca7",
	"\u00a0 \u2028 \u0000 \r\n",
	"$& $1 \\",
	"Read the release: Corrected: and 1 more",
	"W".repeat(300),
	"я",
	" ",
	"",
];

/** What intake makes of odd words where a line of at most some letters is wanted. */
const oddLine = (longest: number) =>
	fc
		.array(fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: "binary", maxLength: 20 })), {
			minLength: 1,
			maxLength: 6,
		})
		.map((words) => line(longest).safeParse(words.join("")))
		.filter(({ success }) => success)
		.map(({ data }) => data ?? "");

const attachment = fc.record({
	title: oddLine(300),
	url: fc
		.tuple(fc.constantFrom("https://files.test/", "http://x.invalid/?"), oddLine(2000))
		.map(([site, rest]) => URL.parse(site + rest)?.href ?? site),
	type: fc.constant("application/pdf"),
	length: fc.constant(1),
});

const text = fc.record({
	kind: fc.constantFrom(...KINDS),
	title: oddLine(400),
	summary: oddLine(1000),
	note: fc.option(fc.oneof(oddLine(1000), fc.constantFrom(" ", "\u00a0\t", "\ud83d"))),
	reason: fc.option(oddLine(1000)),
	event: fc.option(
		fc.record({
			starts: fc.constantFrom("2026-11-20", "2026-12-01"),
			ends: fc.constant("2026-12-02"),
			timeZone: fc.constant(null),
			place: fc.option(oddLine(200)),
		}),
	),
	attachments: fc.array(attachment, { maxLength: 20 }),
});

const entries = (status: NewsEntry["status"], first: number) =>
	fc.array(text, { maxLength: 3 }).map((texts) =>
		texts.map((said, index) =>
			someEntry({
				...said,
				status,
				firstSequence: first + index,
				slug: titleSlug(said.title) || `release-${first + index}`,
			}),
		),
	);

const contents = fc
	.record({
		fresh: entries("published", 1),
		corrected: entries("published", 11),
		withdrawn: entries("withdrawn", 21),
		coming: entries("published", 31),
	})
	.map(({ fresh, corrected, withdrawn, coming }) => ({
		fresh,
		changed: [...corrected, ...withdrawn],
		coming,
	}))
	.filter(({ fresh, changed }) => fresh.length + changed.length > 0);

const IDENTITY = { title: "Press Office", url: "https://press.test", colour: null, logo: null };

it("no release's words make an edition faulty", { timeout: 60_000 }, async () => {
	await fc.assert(
		fc.asyncProperty(contents, fc.constantFrom(...LANGUAGES), async (told, language) => {
			const rendered = await renderEdition({
				identity: IDENTITY,
				language,
				contents: told,
				day: "2026-11-23",
				newId: () => crypto.randomUUID(),
			});
			expect(checkEdition(rendered, told, IDENTITY)).toEqual([]);
		}),
		{ numRuns: 150 },
	);
});
