import { beforeEach, describe, expect, it, vi } from "vitest";
import { MAIL_WORDS } from "../../src/mail/words.ts";
import { LANGUAGES } from "../../src/shared/language.ts";
import { WORDS } from "../../src/shared/words/index.ts";
import { submitWelcome } from "../../src/subscribers/welcome.ts";
import { DAY_MS, MONDAY, openDesk } from "../support/desk.ts";
import { addSubscriber, emptyStores, furnishForTest, publishText } from "../support/house.ts";
import { linkTo, press, subscribe, takeMails } from "./life.ts";
import { rowOf } from "./visiting.ts";

vi.setConfig({ testTimeout: 20_000 });

beforeEach(emptyStores);

const ADDRESS = "anna@journal.test";

describe("the mail that follows a confirmation", () => {
	it.each(LANGUAGES)("says in the first language what is wanted: %s", async (language) => {
		const desk = openDesk();
		const other = language === "en" ? "ru" : "en";
		const fields = { kinds: ["meeting"], languages: [language, other], frequency: "weekly" };
		const mail = await subscribe(desk, ADDRESS, fields);
		const { welcome, kinds, frequencies, footer } = MAIL_WORDS[language];
		expect(mail?.subject).toBe(welcome.subject.replace("{publication}", "Press Office"));
		expect(mail?.language).toBe(language);
		for (const part of [mail?.text, mail?.html]) {
			for (const words of [welcome.heading, welcome.manage, footer.unsubscribe])
				expect(part).toContain(words);
			expect(part).toContain(kinds.meeting.choice);
			expect(part).not.toContain(kinds.consultation.choice);
			expect(part).toContain(frequencies.weekly);
			expect(part).toContain(`${WORDS[language].name}, ${WORDS[other].name}`);
			expect(part).not.toContain(ADDRESS);
		}
		expect(mail?.html).not.toMatch(/<(img|script)\b/i);
	});

	it("links the last five releases of one's kinds and languages, each story once", async () => {
		const desk = openDesk();
		for (const number of [1, 2, 3, 4, 5, 6])
			await publishText(desk.rooms, { title: `Meeting number ${number}` });
		await publishText(desk.rooms, { title: "Встреча шесть", language: "ru", story: "six" });
		await publishText(desk.rooms, { title: "Six in English", story: "six" });
		await publishText(desk.rooms, { title: "For others", kind: "announcement" });
		await publishText(desk.rooms, { title: "Boshqalar uchun", language: "uz" });
		const mail = await subscribe(desk, ADDRESS, { languages: ["ru", "en"] });
		const shown = [...(mail?.text ?? "").matchAll(/^\* (.+)\n {2}(\S+)$/gm)];
		expect(shown.map(([, title]) => title)).toEqual([
			"Встреча шесть",
			...[6, 5, 4, 3].map((number) => `Meeting number ${number}`),
		]);
		for (const [, , url] of shown) {
			expect(mail?.html).toContain(`href="${url}"`);
			expect((await desk.page(new URL(url ?? "").pathname)).status).toBe(200);
		}
	});

	it("has no heading for releases where there are none", async () => {
		const mail = await subscribe(openDesk(), ADDRESS);
		for (const part of [mail?.text, mail?.html])
			expect(part?.toLowerCase()).not.toContain(MAIL_WORDS.en.welcome.latest.toLowerCase());
	});

	it("shows a hostile title as it is written", async () => {
		const desk = openDesk();
		await publishText(desk.rooms, { title: '<img src="x">{{ unsubscribe_url }}<mj-raw>&' });
		const mail = await subscribe(desk, ADDRESS);
		expect(mail?.html).toContain(
			"&lt;img src=&#34;x&#34;&gt;{{ unsubscribe_url }}&lt;mj-raw&gt;&amp;",
		);
		expect(mail?.text).toContain('* <img src="x">{{ unsubscribe_url }}<mj-raw>&');
	});

	it("is a list's, and its link unsubscribes", async () => {
		const desk = openDesk();
		const mail = await subscribe(desk, ADDRESS);
		const url = `https://press.test${linkTo(mail, "/unsubscribe")}`;
		expect(mail?.list).toEqual({
			id: "digest.press.test",
			title: "Press Office",
			unsubscribeUrl: url,
		});
		await press(desk, new URL(url).pathname);
		expect((await rowOf())?.status).toBe("ended");
	});

	it("links to one's preferences with a token for that alone", async () => {
		const desk = openDesk();
		const mail = await subscribe(desk, ADDRESS);
		const token = /\/subscriptions\/([\w-]+)$/m.exec(mail?.text ?? "")?.[1] ?? "";
		const { tokens } = desk.rooms;
		const claims = await tokens.read("manage", token, MONDAY);
		expect(claims).toEqual({ subscriber: (await rowOf())?.id, expires: 0, version: 0 });
		expect(await tokens.read("unsubscribe", token, MONDAY)).toBeNull();
	});
});

describe("it comes once for a confirmation", () => {
	it("however often the button is pressed, and the queue delivers", async () => {
		const desk = openDesk();
		await subscribe(desk, ADDRESS);
		const { id = "" } = (await rowOf()) ?? {};
		await Promise.all([submitWelcome(desk.rooms, id), submitWelcome(desk.rooms, id)]);
		desk.rooms.asked.push(`welcome ${id}`, `welcome ${id}`);
		await desk.settle();
		expect(takeMails(desk)).toEqual([]);
	});

	it("also where its message was lost, by pressing again", async () => {
		const lose = async () => {
			throw new Error("the queue is away");
		};
		const desk = openDesk();
		const { tokens, queues } = desk.rooms;
		const id = await addSubscriber(desk.rooms, ADDRESS);
		const expires = Math.floor(((await rowOf())?.signed_up_at ?? 0) / 1000) + 7 * 24 * 3600;
		const token = await tokens.make("confirm", { subscriber: id, expires, version: 0 });
		const asks = vi.spyOn(queues, "welcome").mockImplementationOnce(lose);
		for (const _ of [1, 2, 3])
			expect((await press(desk, `/subscriptions/${token}/confirm`)).status).toBe(200);
		expect(asks).toHaveBeenCalledTimes(3);
		await desk.settle();
		expect(takeMails(desk)).toHaveLength(1);
	});

	it("and again for who left and came back", async () => {
		const desk = openDesk();
		const first = await subscribe(desk, ADDRESS);
		await press(desk, linkTo(first, "/unsubscribe"));
		desk.time.now += DAY_MS;
		expect((await subscribe(desk, ADDRESS))?.subject).toBe(first?.subject);
	});

	it("is tried again where the provider may take it later, and not where that is unknown", async () => {
		const rooms = furnishForTest();
		const anna = await addSubscriber(rooms, ADDRESS);
		rooms.transport.answer = () => [{ kind: "retry", detail: "451 busy anna@journal.test" }];
		const refusal = expect(submitWelcome(rooms, anna)).rejects;
		await refusal.toThrow("451 busy (address)");
		rooms.transport.answer = () => [{ kind: "unknown", detail: "lost" }];
		await submitWelcome(rooms, anna);
		await submitWelcome(rooms, anna);
		expect(rooms.transport.messages).toHaveLength(2);
	});

	it("does not come to who has left meanwhile, nor to nobody", async () => {
		const rooms = furnishForTest();
		const anna = await addSubscriber(rooms, ADDRESS);
		await rooms.subscribers.end(anna, "unsubscribed", Date.now());
		for (const id of [anna, rooms.newId()]) await submitWelcome(rooms, id);
		expect(rooms.transport.messages).toEqual([]);
	});
});
