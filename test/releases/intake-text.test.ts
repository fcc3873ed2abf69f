import { describe, expect, it } from "vitest";
import iij from "../../examples/iij-consultations.txt?raw";
import council from "../../examples/regional-expert-council.txt?raw";
import { readText } from "../../src/releases/intake.ts";

const context = { languages: ["en", "ru", "uz", "uz-Cyrl"], today: "2025-10-05" } as const;
const given = { language: "en", kind: "meeting" } as const;

function parts(text: string, language: "en" | "ru" | "uz" = "en"): [string, ...string[]] {
	const result = readText(text, { ...given, language }, context);
	if (!result.ok) throw new Error(JSON.stringify(result.error));
	const { title, body } = result.value.release;
	return [title, ...body.split("\n\n")];
}

const words = (text: string) => text.split(/\s+/).filter((word) => word !== "");

describe("characters", () => {
	it("folds white space and takes out what cannot be printed", () => {
		const text =
			"\ufeffA\u00a0 title\t here\r\n\r\nOne\u2009 \u0000two\u0007.\u2028Three  four.\rFive.";
		expect(parts(text)).toEqual(["A title here", "One two.", "Three four.", "Five."]);
	});

	it("keeps marks, emoji and right-to-left text as they are", () => {
		const body = "“Consultations” — in Vienna’s centre 👩‍👩‍👧 \u200f\u202bמסמך\u202c o‘tdi…";
		expect(parts(`A title\n\n${body}`)).toEqual(["A title", body]);
	});
});

describe("paragraphs", () => {
	it("are the lines of a text that is not wrapped", () => {
		const lines = [
			"Consultations in Vienna",
			"The parties met in the capital of Austria.",
			"They spoke about trade, transport and culture, and agreed to go on.",
			"The next round follows.",
		];
		expect(parts(lines.join("\n"))).toEqual(lines);
	});

	it("are put together from wrapped lines without blank lines between them", () => {
		const text = `Consultations in Vienna

The first paragraph tells of the consultations between the two sides and
of what they spoke about in the morning and in the afternoon. It ends
here.
The second paragraph begins after a line that was clearly short and goes on
for a while, until it ends as well.`;
		const [, first, second, ...others] = parts(text);
		expect(first).toMatch(/^The first .* It ends here\.$/);
		expect(second).toMatch(/^The second .* ends as well\.$/);
		expect(others).toEqual([]);
	});

	it("do not end where a wrapped line happens to end with a sentence or an abbreviation", () => {
		const text = `Consultations in Vienna

The consultations were opened by the minister of foreign affairs of Austria.
Then the delegation of Uzbekistan took the floor, and after it the experts Mr.
Karimov and Ms. Aliyeva gave their views on the projects that are under way.`;
		expect(parts(text)).toHaveLength(2);
	});

	it("hold list items apart, in wrapped text as well", () => {
		const text = `Consultations in Vienna

The parties spoke in the course of the morning about three matters, namely:
- trade and transport, with a view to the corridors that are being built in
the region;
- culture;
- education and science, together with the universities of both countries
and their students.`;
		const [, lead, ...items] = parts(text);
		expect(lead).toMatch(/namely:$/);
		expect(items).toEqual([
			"- trade and transport, with a view to the corridors that are being built in the region;",
			"- culture;",
			"- education and science, together with the universities of both countries and their students.",
		]);
		expect(parts("A title\n\nThere are two:\n1) one\n2) two\n• three")).toHaveLength(5);
	});

	it("do not take a wrapped day or dash for a list item", () => {
		const text = `Consultations in Vienna

The second round of the consultations will be held in the capital on May
14. The experts of both sides are going to take part in it, with students
- and teachers of several universities - who have come from far away.`;
		expect(parts(text)).toHaveLength(2);
	});

	it("are mended where a blank line breaks a sentence", () => {
		const mended = (before: string, after: string, language: "en" | "ru" | "uz" = "en") =>
			parts(`A title\n\nFirst one.\n\n${before}\n\n${after}\n\nLast one.`, language)[2];
		expect(mended("The parties met and", "Austria was glad.")).toBe(
			"The parties met and Austria was glad.",
		);
		expect(mended("The parties met in Vienna", "today.")).toBe("The parties met in Vienna today.");
		expect(mended("The parties, Austria,", "Uzbekistan and Malta, met.")).toBe(
			"The parties, Austria, Uzbekistan and Malta, met.",
		);
		expect(mended("Стороны встретились в", "Ташкенте.", "ru")).toBe(
			"Стороны встретились в Ташкенте.",
		);
		expect(mended("Vazirlar va", "Elchilar uchrashdi.", "uz")).toBe(
			"Vazirlar va Elchilar uchrashdi.",
		);
	});

	it("are not mended where only a full stop is missing, after a colon, or before a list", () => {
		const untouched = (before: string, after: string) =>
			expect(parts(`A title\n\n${before}\n\n${after}`).slice(1)).toEqual([before, after]);
		untouched("They have been invited to the event", "The event will be held.");
		untouched("The parties agreed:", "to meet again");
		untouched("They agreed (“at last.”)", "eu-LISA was there.");
		untouched("The parties agreed on these", "- trade");
	});
});

