import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import PostalMime from "postal-mime";
import { run } from "./program.ts";
import type { Reader, Shown } from "./reader.ts";

const SETTINGS = (home: string) => `[DEFAULT]
email-protocol = maildir
maildir-path = ${home}
maildir-mailbox = mail
from = press@press.test
to = reader@reader.test
html-mail = True
`;

/** rss2email (https://github.com/rss2email/rss2email), which puts its mails into a maildir. */
export const rss2email: Reader = {
	async subscribe(home, address) {
		writeFileSync(path.join(home, "config"), SETTINGS(home));
		await r2e(home, "add", "press", address);
	},

	async refresh(home) {
		await r2e(home, "run");
	},

	async shown(home) {
		const folder = path.join(home, "mail", "new");
		const files = readdirSync(folder).map((name) => readFileSync(path.join(folder, name)));
		return Promise.all(files.map(toShown));
	},
};

async function r2e(home: string, ...given: string[]): Promise<void> {
	await run("/usr/bin/r2e", ["--config", "config", "--data", "data", ...given], { home });
}

async function toShown(mail: Buffer): Promise<Shown> {
	const { subject: title = "", headers } = await PostalMime.parse(mail);
	const header = (name: string) => headers.find(({ key }) => key === name)?.value ?? "";
	return { id: header("x-rss-id"), title, url: header("x-rss-url") };
}
