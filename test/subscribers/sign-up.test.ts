import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { addSubscriber, ask, emptyStores, furnishForTest } from "../support/house.ts";
import { ADDRESS, rowOf, signUpByForm, signUpByJson } from "./visiting.ts";

/** All that a stranger can see of an answer. */
async function seen(response: Response) {
	return {
		status: response.status,
		headers: Object.fromEntries(response.headers),
		body: await response.text(),
	};
}

const subscribers = () =>
	env.LEDGER.prepare("SELECT COUNT(*) AS n FROM subscribers").first<number>("n");

beforeEach(emptyStores);

describe("a sign-up", () => {
	it("by form makes a pending subscriber of what was chosen", async () => {
		const response = await signUpByForm([
			["email", " Anna@Journal.test "],
			["kinds", "announcement"],
			["kinds", "meeting"],
			["languages", "ru"],
			["languages", "en"],
			["frequency", "weekly"],
		]);
		expect(response.status).toBe(202);
		expect(await rowOf()).toMatchObject({
			address: "Anna@journal.test",
			status: "pending",
			kinds: "meeting,announcement",
			languages: "ru,en",
			frequency: "weekly",
			confirmed_at: null,
		});
	});

	it("by JSON makes a pending subscriber of what was chosen", async () => {
		const fields = { email: ADDRESS, kinds: ["meeting"], languages: "uz-Cyrl" };
		expect((await signUpByJson({ ...fields, frequency: "immediate" })).status).toBe(202);
		expect(await rowOf()).toMatchObject({
			status: "pending",
			kinds: "meeting",
			languages: "uz-Cyrl",
			frequency: "immediate",
		});
	});

	it("takes what is usual for what is left out or left empty", async () => {
		await signUpByForm([
			["email", ADDRESS],
			["frequency", ""],
		]);
		expect(await rowOf()).toMatchObject({
			kinds: "consultation,meeting",
			languages: "en,ru,uz,uz-Cyrl",
			frequency: "daily",
		});
	});

	it("is answered with a page where a page is wanted, and with JSON where not", async () => {
		const page = await signUpByForm([["email", ADDRESS]], "text/html,*/*;q=0.8");
		expect(page.status).toBe(202);
		expect(page.headers.get("Content-Type")).toMatch(/^text\/html/);
		expect(await page.text()).toContain("Check your mail");
		const json = await signUpByForm([["email", ADDRESS]]);
		expect(json.headers.get("Content-Type")).toMatch(/^application\/json/);
	});

	it("of an address in other letters is of the same subscriber", async () => {
		await signUpByJson({ email: ADDRESS, kinds: ["meeting"] });
		await signUpByJson({ email: ADDRESS.toUpperCase(), kinds: ["consultation"] });
		expect(await subscribers()).toBe(1);
		expect(await rowOf()).toMatchObject({ kinds: "consultation", address: "ANNA@journal.test" });
	});

	it("twice at once is of one subscriber", async () => {
		const both = [signUpByJson({ email: ADDRESS }), signUpByJson({ email: ADDRESS })];
		for (const response of await Promise.all(both)) expect(response.status).toBe(202);
		expect(await subscribers()).toBe(1);
	});
});

describe("nobody learns who is subscribed", () => {
	it.each(["text/html", "application/json"])(
		"from an answer in %s: it is the same for every address",
		async (accept) => {
			const rooms = furnishForTest();
			await addSubscriber(rooms, "active@journal.test");
			const ended = await addSubscriber(rooms, "ended@journal.test");
			await rooms.subscribers.end(ended, "unsubscribed", Date.now());
			const answers = [];
			for (const name of ["new", "new", "active", "ended"])
				answers.push(await seen(await signUpByJson({ email: `${name}@journal.test` }, accept)));
			expect(answers[0]?.status).toBe(202);
			for (const answer of answers) expect(answer).toEqual(answers[0]);
			expect((await rowOf("ended@journal.test"))?.status).toBe("pending");
		},
	);

	it("and a stranger changes nothing for an active subscriber", async () => {
		await addSubscriber(furnishForTest(), ADDRESS);
		const before = await rowOf();
		await signUpByJson({ email: ADDRESS, kinds: ["announcement"], frequency: "immediate" });
		expect(await rowOf()).toEqual(before);
	});
});

describe("an invalid sign-up", () => {
	const faulty: [string, string][] = [
		["email", `anna"><script>@journal`],
		["kinds", "meeting"],
		["frequency", "weekly"],
	];

	it("is shown again as it was filled in, with what to mend", async () => {
		const response = await signUpByForm(faulty, "text/html");
		expect(response.status).toBe(422);
		const page = await response.text();
		expect(page).toContain('value="anna&quot;&gt;&lt;script&gt;@journal"');
		expect(page).not.toContain("<script>");
		expect(page).toContain('href="#sign-up-email"');
		expect(page).toMatch(/value="meeting"\s+checked/);
		expect(page).not.toMatch(/value="consultation"\s+checked/);
		expect(page).toMatch(/value="weekly"\s+checked/);
		expect(await subscribers()).toBe(0);
	});

	it("is a problem for programs that names each field", async () => {
		const response = await signUpByJson({ email: "anna", kinds: ["party"] });
		expect(response.status).toBe(422);
		expect(response.headers.get("Content-Type")).toMatch(/^application\/problem\+json/);
		const { errors } = (await response.json()) as { errors: { field: string }[] };
		expect(errors.map(({ field }) => field)).toEqual(["email", "kinds"]);
		expect(await subscribers()).toBe(0);
	});

	it.each([
		["broken JSON", "{", "application/json", 400],
		["an array", "[]", "application/json", 400],
		["null", "null", "application/json", 400],
		["a text", ADDRESS, "text/plain", 415],
		["nothing", "", "application/x-www-form-urlencoded", 422],
		["too much", `email=${"x".repeat(64 * 1024)}`, "application/x-www-form-urlencoded", 413],
	])("is refused: %s", async (_what, body, type, status) => {
		const headers = { "Content-Type": type };
		const response = await ask("/subscriptions", { method: "POST", body, headers });
		expect(response.status).toBe(status);
		expect(response.headers.get("Content-Type")).toMatch(/^application\/problem\+json/);
		expect(await subscribers()).toBe(0);
	});

	it("injects no header and no second recipient", async () => {
		for (const email of [`${ADDRESS}\r\nBcc: b@x.test`, `${ADDRESS},b@x.test`, `<${ADDRESS}>`])
			expect((await signUpByJson({ email })).status).toBe(422);
		expect(await subscribers()).toBe(0);
	});
});
