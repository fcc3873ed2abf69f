// Makes docs/api.md of docs/api.template.md and the API's own description. With --check it writes
// nothing, and ends with an error where docs/api.md is not what it would write.
import { readFileSync, writeFileSync } from "node:fs";
import {
	type FieldView,
	type ObjectView,
	type OperationView,
	readReference,
} from "../src/http/api-reference.ts";
import { openApiDocument } from "../src/http/openapi.ts";
import { fromRoot } from "./local/paths.ts";

const PAGE = fromRoot("docs", "api.md");
const TEMPLATE = fromRoot("docs", "api.template.md");
const PLACE = "<!-- the reference stands here -->";
const NOTICE =
	"<!-- Made by `npm run docs:api` of docs/api.template.md and the schemas in src: change those. -->\n";

function page(): string {
	const { operations, objects } = readReference(openApiDocument("https://press.example.org"));
	const reference = [
		...operations.map(operationSection),
		"### Objects",
		...objects.map(objectSection),
	].join("\n\n");
	const template = readFileSync(TEMPLATE, "utf8");
	if (!template.includes(PLACE)) throw new Error(`${TEMPLATE} has no line ${PLACE}`);
	const [before, after] = template.split(PLACE);
	return `${NOTICE}\n${before}${reference}${after}`;
}

function operationSection(operation: OperationView): string {
	const { method, path, summary, description, parameters, bodies, answers } = operation;
	return [
		`### ${summary}`,
		`\`${method} ${path}\``,
		description,
		...(parameters.length > 0 ? ["In the address and the headers:", fields(parameters)] : []),
		...(bodies.length > 0 ? ["In the body:"] : []),
		...(bodies.length > 0 ? [list(bodies.map(({ type, words }) => `\`${type}\`: ${words}`))] : []),
		"Answers:",
		list(
			answers.map(({ status, words, holds, headers }) => {
				const body = holds === "Problem" ? "" : ` Body: ${holds}.`;
				const named = headers.length > 0 ? ` Headers: ${headers.join(", ")}.` : "";
				return `\`${status}\` ${words}${body}${named}`;
			}),
		),
	].join("\n\n");
}

function objectSection({ name, description, fields: all }: ObjectView): string {
	return [`#### ${name}`, description, fields(all)].join("\n\n");
}

function fields(all: readonly FieldView[]): string {
	return list(
		all.map(({ name, takes, isRequired, words }) => {
			const optional = isRequired ? "" : "; may be left out";
			return `\`${name}\` (${takes}${optional})${words ? `: ${words}` : ""}`;
		}),
	);
}

function list(items: readonly string[]): string {
	return items.map((item) => `- ${item}`).join("\n");
}

const made = page();
if (!process.argv.includes("--check")) writeFileSync(PAGE, made);
else if (readFileSync(PAGE, "utf8") !== made) {
	console.error("docs/api.md is stale: run `npm run docs:api` and commit what it writes.");
	process.exitCode = 1;
}
