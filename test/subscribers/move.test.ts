import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { MAIL_WORDS } from "../../src/mail/words.ts";
import { stringsOf } from "../../src/site/strings/index.ts";
import { DAY_MS, type Desk, MINUTE_MS, openDesk, SUNDAY } from "../support/desk.ts";
import { addSubscriber, emptyStores } from "../support/house.ts";
import { askToMove, deskWithReader, moveLinks, pathFor, send, wholeRow } from "./managing.ts";
import { ADDRESS } from "./visiting.ts";

beforeEach(emptyStores);

const NEW = "anna@mission.test";

const mailedTo = ({ rooms }: Desk) => rooms.transport.messages.map(({ to }) => to);

/** Asks for a new address and returns the path of the link that is mailed there. */
async function askForLink(desk: Desk, path: string, address = NEW): Promise<string> {
	desk.rooms.transport.messages.length = 0;
	await askToMove(desk, path, address);
	await desk.settle();
	const [link = ""] = moveLinks(desk);
	return link;
}

describe("another address", () => {
	it.each(["en", "ru", "uz", "uz-Cyrl"] as const)(
		"is asked for, confirmed there, and told to the one before, in %s",
		async (language) => {
			const { desk, id, path } = await deskWithReader([language]);
			const response = await askToMove(desk, path, " Anna@MISSION.test ");
			expect(response.status).toBe(303);
			expect(response.headers.get("Location")).toBe(`${path}?done=address`);
			await desk.settle();
			const [asking] = desk.rooms.transport.messages;
			expect(asking?.to).toBe("Anna@mission.test");
			expect(asking?.subject).toBe(
				MAIL_WORDS[language].move.subject.replace("{publication}", "Press Office"),
			);
			expect(asking?.list).toBeUndefined();
			const [link = ""] = moveLinks(desk);
			expect(asking?.html).toContain(`href="https://press.test${link}"`);
			expect(await wholeRow(id)).toMatchObject({ address: ADDRESS, link_version: 0 });
			expect(await (await desk.page(path)).text()).toContain("Anna@mission.test");

			const page = await (await desk.page(link)).text();
			expect(page).toContain(stringsOf(language).move.title);
			expect(page.match(/<form method="post"/g)).toHaveLength(1);
			expect(page).not.toContain("@");

			const pressed = await send(desk, link);
			expect(await pressed.text()).toContain(stringsOf(language).moved.title);
			expect(await wholeRow(id)).toMatchObject({
				address: "Anna@mission.test",
				address_key: "anna@mission.test",
				new_address: null,
				link_version: 1,
				status: "active",
			});
			const [, telling, ...others] = desk.rooms.transport.messages;
			expect(others).toEqual([]);
			expect(telling?.to).toBe(ADDRESS);
			expect(telling?.text).toContain(MAIL_WORDS[language].moved.heading);
			expect(`${telling?.text}${telling?.html}`).not.toMatch(/subscriptions|mission/);
		},
	);

	it("changes nothing however often its link is followed, as scanners do", async () => {
		const { desk, id, path } = await deskWithReader();
		const link = await askForLink(desk, path);
		const before = await wholeRow(id);
		for (const method of ["GET", "HEAD", "GET", "HEAD"]) {
			const response = await desk.app.request(link, { method });
			expect(response.status).toBe(200);
			expect(response.headers.get("Cache-Control")).toBe("no-store");
		}
		expect(await wholeRow(id)).toEqual(before);
	});

	it("makes the links void that were made before, and leads to the new ones", async () => {
		const { desk, id, path } = await deskWithReader();
		const page = await (await send(desk, await askForLink(desk, path))).text();
		for (const place of ["", "/data", "/erase"])
			expect((await desk.page(path + place)).status).toBe(404);
		const now = await pathFor(desk, id);
		expect(page).toContain(`href="${now}"`);
		expect(await (await desk.page(now)).text()).toContain(NEW);
	});

	it("may be confirmed twice, one after the other or at once, and is told once", async () => {
		const { desk, id, path } = await deskWithReader();
		const link = await askForLink(desk, path);
		const answers = await Promise.all([send(desk, link), send(desk, link)]);
		answers.push(await send(desk, link), await desk.page(link));
		for (const answer of answers) {
			expect(answer.status).toBe(200);
			expect(await answer.text()).toContain("Your address is changed");
		}
		expect(await wholeRow(id)).toMatchObject({ address: NEW, link_version: 1 });
		expect(mailedTo(desk)).toEqual([NEW, ADDRESS]);
	});

	it("that was asked for last is the only one that can be confirmed, also within one second", async () => {
		const { desk, id, path } = await deskWithReader();
		const first = await askForLink(desk, path, "first@mission.test");
		const second = await askForLink(desk, path, "second@mission.test");
		expect((await send(desk, first)).status).toBe(404);
		expect((await wholeRow(id))?.address).toBe(ADDRESS);
		expect((await send(desk, second)).status).toBe(200);
		expect((await wholeRow(id))?.address).toBe("second@mission.test");
		expect((await send(desk, first)).status).toBe(404);
	});

	it("asked for again the same day keeps the first link good", async () => {
		const { desk, id, path } = await deskWithReader();
		const first = await askForLink(desk, path);
		desk.time.now += 60 * MINUTE_MS;
		expect(await askForLink(desk, path)).toBe(first);
		await send(desk, first);
		expect((await wholeRow(id))?.address).toBe(NEW);
	});

	it("waits a week, and is forgotten then", async () => {
		const { desk, id, path } = await deskWithReader();
		const link = await askForLink(desk, path);
		desk.time.now = SUNDAY + 7 * DAY_MS - MINUTE_MS;
		expect((await desk.page(link)).status).toBe(200);
		await desk.tick(desk.time.now);
		expect((await wholeRow(id))?.new_address).toBe(NEW);
		desk.time.now = SUNDAY + 7 * DAY_MS;
		for (const response of [await desk.page(link), await send(desk, link)])
			expect(response.status).toBe(404);
		await desk.tick(desk.time.now + 1);
		expect(await wholeRow(id)).toMatchObject({
			address: ADDRESS,
			new_address: null,
			new_address_at: null,
		});
	});

	it("is not given to whoever has left meanwhile", async () => {
		const { desk, id, path } = await deskWithReader();
		const link = await askForLink(desk, path);
		await desk.rooms.subscribers.end(id, "unsubscribed", SUNDAY);
		expect((await send(desk, link)).status).toBe(404);
		expect((await wholeRow(id))?.address).toBe(ADDRESS);
	});

	it.each(["anna", "a b@mission.test", "anna@mission.test\r\nBcc: x@y.test", ""])(
		"has to be one: %j",
		async (address) => {
			const { desk, id, path } = await deskWithReader();
			const response = await askToMove(desk, path, address);
			expect(response.status).toBe(422);
			expect(await response.text()).toContain('<a href="#sign-up-email">');
			expect((await wholeRow(id))?.new_address).toBeNull();
			expect(desk.rooms.asked).toEqual([]);
		},
	);
});

