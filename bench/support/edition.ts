// An edition as digests have it, and messages to its readers.
import { type CutText, cut, fillIn } from "../../src/mail/personal.ts";
import type { Message } from "../../src/mail/transport.ts";

const MARKERS = { unsubscribe: "https://leave.invalid/", manage: "https://manage.invalid/" };

/** The parts of one, cut at their personal places. */
export interface Edition {
	readonly html: CutText<string>;
	readonly text: CutText<string>;
}

/** One of so many releases. */
export function makeEdition(releases: number): Edition {
	const words = "В Ташкенте состоится встреча экспертного совета: two days of talks & a report. ";
	const links = `<a href="${MARKERS.manage}">Manage</a> <a href="${MARKERS.unsubscribe}">Leave</a>`;
	const item = `<table style="border-collapse:collapse"><tr><td><p>${words.repeat(8)}</p></td></tr></table>`;
	return {
		html: cut(`<!doctype html>\n<body>${item.repeat(releases)}${links}</body>\n`, MARKERS),
		text: cut(
			`${`${words.repeat(4)}\n\n`.repeat(releases)}${MARKERS.manage}\n${MARKERS.unsubscribe}\n`,
			MARKERS,
		),
	};
}

/** Messages to so many of its readers. */
export function makeMessages({ html, text }: Edition, count: number): Message[] {
	return Array.from({ length: count }, (_, number) => {
		const token = String(number).padStart(80, "t");
		const values = {
			unsubscribe: `https://press.example.org/subscriptions/${token}/unsubscribe`,
			manage: `https://press.example.org/subscriptions/${token}`,
		};
		return {
			from: { name: "Пресс-служба", address: "digest@press.example.org" },
			to: `reader-${number}@journal.example.org`,
			subject: "Встреча экспертного совета и ещё 59",
			get html() {
				return fillIn(html, values);
			},
			get text() {
				return fillIn(text, values);
			},
			common: { html, text, values },
			language: "ru",
			messageId: `run.${number}@press.example.org`,
			date: Date.UTC(2026, 10, 23),
			list: {
				id: "digest.press.example.org",
				title: "Press Office",
				unsubscribeUrl: values.unsubscribe,
			},
		};
	});
}
