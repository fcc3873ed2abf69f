import { describe, expect, it } from "vitest";
import { isWell, runJourney } from "../../scripts/crash/journey.ts";
import { type Evidence, isKept, judge } from "../../scripts/crash/judge.ts";
import { type AcceptedMail, readMail } from "../../scripts/crash/mails.ts";
import { planCrashes } from "../../scripts/crash/plan.ts";
import { createRandom } from "../../scripts/crash/random.ts";

/** Under load on a small machine; alone it takes half a minute. */
const PATIENCE_MS = 180_000;

describe("the Worker, killed twice while a digest is made", () => {
	it(
		"tells every reader, none twice, and none who has left",
		async () => {
			const lines: string[] = [];
			const tell = (line: string) => lines.push(line);
			const end = await runJourney({ crashes: 2, subscribers: 300, seed: 7, tell });
			expect(end.verdict, lines.join("\n")).toMatchObject({
				twice: [],
				missed: [],
				afterLeaving: [],
				toldAgainInVain: [],
				leftUnknown: [],
				wrongReceipts: [],
			});
			expect(isWell(end)).toBe(true);
			expect(end.crashes).toHaveLength(2);
			expect(end.crashes[1]?.accepted).toBeGreaterThan(0);
			expect(end.accepted).toBeGreaterThan(end.crashes[1]?.accepted ?? Number.NaN);
		},
		PATIENCE_MS,
	);
});

const ANNA = "anna@readers.example";
const BORIS = "boris@readers.example";
const RIVERS = { slug: "on-the-rivers", kind: "consultation" };
const COUNCIL = { slug: "the-council-meets", kind: "meeting" };
const [MONDAY, TUESDAY] = ["daily-2027-03-01", "daily-2027-03-02"];

const mail = (address: string, over: Partial<AcceptedMail> = {}): AcceptedMail => ({
	address,
	run: MONDAY,
	releases: [RIVERS.slug],
	unsubscribeUrl: "https://press.example.org/u/token/unsubscribe",
	begunAt: 0,
	...over,
});

/** Two readers who asked for consultations and got theirs, but for what is said otherwise. */
const evidence = (over: Partial<Evidence> = {}): Evidence => ({
	readers: [ANNA, BORIS].map((address) => ({ address, kinds: ["consultation"] })),
	releases: [RIVERS],
	accepted: [mail(ANNA, { begunAt: 1000 }), mail(BORIS, { begunAt: 2000 })],
	left: new Map(),
	unknown: new Map(),
	receipts: new Map([
		[MONDAY, { candidates: 2, submitted: 2, excluded: 0, rejected: 0, unknown: 0 }],
	]),
	...over,
});

