import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Runs a program to its end, with the same clock and language on every machine.
 *
 * @param input what it reads from its standard input.
 * @returns what it wrote to its standard output.
 * @throws Error with what it said, where it ends with anything but 0.
 */
export function run(
	file: string,
	given: readonly string[],
	{ input = "", home }: { input?: string; home: string },
): Promise<string> {
	const env = { PATH: process.env.PATH ?? "", HOME: home, LANG: "C.UTF-8", TZ: "UTC" };
	const program = spawn(file, given, { cwd: home, env });
	const [said, complained]: [Buffer[], Buffer[]] = [[], []];
	program.stdout.on("data", (chunk: Buffer) => said.push(chunk));
	program.stderr.on("data", (chunk: Buffer) => complained.push(chunk));
	// Who has heard enough may close its input early.
	program.stdin.on("error", () => {});
	program.stdin.end(input);
	return new Promise((resolve, reject) => {
		program.once("error", reject);
		program.once("close", (code) => {
			const words = Buffer.concat(said).toString();
			if (code === 0) resolve(words);
			else reject(new Error(`${file} ended with ${code}:\n${words}${Buffer.concat(complained)}`));
		});
	});
}

/** An empty folder for what a program keeps. */
export function makeHome(): string {
	return mkdtempSync(path.join(tmpdir(), "communique-client-"));
}
