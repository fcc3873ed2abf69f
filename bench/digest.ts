// The whole way of a digest, from "due" to the last message handed to the provider: the production bundle
// with D1, KV and Queues in Miniflare, against a Worker that has none of them and only sends.
import { type BareMail, type BareSender, openBareSender } from "./support/bare-sender.ts";
import { makeBundle } from "./support/bundle.ts";
import {
	type ClosedRun,
	EDITIONS,
	fillSubscribers,
	type House,
	openHouse,
	someRelease,
} from "./support/house.ts";
import { endProgress, medianOf, ratiosOf, showProgress } from "./support/measuring.ts";
import { type Provider, startProvider } from "./support/provider.ts";
import { judge, printTable, spreadOf } from "./support/table.ts";

const RECIPIENTS = 48_000;
const ROUNDS = 7;
const LANGUAGES = ["en", "ru", "uz"];
/** Feeds are brought up when releases are published; that is no part of the digest. */
const QUIET_SECONDS = 2;
const PUBLICATION = "press.test";

interface Measured {
	readonly perSecond: number;
	/** Processor time, in microseconds a recipient. */
	readonly cpu: number;
}

/** Prints how fast each way is, and ends with an error where the digest's is not fast enough. */
export async function bench(): Promise<void> {
	const provider = await startProvider();
	const house = await openHouse(makeBundle(), provider.url);
	await fillSubscribers(house.ledger, RECIPIENTS);
	// The first round warms up, and leaves a mail for the bare sender to send.
	await sendDigest(house, provider, 0);
	const mail = await readMail(house);
	const bare = await openBareSender(provider.url, mail);
	await sendBare(bare, provider);
	try {
		await compare(house, bare, provider, mail);
	} finally {
		await bare.dispose();
		await house.dispose();
		provider.stop();
	}
}

async function compare(
	house: House,
	bare: BareSender,
	provider: Provider,
	mail: BareMail,
): Promise<void> {
	const digests: (Measured & { run: ClosedRun })[] = [];
	const bares: Measured[] = [];
	for (let round = 1; round <= ROUNDS; round += 1) {
		const isFirst = round % 2 === 0;
		if (isFirst) bares.push(await sendBare(bare, provider));
		digests.push(await sendDigest(house, provider, round));
		if (!isFirst) bares.push(await sendBare(bare, provider));
		showProgress(`round ${round} of ${ROUNDS}`);
	}
	endProgress();
	tell(digests, bares, mail);
}

function tell(
	digests: readonly (Measured & { run: ClosedRun })[],
	bares: readonly Measured[],
	{ html, text }: BareMail,
): void {
	const bytes = Buffer.byteLength(html.join("") + text.join(""));
	console.log(
		`${RECIPIENTS} recipients in ${EDITIONS} editions, a mail of ${bytes} bytes, ${ROUNDS} rounds of each way in turn:`,
	);
	const speedOf = ({ perSecond }: Measured) => perSecond;
	const cpuOf = ({ cpu }: Measured) => cpu;
	const row = (name: string, measure: (one: Measured) => number, digits: number) => [
		name,
		spreadOf(digests.map(measure), digits),
		spreadOf(bares.map(measure), digits),
		spreadOf(ratiosOf(digests.map(measure), bares.map(measure))),
	];
	printTable(
		["", "the digest", "bare sender", "ratio"],
		[row("recipients a second", speedOf, 0), row("processor, µs a recipient", cpuOf, 1)],
	);
	const run = digests.at(-1)?.run;
	if (!run) return;
	const each = (count: number) => count / RECIPIENTS;
	console.log();
	printTable(
		["operations", "of the run", "a recipient"],
		[
			["D1 rows read", run.rows_read],
			["D1 rows written", run.rows_written],
			["KV operations", run.kv_operations],
			["queue operations", run.queue_operations],
		].map(([name, count]) => [String(name), String(count), each(Number(count)).toFixed(4)]),
	);
	console.log();
	const ratio = (measure: (one: Measured) => number) =>
		medianOf(ratiosOf(digests.map(measure), bares.map(measure)));
	judge({
		what: "recipients a second, by the bare sender's",
		measured: ratio(speedOf),
		atLeast: 0.3,
	});
	judge({ what: "processor a recipient, by the bare sender's", measured: ratio(cpuOf), atMost: 2 });
	judge({
		what: "queue operations a recipient, planning included",
		measured: each(run.queue_operations),
		atMost: 0.03,
		unit: "operations",
	});
}

/** Publishes something new in each language, and measures the digest that tells of it. */
async function sendDigest(
	house: House,
	provider: Provider,
	round: number,
): Promise<Measured & { run: ClosedRun }> {
	for (const [index, language] of LANGUAGES.entries()) {
		const number = round * LANGUAGES.length + index + 1;
		const answer = await house.publish(someRelease(number, language));
		if (answer.status !== 201) throw new Error(`Not published: ${await answer.text()}`);
	}
	await untilQuiet(house.cpuSeconds);
	const before = await provider.taken();
	const cpu = house.cpuSeconds();
	const due = Date.now();
	await house.strike();
	const run = await house.untilClosed();
	const used = house.cpuSeconds() - cpu;
	const taken = (await provider.taken()) - before;
	if (taken !== RECIPIENTS || run.receipt.submitted !== RECIPIENTS)
		throw new Error(`The provider took ${taken}: ${JSON.stringify(run.receipt)}`);
	return { ...measured((run.closed_at - due) / 1000, used), run };
}

async function sendBare(bare: BareSender, provider: Provider): Promise<Measured> {
	const before = await provider.taken();
	const cpu = bare.cpuSeconds();
	const began = performance.now();
	await bare.send(RECIPIENTS);
	const seconds = (performance.now() - began) / 1000;
	const used = bare.cpuSeconds() - cpu;
	const taken = (await provider.taken()) - before;
	if (taken !== RECIPIENTS) throw new Error(`The provider took ${taken}.`);
	return measured(seconds, used);
}

function measured(seconds: number, cpuSeconds: number): Measured {
	return { perSecond: RECIPIENTS / seconds, cpu: (cpuSeconds / RECIPIENTS) * 1e6 };
}

async function untilQuiet(cpuSeconds: () => number): Promise<void> {
	for (let before = -1; cpuSeconds() - before > 0.01; ) {
		before = cpuSeconds();
		await new Promise((resolve) => setTimeout(resolve, QUIET_SECONDS * 1000));
	}
}

/** An English edition as KV has it, cut where a reader's token stands. */
async function readMail({ miniflare }: House): Promise<BareMail> {
	const documents = await miniflare.getKVNamespace("DOCUMENTS");
	const { keys } = await documents.list({ prefix: "edition/" });
	for (const { name } of keys) {
		const kept = (await documents.get(name, "json")) as {
			rendered: { subject: string; language: string } & Record<
				"html" | "text",
				{ pieces: string[] }
			>;
		} | null;
		if (kept?.rendered.language !== "en") continue;
		const { subject, html, text } = kept.rendered;
		// Between two pieces a link stands, of which the token is the recipient's own.
		const link = `https://${PUBLICATION}/subscriptions/`;
		const pieces = (all: readonly string[]) =>
			all.map((piece, index) => (index === all.length - 1 ? piece : piece + link));
		return { subject, html: pieces(html.pieces), text: pieces(text.pieces) };
	}
	throw new Error("No English edition was kept.");
}
