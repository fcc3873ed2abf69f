/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../../src/shared/language.ts";
import { SETS, type SetName, samplesIn } from "./corpus/gold.ts";
import {
	FIELDS,
	type Field,
	judge,
	misses,
	precisionFaults,
	scoreOf,
	select,
} from "./corpus/scoring.ts";

const files = import.meta.glob<string>("./corpus/*/*.{txt,json}", {
	query: "?raw",
	import: "default",
	eager: true,
});
const samples = samplesIn(new Map(Object.entries(files)));
const of = (set: SetName) => samples.filter((sample) => sample.set === set);

/** The recall that was measured, rounded down to hundredths: less is a regression. */
const RECALL: Readonly<Record<SetName, Readonly<Record<Field, number>>>> = {
	tuned: {
		title: 1,
		paragraphs: 1,
		language: 1,
		kind: 1,
		"dateline.places": 1,
		"dateline.date": 1,
		"event.starts": 1,
		"event.ends": 1,
		"event.place": 0.88,
	},
	"held-out": {
		title: 1,
		paragraphs: 1,
		language: 1,
		kind: 1,
		"dateline.places": 1,
		"dateline.date": 1,
		"event.starts": 0.93,
		"event.ends": 0.93,
		"event.place": 0.83,
	},
};

describe("the corpus", () => {
	it("has texts of every language in both sets", () => {
		for (const language of LANGUAGES) {
			const count = (set: SetName) =>
				of(set).filter(({ gold }) => gold.language === language).length;
			expect(count("tuned")).toBeGreaterThanOrEqual(12);
			expect(count("held-out")).toBeGreaterThanOrEqual(3);
		}
	});
});

describe.each(SETS)("the intake's reading of the texts that are %s", (set) => {
	const judgements = of(set).flatMap(judge);

	it("gives kind and dates right, or asks", () => {
		expect(precisionFaults(judgements), JSON.stringify(misses(judgements))).toEqual([]);
	});

	it.each(FIELDS)("gives %s as often as was measured", (field) => {
		const { recall } = scoreOf(select(judgements, field));
		expect(recall).toBeGreaterThanOrEqual(RECALL[set][field]);
	});
});

describe("the score", () => {
	const judgement = { name: "a", language: "en", field: "kind", from: null } as const;
	const right = { ...judgement, gold: "meeting", read: "meeting" };
	const wrong = { ...judgement, gold: null, read: "meeting" };
	const unread = { ...judgement, gold: "meeting", read: null };
	const neither = { ...judgement, gold: null, read: null };

	it("is right of given, and right of told", () => {
		const score = scoreOf([right, wrong, unread, neither]);
		expect(score).toEqual({ given: 2, right: 1, told: 2, precision: 0.5, recall: 0.5 });
		expect(scoreOf([neither])).toMatchObject({ precision: null, recall: null });
	});

	it("finds fault where more than one in twenty is wrong", () => {
		const twenty = Array.from({ length: 19 }, () => right);
		expect(precisionFaults([...twenty, wrong])).toEqual([]);
		expect(precisionFaults([...twenty, wrong, wrong])).toEqual(["kind"]);
		expect(misses([right, wrong, unread, neither])).toEqual([wrong, unread]);
	});
});
