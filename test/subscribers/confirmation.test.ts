import { beforeEach, describe, expect, it, vi } from "vitest";
import { MAIL_WORDS } from "../../src/mail/words.ts";
import type { Language } from "../../src/shared/language.ts";
import { WORDS } from "../../src/shared/words/index.ts";
import { submitConfirmation } from "../../src/subscribers/confirmation.ts";
import {
	addSubscriber,
	confirmNow,
	emptyStores,
	furnishForTest,
	someSignUp,
} from "../support/house.ts";
import { confirmLinks, mailbox, mailTo, signUpByJson } from "./visiting.ts";

// Queues deliver when they will: within a second or so, later on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

beforeEach(emptyStores);

/** A pending subscriber, straight in the stores. */
async function pendingSubscriber(address = "anna@journal.test") {
	const rooms = furnishForTest();
	const wanted = someSignUp({ id: rooms.newId(), address, kinds: ["meeting"] });
	const id = await rooms.subscribers.signUp(wanted, Date.now());
	return { rooms, id: id ?? "" };
}

describe("the mail that asks to confirm", () => {
	it("comes by itself, to the address as it was typed, and is no list's", async () => {
		await signUpByJson({ email: "Anna@journal.test", languages: ["en"] });
		const mail = await mailTo("Anna@journal.test");
		expect(mail.to).toEqual([{ name: "", address: "Anna@journal.test" }]);
		expect(mail.from).toEqual({ name: "Press Office", address: "digest@press.test" });
		const headers = new Map(mail.headers.map(({ key, value }) => [key, value]));
		expect(headers.get("auto-submitted")).toBe("auto-generated");
		expect(headers.get("message-id")).toMatch(/^<confirmation\.[^@>]+@press\.test>$/);
		for (const name of ["list-id", "list-unsubscribe", "cc", "bcc"])
			expect(headers.has(name)).toBe(false);
	});

	it("has one address to confirm at, the same in both parts", async () => {
		await signUpByJson({ email: "anna@journal.test" });
		const links = confirmLinks(await mailTo());
		expect(links.length).toBeGreaterThan(1);
		expect(new Set(links).size).toBe(1);
		expect(links[0]).toMatch(/^https:\/\/press\.test\/subscriptions\/[\w-]+\/confirm$/);
		expect(links[0]).not.toContain("anna");
	});

	it.each(["en", "ru", "uz", "uz-Cyrl"] as const)(
		"says in the first language what was asked for: %s",
		async (language: Language) => {
			const other = language === "en" ? "ru" : "en";
			const fields = { kinds: ["meeting"], languages: [language, other], frequency: "weekly" };
			await signUpByJson({ email: "anna@journal.test", ...fields });
			const mail = await mailTo();
			const { confirmation, kinds, frequencies } = MAIL_WORDS[language];
			expect(mail.subject).toBe(confirmation.subject.replace("{publication}", "Press Office"));
			for (const part of [mail.text, mail.html]) {
				expect(part).toContain(confirmation.heading);
				expect(part).toContain(kinds.meeting.choice);
				expect(part).not.toContain(kinds.consultation.choice);
				expect(part).toContain(frequencies.weekly);
				expect(part).toContain(`${WORDS[language].name}, ${WORDS[other].name}`);
			}
			expect(mail.html).not.toMatch(/<(img|script)\b/i);
		},
	);

	it("comes again when somebody pending or ended asks again, and not to an active one", async () => {
		const rooms = furnishForTest();
		const ended = await addSubscriber(rooms, "ended@journal.test");
		await rooms.subscribers.end(ended, "unsubscribed", Date.now());
		await addSubscriber(rooms, "active@journal.test");
		for (const name of ["active", "ended", "new", "new"])
			await signUpByJson({ email: `${name}@journal.test` });
		await mailTo("new@journal.test", 2);
		await mailTo("ended@journal.test");
		expect((await mailbox()).map(({ to }) => to)).not.toContain("active@journal.test");
	});
});

describe("submitting it", () => {
	it("is left to the queue to repeat where the provider may take it later", async () => {
		const { rooms, id } = await pendingSubscriber();
		rooms.transport.answer = () => [{ kind: "retry", detail: "451 busy" }];
		await expect(submitConfirmation(rooms, id)).rejects.toThrow("did not take");
	});

	it.each(["rejected", "unknown"] as const)("is not repeated where it is %s", async (kind) => {
		const { rooms, id } = await pendingSubscriber();
		rooms.transport.answer = () => [{ kind, detail: "550" }];
		await submitConfirmation(rooms, id);
		expect(rooms.transport.messages).toHaveLength(1);
	});

	it("is not done for who has confirmed or left meanwhile, nor for nobody", async () => {
		const { rooms, id } = await pendingSubscriber();
		await confirmNow(rooms, id);
		await submitConfirmation(rooms, id);
		await rooms.subscribers.end(id, "unsubscribed", Date.now());
		await submitConfirmation(rooms, id);
		await submitConfirmation(rooms, rooms.newId());
		expect(rooms.transport.messages).toEqual([]);
	});
});
