import { execFile, spawnSync } from "node:child_process";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromRoot } from "../../scripts/local/paths.ts";
import { freePort } from "../../scripts/local/ports.ts";
import { startDnsServer, type TestDns } from "../support/dns-server.ts";
import { startTestWorker, type TestWorker } from "../support/local.ts";
import { startSmtpServer, type TestSmtpServer } from "../support/smtp-server.ts";

const KEY = "dev-publisher-key";
const EDITOR = "editor@press.example.org";
const DOMAIN = "press.example.org";

let smtp: TestSmtpServer;
let worker: TestWorker;
let complete: TestDns;
let empty: TestDns;

beforeAll(async () => {
	const dkim = makeDkim("autumn");
	smtp = await startSmtpServer();
	complete = await startDnsServer({
		txt: {
			[DOMAIN]: ["v=spf1 include:mail.example.net ~all"],
			[`autumn._domainkey.${DOMAIN}`]: [dkim.record],
			[`_dmarc.${DOMAIN}`]: ["v=DMARC1; p=quarantine"],
		},
		mx: { [DOMAIN]: [`mx.${DOMAIN}`] },
	});
	empty = await startDnsServer({});
	worker = await startTestWorker({
		MAIL_TRANSPORT: "smtp",
		SMTP_URL: smtp.url,
		DKIM_KEYS: dkim.setting,
		BOUNCE_ADDRESS: `bounces@${DOMAIN}`,
		UNSUBSCRIBE_ADDRESS: `unsubscribe@${DOMAIN}`,
		PUBLICATION_URL: `https://${DOMAIN}`,
	});
});

afterAll(async () => {
	await worker?.stop();
	await Promise.all([smtp?.stop(), complete?.stop(), empty?.stop()]);
});

/** A key as `npm run dkim` prints it: what is published, its strings joined, and what is set. */
function makeDkim(selector: string): { record: string; setting: string } {
	const { stdout } = spawnSync(process.execPath, [fromRoot("scripts", "dkim.ts"), selector], {
		encoding: "utf8",
	});
	const line = (start: string) =>
		stdout.split("\n").find((one) => one.startsWith(`  ${start}`)) ?? "";
	const strings = [...line('"').matchAll(/"([^"]*)"/g)].map(([, string]) => string);
	return { record: strings.join(""), setting: line(`${selector}:`).trim() };
}

/** `npm run mail:check`. The servers that it asks live in this process, so it must not be waited for in one go. */
function check(words: readonly string[], key = KEY) {
	const script = [fromRoot("scripts", "mail-check.ts"), ...words];
	const env = { ...process.env, OPERATOR_KEY: key };
	return new Promise<{ status: number; told: string; refused: string }>((resolve) => {
		const child = execFile(process.execPath, script, { env }, (_fault, told, refused) =>
			resolve({ status: child.exitCode ?? -1, told, refused }),
		);
	});
}

const checkAt = (dns: TestDns, to = EDITOR) => check([to, "--at", worker.url, "--dns", dns.server]);

describe("npm run mail:check", () => {
	it("submits a message, signed with the key of npm run dkim, and finds nothing missing", async () => {
		const before = smtp.taken.length;
		const { status, told, refused } = await checkAt(complete);
		expect([status, refused]).toEqual([0, ""]);
		expect(told).not.toMatch(/^[✗!]/m);
		for (const what of ["SPF", "DKIM", "DMARC", "MX", "Unsubscribing", "Failures and complaints"])
			expect(told).toMatch(new RegExp(`^✓ ${what}: `, "m"));
		expect(told).toContain("Nothing is missing.");
		const [mail, ...others] = smtp.taken.slice(before);
		expect([mail?.to, others]).toEqual([[EDITOR], []]);
		const { messageId, headers } = await PostalMime.parse(mail?.source ?? "");
		expect(told).toContain(
			`The transport took the message to ${EDITOR} (Message-ID ${messageId?.slice(1, -1)})`,
		);
		const signature = headers.find(({ key }) => key === "dkim-signature")?.value;
		expect(signature).toMatch(/d=press\.example\.org;\s*s=autumn;/);
	});

	it("tells all that the DNS lacks, each with what to publish", async () => {
		const { status, told } = await checkAt(empty);
		expect(status).toBe(1);
		const missing = [...told.matchAll(/^✗ (\w+): .+\n {4}(.+)$/gm)].map(([, what, advice]) => [
			what,
			advice,
		]);
		expect(missing).toEqual([
			["SPF", expect.stringContaining('"v=spf1 ')],
			["DKIM", expect.stringContaining("npm run dkim")],
			["DMARC", expect.stringContaining('"v=DMARC1; p=none;')],
		]);
		expect(told).toContain("Missing: 3. docs/operations.md tells how to mend it.");
	});

	it("tells that the DNS does not answer, and all else", async () => {
		const { status, told } = await check([
			EDITOR,
			"--at",
			worker.url,
			"--dns",
			`127.0.0.1:${await freePort()}`,
		]);
		expect(status).toBe(1);
		expect(told).toMatch(/^✗ SPF: the DNS does not answer \(ECONNREFUSED\)\n {4}.*--dns/m);
		expect(told).toMatch(/^✓ Unsubscribing: /m);
	});

	it.each([
		["no key", [EDITOR], "", "OPERATOR_KEY"],
		["no address", [], KEY, "one address"],
		["two addresses", [EDITOR, "anna@journal.test"], KEY, "one address"],
		["an option that there is not", [EDITOR, "--to", "x"], KEY, "--to"],
		["no address of the Worker", [EDITOR, "--at", "press.example.org"], KEY, "--at must be"],
		["no name server", [EDITOR, "--dns", "dns.example.net"], KEY, "--dns must be"],
	])("asks for what it needs, given %s", async (_what, words, key, named) => {
		const { status, told, refused } = await check(words, key);
		expect([status, told]).toEqual([1, ""]);
		expect(refused).toMatch(/^Mail was not checked: .+\.\nOPERATOR_KEY=…/);
		expect(refused).toContain(named);
	});

	it("says what to do where the Worker is away, refuses the key, or the address", async () => {
		const away = await check([EDITOR, "--at", `http://127.0.0.1:${await freePort()}`]);
		expect([away.status, away.told]).toEqual([1, ""]);
		expect(away.refused).toMatch(/nobody answers at http:\S+ give the Worker's address with --at/);
		const stranger = await check([EDITOR, "--at", worker.url], "another-key");
		expect([stranger.status, stranger.told]).toEqual([1, ""]);
		expect(stranger.refused).toContain("is not a publisher's key");
		const nobody = await checkAt(complete, "editor");
		expect(nobody.status).toBe(1);
		expect(nobody.refused).toContain("email must be an e-mail address");
	});

	it("says what the transport said where the provider is down", async () => {
		await smtp.stop();
		const { status, told } = await checkAt(complete);
		expect(status).toBe(1);
		expect(told).toMatch(
			/^✗ The transport did not take the message to \S+: retry: .*ECONNREFUSED.*\n {4}Mend/m,
		);
		expect(told).toContain("Missing: 1.");
	});
});
