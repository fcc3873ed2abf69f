import { existsSync } from "node:fs";
import { CHROMIUM } from "../../scripts/local/chromium.ts";

/** Debian's programs that tests use: a file by which each is known, and the package that brings it. */
export const PROGRAMS = {
	chromium: { file: CHROMIUM, from: "chromium" },
	dkim: { file: "/usr/lib/python3/dist-packages/dkim", from: "python3-dkim" },
	feedparser: { file: "/usr/lib/python3/dist-packages/feedparser", from: "python3-feedparser" },
	icalendar: { file: "/usr/lib/python3/dist-packages/icalendar", from: "python3-icalendar" },
	khal: { file: "/usr/bin/khal", from: "khal" },
	nacl: { file: "/usr/lib/python3/dist-packages/nacl", from: "python3-nacl" },
	newsboat: { file: "/usr/bin/newsboat", from: "newsboat" },
	rss2email: { file: "/usr/bin/r2e", from: "rss2email" },
	spamassassin: { file: "/usr/bin/spamassassin", from: "spamassassin" },
	sfeed: { file: "/usr/bin/sfeed", from: "sfeed" },
} as const;
export type Program = keyof typeof PROGRAMS;

export function isMissing(program: Program): boolean {
	return !existsSync(PROGRAMS[program].file);
}
