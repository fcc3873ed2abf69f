// Starts the Worker on this machine. PORT and STATE_DIR say where; settings come from .dev.vars
// and from environment variables of the same names.
import path from "node:path";
import { endWhenAsked } from "./local/endings.ts";
import { fromRoot } from "./local/paths.ts";
import {
	ensureOwnSettings,
	FaultySettings,
	readVariables,
	type Variables,
} from "./local/settings.ts";
import { startLocalWorker } from "./local/worker.ts";

const port = Number(process.env.PORT ?? 8787);
const stateDir = path.resolve(process.env.STATE_DIR ?? fromRoot(".wrangler/state"));

endWhenAsked();

try {
	ensureOwnSettings();
	const variables = readVariables("own", port, process.env as Variables);
	const worker = await startLocalWorker({ port, stateDir, variables, output: "inherit" });
	console.log(`\nCommuniqué is at ${worker.url}`);
	console.log(`  feeds    ${worker.url}/rss.xml  ${worker.url}/feed.json`);
	if (variables.MAIL_TRANSPORT === "mailbox") console.log(`  mail     ${worker.url}/mailbox`);
	console.log(`  the clock does not tick by itself here; to let it:`);
	console.log(`  curl '${worker.url}/cdn-cgi/handler/scheduled'`);
	process.exitCode = await worker.ended;
} catch (fault) {
	console.error(
		fault instanceof FaultySettings
			? `These settings have to be mended, in .dev.vars or in the environment:\n${fault.message}`
			: String(fault instanceof Error ? fault.message : fault),
	);
	process.exitCode = 1;
}
