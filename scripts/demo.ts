// The whole path on the two real releases, on a throw-away store: subscribe, confirm, publish,
// digest, unsubscribe, silence. Stays up to be looked at; with --once it ends after the last check.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import PostalMime, { type Email } from "postal-mime";
import { Temporal } from "temporal-polyfill";
import { civilDateAt } from "../src/shared/dates.ts";
import { endWhenAsked } from "./local/endings.ts";
import { fromRoot } from "./local/paths.ts";
import { freePort } from "./local/ports.ts";
import { readVariables, type Variables } from "./local/settings.ts";
import { createVisitor, type Visitor } from "./local/visitor.ts";
import { startLocalWorker } from "./local/worker.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const READERS = ["anna@journal.example", "bakhtiyor@mission.example"] as const;
const TEXTS = ["iij-consultations.txt", "regional-expert-council.txt"];
const FOLLOW_UP = {
	kind: "meeting",
	language: "en",
	title: "Second meeting of the Regional Expert Council is announced",
	body: "The Regional Expert Council will meet again. Date and place will be given in time.",
};

let step = 0;
function tell(what: string, ...details: string[]): void {
	step += 1;
	console.log(`\n${step}. ${what}`);
	for (const detail of details) console.log(`   ${detail}`);
}

function expect(isTrue: boolean, what: string): void {
	if (!isTrue) throw new Error(`Not so: ${what}`);
}

interface Inferred {
	value: unknown;
	from: string;
}

async function publishTexts(visitor: Visitor): Promise<void> {
	for (const name of TEXTS) {
		const text = readFileSync(fromRoot("examples", name), "utf8");
		const answer = await visitor.publish(text, "text/plain");
		expect(answer.status === 201, `publishing ${name} answers 201: ${answer.text}`);
		const { release, inferred } = JSON.parse(answer.text);
		const read = (Object.entries(inferred) as [string, Inferred][])
			.filter(([field]) => field !== "title" && field !== "summary")
			.map(
				([field, { value, from }]) =>
					`${field}: ${JSON.stringify(value)}, read from “${shorten(from)}”`,
			);
		tell(`Published examples/${name} as plain text`, release.title, release.url, ...read);
	}
}

function shorten(words: string): string {
	return words.length > 70 ? `${words.slice(0, 69)}…` : words;
}

async function waitForFeeds(visitor: Visitor, origin: string, releases: number): Promise<void> {
	const feed = await visitor.until(`${releases} releases in the feed`, async () => {
		const answer = await visitor.read("/feed.json");
		const { items } = JSON.parse(answer.text) as { items: { title: string }[] };
		return items.length === releases ? items : undefined;
	});
	const rss = await visitor.read("/rss.xml");
	expect(rss.text.split("<item>").length - 1 === releases, "the RSS feed has them too");
	tell(`Both feeds have ${feed.length} releases`, `${origin}/rss.xml`, `${origin}/feed.json`);
}

async function subscribe(
	visitor: Visitor,
	origin: string,
	address: string,
	as: "form" | "json",
): Promise<void> {
	const fields = { email: address, kinds: ["consultation", "meeting"], languages: ["en"] };
	const answer = await visitor.subscribe(fields, as);
	expect(answer.status === 202, `signing up ${address} answers 202: ${answer.text}`);
	const [mail] = await visitor.until(`a confirmation mail for ${address}`, async () => {
		const mails = await mailFor(visitor, address);
		return mails.length > 0 ? mails : undefined;
	});
	const link = /https?:\S+\/confirm\b/.exec(mail?.email.text ?? "")?.[0];
	expect(link !== undefined, "the mail has a confirmation link");
	const page = await visitor.read(link as string);
	expect(page.text.includes('method="post"'), "the link opens a page with a button");
	expect((await visitor.press(link as string)).status === 200, "the button confirms");
	const welcome = await visitor.until(`a welcome for ${address}`, async () =>
		(await mailFor(visitor, address)).find(({ url }) => url !== mail?.url),
	);
	tell(
		`${address} signed up (${as}), got a mail, pressed its button, was welcomed`,
		`the mail: ${origin}${mail?.url}`,
		`the welcome: ${origin}${welcome.url}`,
	);
}

interface ReadMail {
	readonly url: string;
	readonly email: Email;
}

