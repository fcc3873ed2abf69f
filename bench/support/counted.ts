// The bundle with every invocation counted: what it asks D1, KV and others for, told in its log.
import type { Bundle } from "./bundle.ts";
import type { House } from "./house.ts";

/** What the fullest invocation of a kind asked for. */
export interface Fullest {
	/** Statements, those of a batch each by itself. */
	readonly d1: number;
	readonly kv: number;
	readonly fetch: number;
}

/** Put in place of the bundle's last line: it wraps the bindings once, and counts by invocation. */
const wrapperOf = (worker: string) => `
import { AsyncLocalStorage as Invocations } from "node:async_hooks";
const invocations = new Invocations();
const tell = (name, by = 1) => { const counts = invocations.getStore(); if (counts) counts[name] += by; };
const realFetch = globalThis.fetch;
globalThis.fetch = (...given) => { tell("fetch"); return realFetch(...given); };
const countKv = (kv) => new Proxy(kv, { get(target, name) {
	const member = target[name];
	return typeof member !== "function" ? member : (...given) => { tell("kv"); return member.apply(target, given); };
} });
const countStatement = (real) => ({
	real,
	bind: (...values) => countStatement(real.bind(...values)),
	all: (...given) => { tell("d1"); return real.all(...given); },
	run: (...given) => { tell("d1"); return real.run(...given); },
	first: (...given) => { tell("d1"); return real.first(...given); },
});
const countD1 = (real) => ({
	prepare: (sql) => countStatement(real.prepare(sql)),
	batch: (statements) => { tell("d1", statements.length); return real.batch(statements.map((one) => one.real)); },
});
let counted;
const envOf = (env) => counted ??= { ...env, DOCUMENTS: countKv(env.DOCUMENTS), LEDGER: countD1(env.LEDGER) };
export default {
	...${worker},
	async queue(batch, env, context) {
		const counts = { d1: 0, kv: 0, fetch: 0 };
		await invocations.run(counts, () => ${worker}.queue(batch, envOf(env), context));
		const type = batch.messages[0]?.body?.type ?? "other";
		console.log(JSON.stringify({ event: ["counted", type, counts.d1, counts.kv, counts.fetch].join(" ") }));
	},
};`;

/** A bundle that counts. */
export function countInvocations(bundle: Bundle): Bundle {
	const ending = /export\s*\{\s*([\w$]+) as default\s*\};?/;
	const [whole, worker] = ending.exec(bundle.script) ?? [];
	if (whole === undefined || worker === undefined)
		throw new Error("The bundle does not end with the export of its Worker.");
	return { ...bundle, script: bundle.script.replace(whole, () => wrapperOf(worker)) };
}

/** The most that any invocation asked for, by the type of its message. */
export function fullestOf({ logged }: Pick<House, "logged">): Map<string, Fullest> {
	const fullest = new Map<string, Fullest>();
	for (const event of logged.keys()) {
		const [what, type = "", ...counts] = event.split(" ");
		if (what !== "counted") continue;
		const [d1 = 0, kv = 0, calls = 0] = counts.map(Number);
		const most = fullest.get(type) ?? { d1: 0, kv: 0, fetch: 0 };
		fullest.set(type, {
			d1: Math.max(most.d1, d1),
			kv: Math.max(most.kv, kv),
			fetch: Math.max(most.fetch, calls),
		});
	}
	return fullest;
}
