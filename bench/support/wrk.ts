// Load by wrk, which is Debian's package of that name.
import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";

/** Few enough that each waits hardly at all, and enough that workerd never does. */
const CONNECTIONS = 16;

export interface Load {
	readonly requests: number;
	readonly perSecond: number;
}

/** Ends the benchmark with an advice where wrk is missing. */
export function needWrk(): void {
	if (spawnSync("wrk", ["--version"]).error)
		throw new Error("This benchmark needs wrk. To run it: apt-get install wrk.");
}

/** Asks for a page again and again; every answer must be one of the 200s or 300s. */
export async function loadWithWrk(
	url: string,
	headers: Readonly<Record<string, string>>,
	seconds: number,
): Promise<Load> {
	const given = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
	const { stdout } = await promisify(execFile)("wrk", [
		"--threads=1",
		`--connections=${CONNECTIONS}`,
		`--duration=${seconds}s`,
		...given,
		url,
	]);
	const read = (pattern: RegExp) => Number(pattern.exec(stdout)?.[1] ?? Number.NaN);
	if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${url} fails under load:\n${stdout}`);
	return {
		requests: read(/(\d+) requests in/),
		perSecond: read(/Requests\/sec:\s+([\d.]+)/),
	};
}
