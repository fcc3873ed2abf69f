import { beforeEach, expect, it, vi } from "vitest";
import { MAIL_WORDS } from "../../src/mail/words.ts";
import { LANGUAGES } from "../../src/shared/language.ts";
import { stringsOf } from "../../src/site/strings/index.ts";
import { MONDAY, openDesk } from "../support/desk.ts";
import { emptyStores } from "../support/house.ts";
import { linkTo, postForm, press, takeMails } from "./life.ts";
import { rowOf } from "./visiting.ts";

vi.setConfig({ testTimeout: 30_000 });

beforeEach(emptyStores);

it.each(LANGUAGES)("from the form to the last page, everything is in %s", async (language) => {
	const strings = stringsOf(language);
	const said = { form_language: language };
	const desk = openDesk();
	const textOf = async (answer: Promise<Response>) => {
		const text = await (await answer).text();
		expect(text).toContain(`<html lang="${language}">`);
		return text;
	};

	const form = await (await desk.page(`/${language}/subscribe`)).text();
	const choices = [...form.matchAll(/name="languages" value="([^"]+)"/g)].map(([, one]) => one);
	expect(choices[0]).toBe(language);
	const fields = choices.map((one) => ["languages", one as string] as const);
	const signUp = [["email", "anna@journal.test"], ["form_language", language], ...fields] as const;
	expect(await textOf(postForm(desk, signUp))).toContain(strings.received.title);

	await desk.settle();
	const [confirmation] = takeMails(desk);
	expect(confirmation?.language).toBe(language);
	expect(confirmation?.text).toContain(MAIL_WORDS[language].confirmation.heading);
	const confirm = linkTo(confirmation, "/confirm");
	expect(await textOf(desk.ask("GET", confirm))).toContain(strings.confirm.title);
	expect(await textOf(press(desk, confirm, said))).toContain(strings.confirmed.title);

	await desk.settle();
	const [welcome] = takeMails(desk);
	expect(welcome?.language).toBe(language);
	expect(welcome?.text).toContain(MAIL_WORDS[language].welcome.heading);

	await desk.post({ language });
	await desk.tick(MONDAY);
	const [digest] = takeMails(desk);
	expect(digest?.language).toBe(language);
	const unsubscribe = linkTo(digest, "/unsubscribe");
	expect(await textOf(desk.ask("GET", unsubscribe))).toContain(strings.unsubscribe.title);
	expect(await textOf(press(desk, unsubscribe, said))).toContain(strings.unsubscribed.title);
	expect((await rowOf())?.status).toBe("ended");

	const headers = { "Accept-Language": language, Accept: "text/html" };
	const stale = desk.ask("GET", confirm, { headers });
	expect(await textOf(stale)).toContain(strings.linkInvalid.title);

	const limited = openDesk({ limits: { ...desk.rooms.limits, signUps: async () => false } });
	const refused = limited.ask("POST", "/subscriptions", { headers, body: new URLSearchParams() });
	expect(await textOf(refused)).toContain(strings.errors["too-many"].title);
});
