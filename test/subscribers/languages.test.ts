import { beforeEach, describe, expect, it, vi } from "vitest";
import { stringsOf } from "../../src/site/strings/index.ts";
import { ask } from "../support/door.ts";
import { addSubscriber, emptyStores, furnishForTest } from "../support/house.ts";
import { ADDRESS, press, rowOf, signUpByForm, signUpByJson } from "./visiting.ts";

// Queues deliver when they will: within a second or so, later on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

const PAGE = "text/html,*/*;q=0.8";
const IN_RUSSIAN = { headers: { "Accept-Language": "ru-RU,ru;q=0.9" } };

beforeEach(emptyStores);

async function tokenFor(purpose: "confirm" | "unsubscribe", subscriber: string): Promise<string> {
	const { tokens, subscribers } = furnishForTest();
	const signedUpAt = (await subscribers.read(subscriber))?.signedUpAt ?? 0;
	const week = 7 * 24 * 60 * 60;
	const expires = purpose === "confirm" ? Math.floor(signedUpAt / 1000) + week : 0;
	return `/subscriptions/${await tokens.make(purpose, { subscriber, expires, version: 0 })}/${purpose}`;
}

/** A form with nothing in it but its language, as our own pages post it. */
const formIn = (language: string) => ({ body: new URLSearchParams({ form_language: language }) });

describe("the answer to a sign-up", () => {
	it.each(["en", "ru", "uz", "uz-Cyrl"] as const)(
		"speaks the form's language: %s",
		async (language) => {
			const said: [string, string] = ["form_language", language];
			const received = await signUpByForm([["email", ADDRESS], said], PAGE);
			expect(received.status).toBe(202);
			expect(await received.text()).toContain(stringsOf(language).received.title);
			const invalid = await signUpByForm([["email", "anna"], said], PAGE);
			expect(invalid.status).toBe(422);
			const page = await invalid.text();
			expect(page).toContain(`<html lang="${language}">`);
			expect(page).toContain(stringsOf(language).faults.fields.email);
			expect(page).toContain(`name="form_language" value="${language}"`);
		},
	);

	it("keeps the form's language apart from those that are wanted", async () => {
		await signUpByForm([
			["email", ADDRESS],
			["form_language", "ru"],
			["languages", "uz"],
		]);
		expect(await rowOf()).toMatchObject({ languages: "uz", status: "pending" });
	});

	it("is as before for programs, which may leave it out", async () => {
		expect((await signUpByJson({ email: ADDRESS })).status).toBe(202);
		expect((await signUpByJson({ email: ADDRESS, form_language: "ru" })).status).toBe(202);
		const refused = await signUpByJson({ email: ADDRESS, form_language: "tlh" });
		expect(refused.status).toBe(422);
		const { errors } = (await refused.json()) as { errors: { field: string }[] };
		expect(errors.map(({ field }) => field)).toEqual(["form_language"]);
	});

	it("asks the browser where the form says a language that there is not", async () => {
		const said: [string, string] = ["form_language", "<script>"];
		const response = await ask("/subscriptions", {
			method: "POST",
			headers: { Accept: PAGE, "Accept-Language": "uz" },
			body: new URLSearchParams([["email", ADDRESS], said]),
		});
		expect(response.status).toBe(422);
		const page = await response.text();
		expect(page).toContain('<html lang="uz">');
		expect(page).toContain(stringsOf("uz").faults.other);
		expect(page).not.toContain("<script");
	});
});

describe("the page behind a link in a mail", () => {
	it("speaks the subscriber's first language, whatever the browser asks for", async () => {
		const rooms = furnishForTest();
		const id = await addSubscriber(rooms, ADDRESS, { languages: ["uz-Cyrl", "en"] });
		const confirm = await (await ask(await tokenFor("confirm", id), IN_RUSSIAN)).text();
		expect(confirm).toContain(stringsOf("uz-Cyrl").confirm.title);
		expect(confirm).toContain(stringsOf("uz-Cyrl").frequencies.daily.name);
		const unsubscribe = await (await ask(await tokenFor("unsubscribe", id), IN_RUSSIAN)).text();
		expect(unsubscribe).toContain(stringsOf("uz-Cyrl").unsubscribe.title);
	});

	it("goes on in the language of its form", async () => {
		const id = await addSubscriber(furnishForTest(), ADDRESS);
		const confirmed = await press(await tokenFor("confirm", id), formIn("ru"));
		expect(await confirmed.text()).toContain(stringsOf("ru").confirmed.title);
		const ended = await press(await tokenFor("unsubscribe", id), formIn("ru"));
		expect(await ended.text()).toContain(stringsOf("ru").unsubscribed.title);
		expect((await rowOf())?.status).toBe("ended");
	});

	it("asks the browser where nobody is known by it", async () => {
		for (const link of ["/subscriptions/x/confirm", "/subscriptions/x/unsubscribe"])
			expect(await (await ask(link, IN_RUSSIAN)).text()).toContain(
				stringsOf("ru").linkInvalid.title,
			);
		const gone = await ask(await tokenFor("unsubscribe", crypto.randomUUID()), IN_RUSSIAN);
		expect(gone.status).toBe(200);
		expect(await gone.text()).toContain(stringsOf("ru").unsubscribe.title);
	});

	it("ends a subscription also where the body cannot be read as a form", async () => {
		const link = await tokenFor("unsubscribe", await addSubscriber(furnishForTest(), ADDRESS));
		const headers = { "Content-Type": "application/x-www-form-urlencoded" };
		const response = await press(link, { headers, body: "%ff&=&form_language=%00" });
		expect(response.status).toBe(200);
		expect((await rowOf())?.status).toBe("ended");
	});
});
