import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { LANGUAGES } from "../../src/shared/language.ts";
import { sha256Hex } from "../../src/shared/text.ts";
import { SIGN_UP_FORM_REVISION } from "../../src/site/sign-up-form.tsx";
import { createSubscriberStore } from "../../src/subscribers/store.ts";
import { REASONS } from "../../src/subscribers/suppression-store.ts";
import { openDesk } from "../support/desk.ts";
import { ask } from "../support/door.ts";
import { openFront } from "../support/front.ts";
import { addSubscriber, emptyStores, furnishForTest } from "../support/house.ts";
import { ADDRESS, rowOf, signUpByForm, signUpByJson } from "./visiting.ts";

/** All that a stranger can see of an answer. */
async function seen(response: Response) {
	return {
		status: response.status,
		headers: Object.fromEntries(response.headers),
		body: await response.text(),
	};
}

/** A database as it is, that notes of each statement how many rows it wrote. */
function countRows(ledger: D1Database, rows: number[]): D1Database {
	const counted = (statement: D1PreparedStatement): D1PreparedStatement =>
		new Proxy(statement, {
			get(target, name) {
				if (name === "bind") return (...values: unknown[]) => counted(target.bind(...values));
				if (name !== "first") throw new Error(`${String(name)} is not counted`);
				return async (column: string) => {
					const { results, meta } = await target.all<Record<string, unknown>>();
					rows.push(meta.changes);
					return results[0]?.[column] ?? null;
				};
			},
		});
	return new Proxy(ledger, {
		get(target, name) {
			if (name !== "prepare") throw new Error(`${String(name)} is not counted`);
			return (sql: string) => counted(target.prepare(sql));
		},
	});
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
			const { suppressions } = rooms;
			for (const reason of REASONS)
				await suppressions.suppress(`${reason}@journal.test`, reason, Date.now());
			for (const name of ["new", "new", "active", "ended", ...REASONS])
				answers.push(await seen(await signUpByJson({ email: `${name}@journal.test` }, accept)));
			expect(answers[0]?.status).toBe(202);
			for (const answer of answers) expect(answer).toEqual(answers[0]);
			expect((await rowOf("ended@journal.test"))?.status).toBe("pending");
		},
	);

	it("from what it costs: each is one statement in D1 that writes, and one message", async () => {
		const desk = openDesk();
		await addSubscriber(desk.rooms, "active@journal.test");
		const ended = await addSubscriber(desk.rooms, "ended@journal.test");
		await desk.rooms.subscribers.end(ended, "unsubscribed", Date.now());
		const rowsWritten: number[] = [];
		const ledger = countRows(env.LEDGER, rowsWritten);
		const subscribers = createSubscriberStore(ledger, desk.rooms.hashAddress);
		const app = openFront({ ...desk.rooms, subscribers });
		for (const name of ["new", "new", "active", "ended"]) {
			desk.rooms.asked.length = 0;
			const body = JSON.stringify({ email: `${name}@journal.test` });
			const headers = { "Content-Type": "application/json" };
			await app.request("/subscriptions", { method: "POST", headers, body });
			expect(rowsWritten.splice(0), name).toEqual([1]);
			expect(desk.rooms.asked, name).toHaveLength(1);
			expect(desk.rooms.asked[0]).toMatch(/^confirm [\da-f-]{36}$/);
		}
	});

	it("and a stranger changes nothing for an active subscriber", async () => {
		await addSubscriber(furnishForTest(), ADDRESS);
		const before = await rowOf();
		await signUpByJson({ email: ADDRESS, kinds: ["announcement"], frequency: "immediate" });
		expect(await rowOf()).toEqual(before);
	});
});

