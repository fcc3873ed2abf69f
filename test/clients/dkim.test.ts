import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromRoot } from "../../scripts/local/paths.ts";
import { joinBytes } from "../../src/mail/bytes.ts";
import { signMime } from "../../src/mail/dkim.ts";
import { type DkimKey, parseDkimKeys } from "../../src/mail/dkim-keys.ts";
import { mimeOf } from "../../src/mail/ready-mime.ts";
import type { Message } from "../../src/mail/transport.ts";
import { someMessage } from "../mail/messages.ts";
import { describeWith } from "../support/describe-with.ts";
import { makeHome, run } from "./program.ts";

const DOMAIN = "press.test";

/** What `npm run dkim` prints: the record of the DNS, and the setting. */
function makeKey(...words: string[]) {
	const script = fromRoot("scripts", "dkim.ts");
	const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], {
		encoding: "utf8",
	});
	const record = /^ {2}(".+")$/m.exec(stdout)?.[1] ?? "";
	const setting = /^ {2}(\S+:\S+)$/m.exec(stdout)?.[1] ?? "";
	return { status, stdout, stderr, record, setting };
}

function keysOf(settings: string): readonly DkimKey[] {
	const keys = parseDkimKeys(settings, DOMAIN);
	if (!keys.ok) throw new Error(keys.error);
	return keys.value;
}

/** A TXT record as a resolver hands it out: its strings joined. */
const joined = (record: string) => record.slice(1, -1).replaceAll('" "', "");

describe("npm run dkim", () => {
	it.each([
		[["press2027"], /^v=DKIM1; k=rsa; p=[\w+/=]{380,}$/, "rsa-sha256"],
		[["press-ed", "--ed25519"], /^v=DKIM1; k=ed25519; p=[\w+/]{43}=$/, "ed25519-sha256"],
	])("prints a record to publish and a setting: %s", (words, published, algorithm) => {
		const { status, stdout, stderr, record, setting } = makeKey(...words);
		expect([status, stderr]).toEqual([0, ""]);
		expect(joined(record)).toMatch(published);
		for (const string of record.split('" "')) expect(string.length).toBeLessThan(258);
		expect(stdout).toContain(`${words[0]}._domainkey.`);
		expect(keysOf(setting)).toMatchObject([{ selector: words[0], domain: DOMAIN, algorithm }]);
		expect(makeKey(...words).setting).not.toBe(setting);
	});

	it.each([[[]], [["--ed25519"]], [["a b"]], [["a,b"]], [["a:b"]], [["a", "b"]], [["a", "--rsa"]]])(
		"refuses %j in one clear line",
		(words) => {
			const { status, stdout, stderr } = makeKey(...words);
			expect([status, stdout]).toEqual([1, ""]);
			expect(stderr).toMatch(/^No key was made: .+\.\n.+\n$/);
		},
	);
});

describeWith("dkim", "nacl")("python3-dkim", () => {
	const rsa = makeKey("rsa");
	const ed = makeKey("ed", "--ed25519");
	const records = {
		[`rsa._domainkey.${DOMAIN}`]: joined(rsa.record),
		[`ed._domainkey.${DOMAIN}`]: joined(ed.record),
	};
	const keys = keysOf(`${rsa.setting},${ed.setting}`);
	let home: string;
	beforeAll(() => {
		home = makeHome();
	});
	afterAll(() => rmSync(home, { recursive: true, force: true }));

	/** Whether each signature of each mail is good. */
	async function verify(mails: readonly Uint8Array[]): Promise<boolean[][]> {
		const script = path.join(import.meta.dirname, "verify_dkim.py");
		const input = JSON.stringify(
			mails.map((mime) => ({ mime: Buffer.from(mime).toString("base64"), records })),
		);
		return JSON.parse(await run("/usr/bin/python3", [script], { input, home }));
	}

	const signed = async (over: Partial<Message> = {}, by = keys) =>
		joinBytes(signMime(await mimeOf(someMessage(over)), by));

	const list = {
		id: "digest.press.test",
		title: "Press Office",
		unsubscribeUrl: `https://press.test/subscriptions/${"Ab_-9".repeat(40)}/unsubscribe`,
		unsubscribeMailbox: "leave+token@press.test",
		feedbackId: "run:en:digest:communique",
	};
	const russian = {
		subject: `Встреча экспертного совета в Ташкенте: «реабилитация», ${"14 мая ".repeat(20)}`,
		from: { name: "Пресс-служба", address: "digest@press.test" },
		language: "ru",
		list,
	};

	it("finds both signatures good, whatever is signed", async () => {
		const text = "Слово = 100%  два \t пробела \n.\n\n\n";
		const pieces = { pieces: [text.repeat(50), "конец  \n\n"], places: ["leave"] };
		const { list: _, ...personal } = someMessage();
		const mails = [
			await signed(),
			await signed(russian),
			await signed({ ...russian, text, html: `<p>${text.repeat(30)}</p>` }),
			await signed({ common: { html: pieces, text: pieces, values: { leave: "a  b&amp;c" } } }),
			joinBytes(signMime(await mimeOf(personal), keys)),
		];
		expect(await verify(mails)).toEqual(mails.map(() => [true, true]));
		const alone = [await signed({}, keys.slice(0, 1)), await signed({}, keys.slice(1))];
		expect(await verify(alone)).toEqual([[true], [true]]);
	});

	it("finds them good where a body has white space and empty lines of every kind", async () => {
		const bodies = ["", "\r\n", "\r\n\r\n", "a", "a \t b  \r\n \t\r\n\r\n \r\n", " \r\n\r\n a\tb"];
		const head =
			"From: a@press.test\r\nSubject:   a  \t b \r\n\t c  \r\nTo: b@journal.test\r\n\r\n";
		const mails = bodies.map((body) => joinBytes(signMime([Buffer.from(head + body)], keys)));
		expect(await verify(mails)).toEqual(bodies.map(() => [true, true]));
	});

	it.each([
		["From", "From: Other <other@press.test>"],
		["To", "To: boris@journal.test"],
		["Subject", "Subject: Other"],
		["Date", "Date: Mon, 23 Nov 2026 04:00:01 +0000"],
		["Message-ID", "Message-ID: <other@press.test>"],
		["MIME-Version", "MIME-Version: 2.0"],
		["Content-Type", "Content-Type: text/plain"],
		["Content-Language", "Content-Language: uz"],
		["Auto-Submitted", "Auto-Submitted: no"],
		["List-ID", "List-ID: <other.press.test>"],
		["List-Unsubscribe", "List-Unsubscribe: <https://other.test/>"],
		["List-Unsubscribe-Post", "List-Unsubscribe-Post: List-Unsubscribe=Two-Clicks"],
		["Feedback-ID", "Feedback-ID: other"],
	])("finds neither good where %s was altered or taken away", async (name, altered) => {
		const source = Buffer.from(await signed(russian)).toString("latin1");
		const header = new RegExp(`^${name}:.*(?:\\r\\n[ \\t].*)*`, "m");
		expect(source).toMatch(header);
		const mails = [source.replace(header, altered), source.replace(header, "X-Was: here")];
		expect(await verify(mails.map((mail) => Buffer.from(mail, "latin1")))).toEqual([
			[false, false],
			[false, false],
		]);
	});

	it("finds neither good where the body was altered, or a second sender put in front", async () => {
		const source = Buffer.from(await signed()).toString("latin1");
		const mails = [source.replace("A meeting", "A parting"), `From: x@other.test\r\n${source}`];
		expect(await verify(mails.map((mail) => Buffer.from(mail, "latin1")))).toEqual([
			[false, false],
			[false, false],
		]);
	});
});
