import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { describe } from "vitest";

const CHROMIUM = "/usr/bin/chromium";

/**
 * A suite that needs Debian's Chromium. Where it is missing, a person's test run leaves the suite out
 * and says so at its end; in CI its tests fail.
 */
export const describeInBrowser = describe.skipIf(!existsSync(CHROMIUM) && !process.env.CI);

export function launchBrowser(): Promise<Browser> {
	return chromium.launch({
		executablePath: CHROMIUM,
		args: [
			"--no-sandbox",
			"--disable-quic",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
			"--no-first-run",
		],
	});
}
