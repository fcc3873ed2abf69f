import fc from "fast-check";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { joinBytes } from "../../src/mail/bytes.ts";
import { composeMime } from "../../src/mail/message.ts";
import { type CutText, cut, fillIn } from "../../src/mail/personal.ts";
import { mimeOf } from "../../src/mail/ready-mime.ts";
import type { Message } from "../../src/mail/transport.ts";
import { someMessage } from "./messages.ts";

type Values = Readonly<Record<string, string>>;

/** A message of an edition whose parts are cut at their personal places. */
function ofEdition(
	parts: { text: CutText<string>; html: CutText<string> },
	values: Values,
	over: Partial<Message> = {},
): Message {
	const { text, html } = parts;
	const whole = { text: fillIn(text, values), html: fillIn(html, values) };
	return someMessage({ ...whole, common: { text, html, values }, ...over });
}

const MARKERS = { leave: "<<leave>>", manage: "<<manage>>" };
const NEWS = {
	text: cut("News\n\nLeave: <<leave>>\nManage: <<manage>>\n", MARKERS),
	html: cut('<p>News</p><a href="<<leave>>">Leave</a> <<manage>> <<leave>>', MARKERS),
};
const ANNA = { leave: "https://press.test/leave?a=1&amp;b=2", manage: "https://press.test/anna" };
const BORIS = { leave: "https://press.test/leave/boris", manage: "" };

/** What a mail program reads, but for the boundary, the order of headers and how parts are encoded. */
async function read(mime: Uint8Array) {
	const { headers, text = "", html = "", ...mail } = await PostalMime.parse(mime);
	return {
		headers: headers
			.map(({ originalKey, value }) => `${originalKey}: ${value.replace(/boundary=.*/, "")}`)
			.toSorted(),
		text: text.replaceAll(/\r\n/g, "\n").trimEnd(),
		html: html.replaceAll(/\r\n/g, "\n").trimEnd(),
		to: mail.to,
		subject: mail.subject,
	};
}

const wholeOf = async (message: Message) => joinBytes(await mimeOf(message));
const sourceOf = (mime: Uint8Array) => new TextDecoder("latin1").decode(mime);

function expectValidLines(source: string): void {
	expect(source).not.toMatch(/(?<!\r)\n|\r(?!\n)/);
	const headEnd = source.indexOf("\r\n\r\n");
	for (const line of source.slice(0, headEnd).split("\r\n")) expect(line.length).toBeLessThan(999);
	const body = source.slice(headEnd + 4);
	expect(body).toMatch(/^[\t\r\n\x20-\x7e]*$/);
	for (const line of body.split("\r\n")) {
		expect(line.length).toBeLessThan(77);
		expect(line).not.toMatch(/[ \t]$/);
	}
}

async function expectSame(message: Message): Promise<void> {
	const mime = await wholeOf(message);
	expectValidLines(sourceOf(mime));
	expect(await read(mime)).toEqual(await read(await composeMime(message)));
}

const WORDS = [
	".",
	"\n.\n",
	"\n..\n",
	" ",
	"\t",
	" \n",
	"\r\n",
	"\nFrom here",
	"=",
	"=\n",
	"=3D",
	"=?utf-8?Q?x?=",
	"_",
	"&amp;",
	"$&",
	"я",
	"Консультация ",
	"oʻzbek",
	"💧",
	"👩‍👩‍👧",
	"\u00a0",
	"\u2028",
	"--",
	"text-goes-here",
	"html-goes-here",
	"x".repeat(74),
	"x".repeat(75),
	"x".repeat(76),
	"y".repeat(300),
	"ж".repeat(80),
];
const words = fc
	.array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: "grapheme", maxLength: 90 })), {
		maxLength: 12,
	})
	.map((parts) => parts.join(""));

/** Never empty: without a text or without HTML there would be one part only. */
const cutText: fc.Arbitrary<CutText<string>> = fc
	.array(fc.tuple(words, fc.constantFrom("leave", "manage")), { maxLength: 4 })
	.chain((before) =>
		words.map((last) => ({
			pieces: [...before.map(([piece]) => piece), `${last}end`],
			places: before.map(([, place]) => place),
		})),
	);

