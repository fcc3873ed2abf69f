// npm run mail:check -- ADDRESS [--at https://press.example.org] [--selector NAME] [--dns 1.1.1.1]: has the
// Worker submit a test message to ADDRESS, and prints what the transport said, and what is still missing for
// mail to be taken. The key comes from the environment, so that it is in no history of arguments.
import { z } from "zod";
import { type MailCheckShown, mailAnswer, mailCheckAnswer } from "../src/digests/mail-answers.ts";
import { type Asked, readArguments, USAGE } from "./mail-check/arguments.ts";
import { askDns } from "./mail-check/dns.ts";
import { type Finding, findAll } from "./mail-check/findings.ts";

const SIGNS = { good: "✓", weak: "!", missing: "✗" } as const;

const problem = z.object({
	title: z.string(),
	detail: z.string(),
	errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
});

async function ask(at: string, method: "GET" | "POST", path: string, body?: object) {
	const headers = {
		Authorization: `Bearer ${process.env.OPERATOR_KEY}`,
		"Content-Type": "application/json",
	};
	const request = { method, headers, ...(body && { body: JSON.stringify(body) }) };
	const answer = await fetch(new URL(path, at), request).catch(() => {
		throw new Error(`nobody answers at ${at}: give the Worker's address with --at`);
	});
	const json: unknown = await answer.json().catch(() => null);
	if (answer.ok && json !== null) return json;
	const told = problem.safeParse(json);
	if (!told.success)
		throw new Error(`${at} answered ${answer.status}, and not as Communiqué does: is it there?`);
	const details = (told.data.errors ?? []).map(({ field, detail }) => `${field} ${detail}.`);
	throw new Error([`${told.data.title}. ${told.data.detail}`, ...details].join(" "));
}

function print({ verdict, what, advice }: Finding): void {
	console.log(`${SIGNS[verdict]} ${what}`);
	if (advice) console.log(`    ${advice}`);
}

/** What to do after a message that was not taken. */
const AFTER = {
	retry: "Mend what it says, and try again.",
	rejected: "It is about this address: mend what it says, or try another.",
	unknown: "It may have arrived all the same: look before you try again.",
} as const;

function judgeCheck(address: string, { outcome, said, message_id }: MailCheckShown): Finding {
	if (outcome === "submitted")
		return {
			verdict: "good",
			what: `The transport took the message to ${address} (Message-ID ${message_id})`,
			advice:
				"See whether it arrived, and not as spam; its headers say what the server thinks: Authentication-Results.",
		};
	return {
		verdict: "missing",
		what: `The transport did not take the message to ${address}: ${outcome}: ${said ?? "it said nothing"}`,
		advice: AFTER[outcome],
	};
}

/** Submits and tells. Returns how many things are missing. */
async function check({ address, at, selectors, dns }: Asked): Promise<number> {
	const records = askDns(dns);
	const facts = mailAnswer.parse(await ask(at, "GET", "/api/mail"));
	console.log(`Mail comes from ${facts.sender} by ${facts.transport}.\n`);
	const answer = await ask(at, "POST", "/api/mail/check", { email: address });
	const submission = judgeCheck(address, mailCheckAnswer.parse(answer));
	print(submission);
	const findings = await findAll(facts, records, selectors);
	for (const finding of findings) print(finding);
	return [submission, ...findings].filter(({ verdict }) => verdict === "missing").length;
}

const asked = readArguments(process.argv.slice(2), process.env.OPERATOR_KEY);
if (typeof asked === "string") {
	console.error(`Mail was not checked: ${asked}.\n${USAGE}`);
	process.exitCode = 1;
} else {
	const missing = await check(asked).catch((fault: Error) => {
		console.error(`Mail was not checked: ${fault.message}`);
		return null;
	});
	if (missing === 0) console.log("\nNothing is missing.");
	if (missing) console.log(`\nMissing: ${missing}. docs/operations.md tells how to mend it.`);
	if (missing !== 0) process.exitCode = 1;
}
