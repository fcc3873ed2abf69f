import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { stringsOf } from "../../src/site/strings/index.ts";
import { createHeldStore } from "../../src/subscribers/held-store.ts";
import { createPreferencesStore } from "../../src/subscribers/preferences-store.ts";
import { MONDAY, SUNDAY } from "../support/desk.ts";
import { addSubscriber, emptyStores, publishText } from "../support/house.ts";
import { plansOf } from "../support/plans.ts";
import { askToMove, deskWithReader, send, wholeRow } from "./managing.ts";
import { ADDRESS } from "./visiting.ts";

beforeEach(emptyStores);

interface Downloaded {
	readonly publication: object;
	readonly subscription: Record<string, unknown>;
	readonly digests_not_submitted: readonly object[];
	readonly delivery_reports: readonly object[];
	readonly confirmation_mails: readonly object[];
	readonly held_besides: readonly string[];
	readonly not_held: readonly string[];
}

describe("the download", () => {
	it("has every column of the row, times as dates, and says what is not held", async () => {
		const { desk, id, path } = await deskWithReader(["uz", "en"]);
		const response = await desk.page(`${path}/data`);
		expect(response.status).toBe(200);
		expect(response.headers.get("Content-Type")).toMatch(/^application\/json\b/);
		expect(response.headers.get("Content-Disposition")).toBe(
			'attachment; filename="subscription.json"',
		);
		expect(response.headers.get("Cache-Control")).toBe("no-store");
		const held = (await response.json()) as Downloaded;
		const row = await wholeRow(id);
		expect(Object.keys(held.subscription)).toEqual(Object.keys(row ?? {}));
		expect(held.subscription).toMatchObject({
			id,
			address: ADDRESS,
			languages: "uz,en",
			signed_up_at: new Date(Number(row?.signed_up_at)).toISOString(),
			confirmed_at: new Date(Number(row?.confirmed_at)).toISOString(),
			ended_at: null,
			heard_through: 0,
		});
		expect(held.publication).toEqual({ title: "Press Office", url: "https://press.test" });
		expect(held.not_held).toContain(stringsOf("uz").held.reading);
		expect(held.held_besides).toEqual([stringsOf("uz").held.digests]);
	});

	it("has what became of digests and of mails to confirm, and nobody else's", async () => {
		const { desk, path } = await deskWithReader();
		await addSubscriber(desk.rooms, "boris@journal.test");
		await publishText(desk.rooms);
		desk.rooms.transport.answer = (messages) =>
			messages.map(({ to }) => ({ kind: "rejected", detail: `550 no such user as ${to}` }));
		await askToMove(desk, path, "anna@mission.test");
		await desk.tick(MONDAY);
		const hash = await desk.rooms.hashAddress(ADDRESS);
		await desk.rooms.mailLimits.allowMail(hash, "2026-11-22");
		const text = await (await desk.page(`${path}/data`)).text();
		const held = JSON.parse(text) as Downloaded;
		expect(held.digests_not_submitted).toEqual([
			{ run: "daily-2026-11-23", outcome: "rejected", reason: "550 no such user as (address)" },
		]);
		expect(held.delivery_reports).toEqual([
			{
				transport: "submission",
				verdict: "permanent",
				words: "550 no such user as (address)",
				reported_at: new Date(MONDAY).toISOString(),
			},
		]);
		expect(held.confirmation_mails).toEqual([{ day: "2026-11-22", asked: 1, allowed: 1 }]);
		expect(held.subscription.new_address).toBe("anna@mission.test");
		expect(text).not.toContain("boris");
	});

	it("is there for whoever has left, too", async () => {
		const { desk, id, path } = await deskWithReader();
		await desk.rooms.subscribers.end(id, "unsubscribed", SUNDAY);
		const held = (await (await desk.page(`${path}/data`)).json()) as Downloaded;
		expect(held.subscription).toMatchObject({ status: "ended", ended_reason: "unsubscribed" });
	});

	it("reads no table through", async () => {
		const { id } = await deskWithReader();
		const hash = async () => "x";
		const plans = await plansOf((ledger) => createHeldStore(ledger, hash).read(id));
		const forget = await plansOf((ledger) => createPreferencesStore(ledger, hash).forgetMoves(1));
		expect(plans).toHaveLength(4);
		for (const plan of [...plans, ...forget]) expect(plan).not.toContain("SCAN");
	});
});

describe("erasure", () => {
	it.each(["en", "ru", "uz", "uz-Cyrl"] as const)("asks again first, in %s", async (language) => {
		const { desk, id, path } = await deskWithReader([language]);
		const page = await (await desk.page(`${path}/erase`)).text();
		expect(page).toContain(stringsOf(language).erase.title);
		expect(page).toContain(`<form method="post" action="${path}/erase">`);
		expect(page).toContain(`href="${path}"`);
		expect(await wholeRow(id)).not.toBeNull();

		const answer = await send(desk, `${path}/erase`);
		expect(answer.status).toBe(200);
		expect(await answer.text()).toContain(stringsOf(language).erased.title);
		expect(await wholeRow(id)).toBeNull();
	});

	it("leaves a keyed hash and nothing that names the address", async () => {
		const { desk, path } = await deskWithReader(["en"], "Anna@journal.test");
		await publishText(desk.rooms);
		desk.rooms.transport.answer = (messages) =>
			messages.map(({ to }) => ({ kind: "unknown", detail: `lost after ${to}` }));
		await desk.tick(MONDAY);
		await send(desk, `${path}/erase`);
		expect(await desk.rooms.suppressions.reasonFor("anna@journal.test")).toBe("erased");
		const { results: suppressed } = await env.LEDGER.prepare("SELECT * FROM suppressions").all();
		expect(suppressed).toEqual([
			{
				address_hash: await desk.rooms.hashAddress("anna@journal.test"),
				reason: "erased",
				since: MONDAY,
			},
		]);
		for (const table of ["subscribers", "batches", "exceptions", "runs", "suppressions"]) {
			const { results } = await env.LEDGER.prepare(`SELECT * FROM ${table}`).all();
			expect(JSON.stringify(results).toLowerCase(), table).not.toContain("anna");
		}
	});

	it("is done once: then the link opens nothing", async () => {
		const { desk, path } = await deskWithReader();
		const answers = await Promise.all([send(desk, `${path}/erase`), send(desk, `${path}/erase`)]);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404]);
		for (const place of ["", "/erase", "/data"])
			expect((await desk.page(path + place)).status).toBe(404);
	});

	it("is there for whoever has left, and spares everybody else", async () => {
		const { desk, id, path } = await deskWithReader();
		const boris = await addSubscriber(desk.rooms, "boris@journal.test");
		await desk.rooms.subscribers.end(id, "unsubscribed", SUNDAY);
		expect(await (await desk.page(path)).text()).toContain(`href="${path}/erase"`);
		expect((await send(desk, `${path}/erase`)).status).toBe(200);
		expect(await wholeRow(id)).toBeNull();
		expect((await wholeRow(boris))?.status).toBe("active");
	});

	it("keeps the reason why an address was suppressed before", async () => {
		const { desk, path } = await deskWithReader();
		await desk.rooms.suppressions.suppress(ADDRESS, "complaint", SUNDAY);
		await send(desk, `${path}/erase`);
		expect(await desk.rooms.suppressions.reasonFor(ADDRESS)).toBe("complaint");
	});
});