describe("the judge", () => {
	it("finds nothing where each got it once", () => {
		const verdict = judge(evidence());
		expect(Object.values(verdict).flat()).toEqual([]);
		expect(isKept(verdict)).toBe(true);
	});

	it("finds an edition that was accepted twice", () => {
		const accepted = [mail(ANNA), mail(BORIS), mail(ANNA, { begunAt: 9000 })];
		const verdict = judge(evidence({ accepted }));
		expect(verdict.twice).toEqual([`${MONDAY} ${ANNA}`]);
		expect(verdict.toldAgainInVain).toEqual([]);
		expect(isKept(verdict)).toBe(false);
	});

	it("finds a reader who got no mail", () => {
		const verdict = judge(evidence({ accepted: [mail(BORIS)] }));
		expect(verdict.missed).toEqual([ANNA]);
		expect(isKept(verdict)).toBe(false);
	});

	it("finds a reader whose mail lacks one of the releases that they asked for, and only that one", () => {
		const readers = [
			{ address: ANNA, kinds: ["consultation", "meeting"] },
			{ address: BORIS, kinds: ["consultation"] },
		];
		const releases = [RIVERS, COUNCIL];
		expect(judge(evidence({ readers, releases })).missed).toEqual([ANNA]);
		const accepted = [mail(ANNA, { releases: [RIVERS.slug, COUNCIL.slug] }), mail(BORIS)];
		expect(judge(evidence({ readers, releases, accepted })).missed).toEqual([]);
	});

	it("does not miss who has left", () => {
		const left = new Map([[ANNA, 500]]);
		const verdict = judge(evidence({ accepted: [mail(BORIS)], left, receipts: new Map() }));
		expect(isKept(verdict)).toBe(true);
	});

	it("finds a message to a reader who has left", () => {
		const left = new Map([[BORIS, 900]]);
		const verdict = judge(evidence({ left }));
		expect(verdict).toMatchObject({ afterLeaving: [BORIS], inHand: [] });
		expect(isKept(verdict)).toBe(false);
	});

	it("lets pass one message that was begun before the answer", () => {
		const verdict = judge(evidence({ left: new Map([[BORIS, 2001]]) }));
		expect(verdict).toMatchObject({ afterLeaving: [], inHand: [] });
	});

	it("tells apart the one message that was in hand: the next, and soon", () => {
		const left = new Map([[BORIS, 1900]]);
		const verdict = judge(evidence({ left }));
		expect(verdict).toMatchObject({ afterLeaving: [], inHand: [BORIS] });
		expect(isKept(verdict)).toBe(true);

		const twice = [mail(BORIS, { begunAt: 2000 }), mail(BORIS, { run: TUESDAY, begunAt: 2100 })];
		expect(judge(evidence({ accepted: twice, left }))).toMatchObject({
			afterLeaving: [BORIS],
			inHand: [BORIS],
		});
		const late = [mail(BORIS, { begunAt: 60_000 })];
		expect(judge(evidence({ accepted: late, left })).afterLeaving).toEqual([BORIS]);
	});

	const unknown = new Map([[ANNA, MONDAY]]);
	const receipts = new Map([
		[MONDAY, { candidates: 2, submitted: 1, excluded: 0, rejected: 0, unknown: 1 }],
	]);

	it("finds a reader whose outcome is unknown and whom no later digest told", () => {
		const verdict = judge(evidence({ unknown, receipts }));
		expect(verdict.leftUnknown).toEqual([ANNA]);
		expect(isKept(verdict)).toBe(false);
	});

	it("lets the next digest tell again whose outcome is unknown, and nobody else", () => {
		const accepted = [mail(ANNA), mail(BORIS), mail(ANNA, { run: TUESDAY })];
		const verdict = judge(evidence({ accepted, unknown, receipts }));
		expect(verdict).toMatchObject({ toldAgain: [ANNA], toldAgainInVain: [], leftUnknown: [] });
		expect(isKept(verdict)).toBe(true);

		const inVain = judge(evidence({ accepted }));
		expect(inVain).toMatchObject({ toldAgain: [], toldAgainInVain: [ANNA] });
		expect(isKept(inVain)).toBe(false);
	});

	it.each([
		["does not add up", { candidates: 3, submitted: 2, excluded: 0, rejected: 0, unknown: 0 }],
		[
			"has more than were accepted",
			{ candidates: 3, submitted: 3, excluded: 0, rejected: 0, unknown: 0 },
		],
		[
			"has fewer than were accepted",
			{ candidates: 2, submitted: 1, excluded: 1, rejected: 0, unknown: 0 },
		],
	])("finds a receipt that %s", (_, receipt) => {
		const verdict = judge(evidence({ receipts: new Map([[MONDAY, receipt]]) }));
		expect(verdict.wrongReceipts).toHaveLength(1);
		expect(isKept(verdict)).toBe(false);
	});
});

describe("a mail of the log", () => {
	it("tells its reader, its run, its releases and its link, also where lines are folded", async () => {
		const source = [
			"Message-ID:",
			" <daily-2027-03-01.0190a3c1-8f00-7000-8000-000000000001@press.example.org>",
			"List-Unsubscribe:",
			" <https://press.example.org/u/token/unsubscribe>, <mailto:u+t@press.example.org>",
			"Content-Type: text/plain; charset=utf-8",
			"Content-Transfer-Encoding: quoted-printable",
			"",
			"https://press.example.org/releases/on-the-=",
			"rivers",
			"https://press.example.org/releases/on-the-rivers.ics",
			"https://press.example.org/releases/the-council-meets",
			"",
		].join("\r\n");
		expect(await readMail({ from: "", to: [ANNA], source, begunAt: 5 })).toEqual({
			address: ANNA,
			run: MONDAY,
			releases: [RIVERS.slug, COUNCIL.slug],
			unsubscribeUrl: "https://press.example.org/u/token/unsubscribe",
			begunAt: 5,
		});
	});
});

describe("the plan of crashes", () => {
	it("is the same for a seed, and another for another", () => {
		const planOf = (seed: number) => planCrashes(10, 5000, createRandom(seed));
		expect(planOf(1)).toEqual(planOf(1));
		expect(planOf(1)).not.toEqual(planOf(2));
	});

	it("hits planning first and submission then, and leaves messages enough for every crash", () => {
		for (let seed = 1; seed <= 50; seed += 1) {
			const plan = planCrashes(10, 5000, createRandom(seed));
			expect(plan.map(({ during }) => during)).toEqual([
				...Array(2).fill("planning"),
				...Array(8).fill("submission"),
			]);
			const messages = plan
				.filter(({ during }) => during === "submission")
				.reduce((sum, { count }) => sum + count + 1, 0);
			expect(messages + 10 * 100).toBeLessThanOrEqual(5000);
		}
	});

	it("asks for more subscribers where there are too few", () => {
		expect(() => planCrashes(10, 1000, createRandom(1))).toThrow("1008 subscribers");
	});
});
