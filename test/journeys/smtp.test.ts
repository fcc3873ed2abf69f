import PostalMime, { type Email } from "postal-mime";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Visitor } from "../../scripts/local/visitor.ts";
import { example, startTestWorker, type TestWorker } from "../support/local.ts";
import { startSmtpServer, type TestSmtpServer } from "../support/smtp-server.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const DUE = Date.parse("2027-03-01T04:00:00Z");
const READER = "anna@journal.test";
const STAYER = "bakhtiyor@mission.test";

let smtp: TestSmtpServer;
let worker: TestWorker;
let visitor: Visitor;

beforeAll(async () => {
	smtp = await startSmtpServer();
	worker = await startTestWorker({
		MAIL_TRANSPORT: "smtp",
		SMTP_URL: smtp.url,
		PUBLICATION_TITLE: `Büro "a" $b \\$c 'd'`,
	});
	visitor = worker.visitor;
});

afterAll(async () => {
	await worker?.stop();
	await smtp?.stop();
});

const mailsTo = (address: string) => smtp.taken.filter(({ to }) => to.includes(address));
const headerOf = (email: Email, name: string) =>
	email.headers.find(({ key }) => key === name)?.value ?? "";

async function confirmByMail(address: string): Promise<void> {
	const answer = await visitor.subscribe({ email: address, languages: ["en"] }, "form");
	expect(answer.status).toBe(202);
	const mail = await visitor.until("the confirmation", async () => mailsTo(address)[0]);
	const { text = "" } = await PostalMime.parse(mail.source);
	const link = /https?:\S+\/confirm\b/.exec(text)?.[0] ?? "";
	expect((await visitor.read(link)).text).toContain('<form method="post"');
	expect((await visitor.press(link)).status).toBe(200);
	await visitor.until("the welcome", async () => mailsTo(address)[1]);
}

async function publishExamples(): Promise<void> {
	for (const text of [example("iij-consultations"), example("regional-expert-council")])
		expect((await visitor.publish(text, "text/plain")).status).toBe(201);
}

it("takes both real releases from the press office's text to an inbox over SMTP, and is silent when told", async () => {
	expect(await (await fetch(worker.url)).text()).toContain(
		"<title>Büro &quot;a&quot; $b \\$c &#39;d&#39;</title>",
	);
	await confirmByMail(READER);
	await confirmByMail(STAYER);
	await publishExamples();

	await visitor.tick(DUE);
	await visitor.until(
		"a digest for each",
		async () => mailsTo(READER).length + mailsTo(STAYER).length === 6,
	);
	const mail = mailsTo(READER)[2];
	expect(mail?.from).toBe("digest@press.example.org");
	const email = await PostalMime.parse(mail?.source ?? "");
	for (const part of [email.text ?? "", email.html ?? ""]) {
		expect(part).toContain("Valletta");
		expect(part).toContain("1–2 October 2025");
		expect(part).toContain("14 May 2024");
	}
	expect(headerOf(email, "list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
	expect(headerOf(email, "list-id")).toContain("digest.localhost");

	const url = /^<(http[^>]+\/subscriptions\/[^>]+)>$/.exec(
		headerOf(email, "list-unsubscribe"),
	)?.[1];
	expect((await visitor.press(url ?? "", "List-Unsubscribe=One-Click")).status).toBe(200);
	const follow = {
		title: "A second meeting",
		body: "It will be held.",
		kind: "meeting",
		language: "en",
	};
	expect((await visitor.publish(JSON.stringify(follow), "application/json")).status).toBe(201);
	await visitor.tick(DUE + DAY_MS);
	await visitor.until("the stayer's next digest", async () => mailsTo(STAYER).length === 4);
	expect(mailsTo(READER)).toHaveLength(3);
});
