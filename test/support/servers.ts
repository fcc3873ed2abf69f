import type { TestProject } from "vitest/node";
import { startRudeSmtpServer } from "./rude-smtp-server.ts";

/** Starts the servers that tests inside workerd talk to, and ends them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const rude = await startRudeSmtpServer();
	project.provide("rudeSmtpPort", rude.port);
	return () => rude.stop();
}
