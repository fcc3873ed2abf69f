// Runs a benchmark by its name: `npm run bench import` runs bench/import.ts.
import { readdirSync } from "node:fs";

const names = readdirSync(import.meta.dirname)
	.map((file) => file.replace(/\.ts$/, ""))
	.filter((name) => !["run", "measuring"].includes(name));
const [name = ""] = process.argv.slice(2);

if (names.includes(name)) {
	const { bench } = await import(`./${name}.ts`);
	await bench();
} else {
	console.error(`Say which: npm run bench ${names.join(" or npm run bench ")}`);
	process.exitCode = 1;
}