describe("an address that mail must not go to", () => {
	/** Who asks, and an address for each reason not to mail it. */
	async function office() {
		const { desk, id, path } = await deskWithReader();
		const { suppressions } = desk.rooms;
		await addSubscriber(desk.rooms, "taken@journal.test");
		for (const reason of ["erased", "complaint", "bounced", "operator"] as const)
			await suppressions.suppress(`${reason}@journal.test`, reason, SUNDAY);
		return { desk, id, path };
	}
	const UNMAILED = ["Taken", "erased", "Complaint", "bounced", "operator"];

	it("gets none, and the asker the same answer", async () => {
		const { desk, path } = await office();
		const answerTo = async (address: string) => {
			const response = await askToMove(desk, path, address);
			const page = await (await desk.page(`${path}?done=address`)).text();
			return [
				response.status,
				[...response.headers],
				await response.text(),
				page.replaceAll(address, ""),
			];
		};
		const usual = await answerTo("free@journal.test");
		await desk.settle();
		expect(mailedTo(desk)).toEqual(["free@journal.test"]);
		for (const address of [...UNMAILED.map((name) => `${name}@journal.test`), "Anna@journal.test"])
			expect(await answerTo(address), address).toEqual(usual);
		await desk.settle();
		expect(mailedTo(desk)).toEqual(["free@journal.test"]);
	});

	it("does not become anybody's, though its link was mailed before", async () => {
		const { desk, id, path } = await deskWithReader();
		const link = await askForLink(desk, path);
		await desk.rooms.suppressions.suppress(NEW, "complaint", SUNDAY);
		expect((await send(desk, link)).status).toBe(404);
		expect(await wholeRow(id)).toMatchObject({ address: ADDRESS, link_version: 0 });
	});

	it("stays with whoever subscribed with it meanwhile", async () => {
		const { desk, id, path } = await deskWithReader();
		const link = await askForLink(desk, path);
		const other = await addSubscriber(desk.rooms, NEW);
		expect((await send(desk, link)).status).toBe(404);
		expect((await wholeRow(id))?.address).toBe(ADDRESS);
		expect((await wholeRow(other))?.address).toBe(NEW);
	});

	it("of a subscription that has ended is the owner's to take: one row of it is left", async () => {
		const { desk, id, path } = await deskWithReader();
		const other = await addSubscriber(desk.rooms, NEW);
		await desk.rooms.subscribers.end(other, "unsubscribed", SUNDAY);
		expect((await send(desk, await askForLink(desk, path))).status).toBe(200);
		expect((await wholeRow(id))?.address).toBe(NEW);
		expect(await wholeRow(other)).toBeNull();
	});
});

