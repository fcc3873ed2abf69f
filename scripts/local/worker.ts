import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bin, fromRoot } from "./paths.ts";
import type { Variables } from "./settings.ts";

const READY_MS = 60_000;
const STOP_MS = 5000;
/** So long at most is waited for killed processes to be gone. */
const GONE_MS = 2000;

export interface LocalWorkerOptions {
	readonly port: number;
	/** Where its KV, D1 and the file with its variables are kept. */
	readonly stateDir: string;
	readonly variables: Variables;
	/** What becomes of its output. */
	readonly output: "inherit" | "collect";
	/** Whether it runs in a process group of its own, so that all of it can be killed at one blow. */
	readonly isOwnGroup?: boolean;
}

/** A Worker on this machine, in the real runtime, with real KV, D1 and Queues. */
export interface LocalWorker {
	readonly url: string;
	/** What it has printed so far, where output is collected. */
	readonly printed: () => string;
	/** Resolves with the exit code when it has ended. */
	readonly ended: Promise<number>;
	stop(): Promise<void>;
	/** Kills wrangler and workerd at one blow, as a power cut would: only where it is a group of its own. */
	crash(): Promise<void>;
}

/**
 * Applies the migrations and starts the Worker; resolves when it answers.
 *
 * @throws Error with what wrangler printed, where it ends or does not answer in time.
 */
export async function startLocalWorker(options: LocalWorkerOptions): Promise<LocalWorker> {
	mkdirSync(options.stateDir, { recursive: true });
	migrate(options.stateDir);
	return restartLocalWorker(options);
}

/** The same on a store that has had the migrations. */
export async function restartLocalWorker(options: LocalWorkerOptions): Promise<LocalWorker> {
	const { port, stateDir, output } = options;
	const envFile = path.join(stateDir, "variables.env");
	writeFileSync(envFile, toEnvFile(options.variables), { mode: 0o600 });
	const child = spawn(bin("wrangler"), devArguments(port, stateDir, envFile), {
		cwd: fromRoot(),
		env: { ...environment(), ...(options.isOwnGroup ? ownTemporary(stateDir) : {}) },
		stdio: ["ignore", output === "inherit" ? "inherit" : "pipe", "pipe"],
		detached: options.isOwnGroup ?? false,
	});
	const printed = collect(child, output);
	const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
	const url = `http://localhost:${port}`;
	const stop = () => stopChild(child, ended);
	const endWithUs = () => child.kill("SIGTERM");
	process.once("exit", endWithUs);
	ended.then(() => process.off("exit", endWithUs));
	await waitUntilHealthy(url, child, printed).catch(async (fault) => {
		await stop();
		throw fault;
	});
	return { url, printed, ended, stop, crash: () => killGroup(child, ended) };
}

function devArguments(port: number, stateDir: string, envFile: string): string[] {
	return [
		"dev",
		...["--port", String(port), "--ip", "127.0.0.1", "--inspector-port", "0"],
		...["--persist-to", stateDir, "--env-file", envFile],
		"--test-scheduled",
		"--show-interactive-dev-session=false",
		"--log-level=log",
	];
}

function migrate(stateDir: string): void {
	const applied = spawnSync(
		bin("wrangler"),
		["d1", "migrations", "apply", "LEDGER", "--local", "--persist-to", stateDir],
		{ cwd: fromRoot(), env: environment(), encoding: "utf8" },
	);
	if (applied.status !== 0)
		throw new Error(`The migrations could not be applied.\n${applied.stdout}${applied.stderr}`);
}

function environment(): NodeJS.ProcessEnv {
	return { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true", NO_COLOR: "1" };
}

/** Who is killed leaves temporary files behind: they lie in the store's folder, and go with it. */
function ownTemporary(stateDir: string): NodeJS.ProcessEnv {
	const folder = path.join(stateDir, "tmp");
	mkdirSync(folder, { recursive: true });
	return { TMPDIR: folder };
}

/** Values are quoted, and their `$` escaped, so that the reader of the file takes them as they are. */
function toEnvFile(variables: Variables): string {
	return Object.entries(variables)
		.map(([name, value]) => `${name}=${quote(value)}\n`)
		.join("");
}

function quote(value: string): string {
	const mark = ['"', "'", "`"].find((candidate) => !value.includes(candidate)) ?? '"';
	return `${mark}${value.replaceAll("$", "\\$")}${mark}`;
}

function collect(child: ChildProcess, output: LocalWorkerOptions["output"]): () => string {
	let text = "";
	for (const stream of [child.stdout, child.stderr])
		stream?.on("data", (chunk: Buffer) => {
			text += chunk.toString();
			if (output === "inherit") process.stderr.write(chunk);
		});
	return () => text;
}

/** @throws Error with what wrangler printed, where it ends, cannot build, or takes too long. */
async function waitUntilHealthy(
	url: string,
	child: ChildProcess,
	printed: () => string,
): Promise<void> {
	const deadline = Date.now() + READY_MS;
	while (Date.now() < deadline) {
		if (child.exitCode !== null || /Build failed/.test(printed())) break;
		const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) }).catch(
			() => null,
		);
		if (answer?.ok) return;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error(`The Worker did not start at ${url}. What it said:\n${printed()}`);
}

/** Wrangler ends its own children when it is asked to end; it is ended hard where it does not. */
async function stopChild(child: ChildProcess, ended: Promise<number>): Promise<void> {
	child.kill("SIGTERM");
	const patience = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
	await ended;
	clearTimeout(patience);
}

/** Kills a process that leads a group, and the group with it. */
async function killGroup({ pid }: ChildProcess, ended: Promise<number>): Promise<void> {
	if (pid === undefined) return;
	process.kill(-pid, "SIGKILL");
	await ended;
	const deadline = Date.now() + GONE_MS;
	while (isThere(-pid) && Date.now() < deadline)
		await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Whether a process is there, or with a negative id, one of a group. */
function isThere(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
