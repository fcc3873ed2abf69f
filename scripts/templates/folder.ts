import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Templates } from "../../src/mail/render.ts";

/** Every template and partial of a folder, by its path in it: `partials/head.mjml`. */
export function readTemplates(folder: string): Templates {
	const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
		.map((name) => name.split(path.sep).join("/"))
		.filter((name) => /\.(?:mjml|liquid)$/.test(name))
		.toSorted();
	return Object.fromEntries(
		paths.map((name) => [name, readFileSync(path.join(folder, name), "utf8")]),
	);
}

/** Something wrong in a file of the folder templates: the line is counted from 1. */
export interface Fault {
	readonly file: string;
	readonly line: number;
	readonly words: string;
}

/** A fault as a person is told: `templates/digest.mjml:42: …`. */
export function inWords({ file, line, words }: Fault): string {
	return `templates/${file}:${line}: ${words}`;
}
