import PostalMime from "postal-mime";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestWorker, type TestWorker } from "../support/local.ts";

const READER = "anna@journal.test";

let worker: TestWorker;

beforeAll(async () => {
	worker = await startTestWorker({ UNSUBSCRIBE_ADDRESS: "unsubscribe@press.test" });
});

afterAll(() => worker?.stop());

/** Gives the Worker a mail as Email Routing does. Returns whether it was taken. */
async function receive(from: string, to: string): Promise<boolean> {
	const query = new URLSearchParams({ from, to });
	const lines = [`From: <${from}>`, `To: <${to}>`, "Message-ID: <1@journal.test>", "", ""];
	const body = lines.join("\r\n");
	const answer = await fetch(`${worker.url}/cdn-cgi/handler/email?${query}`, {
		method: "POST",
		body,
	});
	const text = await answer.text();
	expect(text).toMatch(/processed|rejected/);
	return answer.ok;
}

async function newestMail(subject: RegExp) {
	const { visitor } = worker;
	const line = await visitor.until(`a mail like ${subject}`, async () =>
		(await visitor.mail()).find((mail) => subject.test(mail.subject)),
	);
	return PostalMime.parse(await visitor.source(line.id));
}

it("unsubscribes whoever mails to the address in a mail's List-Unsubscribe", async () => {
	const { visitor } = worker;
	await visitor.subscribe({ email: READER, languages: ["en"] }, "json");
	const { text = "" } = await newestMail(/^Confirm/);
	await visitor.press(/https?:\S+\/confirm\b/.exec(text)?.[0] ?? "");
	const welcome = await newestMail(/^You are subscribed/);
	const header = welcome.headers.find(({ key }) => key === "list-unsubscribe")?.value ?? "";
	const mailbox = /<mailto:([^>]+)>/.exec(header)?.[1] ?? "";
	expect(mailbox).toMatch(/^unsubscribe\+[0-9a-v]{48}@press\.test$/);

	expect(await receive(READER, mailbox.replace(/.@/, "!@"))).toBe(false);
	expect(await receive(READER, mailbox)).toBe(true);

	// Whoever has left is asked to confirm again; who is subscribed is not.
	await visitor.subscribe({ email: READER, languages: ["en"] }, "json");
	await visitor.until("a second confirmation", async () => {
		const mails = (await visitor.mail()).filter(({ subject }) => subject.startsWith("Confirm"));
		return mails.length === 2;
	});
});