async function mailFor(visitor: Visitor, address: string): Promise<ReadMail[]> {
	const lines = (await visitor.mail()).filter(({ to }) => to === address);
	return Promise.all(
		lines.map(async ({ id }) => ({
			url: `/mailbox/${id}`,
			email: await PostalMime.parse(await visitor.source(id)),
		})),
	);
}

async function digestsFor(visitor: Visitor, address: string): Promise<ReadMail[]> {
	const mails = await mailFor(visitor, address);
	return mails.filter(({ email }) => email.messageId?.startsWith("<daily-"));
}

/** The first moment after `from` at which a daily digest is due. */
function nextDue(from: number, { TIME_ZONE = "UTC", DIGEST_HOUR = "9" }: Variables): number {
	const tomorrow = civilDateAt(from + DAY_MS, TIME_ZONE);
	const hour = DIGEST_HOUR.padStart(2, "0");
	return Temporal.ZonedDateTime.from(`${tomorrow}T${hour}:00[${TIME_ZONE}]`).epochMilliseconds;
}

async function demonstrate(visitor: Visitor, origin: string, variables: Variables): Promise<void> {
	const [anna, bakhtiyor] = READERS;
	await subscribe(visitor, origin, anna, "form");
	await subscribe(visitor, origin, bakhtiyor, "json");
	await publishTexts(visitor);
	await waitForFeeds(visitor, origin, 2);

	const due = nextDue(Date.now(), variables);
	await visitor.tick(due);
	const digests = await visitor.until("two digests", async () => {
		const all = await Promise.all(READERS.map((address) => digestsFor(visitor, address)));
		return all.every(({ length }) => length === 1) ? all.flat() : undefined;
	});
	await visitor.tick(due);
	const urls = digests.map(({ url }) => origin + url);
	tell(
		"The clock came due, twice: one digest for each reader",
		digests[0]?.email.subject ?? "",
		...urls,
	);

	const header = digests[0]?.email.headers.find(({ key }) => key === "list-unsubscribe")?.value;
	const link = /<(https?:[^>]+)>/.exec(header ?? "")?.[1] as string;
	const left = await visitor.press(link, "List-Unsubscribe=One-Click");
	expect(left.status === 200, "the one-click unsubscribe answers 200");
	tell(`${anna} unsubscribed with one click (RFC 8058)`, link);

	const posted = await visitor.publish(JSON.stringify(FOLLOW_UP), "application/json");
	expect(posted.status === 201, `a third release is published: ${posted.text}`);
	await visitor.tick(due + DAY_MS);
	await visitor.until("the next digest", async () => {
		return (await digestsFor(visitor, bakhtiyor)).length === 2;
	});
	const toAnna = await digestsFor(visitor, anna);
	expect(toAnna.length === 1, `no mail to ${anna} after she left`);
	tell(`The next day's digest went to ${bakhtiyor} alone`, `${origin}/mailbox`);

	console.log("\nDone:");
	console.log(`  ${TEXTS.length} releases published from plain text`);
	console.log(`  ${digests.length} digests submitted`);
	console.log("  1 unsubscribe");
	console.log(`  ${toAnna.length - 1} mails after it`);
}

endWhenAsked();
const port = await freePort(Number(process.env.PORT || 8787));
const stateDir = mkdtempSync(path.join(tmpdir(), "communique-demo-"));
process.once("exit", () => rmSync(stateDir, { recursive: true, force: true }));
const variables = readVariables("example", port, {});
console.log("Starting Communiqué on a throw-away store …");
const worker = await startLocalWorker({ port, stateDir, variables, output: "collect" });
try {
	await demonstrate(createVisitor(worker.url, "dev-publisher-key"), worker.url, variables);
	if (process.argv.includes("--once")) await worker.stop();
	else {
		console.log(`\nLook around: ${worker.url}  ${worker.url}/mailbox   (Ctrl-C ends it)`);
		await worker.ended;
	}
} catch (fault) {
	console.error(
		`\nThe demo failed at step ${step + 1}. ${fault instanceof Error ? fault.message : fault}`,
	);
	console.error(`The Worker's last words:\n${worker.printed().slice(-3000)}`);
	await worker.stop();
	process.exitCode = 1;
}
