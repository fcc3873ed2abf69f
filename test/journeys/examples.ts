import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** An example of a page: one block of shell, and what the page says of its answer. */
export interface Example {
	/** The heading it stands under, and its number on the page. */
	readonly name: string;
	readonly script: string;
	/** The status on its last line; null where it asks for nothing. */
	readonly status: number | null;
	/** The JSON that stands under it: part of what it answers. */
	readonly shows: object | null;
}

/** What became of an example. */
export interface Ran {
	/** The statuses of its answers, in order. */
	readonly statuses: readonly number[];
	readonly printed: string;
}

const BLOCK =
	/^(?:#+ (?<heading>.+)|```sh\n(?<script>[\s\S]*?)^```(?:\n\n```json\n(?<json>[\s\S]*?)^```)?)$/gm;

/** The examples of a Markdown page, in order. */
export function readExamples(page: string): Example[] {
	const examples: Example[] = [];
	let heading = "";
	for (const { groups = {} } of page.matchAll(BLOCK)) {
		heading = groups.heading ?? heading;
		if (groups.script === undefined) continue;
		const status = /^# (\d{3})\n$/m.exec(groups.script.slice(-6))?.[1];
		examples.push({
			name: `${examples.length + 1}, ${heading}`,
			script: groups.script,
			status: status === undefined ? null : Number(status),
			shows: groups.json === undefined ? null : JSON.parse(groups.json),
		});
	}
	return examples;
}

/**
 * Runs examples one after the other in one bash, which ends at the first that fails.
 *
 * @param variables what the reader is told to set before.
 */
export function runExamples(
	examples: readonly Example[],
	variables: Readonly<Record<string, string>>,
): { ran: (Ran | null)[]; said: string } {
	const folder = mkdtempSync(path.join(tmpdir(), "communique-examples-"));
	const answers = path.join(folder, "answers");
	const desk = path.join(folder, "desk");
	for (const made of [answers, desk]) mkdirSync(made);
	const { stderr } = spawnSync("bash", ["-s"], {
		cwd: desk,
		input: toScript(examples),
		encoding: "utf8",
		env: { PATH: process.env.PATH, HOME: desk, ANSWERS: answers, ...variables },
	});
	const ran = examples.map((_, index) => readOutcome(answers, index));
	rmSync(folder, { recursive: true, force: true });
	return { ran, said: stderr };
}

/** Each `curl` also writes the head of its answer into a file that names the example and counts. */
const HEAD = `set -euo pipefail
curl() {
	command curl --silent --show-error --max-time 30 \\
		--dump-header "$ANSWERS/head.$EXAMPLE.$(find "$ANSWERS" -name 'head.*' | wc -l | tr -d ' ')" "$@"
}
`;

function toScript(examples: readonly Example[]): string {
	const blocks = examples.map(
		({ script }, index) =>
			`EXAMPLE=${index}\n{\n${script}} > "$ANSWERS/printed.${index}"\n: > "$ANSWERS/done.${index}"\n`,
	);
	return HEAD + blocks.join("");
}

function readOutcome(answers: string, index: number): Ran | null {
	if (!existsSync(path.join(answers, `done.${index}`))) return null;
	const read = (name: string) => readFileSync(path.join(answers, name), "utf8");
	const count = (name: string) => Number(name.split(".")[2]);
	const heads = readdirSync(answers)
		.filter((name) => name.startsWith(`head.${index}.`))
		.toSorted((one, other) => count(one) - count(other));
	return {
		statuses: heads.map((name) => Number(/^HTTP\S+ (\d{3})/.exec(read(name))?.[1])),
		printed: read(`printed.${index}`),
	};
}