describe("broken words", () => {
	const joined = (text: string) => parts(`A title\n\n${text}`)[1];

	it("keep their hyphen", () => {
		expect(
			joined("The office for Counter-\nTerrorism was opened by the minister and the\nguests."),
		).toBe("The office for Counter-Terrorism was opened by the minister and the guests.");
	});

	it("lose it where the text has the word without", () => {
		const text =
			"The reintegration of returnees is of help; without reinte-\ngration there is none for them.";
		expect(joined(text)).toContain("without reintegration there");
	});

	it("keep it where the text has both", () => {
		const text =
			"The co-operation and the cooperation of these two states and their co-\noperation go on well.";
		expect(joined(text)).toContain("their co-operation go");
	});

	it("are no dashes", () => {
		expect(
			joined("The parties met in the capital of the country -\nand they were glad of it."),
		).toBe("The parties met in the capital of the country - and they were glad of it.");
	});
});

describe("titles", () => {
	const body = `The consultations were held in the capital of the country between experts of
both sides, who spoke about trade. They agreed to meet again before the end
of the year.`;

	it("may stand over several lines, and over a blank line in mid-sentence", () => {
		const title = "Consultations on trade between the ministries of Austria and of Uzbekistan";
		const broken = title.replace(" the ministries", "\nthe ministries");
		expect(parts(`${broken}\n\n${body}`)[0]).toBe(title);
		expect(parts(`${broken.replace("\n", "\n\n")}\n\n${body}`)[0]).toBe(title);
	});

	it("end where a dateline or long text follows without a blank line", () => {
		expect(parts(`Consultations in Vienna\nVIENNA, 1 October (UN) - ${body}`)[0]).toBe(
			"Consultations in Vienna",
		);
		const line = body.replaceAll("\n", " ");
		expect(parts(`Consultations\nin Vienna\n${line}\n${line}`).slice(0, 2)).toEqual([
			"Consultations in Vienna",
			line,
		]);
	});

	it("end at a clearly short line of a wrapped text", () => {
		expect(parts(`Consultations in Vienna\n${body}`)[0]).toBe("Consultations in Vienna");
	});

	it("may be a question and an answer, but no paragraph", () => {
		expect(parts(`What next? Consultations in Vienna\n\n${body}`)[0]).toBe(
			"What next? Consultations in Vienna",
		);
		expect(readText(`${body}\n\n${body}`, given, context).ok).toBe(false);
	});
});

