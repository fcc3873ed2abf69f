import { createRequire } from "node:module";
import { cpus, totalmem } from "node:os";

/** The machine that a benchmark runs on, and what runs it, in a line. */
export function describeMachine(): string {
	const [cpu] = cpus();
	const gibibytes = Math.round(totalmem() / 2 ** 30);
	const { version } = createRequire(import.meta.url)("workerd/package.json");
	return `${cpus().length} × ${cpu?.model.trim() ?? "unknown"}, ${gibibytes} GiB; Node ${process.versions.node}, workerd ${version}`;
}
