import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** What SpamAssassin says of a mail: the points of each rule that it met, by the rule's name. */
export type Verdict = Readonly<Record<string, number>>;

/** No network, no user's preferences, and a report whatever it finds. */
const ARGUMENTS = ["--mbox", "--local", "--nocreate-prefs", "--test-mode", "--prefspath=/dev/null"];

const SEPARATOR = "From judge@press.example.org Mon Nov 23 04:00:00 2026";

/**
 * Has SpamAssassin look at mails, all at once, since it takes seconds to start.
 *
 * @param sources MIME sources.
 * @returns a verdict for each, by its Message-ID without angle brackets: they come in any order.
 */
export async function spamVerdicts(sources: readonly Uint8Array[]): Promise<Map<string, Verdict>> {
	const process = spawn("spamassassin", ARGUMENTS, { stdio: ["pipe", "pipe", "inherit"] });
	process.stdin.end(sources.map(toMbox).join(""));
	const said = await text(process.stdout);
	const reports = said.split(`${SEPARATOR}\n`).slice(1);
	if (reports.length !== sources.length)
		throw new Error(`spamassassin answered for ${reports.length} of ${sources.length} mails`);
	return new Map(reports.map(readReport));
}

/** Any line of the mail that begins as a separator does is quoted (RFC 4155). */
function toMbox(source: Uint8Array): string {
	const lines = new TextDecoder().decode(source).replaceAll("\r\n", "\n");
	return `${SEPARATOR}\n${lines.replaceAll(/^From /gm, ">From ")}\n\n`;
}

function readReport(report: string): [messageId: string, verdict: Verdict] {
	const table = report.split(/^ *pts rule name/m).at(-1) ?? "";
	const rules = [...table.matchAll(/^ *(-?\d+\.\d) ([A-Z][A-Z0-9_]+)/gm)];
	if (rules.length === 0) throw new Error(`spamassassin gave no report:\n${report.slice(-500)}`);
	const messageId = /^Message-ID: <(.+)>$/m.exec(report)?.[1] ?? "";
	return [messageId, Object.fromEntries(rules.map(([, points, rule]) => [rule, Number(points)]))];
}
