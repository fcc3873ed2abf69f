import { describe, expect, inject, it } from "vitest";
import { createSmtpTransport } from "../../src/mail/smtp.ts";
import type { Message } from "../../src/mail/transport.ts";

const server = new URL(`smtp://127.0.0.1:${inject("rudeSmtpPort")}`);

function messageTo(local: string): Message {
	return {
		from: { name: "Press Office", address: "digest@press.test" },
		to: `${local}@rude.test`,
		subject: "News",
		html: "<p>News</p>",
		text: "News\n.\n..\n",
		language: "en",
		messageId: `${local}@press.test`,
		date: 0,
	};
}

async function outcomesOf(...locals: string[]) {
	const line = createSmtpTransport({ server, requireTls: false }).open();
	const outcomes = await line.submit(locals.map(messageTo));
	await line.close();
	return outcomes.map(({ kind }) => kind);
}

describe("the SMTP transport", () => {
	it("goes on over the same connection after a recipient that the server does not take", async () => {
		expect(
			await outcomesOf(
				"welcome1",
				"reject",
				"welcome2",
				"later",
				"welcome3",
				"refuse-data",
				"welcome4",
			),
		).toEqual(["submitted", "rejected", "submitted", "retry", "submitted", "retry", "submitted"]);
	});

	it("knows that a message was not taken where the connection is cut before its text", async () => {
		expect(await outcomesOf("cut-before", "welcome")).toEqual(["retry", "submitted"]);
	});

	it("says unknown, and never retry, where the connection is cut after the text", async () => {
		expect(await outcomesOf("welcome", "cut-after", "welcome")).toEqual([
			"submitted",
			"unknown",
			"submitted",
		]);
	});

	it("asks to try all again where nobody listens", async () => {
		const nobody = new URL("smtp://127.0.0.1:9");
		const line = createSmtpTransport({ server: nobody, requireTls: false }).open();
		const outcomes = await line.submit([messageTo("a"), messageTo("b")]);
		await line.close();
		expect(outcomes.map(({ kind }) => kind)).toEqual(["retry", "retry"]);
	});

	it("refuses to speak in the clear where encryption is demanded", async () => {
		const line = createSmtpTransport({ server, requireTls: true }).open();
		const [outcome] = await line.submit([messageTo("welcome")]);
		await line.close();
		expect(outcome?.kind).toBe("retry");
	});
});
