import type { TestProject } from "vitest/node";
import { startHub } from "./hub-server.ts";
import { startProviders } from "./provider-server.ts";
import { startRudeSmtpServer } from "./rude-smtp-server.ts";

/** Starts the servers that tests inside workerd talk to, and ends them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const [rude, hub] = [await startRudeSmtpServer(), await startHub()];
	const providers = await startProviders();
	project.provide("rudeSmtpPorts", rude.ports);
	project.provide("rudeSmtpHeardPort", rude.heardPort);
	project.provide("hubPort", hub.port);
	project.provide("providerPort", providers.port);
	project.provide("providerTlsPorts", providers.tlsPorts);
	return async () => {
		await rude.stop();
		await hub.stop();
		await providers.stop();
	};
}
