// A Worker in a `workerd serve` of its own, with nothing else in the process but a KV namespace that holds
// its documents in memory.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bin, fromRoot } from "../../scripts/local/paths.ts";
import type { Bundle } from "./bundle.ts";
import { anonymousBytesOf, cpuSecondsOf, residentBytesOf } from "./processes.ts";

/** A document as KV has it; the metadata are JSON. */
export interface KvDocument {
	readonly name: string;
	readonly value: string;
	readonly metadata?: string;
}

/** A Worker with its KV, ready to be started any number of times. */
export interface Packed {
	readonly file: string;
	dispose(): void;
}

export interface Served {
	readonly origin: string;
	/** Processor time that the process has used so far, in seconds. */
	cpuSeconds(): number;
	/** Memory of the process: all that is in memory, and what of it comes from no file. */
	residentBytes(): number;
	anonymousBytes(): number;
	/** Operations of KV so far. */
	kvOperations(): Promise<number>;
	stop(): void;
}

/** What the Worker binds and this process has not; whoever calls one gets a fault. */
const ABSENT = [
	"LEDGER",
	"FEEDS_QUEUE",
	"MAIL_QUEUE",
	"PUBLISHER_LIMIT",
	"FAILURE_LIMIT",
	"SIGN_UP_LIMIT",
	"INCOMING_MAIL_LIMIT",
];
/** As wrangler.toml has it. */
const COMPATIBILITY_DATE = "2026-11-01";
const CONTROL_FD = 3;
const LARGEST_CONFIG = 256 * 1024 * 1024;

/** Puts a Worker, its settings and its documents into one file, as workerd takes it. */
export function packForWorkerd(
	worker: Bundle,
	settings: Readonly<Record<string, string>>,
	documents: readonly KvDocument[],
): Packed {
	const folder = mkdtempSync(path.join(tmpdir(), "communique-workerd-"));
	const files = {
		"worker.js": worker.script,
		"kv.js": readFileSync(fromRoot("bench", "workers", "kv.js"), "utf8"),
		"documents.json": JSON.stringify(documents),
		"absent.js": `export default { fetch() { throw new Error("not in this benchmark"); } };`,
		"config.capnp": configOf(worker, settings),
		...Object.fromEntries(worker.texts.map(({ name, contents }) => [name, contents])),
	};
	for (const [name, contents] of Object.entries(files))
		writeFileSync(path.join(folder, name), contents);
	const file = path.join(folder, "config.bin");
	const packed = execFileSync(
		bin("workerd"),
		["compile", "--config-only", path.join(folder, "config.capnp")],
		{ maxBuffer: LARGEST_CONFIG },
	);
	writeFileSync(file, packed);
	return { file, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts a process for a Worker; resolves when it listens. */
export async function serveInWorkerd({ file }: Packed): Promise<Served> {
	const child = spawn(bin("workerd"), ["serve", "--binary", file, `--control-fd=${CONTROL_FD}`], {
		stdio: ["ignore", "inherit", "inherit", "pipe"],
	});
	const [port, kvPort] = await portsOf(child);
	const pid = child.pid as number;
	return {
		origin: `http://127.0.0.1:${port}`,
		cpuSeconds: () => cpuSecondsOf(pid),
		residentBytes: () => residentBytesOf(pid),
		anonymousBytes: () => anonymousBytesOf(pid),
		async kvOperations() {
			return Number(await (await fetch(`http://127.0.0.1:${kvPort}/operations`)).text());
		},
		stop: () => child.kill(),
	};
}

/** Where the Worker and its KV listen, as workerd says when they do. */
function portsOf(child: ChildProcess): Promise<[number, number]> {
	const ports: Record<string, number> = {};
	return new Promise((resolve, reject) => {
		child.once("exit", (code) => reject(new Error(`workerd ended with ${code}`)));
		child.stdio[CONTROL_FD]?.on("data", (chunk: Buffer) => {
			for (const line of String(chunk).trim().split("\n")) {
				const { event, socket, port } = JSON.parse(line);
				if (event === "listen") ports[socket] = port;
			}
			if (ports.worker && ports.kv) resolve([ports.worker, ports.kv]);
		});
	});
}

/** A configuration in Cap'n Proto's text form. */
function configOf(worker: Bundle, settings: Readonly<Record<string, string>>): string {
	const bindings = [
		`(name = "DOCUMENTS", kvNamespace = "kv")`,
		...ABSENT.map((name) => `(name = "${name}", service = "absent")`),
		...Object.entries(settings).map(
			([name, value]) => `(name = "${name}", text = ${JSON.stringify(value)})`,
		),
	];
	const modules = worker.texts.map(({ name }) => `(name = "./${name}", text = embed "${name}")`);
	const service = (name: string, parts: readonly string[], bound: readonly string[] = []) =>
		`(name = "${name}", worker = (
			compatibilityDate = "${COMPATIBILITY_DATE}",
			modules = [(name = "${name}.js", esModule = embed "${name}.js"), ${parts.join(", ")}],
			bindings = [${bound.join(",\n")}]))`;
	const socket = (name: string) =>
		`(name = "${name}", address = "127.0.0.1:0", http = (), service = "${name}")`;
	return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
	services = [
		${service("worker", modules, bindings)},
		${service("kv", [`(name = "documents.json", json = embed "documents.json")`])},
		${service("absent", [])}],
	sockets = [${socket("worker")}, ${socket("kv")}]);
`;
}
