// npm run mail:check -- ADDRESS [--at https://press.example.org] [--selector NAME]: has the Worker
// submit a test message to ADDRESS, and prints what the transport said, and what is still missing for
// mail to be taken. The key comes from the environment, so that it is in no history of arguments.
import { parseArgs } from "node:util";
import { z } from "zod";
import { mailAnswer, mailCheckAnswer } from "../src/digests/mail-answers.ts";
import { askDns } from "./mail-check/dns.ts";
import { type Finding, findAll } from "./mail-check/findings.ts";

const USAGE =
	"OPERATOR_KEY=… npm run mail:check -- ADDRESS [--at https://press.example.org] [--selector NAME]";
const SIGNS = { good: "✓", weak: "!", missing: "✗" } as const;

const problem = z.object({
	title: z.string(),
	detail: z.string(),
	errors: z.array(z.object({ detail: z.string() })).optional(),
});

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		at: { type: "string", default: "http://localhost:8787" },
		selector: { type: "string", multiple: true, default: [] },
		dns: { type: "string" },
	},
});

async function ask(method: "GET" | "POST", path: string, body?: object): Promise<unknown> {
	const headers = {
		Authorization: `Bearer ${process.env.OPERATOR_KEY}`,
		"Content-Type": "application/json",
	};
	const sent = { method, headers, ...(body && { body: JSON.stringify(body) }) };
	const answer = await fetch(new URL(path, values.at), sent).catch(() => {
		throw new Error(`nobody answers at ${values.at}: give the Worker's address with --at`);
	});
	const json: unknown = await answer.json().catch(() => null);
	if (answer.ok) return json;
	const told = problem.safeParse(json);
	if (!told.success) throw new Error(`${values.at} answered ${answer.status}`);
	const details = (told.data.errors ?? []).map(({ detail }) => detail);
	throw new Error([`${told.data.title}: ${told.data.detail}`, ...details].join(" "));
}

function print({ verdict, what, advice }: Finding): void {
	console.log(`${SIGNS[verdict]} ${what}`);
	if (advice) console.log(`    ${advice}`);
}

/** Submits and tells. Returns how many things are missing. */
async function check(address: string): Promise<number> {
	const facts = mailAnswer.parse(await ask("GET", "/api/mail"));
	console.log(`Mail comes from ${facts.sender} by ${facts.transport}.\n`);
	const { outcome, said, message_id } = mailCheckAnswer.parse(
		await ask("POST", "/api/mail/check", { email: address }),
	);
	const isGood = outcome === "submitted";
	print({
		verdict: isGood ? "good" : "missing",
		what: isGood
			? `The transport took the message to ${address} (Message-ID ${message_id})`
			: `The transport did not take the message to ${address}: ${outcome}: ${said ?? "it said nothing"}`,
		advice: isGood
			? "See whether it arrived, and not as spam; its headers say what the server thinks: Authentication-Results."
			: "Mend what it says, and try again.",
	});
	const findings = await findAll(facts, askDns(values.dns), values.selector);
	for (const finding of findings) print(finding);
	return findings.filter(({ verdict }) => verdict === "missing").length + (isGood ? 0 : 1);
}

const [address, ...more] = positionals;
if (!process.env.OPERATOR_KEY || address === undefined || more.length > 0) {
	console.error(`Give a key with the scope operate, and one address:\n${USAGE}`);
	process.exitCode = 1;
} else {
	const missing = await check(address).catch((fault: Error) => {
		console.error(`Mail was not checked: ${fault.message}`);
		return null;
	});
	if (missing === 0) console.log("\nNothing is missing.");
	if (missing) console.log(`\nMissing: ${missing}. docs/operations.md tells how to mend it.`);
	if (missing !== 0) process.exitCode = 1;
}