describe("every text", () => {
	const dropped = (text: string) => text.replaceAll(/-\s*\n\s*/g, "-");

	it("keeps its words, their order and nothing else", () => {
		for (const text of [iij, council]) {
			const read = parts(text).join(" ");
			expect(words(read)).toEqual(words(dropped(text)));
		}
	});

	it("keeps them however it is wrapped", () => {
		const random = numbers(20251005);
		let read = 0;
		for (let round = 0; round < 300; round++) {
			const text = randomText(random);
			const result = readText(text, given, context);
			if (!result.ok) continue;
			read++;
			const { title, body } = result.value.release;
			expect(words(`${title} ${body}`)).toEqual(words(text));
			expect(body).not.toMatch(/\n{3}|[ \t]{2}|^\s|\s$/);
		}
		expect(read).toBeGreaterThan(100);
	});

	it("is read or asked about, whatever it is", () => {
		const random = numbers(7);
		const pieces = [
			..."aZ9.,-–:;()/«»\"'\n\n\n\r\t \u0000\u2028\ud800\udc00😀ҚщÖ‘",
			"1 мая",
			"May 14",
			"ТАШКЕНТ, ",
		];
		for (let round = 0; round < 400; round++) {
			const text = Array.from({ length: random(120) }, () => pieces[random(pieces.length)]).join(
				"",
			);
			for (const language of context.languages) {
				expect(() => readText(text, { ...given, language }, context)).not.toThrow();
			}
			expect(() => readText(text, {}, context)).not.toThrow();
		}
	});

	it("is read in linear time", { timeout: 60_000 }, () => {
		const size = 1 << 20;
		const hostile = [
			"a",
			"a\n",
			"a\n\n",
			"ab-\n",
			"A ",
			"Mr. ",
			"1 - ",
			"May 14, 2024 ",
			"(",
			"T/",
			"Aa-",
			"a, ",
			"    A b.\n",
			"UNIS/A/1\n\n",
			"1, 2 and 3 May ",
			"was on Tuesday. ",
			`${"held on May 14, 2024, ".repeat(90)}.\n\n`,
		];
		for (const piece of hostile) {
			const text = `Consultations in Vienna\n\n${piece.repeat(size / piece.length)}`;
			const begun = performance.now();
			readText(text, given, context);
			readText(text, { ...given, language: "ru" }, context);
			readText(text, { ...given, language: "uz" }, context);
			expect(performance.now() - begun, piece).toBeLessThan(10_000);
		}
	});
});

/** The same "random" numbers every time: from 0 to below `limit`. */
function numbers(seed: number): (limit: number) => number {
	let state = seed;
	return (limit) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * limit);
	};
}

const VOCABULARY =
	"The the consultations meeting of in on May 14 2024 Tashkent, Vienna. and 1. - • (UN) “held” Mr. Counter-Terrorism was: agreed; today? в Ташкенте o‘tdi …".split(
		" ",
	);

function randomText(random: (limit: number) => number): string {
	const width = 30 + random(100);
	const separators = ["\n", "\n\n", "\n \n", "\r\n", "\n\n\n"];
	let text = "Consultations are held\n\n";
	let column = 0;
	for (let count = 20 + random(200); count > 0; count--) {
		const word = VOCABULARY[random(VOCABULARY.length)] ?? "";
		const broken = random(40) === 0;
		const separator = broken
			? (separators[random(separators.length)] ?? "")
			: random(9)
				? " "
				: "  ";
		column = broken ? 0 : column + word.length + 1;
		text += word + (column > width ? "\n" : separator);
		if (column > width) column = 0;
	}
	return text;
}

describe("soft hyphens and addresses", () => {
	const read = (body: string) => {
		const given = { kind: "meeting", language: "en" } as const;
		const reading = readText(`A meeting on water\n\n${body}`, given, {
			languages: ["en"],
			today: "2026-11-22",
		});
		if (!reading.ok) throw new Error(JSON.stringify(reading.error));
		return reading.value.release;
	};

	it("goes without the marks of where a word may be broken", () => {
		const body =
			"The consul\u00ad\ntations on the Co\u00adoperation Agreement were held yesterday.";
		expect(read(body).body).toBe(
			"The consultations on the Cooperation Agreement were held yesterday.",
		);
	});

	it("leaves addresses in the summary as they are", () => {
		const body = "The text is at https://water.example.org/code?id=7!x and is open. More follows.";
		expect(read(body).summary).toContain("https://water.example.org/code?id=7!x and is open.");
	});
});
