import { env } from "cloudflare:workers";
import PostalMime from "postal-mime";
import { beforeEach, expect, it } from "vitest";
import { createMailbox } from "../../src/mail/mailbox.ts";
import type { Message } from "../../src/mail/transport.ts";
import { emptyStores } from "../support/house.ts";
import { someMessage } from "./messages.ts";

const NOW = Date.parse("2026-11-23T04:00:00Z");

beforeEach(emptyStores);

function openMailbox(kv = env.DOCUMENTS) {
	let now = NOW;
	const mailbox = createMailbox(kv, { clock: () => now, newId: () => crypto.randomUUID() });
	const submitAt = (moment: number, ...messages: Message[]) => {
		now = moment;
		return mailbox.open().submit(messages);
	};
	return { mailbox, submitAt };
}

it("lists the newest first, whatever order they came in", async () => {
	const { mailbox, submitAt } = openMailbox();
	for (const [subject, seconds] of [
		["second", 1],
		["third", 2],
		["first", 0],
		["last", 1_000_000],
	] as const)
		await submitAt(NOW + seconds * 1000, someMessage({ subject }));
	const entries = await mailbox.list();
	expect(entries.map(({ subject }) => subject)).toEqual(["last", "third", "second", "first"]);
	expect(entries.at(-1)).toMatchObject({
		to: "anna@journal.test",
		date: "2026-11-23T04:00:00.000Z",
	});
});

it("keeps the whole source of each, and two that came at the same time", async () => {
	const { mailbox, submitAt } = openMailbox();
	const messages = ["Встреча", "Consultation"].map((subject) => someMessage({ subject }));
	expect(await submitAt(NOW, ...messages)).toEqual([{ kind: "submitted" }, { kind: "submitted" }]);
	const entries = await mailbox.list();
	expect(entries).toHaveLength(2);
	for (const { id, subject } of entries) {
		const mail = await PostalMime.parse((await mailbox.read(id)) ?? "");
		expect(mail.subject).toBe(subject);
	}
});

it("takes a message with the longest title and address there may be", async () => {
	const { mailbox, submitAt } = openMailbox();
	const subject = "ж".repeat(400);
	const to = `${"a".repeat(64)}@${`${"b".repeat(60)}.`.repeat(3)}abc.te`;
	expect(await submitAt(NOW, someMessage({ subject, to }))).toEqual([{ kind: "submitted" }]);
	const [entry] = await mailbox.list();
	expect(entry?.to).toBe(to);
	expect(entry?.subject).toMatch(/^ж+…$/);
	const mail = await PostalMime.parse((await mailbox.read(entry?.id ?? "")) ?? "");
	expect(mail.subject).toBe(subject);
});

it("lists 100 at most, and reads nothing of what is not there", async () => {
	const { mailbox, submitAt } = openMailbox();
	for (let hundred = 0; hundred < 11; hundred += 1)
		await submitAt(NOW + hundred, ...Array.from({ length: 10 }, () => someMessage()));
	expect(await mailbox.list()).toHaveLength(100);
	expect(await mailbox.read("no-such-message")).toBeNull();
});

it("asks for another attempt where a message could not be kept", async () => {
	const away = new Proxy(env.DOCUMENTS, {
		get: (target, name) =>
			name === "put"
				? () => Promise.reject(new Error("away"))
				: Reflect.get(target, name).bind(target),
	});
	expect(await openMailbox(away).submitAt(NOW, someMessage())).toEqual([
		{ kind: "retry", detail: "Error: away" },
	]);
});
