import { type Browser, chromium } from "playwright-core";
import { describeWith } from "./describe-with.ts";
import { PROGRAMS } from "./programs.ts";

/** A suite that needs Debian's Chromium. */
export const describeInBrowser = describeWith("chromium");

export function launchBrowser(): Promise<Browser> {
	return chromium.launch({
		executablePath: PROGRAMS.chromium.file,
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
