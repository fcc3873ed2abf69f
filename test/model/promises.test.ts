import { expect, it } from "vitest";
import { SUNDAY } from "../support/desk.ts";
import {
	beginHistory,
	type HandOver,
	type History,
	NEVER,
	noteChange,
	noteConfirmed,
	noteConfirming,
	noteLeaving,
	notePause,
	noteSignUp,
	type Reader,
	type Release,
	type Run,
	type Wish,
} from "./history.ts";
import { brokenPromises } from "./promises.ts";

const ANNA = "anna@journal.test";
const WISH: Wish = { kinds: ["meeting"], languages: ["en"], frequency: "daily", zone: "" };
const RECEIPT = { candidates: 1, submitted: 1, excluded: 0, rejected: 0, unknown: 0 };
const RUN: Run = { id: "daily-1", state: "closed", receipt: RECEIPT };

/** Anna confirms, and a meeting is published. */
function begin() {
	const history = beginHistory([ANNA]);
	const [anna] = history.readers as [Reader];
	noteSignUp(anna, WISH);
	noteConfirming(anna, history.next());
	noteConfirmed(anna, answered(history, 200));
	const release = addRelease(history);
	return { history, anna, release };
}

function answered(history: History, status: number | null) {
	return { from: history.next(), to: history.next(), status };
}

function addRelease(history: History, over: Partial<Release> = {}): Release {
	const number = history.releases.length + 1;
	const moment = history.next();
	const release: Release = {
		number,
		id: `id-${number}`,
		story: `story-${number}`,
		kind: "meeting",
		language: "en",
		embargo: null,
		texts: [{ asked: moment, answered: history.next() }],
		status: "published",
		publicFrom: moment,
		withdrawn: NEVER,
		...over,
	};
	history.releases.push(release);
	return release;
}

function handOver(history: History, over: Partial<HandOver> = {}): HandOver {
	const run = over.run ?? RUN.id;
	const given: HandOver = {
		invocation: { began: history.next(), survived: true },
		at: history.next(),
		time: SUNDAY,
		id: `${run}.anna`,
		mail: "digest",
		run,
		to: ANNA,
		told: [{ release: 1, text: 1, as: "fresh" }],
		answer: "submitted",
		arrived: true,
		...over,
	};
	history.handOvers.push(given);
	return given;
}

it("finds nothing where all is well", () => {
	const { history } = begin();
	handOver(history, { answer: "retry", arrived: false });
	handOver(history);
	expect(brokenPromises(history, [RUN])).toEqual([]);
});

it.each([
	["submitted", true],
	["unknown, arrived", true],
	["unknown, lost", true],
	["retry", false],
] as const)("an edition handed over again after %s: broken is %s", (answer, isBroken) => {
	const { history } = begin();
	handOver(history, { answer, arrived: answer.endsWith("arrived") });
	handOver(history);
	const again = `daily-1 was handed over again to ${ANNA} after: ${answer}`;
	expect(brokenPromises(history, []).includes(again)).toBe(isBroken);
});

it("finds who was told the same by two editions", () => {
	const { history } = begin();
	handOver(history);
	handOver(history, { run: "daily-2" });
	expect(brokenPromises(history, [])).toEqual([`${ANNA} was told twice of news 1`]);
});

it("finds who was told nothing, or only by a mail that was lost", () => {
	const { history } = begin();
	const missed = [`${ANNA} was never told of news 1`];
	expect(brokenPromises(history, [])).toEqual(missed);
	handOver(history, { answer: "unknown, lost", arrived: false });
	expect(brokenPromises(history, [])).toEqual(missed);
});

it("owes nobody what they did not wish for all the time since, or what was before them", () => {
	const { history, anna } = begin();
	const other: Wish = { ...WISH, kinds: ["consultation"] };
	noteChange(anna, other, answered(history, 303));
	expect(brokenPromises(history, [])).toEqual([]);
	addRelease(history, { kind: "consultation", publicFrom: 0 });
	expect(brokenPromises(history, [])).toEqual([]);
	addRelease(history, { kind: "consultation" });
	expect(brokenPromises(history, [])).toEqual([`${ANNA} was never told of news 3`]);
});

it("takes another release of the story for it", () => {
	const { history, release } = begin();
	addRelease(history, { story: release.story, language: "ru" });
	noteChange(
		history.readers[0] as Reader,
		{ ...WISH, languages: ["en", "ru"] },
		answered(history, null),
	);
	handOver(history, { told: [{ release: 2, text: 1, as: "fresh" }] });
	expect(brokenPromises(history, [])).toEqual([]);
});

