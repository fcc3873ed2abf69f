import { describe, expect, it } from "vitest";
import { canPipeline } from "../../src/mail/smtp-pipelining.ts";
import { LONGEST_REPLY, Replies } from "../../src/mail/smtp-replies.ts";

const PIPELINING = { _supportedExtensions: ["8BITMIME", "PIPELINING"] } as never;
const ENVELOPE = { from: "b+anna@bounces.press.test", to: "o'neil@journal.test" };

function can(...pieces: string[]): boolean {
	const mime = pieces.map((piece) => new TextEncoder().encode(piece));
	return canPipeline(PIPELINING, ENVELOPE, mime);
}

describe("a message is handed over in two steps", () => {
	it("whose lines need nothing, in one piece or in many", () => {
		expect(can("To: x\r\n\r\nNews. And more.\r\n")).toBe(true);
		expect(can("", "To: x\r\n", "News", " of", " today\r\n", "End\r\n")).toBe(true);
	});

	it.each([
		["a line that begins with a dot", ["News\r\n.\r\nmore\r\n"]],
		["a piece that begins with one", ["News\r\n", ".\r\n"]],
		["a line feed alone", ["News\n.\r\n"]],
		["a carriage return alone", ["News\r.\r\n"]],
		["a line end in two pieces", ["News\r", "\n.\r\n"]],
		["a last line without its end", ["News"]],
		["an end that is a carriage return's", ["News\r\n\r"]],
		["a line feed at the beginning", ["\nNews\r\n"]],
	])("but not with %s", (_, pieces) => {
		expect(can(...pieces)).toBe(false);
	});

	it("but not from or to an address that has to be looked at", () => {
		const mime = [new TextEncoder().encode("News\r\n")];
		for (const address of [
			"anna@журнал.test",
			"a b@journal.test",
			"anna@journal.test>\r\nQUIT",
			"",
		])
			for (const side of ["from", "to"])
				expect(canPipeline(PIPELINING, { ...ENVELOPE, [side]: address }, mime)).toBe(false);
	});

	it("but not to a server that does not offer it (RFC 2920)", () => {
		const mime = [new TextEncoder().encode("News\r\n")];
		expect(canPipeline({ _supportedExtensions: [] } as never, ENVELOPE, mime)).toBe(false);
	});
});

describe("a server's replies", () => {
	const bytes = (text: string) => new TextEncoder().encode(text);

	it("are told apart however they come in", async () => {
		const said = "250-one\r\n250 two\r\n354 go\r\n";
		for (let cut = 0; cut <= said.length; cut += 1) {
			const replies = new Replies();
			replies.take(bytes(said.slice(0, cut)));
			replies.take(bytes(said.slice(cut)));
			expect([await replies.next(), await replies.next()]).toEqual(["250-one\n250 two", "354 go"]);
			expect(replies.hasMore()).toBe(false);
		}
	});

	it("are waited for, and given up where there are none to come", async () => {
		const replies = new Replies();
		const waiting = replies.next();
		replies.take(bytes("250 ok\r\n25"));
		expect(await waiting).toBe("250 ok");
		expect(replies.hasMore()).toBe(true);
		const next = replies.next();
		replies.fail(new Error("closed"));
		replies.fail(new Error("late"));
		await expect(next).rejects.toThrow("closed");
	});

	it.each([
		["a line", "250 "],
		["its lines", `250-${"x".repeat(1000)}\r\n`],
	])("are not read without end: %s", async (_, part) => {
		const replies = new Replies();
		for (let length = 0; length <= LONGEST_REPLY + 2000; length += part.length)
			replies.take(bytes(part));
		await expect(replies.next()).rejects.toThrow("longer than the maximum");
	});
});
