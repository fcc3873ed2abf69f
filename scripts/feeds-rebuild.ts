// npm run feeds:rebuild -- [ADDRESS]: has all feeds of a running Worker made anew, and tells how far
// it is. The key comes from the environment, so that it is not in the shell's history of arguments.
import { z } from "zod";
import { feedsAnswer } from "../src/feeds/operator-answers.ts";

const ADDRESS = process.argv[2] ?? "http://localhost:8787";
const KEY = process.env.OPERATOR_KEY ?? "";
const EVERY_MS = 1000;
const PATIENCE_MS = 10 * 60 * 1000;

const problem = z.object({ title: z.string(), detail: z.string() });

async function ask(method: string, path: string) {
	const headers = { Authorization: `Bearer ${KEY}` };
	const answer = await fetch(new URL(path, ADDRESS), { method, headers });
	const body: unknown = await answer.json().catch(() => null);
	if (answer.ok) return feedsAnswer.parse(body);
	const told = problem.safeParse(body);
	throw new Error(told.success ? `${told.data.title}. ${told.data.detail}` : `${answer.status}`);
}

async function rebuild(): Promise<void> {
	let shown = await ask("POST", "/api/feeds/rebuild");
	const deadline = Date.now() + PATIENCE_MS;
	for (let last = ""; shown.behind; shown = await ask("GET", "/api/feeds")) {
		const done = shown.feeds.filter(({ is_current }) => is_current).length;
		const told = `${done} of ${shown.feeds.length} scopes made`;
		if (told !== last) console.log(told);
		last = told;
		if (Date.now() > deadline) throw new Error("It takes too long: look into the Worker's log.");
		await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
	}
	console.log(`All feeds have everything up to sequence ${shown.highest}.`);
}

if (KEY === "") {
	console.error(
		"Give a key with the scope operate: OPERATOR_KEY=… npm run feeds:rebuild -- https://press.example.org",
	);
	process.exitCode = 1;
} else
	await rebuild().catch((fault: Error) => {
		console.error(`The feeds were not rebuilt: ${fault.message}`);
		process.exitCode = 1;
	});
