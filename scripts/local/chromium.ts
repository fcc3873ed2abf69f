import { type Browser, chromium } from "playwright-core";

/** Where Debian puts it. */
export const CHROMIUM = "/usr/bin/chromium";

/** So that Chromium runs as root, and asks nobody elsewhere for anything. */
const QUIET = [
	"--no-sandbox",
	"--disable-quic",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	"--no-first-run",
];

/** Starts Chromium without a window; `flags` are put behind those that it always has. */
export function launchChromium(...flags: string[]): Promise<Browser> {
	return chromium.launch({ executablePath: CHROMIUM, args: [...QUIET, ...flags] });
}
