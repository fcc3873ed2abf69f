// Starts the Worker on this machine. PORT and STATE_DIR say where; settings come from .dev.vars
// and from environment variables of the same names.
import path from "node:path";
import { endWhenAsked } from "./local/endings.ts";
import { fromRoot } from "./local/paths.ts";
import { portOf } from "./local/ports.ts";
import {
	ensureOwnSettings,
	FaultySettings,
	readVariables,
	type Variables,
} from "./local/settings.ts";
import { startLocalWorker } from "./local/worker.ts";

const stateDir = path.resolve(process.env.STATE_DIR ?? fromRoot(".wrangler/state"));

endWhenAsked();

try {
	const port = await portOf(process.env.PORT, 8787);
	ensureOwnSettings();
	const variables = readVariables("own", port, process.env as Variables);
	const worker = await startLocalWorker({ port, stateDir, variables, output: "inherit" });
	console.log(`\nCommuniqué is at ${worker.url}`);
	console.log(`  feeds    ${worker.url}/rss.xml  ${worker.url}/feed.json`);
	if (variables.MAIL_TRANSPORT === "mailbox") console.log(`  mail     ${worker.url}/mailbox`);
	console.log("The clock does not tick by itself here. To let it, a day from now (a digest is due");
	console.log("once a day, so give 2 * 864e5 for the next one, and so on):");
	console.log(
		`  curl "${worker.url}/cdn-cgi/handler/scheduled?time=$(node -p 'Date.now() + 864e5')"`,
	);
	process.exitCode = await worker.ended;
} catch (fault) {
	console.error(
		fault instanceof FaultySettings
			? `These settings have to be mended, in .dev.vars or in the environment:\n${fault.message}`
			: String(fault instanceof Error ? fault.message : fault),
	);
	process.exitCode = 1;
}
