import { describe, expect, it } from "vitest";
import { type BreakerFacts, findHolds } from "../../src/digests/breakers.ts";

const SETTINGS = { needsApproval: false, growth: 100 };
const USUAL: BreakerFacts = {
	candidates: 1000,
	active: 1200,
	left: 0,
	repeats: 0,
	fault: null,
	largest: 900,
};

const kindsOf = (over: Partial<BreakerFacts>, settings: Partial<typeof SETTINGS> = {}) =>
	findHolds({ ...USUAL, ...over }, { ...SETTINGS, ...settings }).map(({ kind }) => kind);

describe("a run", () => {
	it("goes out where nothing is strange", () => {
		expect(kindsOf({})).toEqual([]);
	});

	it.each<[string, Partial<BreakerFacts>, string[]]>([
		["has more than there are by those who may have moved", { active: 990 }, []],
		["has more than there are, though some may have moved", { active: 989 }, ["too-many"]],
		["has more than there are, those counted who have left since", { active: 980, left: 10 }, []],
		["of a few is many times as many as there are", { candidates: 20, active: 5 }, ["too-many"]],
		["has as many as there are", { active: 1000 }, []],
		["would tell somebody the very same again", { repeats: 1 }, ["repeats"]],
		["has an edition with a fault", { fault: "no unsubscribe link" }, ["faulty"]],
		["is more than twice as large as any before", { largest: 499 }, ["larger"]],
		["is twice as large", { largest: 500 }, []],
		["is the first", { largest: null }, []],
		[
			"is strange in each way",
			{ active: 1, repeats: 2, fault: "x", largest: 1 },
			["too-many", "repeats", "faulty", "larger"],
		],
	])("that %s", (_what, over, kinds) => {
		expect(kindsOf(over)).toEqual(kinds);
	});

	it("may grow as the settings say, and by a hundred readers in any case", () => {
		expect(kindsOf({ largest: 900 }, { growth: 10 })).toEqual([]);
		expect(kindsOf({ largest: 899 }, { growth: 10 })).toEqual(["larger"]);
		expect(kindsOf({ candidates: 105, largest: 5 })).toEqual([]);
		expect(kindsOf({ candidates: 106, largest: 5 })).toEqual(["larger"]);
	});

	it("waits for approval where that is required", () => {
		expect(kindsOf({}, { needsApproval: true })).toEqual(["approval"]);
	});

	it("is never held where it has nobody to go to", () => {
		const nobody = { candidates: 0, active: 0, repeats: 3, fault: "x", largest: 0 };
		expect(kindsOf(nobody, { needsApproval: true })).toEqual([]);
	});

	it("says in words with numbers why it waits", () => {
		const [hold] = findHolds({ ...USUAL, largest: 300 }, SETTINGS);
		expect(hold?.detail).toMatch(/1000 recipients.*300/);
	});
});
