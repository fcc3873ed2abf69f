// How fast an edition's messages are made: each composed by the mail library, against each completed
// where what they have in common is ready.

import { joinBytes } from "../src/mail/bytes.ts";
import { composeMime } from "../src/mail/message.ts";
import { type CutText, cut, fillIn } from "../src/mail/personal.ts";
import { mimeOf } from "../src/mail/ready-mime.ts";
import type { Message } from "../src/mail/transport.ts";
import { medianOf, secondsOf } from "./support/measuring.ts";
import { rangeOf } from "./support/table.ts";

const ROUNDS = 15;
const COMPOSED = 20;
const COMPLETED = 2000;
/** Of a usual day, and of a week with much news. */
const RELEASES = [6, 60];
/** With much news: composing takes longer then, and completing does not. */
const WANTED_RATIO = 100;

const MARKERS = { unsubscribe: "https://leave.invalid/", manage: "https://manage.invalid/" };

/** Prints how fast each way is, and ends with an error where completing is not fast enough. */
export async function bench(): Promise<void> {
	let ratio = 0;
	for (const releases of RELEASES) ratio = await compare(makeEdition(releases));
	if (ratio < WANTED_RATIO) {
		console.error(`  That is less than ${WANTED_RATIO} ×.`);
		process.exitCode = 1;
	}
}

/** @returns how many times as fast completing is as composing. */
async function compare(edition: Edition): Promise<number> {
	const [first] = makeMessages(edition, 1);
	const bytes = first ? joinBytes(await mimeOf(first)).length : 0;
	console.log(`Messages of ${bytes} bytes, ${ROUNDS} rounds of each way in turn:`);
	const composing: number[] = [];
	const completing: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		composing.push(await secondsOfEach(makeMessages(edition, COMPOSED), composeMime));
		completing.push(await secondsOfEach(makeMessages(edition, COMPLETED), mimeOf));
	}
	tell("composed", composing);
	tell("completed", completing);
	const ratio = medianOf(composing) / medianOf(completing);
	console.log(`  Completing is ${ratio.toFixed(0)} × as fast.`);
	return ratio;
}

function tell(way: string, seconds: readonly number[]): void {
	const inMicroseconds = (medianOf(seconds) * 1e6).toFixed(1);
	const range = rangeOf(seconds.map((each) => each * 1000));
	console.log(`  ${way.padEnd(10)} ${inMicroseconds} µs each (${range} ms)`);
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
