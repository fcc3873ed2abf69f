// Runs the benchmarks: `npm run bench` all of them, `npm run bench import` the one in bench/import.ts.
import { readdirSync } from "node:fs";
import { describeMachine } from "./support/machine.ts";

const all = readdirSync(import.meta.dirname, { withFileTypes: true })
	.filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && entry.name !== "run.ts")
	.map(({ name }) => name.replace(/\.ts$/, ""))
	.toSorted();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));

if (unknown.length > 0) {
	console.error(`There is no benchmark ${unknown.join(", ")}. There are: ${all.join(", ")}.`);
	process.exitCode = 1;
} else {
	console.log(describeMachine());
	for (const name of asked.length > 0 ? asked : all) {
		console.log(`\n== ${name}\n`);
		const { bench } = await import(`./${name}.ts`);
		await bench();
	}
}