describe("what a sign-up keeps besides what was chosen", () => {
	it("is the time zone that it gives, as the IANA database writes it", async () => {
		await signUpByForm([
			["email", ADDRESS],
			["time_zone", "asia/tashkent"],
		]);
		expect((await rowOf())?.time_zone).toBe("Asia/Tashkent");
		await signUpByJson({ email: "boris@journal.test", time_zone: "Europe/Paris" });
		expect((await rowOf("boris@journal.test"))?.time_zone).toBe("Europe/Paris");
	});

	it.each(["Asia/Atlantis", "+05:00", 5, null, "<script>"])(
		"is no time zone that there is not: %j",
		async (zone) => {
			const response = await signUpByJson({ email: ADDRESS, time_zone: zone });
			expect(response.status).toBe(422);
			const { errors } = (await response.json()) as { errors: { field: string }[] };
			expect(errors.map(({ field }) => field)).toEqual(["time_zone"]);
		},
	);

	it.each([
		[{ timezone: "Europe/Berlin" }, {}, "Europe/Berlin"],
		[{ timezone: "Europe/Berlin" }, { time_zone: "Asia/Almaty" }, "Asia/Almaty"],
		[{ timezone: "Mars/Olympus" }, {}, null],
		[{ timezone: 7 }, {}, null],
		[{}, {}, null],
		[undefined, {}, null],
	])(
		"is the zone that Cloudflare guesses, where none is given: %j %j",
		async (cf, fields, zone) => {
			const desk = openDesk();
			const body = JSON.stringify({ email: ADDRESS, ...fields });
			const headers = { "Content-Type": "application/json" };
			const init = { method: "POST", headers, body, ...(cf && { cf }) } as RequestInit;
			const request = new Request("https://press.test/subscriptions", init);
			expect((await desk.app.fetch(request)).status).toBe(202);
			expect((await rowOf())?.time_zone).toBe(zone);
		},
	);

	it.each(["en", "ru", "uz", "uz-Cyrl"])(
		"is which form they consented by, and nothing of where they are: %s",
		async (language) => {
			const fields: [string, string][] = [
				["email", ADDRESS],
				["form_language", language],
			];
			await signUpByForm(fields);
			const row = await rowOf();
			expect(row).toMatchObject({
				consent_source: "form",
				consent_evidence: `${language}/${SIGN_UP_FORM_REVISION}`,
			});
			expect(JSON.stringify(row)).not.toContain("2001:");
		},
	);

	it("is that they consented by the API, or by another's form", async () => {
		await signUpByJson({ email: ADDRESS, form_language: "ru" });
		expect(await rowOf()).toMatchObject({ consent_source: "api", consent_evidence: null });
		await signUpByForm([["email", "boris@journal.test"]]);
		const boris = await rowOf("boris@journal.test");
		expect(boris).toMatchObject({ consent_source: "form", consent_evidence: null });
	});

	it("stays as it was when the same is asked for again the same day", async () => {
		await signUpByForm([
			["email", ADDRESS],
			["form_language", "ru"],
			["time_zone", "Asia/Tashkent"],
		]);
		const before = await rowOf();
		await signUpByJson({ email: ADDRESS });
		expect(await rowOf()).toEqual(before);
	});
});

/**
 * What the form says, in each language, by its revision. Where this fails, words of the form have
 * changed: raise SIGN_UP_FORM_REVISION, and put the new hash here, so that each consent can be told
 * which words it was given to.
 */
const FORM_HASHES: Readonly<Record<number, string>> = {
	1: "dcfb86552725d22f3de09315d79a453c4d1539f98b4f7bc20a077dfb24be3af6",
};

it("the form's words are those of its revision", async () => {
	const words: string[] = [];
	for (const language of LANGUAGES)
		for (const page of [`/${language}/`, `/${language}/subscribe`]) {
			const [, form = ""] =
				/<form [^>]*class="sign-up"[^>]*>(.*?)<\/form>/s.exec(await (await ask(page)).text()) ?? [];
			words.push(
				form
					.replaceAll(/<[^>]*>/g, " ")
					.replaceAll(/\s+/g, " ")
					.trim(),
			);
		}
	expect(words.every((form) => form.length > 100)).toBe(true);
	expect(await sha256Hex(JSON.stringify(words))).toBe(FORM_HASHES[SIGN_UP_FORM_REVISION]);
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
