import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { bin, fromRoot } from "../../scripts/local/paths.ts";
import { TEST_SETTINGS } from "./settings.ts";

/** The Worker as it is deployed, built and served by plain Miniflare, telling what it evaluates. */
export interface BuiltWorker {
	/** The minified script that would be deployed. */
	readonly script: string;
	/** Modules of the bundle that are evaluated only when something asks for them. */
	readonly wrapped: readonly string[];
	/** The others: they are evaluated at the start. */
	readonly unwrapped: readonly string[];
	/** Puts a document into KV. */
	keep(key: string, text: string, metadata: object): Promise<void>;
	fetch(
		path: string,
		init?: { method: string; headers: Record<string, string>; body: string },
	): Promise<{ status: number }>;
	/** Those of {@link wrapped} that have been evaluated so far. */
	evaluated(): Promise<string[]>;
	dispose(): Promise<void>;
}

/** A lazily evaluated module in an esbuild bundle: its path, and the head of its wrapper. */
const WRAPPER = /^ {2}"((?:node_modules|src)\/[^"]+)"(\([^)]*\)) \{$/gm;

/** Where a module of an esbuild bundle begins. */
const MODULE = /^\/\/ ((?:node_modules|src|templates)\/.+)$/gm;

/** Tells of the evaluation on the way, and passes everything else on. */
const ENTRY = `import worker from "./worker.js";
export default {
	...worker,
	fetch: (request, env, context) =>
		new URL(request.url).pathname === "/__evaluated"
			? Response.json([...globalThis.__evaluated])
			: worker.fetch(request, env, context),
};`;

export async function buildWorker(): Promise<BuiltWorker> {
	const folder = mkdtempSync(path.join(tmpdir(), "communique-bundle-"));
	const minified = build(path.join(folder, "minified"), "--minify");
	const readable = build(path.join(folder, "readable"), "--minify=false");
	const source = readFileSync(path.join(readable, "worker.js"), "utf8");
	const wrapped = [...source.matchAll(WRAPPER)].map(([, name]) => name as string);
	const telling = `globalThis.__evaluated = new Set();\n${source.replaceAll(
		WRAPPER,
		'$&globalThis.__evaluated.add("$1");',
	)}`;
	const miniflare = serve(readable, telling);
	await migrate(miniflare);
	const origin = await miniflare.ready;
	return {
		script: path.join(minified, "worker.js"),
		wrapped,
		unwrapped: [
			...new Set(source.matchAll(MODULE).map(([, name]) => name as string)).difference(
				new Set(wrapped),
			),
		],
		async keep(key, text, metadata) {
			const kv = await miniflare.getKVNamespace("DOCUMENTS");
			await kv.put(key, text, { metadata });
		},
		fetch: async (to, init) => ({ status: (await fetch(new URL(to, origin), init)).status }),
		evaluated: async () =>
			(await (await fetch(new URL("/__evaluated", origin))).json()) as string[],
		async dispose() {
			await miniflare.dispose();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** Builds a Worker as `wrangler deploy` would, ours by default; returns the folder of `worker.js` and its texts. */
export function build(folder: string, ...options: readonly string[]): string {
	const built = spawnSync(
		bin("wrangler"),
		["deploy", "--dry-run", "--outdir", folder, ...options],
		{
			cwd: fromRoot(),
			encoding: "utf8",
			env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
		},
	);
	if (built.status !== 0)
		throw new Error(`wrangler could not build:\n${built.stdout}${built.stderr}`);
	return folder;
}

/** The texts that a built Worker imports, by the names that it imports them by. */
export function textsOf(folder: string): { name: string; contents: string }[] {
	const names = readdirSync(folder).filter((name) => /\.(mjml|liquid|css|svg)$/.test(name));
	return names.map((name) => ({
		name,
		contents: readFileSync(path.join(folder, name), "utf8"),
	}));
}

function serve(folder: string, script: string): Miniflare {
	const options = {
		name: "communique",
		compatibilityDate: "2026-11-01",
		modules: [
			{ type: "ESModule" as const, path: "entry.js", contents: ENTRY },
			{ type: "ESModule" as const, path: "worker.js", contents: script },
			...textsOf(folder).map(({ name, contents }) => ({
				type: "Text" as const,
				path: name,
				contents,
			})),
		],
		bindings: TEST_SETTINGS,
		ratelimits: {
			SIGN_UP_LIMIT: { namespace_id: "1003", simple: { limit: 10, period: 60 as const } },
		},
		kvNamespaces: ["DOCUMENTS"],
		d1Databases: ["LEDGER"],
		queueProducers: { FEEDS_QUEUE: "feeds", MAIL_QUEUE: "mail" },
		queueConsumers: { feeds: { maxBatchTimeout: 1 }, mail: { maxBatchTimeout: 0 } },
	};
	return new Miniflare(convertV4MiniflareOptions(options));
}

/** Makes the tables. */
export async function migrate(miniflare: Miniflare): Promise<void> {
	const database = await miniflare.getD1Database("LEDGER");
	const folder = fromRoot("migrations");
	for (const name of readdirSync(folder).toSorted()) {
		const sql = readFileSync(path.join(folder, name), "utf8").replaceAll(/--.*$/gm, "");
		for (const statement of sql.split(";").filter((one) => one.trim() !== ""))
			await database.prepare(statement).run();
	}
}
