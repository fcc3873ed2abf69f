import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../local/ports.ts";
import { readVariables } from "../local/settings.ts";
import { createVisitor, type Visitor } from "../local/visitor.ts";
import { restartLocalWorker, startLocalWorker } from "../local/worker.ts";
import { createOperator, type Operator } from "./operator.ts";

const KEY = "dev-publisher-key";

/** A local Worker on a throw-away store, to be killed and started again, at one address. */
export interface Press {
	readonly stateDir: string;
	readonly visitor: Visitor;
	readonly operator: Operator;
	crash(): Promise<void>;
	restart(): Promise<void>;
	/** What it has printed since it was last started. */
	printed(): string;
	/** Ends it, and throws its store away. */
	close(): Promise<void>;
}

/** @param smtpUrl where it submits mail. */
export async function openPress(smtpUrl: string): Promise<Press> {
	const stateDir = mkdtempSync(path.join(tmpdir(), "communique-crash-"));
	const forget = () => rmSync(stateDir, { recursive: true, force: true });
	process.once("exit", forget);
	const port = await freePort();
	const variables = readVariables("example", port, { MAIL_TRANSPORT: "smtp", SMTP_URL: smtpUrl });
	const options = { port, stateDir, variables, output: "collect", isOwnGroup: true } as const;
	let worker = await startLocalWorker(options);
	return {
		stateDir,
		visitor: createVisitor(worker.url, KEY),
		operator: createOperator(worker.url, KEY),
		crash: () => worker.crash(),
		async restart() {
			worker = await restartLocalWorker(options);
		},
		printed: () => worker.printed(),
		async close() {
			await worker.stop();
			forget();
			process.off("exit", forget);
		},
	};
}
