// npm run interleavings -- [COUNT] [--seed SEED]: drives the Worker through COUNT random orders of
// things (2,000 if it is not said) and judges each by its promises. Ends with 1 where one is broken,
// and tells the shortest order that breaks it.
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { z } from "zod";

/** Interleavings of one seed; the next have the next seed. */
const CHUNK = 25;
const WORKERS = 2;
const PROGRESS_EVERY = 100;
/** Linux's own file system in memory: most of the time would be spent on waiting for a disk. */
const MEMORY = "/dev/shm";

const report = z.object({
	tally: z.object({ interleavings: z.number(), happenings: z.number(), mails: z.number() }),
	failure: z.string().nullable(),
});

const total = { interleavings: 0, happenings: 0, mails: 0, failures: 0 };

function count({ tally, failure }: z.infer<typeof report>): void {
	const before = Math.floor(total.interleavings / PROGRESS_EVERY);
	total.interleavings += tally.interleavings;
	total.happenings += tally.happenings;
	total.mails += tally.mails;
	if (failure !== null) {
		total.failures += 1;
		console.log(`\n${failure}\n`);
	}
	if (Math.floor(total.interleavings / PROGRESS_EVERY) > before) console.log(inWords());
}

const inWords = () =>
	Object.entries(total)
		.map(([name, number]) => `${name} ${number}`)
		.join(", ");

/** A test run with its own Worker. Returns its status; what it says but for its reports is kept. */
async function run(seeds: readonly number[]): Promise<{ status: number | null; said: string[] }> {
	const child = spawn("vitest", ["run", "test/model/interleavings.test.ts", "--silent=false"], {
		env: {
			...process.env,
			INTERLEAVINGS: JSON.stringify({ seeds, count: CHUNK }),
			TMPDIR: existsSync(MEMORY) ? MEMORY : tmpdir(),
		},
		stdio: ["ignore", "pipe", "pipe"],
	});
	const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
	const said: string[] = [];
	child.stderr.on("data", (words) => said.push(String(words)));
	for await (const line of createInterface(child.stdout)) {
		const plain = stripVTControlCharacters(line);
		if (plain.startsWith('{"tally"')) count(report.parse(JSON.parse(plain)));
		else said.push(plain);
	}
	return { status: await ended, said };
}

const { values, positionals } = parseArgs({
	options: { seed: { type: "string" } },
	allowPositionals: true,
});
const wanted = Number(positionals[0] ?? 2000);
const seed = Number(values.seed ?? randomInt(2 ** 31));
if (!Number.isSafeInteger(wanted) || wanted < 1 || !Number.isSafeInteger(seed)) {
	console.error("npm run interleavings -- [COUNT] [--seed SEED]");
	process.exit(2);
}

const seeds = Array.from({ length: Math.ceil(wanted / CHUNK) }, (_, chunk) => seed + chunk);
const shares = Array.from({ length: WORKERS }, (_, worker) =>
	seeds.filter((_, chunk) => chunk % WORKERS === worker),
).filter((share) => share.length > 0);
const results = await Promise.all(shares.map(run));
console.log(`${inWords()}, seed ${seed}`);
const isDone = results.every(({ status }) => status === 0);
if (!isDone && total.failures === 0) console.error(results.flatMap(({ said }) => said).join("\n"));
process.exitCode = isDone ? 0 : 1;