it("finds what an edition must not tell", () => {
	const { history, release } = begin();
	addRelease(history, { story: release.story, publicFrom: NEVER, status: "scheduled" });
	addRelease(history, { kind: "consultation" });
	addRelease(history, { status: "withdrawn", withdrawn: history.next() });
	release.texts.push({ asked: history.next(), answered: history.next() });
	const told = [1, 2, 3, 4].map((number) => ({ release: number, text: 1, as: "fresh" as const }));
	handOver(history, { told });
	handOver(history, { run: "daily-2", told: [] });
	expect(brokenPromises(history, [])).toEqual([
		`daily-1 to ${ANNA} tells news 1 as it stood before`,
		`daily-1 to ${ANNA} tells news 2 before its time`,
		`daily-1 to ${ANNA} tells news 3, not wished for`,
		`daily-1 to ${ANNA} tells news 4 as it stood before`,
		`daily-1 to ${ANNA} has a story twice`,
		`daily-2 to ${ANNA} is empty`,
		`${ANNA} was never told how news 1 has changed`,
		`${ANNA} was never told how news 4 has changed`,
	]);
});

it("finds who was not told that what they heard was corrected or withdrawn", () => {
	const { history, release } = begin();
	handOver(history);
	expect(brokenPromises(history, [])).toEqual([]);
	release.texts.push({ asked: history.next(), answered: history.next() });
	const missed = [`${ANNA} was never told how news 1 has changed`];
	expect(brokenPromises(history, [])).toEqual(missed);
	handOver(history, { run: "daily-2", told: [{ release: 1, text: 2, as: "corrected" }] });
	expect(brokenPromises(history, [])).toEqual([]);
	release.status = "withdrawn";
	release.withdrawn = history.next();
	expect(brokenPromises(history, [])).toEqual(missed);
	handOver(history, { run: "daily-3", told: [{ release: 1, text: 2, as: "withdrawn" }] });
	expect(brokenPromises(history, [])).toEqual([]);
});

it("finds what went to who has left, until they come back", () => {
	const { history, anna } = begin();
	handOver(history);
	noteLeaving(anna, answered(history, 200));
	handOver(history, { mail: "confirmation", run: "", told: [] });
	expect(brokenPromises(history, [])).toEqual([]);
	handOver(history, { mail: "welcome", run: "", told: [] });
	expect(brokenPromises(history, [])).toEqual([`welcome went to ${ANNA}, who has left`]);
	noteSignUp(anna, WISH);
	noteConfirming(anna, history.next());
	handOver(history, { mail: "welcome", run: "", told: [] });
	expect(brokenPromises(history, [])).toHaveLength(1);
});

it.each([
	["2026-11-23", SUNDAY, ""],
	// The day has begun in Tashkent, and in New York it has not.
	["2026-11-23", Date.parse("2026-11-22T19:00:00Z"), "America/New_York"],
])("finds what went to who pauses until %s", (day, time, zone) => {
	const { history, anna } = begin();
	notePause(anna, day, answered(history, 303));
	handOver(history, { time });
	const paused = `daily-1 went to ${ANNA}, who pauses`;
	expect(brokenPromises(history, [])).toEqual(zone === "" ? [paused] : []);
	notePause(anna, null, answered(history, null));
	history.handOvers.length = 0;
	handOver(history, { time });
	expect(brokenPromises(history, [])).toEqual([]);
});

it.each([
	[{ submitted: 0 }, ["sums up", "knows what was submitted"]],
	[{ submitted: 2, candidates: 2 }, ["counts only what was submitted", "counts nobody twice"]],
	[{ candidates: 0, excluded: -1 }, ["has everybody among its candidates"]],
])("finds a receipt with %j", (over, claims) => {
	const { history } = begin();
	handOver(history);
	const broken = brokenPromises(history, [{ ...RUN, receipt: { ...RECEIPT, ...over } }]);
	expect(broken.map((words) => /daily-1 (.*):/.exec(words)?.[1])).toEqual(claims);
});

it.each(["rejected", "unknown, arrived"] as const)(
	"finds a receipt without what was %s",
	(answer) => {
		const { history } = begin();
		handOver(history, { answer });
		const receipt = { ...RECEIPT, submitted: 0, excluded: 1 };
		expect(brokenPromises(history, [{ ...RUN, receipt }])).toHaveLength(1);
	},
);

it("finds a run that does not close, and what nobody caused", () => {
	const { history } = begin();
	handOver(history);
	history.accidents.push("the tick failed");
	expect(brokenPromises(history, [{ ...RUN, state: "submitting", receipt: null }])).toEqual([
		"the tick failed",
		"daily-1 is submitting",
	]);
});