describe("an address that strangers ask for", () => {
	it("gets three mails a day at most, whoever asks", async () => {
		const { desk, path } = await deskWithReader();
		const boris = await addSubscriber(desk.rooms, "boris@journal.test");
		const paths = [path, await pathFor(desk, boris)];
		for (let n = 0; n < 6; n += 1) {
			const response = await askToMove(desk, paths[n % 2] ?? "", n < 3 ? NEW : NEW.toUpperCase());
			expect(response.status).toBe(303);
		}
		await desk.settle();
		expect(desk.rooms.asked).toEqual([]);
		expect(mailedTo(desk)).toHaveLength(3);
		desk.time.now += DAY_MS;
		await askToMove(desk, path, NEW);
		await desk.settle();
		expect(mailedTo(desk)).toHaveLength(4);
	});

	it("gets three also where each request is followed by one for another address", async () => {
		const { desk, path } = await deskWithReader();
		for (let n = 0; n < 5; n += 1) {
			await askToMove(desk, path, `own-${n}@mission.test`);
			await askToMove(desk, path, NEW);
			await desk.settle();
		}
		expect(mailedTo(desk)).toEqual([NEW, NEW, NEW]);
	});

	it("gets none from a source that has asked for too many", async () => {
		const { desk, id, path } = await deskWithReader();
		const sources: string[] = [];
		const signUps = async (source: string) => sources.push(source) < 2;
		const limited = openDesk({ limits: { ...desk.rooms.limits, signUps } });
		expect((await askToMove(limited, path, "first@mission.test")).status).toBe(303);
		const response = await askToMove(limited, path, NEW);
		expect(response.status).toBe(429);
		expect(response.headers.get("Retry-After")).toBe("60");
		expect(await response.text()).not.toContain("mission");
		expect(sources).toEqual(["unknown", "unknown"]);
		await limited.settle();
		expect(mailedTo(limited)).toEqual(["first@mission.test"]);
		expect((await wholeRow(id))?.new_address).toBe("first@mission.test");
		const pause: [string, string][] = [["change", "resume"]];
		expect((await send(limited, path, pause)).status).toBe(303);
	});

	it("asks the queue in any case, so that the answer takes as long", async () => {
		const { desk, id, path } = await deskWithReader();
		for (let n = 0; n < 4; n += 1) await askToMove(desk, path, NEW);
		expect(desk.rooms.asked).toEqual(Array(4).fill(`move ${id}`));
		await desk.settle();
		expect(mailedTo(desk)).toEqual([NEW, NEW, NEW]);
	});
});

describe("a provider that does not take it", () => {
	it("is tried again by the queue with the mail to the new address", async () => {
		const { desk, path } = await deskWithReader();
		desk.rooms.transport.answer = () => [{ kind: "retry", detail: `451 <${NEW}> busy` }];
		await askToMove(desk, path, NEW);
		const { submitMove } = await import("../../src/subscribers/move.ts");
		const [, id = ""] = desk.rooms.asked[0]?.split(" ") ?? [];
		await expect(submitMove(desk.rooms, id)).rejects.toThrow(/^[^@]*$/);
	});

	it("does not count", async () => {
		const { desk, path } = await deskWithReader();
		desk.rooms.transport.answer = () => [{ kind: "retry", detail: "451 busy" }];
		await askToMove(desk, path, NEW);
		const { submitMove } = await import("../../src/subscribers/move.ts");
		const [, id = ""] = desk.rooms.asked[0]?.split(" ") ?? [];
		for (let time = 0; time < 5; time += 1)
			await expect(submitMove(desk.rooms, id)).rejects.toThrow("451 busy");
		desk.rooms.transport.answer = () => [{ kind: "submitted" }];
		desk.rooms.transport.messages.length = 0;
		await desk.settle();
		expect(mailedTo(desk)).toEqual([NEW]);
	});

	it("is not asked again where nobody knows whether it has the mail", async () => {
		const { desk, path } = await deskWithReader();
		desk.rooms.transport.answer = () => {
			throw new Error("lost");
		};
		await askToMove(desk, path, NEW);
		const { submitMove } = await import("../../src/subscribers/move.ts");
		const [, id = ""] = desk.rooms.asked[0]?.split(" ") ?? [];
		await expect(submitMove(desk.rooms, id)).resolves.toBeUndefined();
	});

	it("does not keep the change back with the notice to the former address", async () => {
		const { desk, id, path } = await deskWithReader();
		const link = await askForLink(desk, path);
		desk.rooms.transport.answer = () => {
			throw new Error("lost");
		};
		expect((await send(desk, link)).status).toBe(200);
		expect((await wholeRow(id))?.address).toBe(NEW);
	});
});

describe("the store", () => {
	it("never has two rows of one address, whoever is first of two at once", async () => {
		const { desk, path } = await deskWithReader();
		const boris = await addSubscriber(desk.rooms, "boris@journal.test");
		const links = [
			await askForLink(desk, path),
			await askForLink(desk, await pathFor(desk, boris)),
		];
		const answers = await Promise.all(links.map((link) => send(desk, link)));
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404]);
		const rows = await env.LEDGER.prepare("SELECT id FROM subscribers WHERE address_key = ?")
			.bind(NEW)
			.all();
		expect(rows.results).toHaveLength(1);
	});
});
