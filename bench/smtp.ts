// How fast an edition goes over SMTP on one connection: by our transport in workerd, which completes ready
// messages, against nodemailer in Node, which composes each itself. Both talk to the same server.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { createTransport, type Transporter } from "nodemailer";
import { fromRoot } from "../scripts/local/paths.ts";
import { headersOf } from "../src/mail/message.ts";
import { build } from "../test/support/bundle.ts";
import { makeEdition, makeMessages } from "./support/edition.ts";
import { interleave, medianOf, ratiosOf, secondsOf } from "./support/measuring.ts";
import { type Sink, startSink } from "./support/smtp-sink.ts";
import type { Wanted } from "./support/smtp-worker.ts";
import { judge, printTable, spreadOf } from "./support/table.ts";

const ROUNDS = 9;
const MESSAGES = 2_000;
/** Of a usual day: a message of 24 KB. */
const RELEASES = 6;
const WANTED_RATIO = 2.5;

/** Prints how fast each way is, and ends with an error where ours is not fast enough. */
export async function bench(): Promise<void> {
	const sink = await startSink();
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			modules: true,
			script: buildWorker(),
			compatibilityDate: "2026-11-01",
		}),
	);
	const origin = await miniflare.ready;
	const nodemailer = createTransport({
		pool: true,
		maxConnections: 1,
		maxMessages: Number.POSITIVE_INFINITY,
		host: "127.0.0.1",
		port: sink.port,
		ignoreTLS: true,
	});
	const ways = {
		ours: () => perSecond(sink, () => submit(origin, sink.port)),
		nodemailer: () => perSecond(sink, () => composeAndSend(nodemailer)),
	};
	try {
		// What is compiled while it runs is compiled by then.
		for (const way of Object.values(ways)) await way();
		const { ours, nodemailer: theirs } = await interleave(ways, ROUNDS);
		const ratios = ratiosOf(ours, theirs);
		console.log(`${MESSAGES} messages on one connection, ${ROUNDS} rounds of each way in turn:`);
		printTable(
			["", "our transport", "nodemailer", "ratio"],
			[["messages a second", spreadOf(ours, 0), spreadOf(theirs, 0), spreadOf(ratios)]],
		);
		console.log();
		judge({
			what: "messages a second over SMTP, by nodemailer's",
			measured: medianOf(ratios),
			atLeast: WANTED_RATIO,
		});
	} finally {
		nodemailer.close();
		await miniflare.dispose();
		sink.stop();
	}
}

function buildWorker(): string {
	const folder = mkdtempSync(path.join(tmpdir(), "communique-bench-"));
	try {
		build(folder, "--minify", fromRoot("bench/support/smtp-worker.ts"));
		return readFileSync(path.join(folder, "smtp-worker.js"), "utf8");
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function submit(origin: URL, port: number): Promise<void> {
	const wanted: Wanted = { port, releases: RELEASES, messages: MESSAGES };
	const answer = await fetch(origin, { method: "POST", body: JSON.stringify(wanted) });
	const submitted = await answer.text();
	if (submitted !== String(MESSAGES)) throw new Error(`Ours submitted ${submitted}.`);
}

/** One after the other is how a pool of one connection has them go. */
async function composeAndSend(nodemailer: Transporter): Promise<void> {
	const messages = makeMessages(makeEdition(RELEASES), MESSAGES);
	await Promise.all(
		messages.map(({ from, to, subject, html, text, messageId, date, ...others }) =>
			nodemailer.sendMail({
				...{ from: { ...from }, to, subject, html, text, messageId: `<${messageId}>` },
				date: new Date(date),
				headers: headersOf(others),
			}),
		),
	);
}

async function perSecond(sink: Sink, send: () => Promise<void>): Promise<number> {
	const before = await sink.taken();
	const seconds = await secondsOf(send);
	const taken = (await sink.taken()) - before;
	if (taken !== MESSAGES) throw new Error(`The server took ${taken} messages.`);
	return MESSAGES / seconds;
}
