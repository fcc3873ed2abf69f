// How fast an edition's messages are made: each composed by the mail library, against each completed
// where what they have in common is ready. That both are the same once they are decoded, for any text and
// any values, test/mail/ready-mime.test.ts judges.
import { joinBytes } from "../src/mail/bytes.ts";
import { composeMime } from "../src/mail/message.ts";
import { type CutText, cut, fillIn } from "../src/mail/personal.ts";
import { mimeOf } from "../src/mail/ready-mime.ts";
import type { Message } from "../src/mail/transport.ts";
import { interleave, medianOf, ratiosOf, secondsOf } from "./support/measuring.ts";
import { judge, printTable, spreadOf } from "./support/table.ts";

const ROUNDS = 15;
const COMPOSED = 20;
const COMPLETED = 2000;
/** Of a usual day, and of a week with much news. */
const RELEASES = [6, 60];
const WANTED_RATIO = 100;

const MARKERS = { unsubscribe: "https://leave.invalid/", manage: "https://manage.invalid/" };

/** Prints how fast each way is, and ends with an error where completing is not fast enough. */
export async function bench(): Promise<void> {
	const measured = [];
	for (const releases of RELEASES) measured.push(await measure(makeEdition(releases)));
	printTable(
		["message", "composed, µs", "completed, µs", "as fast"],
		measured.map(({ bytes, composed, completed }) => [
			`${bytes} bytes`,
			spreadOf(composed.map(inMicroseconds), 1),
			spreadOf(completed.map(inMicroseconds), 1),
			`${spreadOf(ratiosOf(composed, completed), 0)} ×`,
		]),
	);
	console.log();
	for (const { bytes, composed, completed } of measured)
		judge({
			what: `completing messages of ${bytes} bytes, by composing them`,
			measured: medianOf(ratiosOf(composed, completed)),
			atLeast: WANTED_RATIO,
		});
}

async function measure(edition: Edition) {
	const [first] = makeMessages(edition, 1);
	const bytes = first ? joinBytes(await mimeOf(first)).length : 0;
	const ways = {
		composed: () => secondsOfEach(makeMessages(edition, COMPOSED), composeMime),
		completed: () => secondsOfEach(makeMessages(edition, COMPLETED), mimeOf),
	};
	// What is compiled while it runs is compiled by then.
	await ways.completed();
	return { bytes, ...(await interleave(ways, ROUNDS)) };
}

function inMicroseconds(seconds: number): number {
	return seconds * 1e6;
}

/** How long one takes, in seconds. */
async function secondsOfEach(
	messages: readonly Message[],
	make: (message: Message) => Promise<unknown>,
): Promise<number> {
	const seconds = await secondsOf(async () => {
		for (const message of messages) await make(message);
	});
	return seconds / messages.length;
}

interface Edition {
	readonly html: CutText<string>;
	readonly text: CutText<string>;
}

function makeEdition(releases: number): Edition {
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

function makeMessages({ html, text }: Edition, count: number): Message[] {
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
