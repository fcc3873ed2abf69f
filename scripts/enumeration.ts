// npm run enumeration: signs up 1,000 addresses at a local Worker, half of them known to it, in random
// order, and compares all that a stranger sees: status, headers, body, and time. Ends with 1 where known
// addresses can be told from unknown ones.
import { createHmac, randomBytes, randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { endWhenAsked } from "./local/endings.ts";
import { execute } from "./local/ledger.ts";
import { freePort } from "./local/ports.ts";
import { readVariables, type Variables } from "./local/settings.ts";
import { mannWhitney, median } from "./local/statistics.ts";
import { startLocalWorker } from "./local/worker.ts";

const TRIES = 1000;
/** Tries before those that count: the first requests wait for modules to be loaded. */
const WARM_UP = 40;
/** Between two tries, so that what one leaves to the queue is done before the next. */
const PAUSE_MS = 40;
/** Chance alone says so once in a thousand runs. */
const SIGNIFICANT = 0.001;

const KNOWN = ["pending", "active", "ended", "suppressed"] as const;
type Standing = (typeof KNOWN)[number] | "unknown";

interface Try {
	readonly address: string;
	readonly standing: Standing;
	readonly as: "form" | "json";
}

interface Seen {
	readonly standing: Standing;
	/** Everything but the time. */
	readonly answer: string;
	readonly milliseconds: number;
}

/** Addresses all of one form, so that nothing but the Worker's knowledge tells them apart. */
function makeTries(count: number): Try[] {
	return Array.from({ length: count }, (_, index) => ({
		address: `${randomBytes(8).toString("hex")}@journal.example`,
		standing: index % 2 === 0 ? "unknown" : (KNOWN[(index >> 1) % KNOWN.length] as Standing),
		as: (index >> 3) % 2 === 0 ? ("form" as const) : ("json" as const),
	}));
}

/** Makes addresses known to the Worker, each as it stands. */
function sqlFor(tries: readonly Try[], addressSecret: string): string {
	const now = Date.now();
	const rows = tries.map(({ address, standing }) => {
		if (standing === "unknown") return "";
		if (standing === "suppressed") {
			const hash = createHmac("sha256", addressSecret).update(address).digest("hex");
			return `INSERT INTO suppressions VALUES ('${hash}', 'complaint', ${now});`;
		}
		const id = crypto.randomUUID();
		return `INSERT INTO subscribers (id, address, address_key, status, kinds, languages, frequency,
			signed_up_at) VALUES ('${id}', '${address}', '${address}', '${standing}', 'meeting', 'en',
			'daily', ${now});`;
	});
	return rows.join("\n");
}

function shuffle<Item>(items: readonly Item[]): Item[] {
	const shuffled = [...items];
	for (let last = shuffled.length - 1; last > 0; last -= 1) {
		const other = randomInt(last + 1);
		[shuffled[last], shuffled[other]] = [shuffled[other] as Item, shuffled[last] as Item];
	}
	return shuffled;
}

/** One sign-up, from a place of its own, so that the limit of none is reached. */
async function signUp(origin: string, { address, standing, as }: Try): Promise<Seen> {
	const source = `2001:db8:${randomInt(65_536).toString(16)}:${randomInt(65_536).toString(16)}::1`;
	const isForm = as === "form";
	const began = performance.now();
	const response = await fetch(`${origin}/subscriptions`, {
		method: "POST",
		headers: {
			"CF-Connecting-IP": source,
			"Content-Type": isForm ? "application/x-www-form-urlencoded" : "application/json",
			Accept: isForm ? "text/html" : "application/json",
		},
		body: isForm
			? new URLSearchParams({ email: address, form_language: "en" }).toString()
			: JSON.stringify({ email: address }),
	});
	const body = await response.text();
	const milliseconds = performance.now() - began;
	const headers = [...response.headers].filter(([name]) => name !== "date").toSorted();
	const answer = JSON.stringify([as, response.status, headers, body]);
	return { standing, answer, milliseconds };
}

async function tryAll(origin: string, tries: readonly Try[]): Promise<Seen[]> {
	const seen: Seen[] = [];
	for (const one of tries) {
		seen.push(await signUp(origin, one));
		await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
	}
	return seen;
}

/** Prints what was found. Returns whether known addresses can be told from unknown ones. */
function judge(seen: readonly Seen[]): boolean {
	const timesOf = (isWanted: (standing: Standing) => boolean) =>
		seen.filter(({ standing }) => isWanted(standing)).map(({ milliseconds }) => milliseconds);
	const unknown = timesOf((standing) => standing === "unknown");
	const rows: [string, number[]][] = [
		["known", timesOf((standing) => standing !== "unknown")],
		...KNOWN.map((name): [string, number[]] => [name, timesOf((standing) => standing === name)]),
	];
	console.log(`unknown     ${unknown.length} tries, median ${median(unknown).toFixed(2)} ms`);
	const chances = rows.map(([name, times]) => {
		const p = mannWhitney(times, unknown);
		const told = `${times.length} tries, median ${median(times).toFixed(2)} ms, p = ${p.toFixed(4)}`;
		console.log(`${name.padEnd(11)} ${told}`);
		return p;
	});
	const answers = ["form", "json"].map(
		(as) => new Set(seen.map(({ answer }) => answer).filter((one) => one.startsWith(`["${as}"`))),
	);
	const isOneAnswer = answers.every(({ size }) => size === 1);
	console.log(`Status, headers and body: ${isOneAnswer ? "one for all" : "they differ"}.`);
	const isTold = chances.some((p) => p < SIGNIFICANT);
	console.log(`Time: ${isTold ? "it tells them apart" : "no difference beyond noise"}.`);
	return isTold || !isOneAnswer;
}

async function run(variables: Variables, port: number, stateDir: string): Promise<boolean> {
	const tries = makeTries(TRIES);
	const worker = await startLocalWorker({ port, stateDir, variables, output: "collect" });
	try {
		execute(stateDir, sqlFor(tries, variables.ADDRESS_SECRET ?? ""));
		await tryAll(worker.url, makeTries(WARM_UP));
		return judge(await tryAll(worker.url, shuffle(tries)));
	} finally {
		await worker.stop();
	}
}

endWhenAsked();
const stateDir = mkdtempSync(path.join(tmpdir(), "communique-enumeration-"));
process.once("exit", () => rmSync(stateDir, { recursive: true, force: true }));
const port = await freePort();
const canBeTold = await run(readVariables("example", port, {}), port, stateDir);
process.exitCode = canBeTold ? 1 : 0;
