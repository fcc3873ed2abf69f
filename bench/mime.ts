// How fast an edition's messages are made: each composed by the mail library, against each completed
// where what they have in common is ready. That both are the same once they are decoded, for any text and
// any values, test/mail/ready-mime.test.ts judges.
import { joinBytes } from "../src/mail/bytes.ts";
import { composeMime } from "../src/mail/message.ts";
import { mimeOf } from "../src/mail/ready-mime.ts";
import type { Message } from "../src/mail/transport.ts";
import { type Edition, makeEdition, makeMessages } from "./support/edition.ts";
import { interleave, medianOf, ratiosOf, secondsOf } from "./support/measuring.ts";
import { judge, printTable, spreadOf } from "./support/table.ts";

const ROUNDS = 15;
const COMPOSED = 20;
const COMPLETED = 2000;
/** Of a usual day, and of a week with much news. */
const RELEASES = [6, 60];
const WANTED_RATIO = 100;

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
