import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeBatch } from "../../src/mail/json-batch.ts";
import { type CutText, cut, fillIn } from "../../src/mail/personal.ts";
import type { Message } from "../../src/mail/transport.ts";
import { someMessage } from "./messages.ts";

const NAMES = { html: "HtmlBody", text: "TextBody" };
const MARKERS = { leave: "<<leave>>", manage: "<<manage>>" };
const NEWS = {
	html: cut('<a href="<<leave>>">Leave</a> <<manage>> <<leave>>', MARKERS),
	text: cut('News of "water"\n<<leave>>', MARKERS),
};

function decode(messages: readonly Message[], names = NAMES): unknown {
	const fieldsOf = ({ to, subject }: Message) => ({ To: to, Subject: subject });
	// Fatal: what is not UTF-8 is a fault.
	const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
	return JSON.parse(decoder.decode(encodeBatch(messages, names, fieldsOf)));
}

/** As `JSON.stringify` has it, of the same message put together for its reader alone. */
function plainly(messages: readonly Message[]): unknown {
	return JSON.parse(
		JSON.stringify(
			messages.map(({ to, subject, html, text }) => ({
				...{ To: to, Subject: subject, HtmlBody: html, TextBody: text },
			})),
		),
	);
}

function ofEdition(
	parts: Record<"html" | "text", CutText<string>>,
	values: Readonly<Record<string, string>>,
	over: Partial<Message> = {},
): Message {
	const { html, text } = parts;
	const whole = { html: fillIn(html, values), text: fillIn(text, values) };
	return someMessage({ ...whole, common: { html, text, values }, ...over });
}

const words = fc
	.array(
		fc.oneof(
			fc.constantFrom('"', "\\", '\\"', "\n", "\0", "\u2028", "\ud83d", "💧", "Ташкент", '","x":"'),
			fc.string({ unit: "binary", maxLength: 20 }),
		),
		{ maxLength: 6 },
	)
	.map((parts) => parts.join(""));

const cutText: fc.Arbitrary<CutText<string>> = fc
	.array(fc.tuple(words, fc.constantFrom("leave", "manage")), { maxLength: 4 })
	.chain((before) =>
		words.map((last) => ({
			pieces: [...before.map(([piece]) => piece), last],
			places: before.map(([, place]) => place),
		})),
	);

describe("messages as a provider's JSON", () => {
	it("are what each would be by itself, for any text and any values", () => {
		const values = fc.record({ leave: words, manage: words });
		fc.assert(
			fc.property(
				cutText,
				cutText,
				fc.array(values, { minLength: 1 }),
				words,
				(html, text, all, subject) => {
					const messages = all.map((one) => ofEdition({ html, text }, one, { subject }));
					expect(decode(messages)).toEqual(plainly(messages));
				},
			),
		);
	});

	it("may be of several editions, and of none", () => {
		const personal = someMessage({ html: "<p>для одного</p>" });
		const messages = [
			ofEdition(NEWS, { leave: "L1", manage: "M1" }, { to: "anna@journal.test" }),
			personal,
			ofEdition({ ...NEWS, text: cut("other", MARKERS) }, { leave: "L2", manage: "M2" }),
		];
		expect(decode(messages)).toEqual(plainly(messages));
	});

	it("have a reader's own values in their own message alone", () => {
		const messages = ["anna", "boris"].map((name) =>
			ofEdition(NEWS, { leave: name, manage: name }, { to: `${name}@journal.test` }),
		);
		const [anna, boris] = (decode(messages) as object[]).map((one) => JSON.stringify(one));
		expect(anna).toContain("anna");
		expect(anna).not.toContain("boris");
		expect(boris).not.toContain("anna");
	});
});
