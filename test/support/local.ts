import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fromRoot } from "../../scripts/local/paths.ts";
import { freePort } from "../../scripts/local/ports.ts";
import { readVariables, type Variables } from "../../scripts/local/settings.ts";
import { createVisitor, type Visitor } from "../../scripts/local/visitor.ts";
import { startLocalWorker } from "../../scripts/local/worker.ts";

export interface TestWorker {
	readonly url: string;
	readonly visitor: Visitor;
	stop(): Promise<void>;
}

/** The Worker as `npm start` runs it, on a store and a port of its own. */
export async function startTestWorker(over: Variables = {}): Promise<TestWorker> {
	const stateDir = mkdtempSync(path.join(tmpdir(), "communique-test-"));
	const port = await freePort();
	const variables = readVariables("example", port, over);
	const worker = await startLocalWorker({ port, stateDir, variables, output: "collect" });
	return {
		url: worker.url,
		visitor: createVisitor(worker.url, "dev-publisher-key"),
		async stop() {
			await worker.stop();
			rmSync(stateDir, { recursive: true, force: true });
		},
	};
}

/** The text of one of the two real releases. */
export function example(name: "iij-consultations" | "regional-expert-council"): string {
	return readFileSync(fromRoot("examples", `${name}.txt`), "utf8");
}
