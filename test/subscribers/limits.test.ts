import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { submitConfirmation } from "../../src/subscribers/confirmation.ts";
import { DAY_MS, type Desk, MINUTE_MS, openDesk, SUNDAY } from "../support/desk.ts";
import { ask } from "../support/door.ts";
import { emptyStores } from "../support/house.ts";
import { linkTo, postJson, press, takeMails } from "./life.ts";
import { rowOf } from "./visiting.ts";

vi.setConfig({ testTimeout: 20_000 });

beforeEach(emptyStores);

const ADDRESS = "anna@journal.test";

/** Strangers sign an address up, each asking for something else. */
async function signUp(desk: Desk, times: number, email = ADDRESS): Promise<void> {
	const kinds = ["consultation", "meeting", "announcement"];
	for (let time = 0; time < times; time += 1) {
		desk.time.now += MINUTE_MS;
		await postJson(desk, { email, languages: ["en"], kinds: [kinds[time % 3]] });
		await desk.settle();
	}
}

const counted = () =>
	env.LEDGER.prepare("SELECT day, asked, allowed FROM confirmation_mails ORDER BY day").all();

describe("confirmation mails", () => {
	it("to one address are three a day (UTC), whatever strangers do", async () => {
		const desk = openDesk();
		await signUp(desk, 5);
		await signUp(desk, 1, "ANNA@journal.test");
		await signUp(desk, 1, "boris@journal.test");
		const mails = takeMails(desk).map(({ to }) => to);
		expect(mails).toEqual([ADDRESS, ADDRESS, ADDRESS, "boris@journal.test"]);
		desk.time.now += DAY_MS;
		await signUp(desk, 1);
		expect(takeMails(desk)).toHaveLength(1);
	});

	it("are counted for the operator, who finds the limit at work in the log too", async () => {
		const logged = vi.spyOn(console, "warn");
		await signUp(openDesk(), 5);
		expect((await counted()).results).toEqual([{ day: "2026-11-22", asked: 5, allowed: 3 }]);
		const lines = logged.mock.calls.flat().filter((line) => String(line).includes("over-limit"));
		expect(lines).toHaveLength(2);
		expect(lines.join()).not.toContain("anna");
	});

	it("that came stay good when strangers ask for more", async () => {
		const desk = openDesk();
		await signUp(desk, 3);
		const last = takeMails(desk).at(-1);
		const before = await rowOf();
		await signUp(desk, 4);
		expect(await rowOf()).toEqual(before);
		expect((await press(desk, linkTo(last, "/confirm"))).status).toBe(200);
		expect((await rowOf())?.status).toBe("active");
	});

	it("have a good link in the last, also where a stranger asks while it is made", async () => {
		const desk = openDesk();
		await signUp(desk, 2);
		takeMails(desk);
		await postJson(desk, { email: ADDRESS, languages: ["en"], frequency: "daily" });
		const { mailLimits } = desk.rooms;
		const overtaken: typeof mailLimits = {
			...mailLimits,
			async allowMail(...limit) {
				desk.time.now += MINUTE_MS;
				await postJson(desk, { email: ADDRESS, languages: ["en"], frequency: "weekly" });
				return mailLimits.allowMail(...limit);
			},
		};
		const { id = "" } = (await rowOf()) ?? {};
		await submitConfirmation({ ...desk.rooms, mailLimits: overtaken }, id);
		await desk.settle();
		const [last, ...others] = takeMails(desk);
		expect(others).toEqual([]);
		expect((await press(desk, linkTo(last, "/confirm"))).status).toBe(200);
	});

	it("are three also where all are asked for at once", async () => {
		const desk = openDesk();
		await postJson(desk, { email: ADDRESS, languages: ["en"] });
		const { id = "" } = (await rowOf()) ?? {};
		await Promise.all(Array.from({ length: 8 }, () => submitConfirmation(desk.rooms, id)));
		expect(takeMails(desk)).toHaveLength(3);
		expect((await counted()).results).toEqual([{ day: "2026-11-22", asked: 8, allowed: 3 }]);
	});

	it("that the provider has not taken do not count", async () => {
		const desk = openDesk();
		await postJson(desk, { email: ADDRESS, languages: ["en"] });
		const { id = "" } = (await rowOf()) ?? {};
		desk.rooms.transport.answer = () => [{ kind: "retry", detail: "451 busy" }];
		for (let time = 0; time < 5; time += 1)
			await expect(submitConfirmation(desk.rooms, id)).rejects.toThrow("451 busy");
		desk.rooms.transport.answer = () => [{ kind: "submitted" }];
		takeMails(desk);
		await desk.settle();
		expect(takeMails(desk)).toHaveLength(1);
	});
});

describe("sign-ups from one source", () => {
	const flood = (address: string, accept: string, type = "application/json") =>
		Promise.all(
			Array.from({ length: 30 }, (_, index) =>
				ask("/subscriptions", {
					method: "POST",
					headers: { "CF-Connecting-IP": address, Accept: accept, "Content-Type": type },
					body: JSON.stringify({ email: `${index}@journal.test` }),
				}),
			),
		);

	it("are ten a minute, and then none, whatever they say", async () => {
		const answers = await flood("203.0.113.7", "application/json");
		// The minute may have turned once meanwhile.
		const taken = answers.filter(({ status }) => status === 202);
		expect(taken.length).toBeGreaterThanOrEqual(10);
		expect(taken.length).toBeLessThanOrEqual(20);
		const stopped = answers.filter(({ status }) => status === 429);
		expect(taken.length + stopped.length).toBe(30);
		const texts = await Promise.all(stopped.map((answer) => answer.text()));
		expect(new Set(texts).size).toBe(1);
		expect(texts[0]).not.toContain("journal");
		expect(stopped[0]?.headers.get("Content-Type")).toMatch(/^application\/problem\+json/);
		expect(stopped[0]?.headers.get("Retry-After")).toBe("60");
		const rows = env.LEDGER.prepare("SELECT COUNT(*) AS n FROM subscribers");
		expect(await rows.first<number>("n")).toBe(taken.length);
		const [other] = await flood("203.0.113.8", "application/json");
		expect(other?.status).toBe(202);
	});

	it("are counted before they are read, and refused with a page for a person", async () => {
		const answers = await flood("2001:db8:7:7::1", "text/html", "text/plain");
		const stopped = answers.filter(({ status }) => status === 429);
		expect(stopped.length).toBeGreaterThanOrEqual(10);
		expect(stopped[0]?.headers.get("Retry-After")).toBe("60");
		expect(stopped[0]?.headers.get("Cache-Control")).toBe("no-store");
		const page = await stopped[0]?.text();
		expect(page).toContain("<h1>Too many requests</h1>");
		const neighbours = await flood("2001:db8:7:7:ffff::2", "text/html");
		expect(neighbours.filter(({ status }) => status === 202).length).toBeLessThanOrEqual(10);
	});

	it("are counted by what Cloudflare says, once for each sign-up", async () => {
		const sources: string[] = [];
		const signUps = async (source: string) => sources.push(source) < 3;
		const desk = openDesk();
		const limited = openDesk({ limits: { ...desk.rooms.limits, signUps } });
		const headers = { "CF-Connecting-IP": "2001:db8:1:2:3:4:5:6" };
		for (const status of [202, 202, 429]) {
			const body = { email: ADDRESS };
			expect((await limited.ask("POST", "/subscriptions", { body, headers })).status).toBe(status);
		}
		expect(sources).toEqual(Array(3).fill("2001:db8:1:2::/64"));
		expect(limited.time.now).toBe(SUNDAY);
	});
});
