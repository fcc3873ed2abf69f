import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { fromRoot } from "../../scripts/local/paths.ts";

/** The sections of docs/storage.md under one heading: what each is of, and what it says. */
function sectionsOf(store: "KV" | "D1"): Map<string, string> {
	const page = readFileSync(fromRoot("docs", "storage.md"), "utf8");
	const part = page.split(/^## /m).find((one) => one.startsWith(store)) ?? "";
	const sections = part.split(/^### /m).slice(1);
	return new Map(sections.map((text) => [/^`([^`]+)`\n/.exec(text)?.[1] ?? text, text]));
}

/** Every table that the migrations make, with its columns. */
function tables(): Map<string, string[]> {
	const database = new DatabaseSync(":memory:");
	for (const name of readdirSync(fromRoot("migrations")).toSorted())
		database.exec(readFileSync(fromRoot("migrations", name), "utf8"));
	const rows = database
		.prepare(
			`SELECT schema.name AS name, columns.name AS column_name
			FROM sqlite_schema AS schema, pragma_table_info(schema.name) AS columns
			WHERE schema.type = 'table'`,
		)
		.all() as { name: string; column_name: string }[];
	const found = new Map<string, string[]>();
	for (const { name, column_name } of rows)
		found.set(name, [...(found.get(name) ?? []), column_name]);
	return found;
}

/** The first word of every key of KV that the source makes: `word/…`. */
function keyPrefixes(): Set<string> {
	const files = readdirSync(fromRoot("src"), { recursive: true, encoding: "utf8" });
	const found = files
		.filter((name) => /\.tsx?$/.test(name))
		.flatMap((name) => [
			...readFileSync(fromRoot("src", name), "utf8").matchAll(/[`"']([a-z-]+)\/(?:\$\{|["'`])/g),
		]);
	return new Set(found.map(([, prefix]) => prefix as string));
}

describe("docs/storage.md", () => {
	it("has a section for each table, and for nothing else", () => {
		expect([...sectionsOf("D1").keys()].toSorted()).toEqual([...tables().keys()].toSorted());
	});

	it.each([...tables()])("names every column of %s", (table, columns) => {
		const named = [...(sectionsOf("D1").get(table) ?? "").matchAll(/`([^`]+)`/g)];
		const words = named.map(([, word]) => word);
		expect(columns.filter((column) => !words.includes(column))).toEqual([]);
	});

	it("has a section for each prefix of a key in KV, and for nothing else", () => {
		const documented = [...sectionsOf("KV").keys()].map((key) => key.split("/")[0]);
		expect(documented.toSorted()).toEqual([...keyPrefixes()].toSorted());
	});
});