const recipient = fc.record({
	leave: words,
	manage: words,
	local: fc.stringMatching(/^[a-z][a-z0-9+._'-]{0,60}[a-z]$/),
	subject: words.map((subject) => `${subject} news`),
});

describe("a message made ready for its edition", () => {
	it("is what composing it alone would have given, for any text and any values", async () => {
		await fc.assert(
			fc.asyncProperty(cutText, cutText, recipient, recipient, async (text, html, one, other) => {
				for (const { leave, manage, local } of [one, other])
					await expectSame(
						ofEdition(
							{ text, html },
							{ leave, manage },
							{
								to: `${local}@journal.test`,
								subject: one.subject,
								messageId: `${local.length}@press.test`,
							},
						),
					);
			}),
			{ numRuns: 25 },
		);
	});

	it("has each recipient's own headers and values, and nobody else's", async () => {
		const list = (token: string) => ({
			id: "digest.press.test",
			title: "Press Office",
			unsubscribeUrl: `https://press.test/${token}`,
			unsubscribeMailbox: `${token}@press.test`,
			feedbackId: "run:en:digest:communique",
		});
		const anna = ofEdition(NEWS, ANNA, { list: list("a".repeat(200)), date: 1_000_000 });
		const boris = ofEdition(NEWS, BORIS, {
			to: "boris@почта.test",
			list: list("b"),
			date: 2_000_000,
			messageId: "other@press.test",
		});
		for (const message of [anna, boris, anna]) await expectSame(message);
		expect(sourceOf(await wholeOf(boris))).not.toMatch(/anna|aaa/);
	});

	it("is composed once for an edition, and anew where anything in common is another", async () => {
		const boundaryOf = async (message: Message) =>
			/boundary="([^"]+)"/.exec(sourceOf(await wholeOf(message)))?.[1];
		const anna = await boundaryOf(ofEdition(NEWS, ANNA));
		expect(await boundaryOf(ofEdition(NEWS, BORIS, { to: "boris@journal.test" }))).toBe(anna);
		const list = { ...(someMessage().list as NonNullable<Message["list"]>) };
		const { list: _, ...personal } = ofEdition(NEWS, ANNA);
		for (const other of [
			ofEdition(NEWS, ANNA, { subject: "Other news" }),
			ofEdition(NEWS, ANNA, { language: "ru" }),
			ofEdition(NEWS, ANNA, { from: { name: "Other", address: "digest@press.test" } }),
			ofEdition(NEWS, ANNA, { from: { name: "Press Office", address: "other@press.test" } }),
			ofEdition(NEWS, ANNA, { list: { ...list, id: "other.press.test" } }),
			ofEdition(NEWS, ANNA, { list: { ...list, feedbackId: "other" } }),
			ofEdition({ ...NEWS, text: cut("Other", MARKERS) }, ANNA),
			personal,
		]) {
			await expectSame(other);
			await mimeOf(ofEdition(NEWS, ANNA));
		}
	});

	it("does not ask for the whole text or HTML", async () => {
		const message = ofEdition(NEWS, ANNA);
		const unread = Object.defineProperties(
			{ ...message },
			Object.fromEntries(
				["text", "html"].map((name) => [
					name,
					{
						get() {
							throw new Error(`${name} was read`);
						},
					},
				]),
			),
		);
		expect(await wholeOf(unread)).toHaveLength((await wholeOf(message)).length);
	});

	it("is not made with a value that is missing", async () => {
		await expect(mimeOf(ofEdition(NEWS, { leave: "x" }))).rejects.toThrow("no value for manage");
	});

	it("ends each line in CR LF, a carriage return's too", async () => {
		const text = cut("One\rTwo\r\nThree\n<<leave>>\rFour", MARKERS);
		const message = ofEdition({ ...NEWS, text }, { ...ANNA, leave: "a\rb" });
		await expectSame(message);
		expect((await read(await wholeOf(message))).text).toBe("One\nTwo\nThree\na\nb\nFour");
	});
});

describe("hostile words", () => {
	const HOSTILE = "x\r\nBcc: boris@journal.test\r\n\r\n<b>\nX-Injected: 1\rX-Other: 2";
	const list = {
		id: HOSTILE,
		title: HOSTILE,
		unsubscribeUrl: HOSTILE,
		unsubscribeMailbox: HOSTILE,
		feedbackId: HOSTILE,
	};
	it.each<[string, Partial<Message>]>([
		["an address", { to: `anna@journal.test${HOSTILE}` }],
		["a subject", { subject: HOSTILE }],
		["a sender's name", { from: { name: HOSTILE, address: "digest@press.test" } }],
		["a sender's address", { from: { name: "", address: `digest@press.test${HOSTILE}` } }],
		["a message id", { messageId: HOSTILE }],
		["a language", { language: HOSTILE }],
		["a list", { list }],
	])("in %s never become headers, whoever is first", async (_where, over) => {
		const hostile = ofEdition(NEWS, { leave: HOSTILE, manage: HOSTILE }, over);
		const harmless = ofEdition(NEWS, ANNA);
		for (const first of [hostile, harmless]) {
			await mimeOf(first);
			for (const mime of [await wholeOf(hostile), await composeMime(hostile)]) {
				const names = (await PostalMime.parse(mime)).headers.map(({ key }) => key);
				for (const name of ["bcc", "x-injected", "x-other"]) expect(names).not.toContain(name);
				expect(sourceOf(mime).split("\r\n\r\n")[0]).not.toMatch(/(?<!\r)\n|\r(?!\n)/);
			}
		}
	});
});
