import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { closeFinishedRuns } from "../../src/digests/closing.ts";
import { submitBatches } from "../../src/digests/submit-together.ts";
import type { Message, Outcome } from "../../src/mail/transport.ts";
import { unsubscribeUrl } from "../../src/subscribers/links.ts";
import { tick } from "../../src/tick.ts";
import { deliver } from "../support/delivery.ts";
import { MONDAY, openDesk } from "../support/desk.ts";
import { emptyStores, publishText, RecordingTransport } from "../support/house.ts";

const RACES = 1000;

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const addressOf = (id: string) => `r${Number(id.slice(-12))}@journal.test`;

beforeEach(emptyStores);

it.each([
	// Who is soon to be told is one of the next few; where five batches go at a time, one of any batch.
	["mails go one by one, and batches too", 1, 1, 16],
	["ten mails go at a time, and five batches", 10, 5, 700],
])(
	`hands nothing over after an unsubscribe was answered, in ${RACES} races of the two, where %s`,
	async (_, handover, parallel, ahead) => {
		const transport = new RecordingTransport(handover, parallel);
		const desk = openDesk({ transport } as never);
		const { rooms } = desk;
		const insert = env.LEDGER.prepare(
			`INSERT INTO subscribers (id, address, address_key, status, kinds, languages, frequency,
			heard_through, signed_up_at, confirmed_at)
		SELECT printf('00000000-0000-4000-8000-%012d', value), 'r' || value || '@journal.test',
			'r' || value || '@journal.test', 'active', 'meeting', 'en', 'daily', 0, 0, 0
		FROM json_each(?)`,
		);
		await insert.bind(JSON.stringify(Array.from({ length: RACES }, (_, n) => n))).run();
		await publishText(rooms);
		desk.time.now = MONDAY;
		await tick(rooms, MONDAY);
		const submits: string[] = [];
		for (let asked = rooms.asked.shift(); asked; asked = rooms.asked.shift())
			if (asked.startsWith("submit")) submits.push(asked);
			else if (asked.startsWith("plan")) await deliver(rooms, asked);
		expect(submits).toHaveLength(RACES / 100);

		const answered = new Set<string>();
		const late: string[] = [];
		const handedOver = new Set<string>();
		const leave = async (id: string) => {
			const url = await unsubscribeUrl(rooms.identity.url, rooms.tokens, { id, linkVersion: 0 });
			const form = { "Content-Type": "application/x-www-form-urlencoded" };
			const body = "List-Unsubscribe=One-Click";
			const answer = await desk.app.request(url, { method: "POST", headers: form, body });
			expect(answer.status).toBe(200);
			answered.add(addressOf(id));
		};
		const leaving: Promise<void>[] = [];
		const waiting = Array.from({ length: RACES }, (_, n) => idOf(n));
		// Somebody leaves each time that the Worker is about to look up who is still there: one whose turn
		// is soon, or a little later, so that now the one wins and now the other.
		transport.connect = async () => {
			const [soon] = waiting.splice((leaving.length * 7) % ahead, 1);
			if (soon) leaving.push(leave(soon));
		};
		transport.answer = (messages: readonly Message[]): Outcome[] =>
			messages.map(({ to }) => {
				if (answered.has(to)) late.push(to);
				handedOver.add(to);
				return { kind: "submitted" };
			});
		const batches = submits.map((submit) => submit.split(" ")[1] ?? "");
		while (batches.length > 0) {
			const { later } = await submitBatches(rooms, batches.splice(0, 10));
			batches.push(...later.map(({ batch }) => batch));
		}
		await closeFinishedRuns(rooms, rooms.clock());
		leaving.push(...waiting.splice(0).map(leave));
		await Promise.all(leaving);
		expect(late).toEqual([]);
		expect(answered.size).toBe(RACES);
		// Both have won: else it was no race.
		expect(handedOver.size).toBeGreaterThan(0);
		expect(handedOver.size).toBeLessThan(RACES);
		const receipt = await env.LEDGER.prepare(
			"SELECT receipt FROM runs WHERE frequency = 'daily'",
		).first<string>("receipt");
		const tally = JSON.parse(receipt ?? "{}");
		expect(tally.submitted).toBe(handedOver.size);
		expect(tally).toMatchObject({ candidates: RACES, excluded: RACES - handedOver.size });
	},
	60_000,
);
