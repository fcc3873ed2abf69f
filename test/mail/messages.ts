import type { Message } from "../../src/mail/transport.ts";

/** A list's message with whatever a test does not care about filled in. */
export function someMessage(over: Partial<Message> = {}): Message {
	return {
		from: { name: "Press Office", address: "digest@press.test" },
		to: "anna@journal.test",
		subject: "A meeting on water",
		html: "<!doctype html><html><body><p>A meeting</p></body></html>",
		text: "A meeting\n",
		language: "en",
		messageId: "daily-2026-11-23.3f2b8c1e@press.test",
		date: Date.parse("2026-11-23T04:00:00Z"),
		list: {
			id: "digest.press.test",
			title: "Press Office",
			unsubscribeUrl: "https://press.test/subscriptions/token/unsubscribe",
		},
		...over,
	};
}
