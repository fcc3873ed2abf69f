import { z } from "zod";
import { HOUR_MS, MINUTE_MS } from "../support/desk.ts";
import {
	type Asked,
	type Kind,
	type Language,
	type Moment,
	NEVER,
	noteChange,
	noteConfirmed,
	noteConfirming,
	noteLeaving,
	notePause,
	noteSignUp,
	type Reader,
	type Release,
	type Wish,
} from "./history.ts";
import { noteOf, reasonOf, titleOf } from "./mails.ts";
import { type Fate, GOOD, type Happening, type World } from "./world.ts";

/** What a person does who asks for something: whom it befalls, and whether they ask once more. */
interface Person {
	readonly reader: number;
	readonly fate: Fate;
	readonly isPatient: boolean;
}

const pick = <Item>(items: readonly Item[], which: number): Item | undefined =>
	items[which % items.length];

const readerOf = (world: World, { reader }: Person) =>
	pick(world.history.readers, reader) as Reader;

function inWords({ mishap, answers }: Fate, isPatient = true): string {
	const said = answers.every((answer) => answer === "submitted")
		? ""
		: `; answers ${answers.join(", ")}`;
	const patience = mishap && !isPatient ? ", and gives up" : "";
	if (!mishap) return said;
	const { at, count, kind } = mishap;
	if (kind === "meanwhile") return `${said}; at ${at} ${count}: ${mishap.happening}`;
	return `${said}; ${kind} ${at} ${count}${patience}`;
}

const wishInWords = ({ kinds, languages, frequency, zone }: Wish) =>
	`${kinds.join("+")} in ${languages.join(",")}, ${frequency}${zone && ` at ${zone}`}`;

/** A happening of plain facts that tells itself in words. */
const happening = (words: string, happen: (world: World) => Promise<void>): Happening => ({
	happen: async (world) => {
		world.log.push(words);
		await happen(world);
	},
	toString: () => words,
});

// Readers.

export function signUp(person: Person, wish: Wish): Happening {
	const words = `reader ${person.reader} signs up for ${wishInWords(wish)}`;
	return happening(words + inWords(person.fate, person.isPatient), async (world) => {
		const reader = readerOf(world, person);
		noteSignUp(reader, wish);
		const { kinds, languages, frequency, zone } = wish;
		const json = { email: reader.address, kinds, languages, frequency };
		const request = { ...json, ...(zone && { time_zone: zone }) };
		const path = "/subscriptions";
		await world.ask({ method: "POST", path, json: request }, person.fate, person.isPatient);
	});
}

/** Signs up, and confirms by the mail. */
export function join(reader: number, wish: Wish): Happening {
	const person = { reader, fate: GOOD, isPatient: true };
	return happening(`reader ${reader} joins for ${wishInWords(wish)}`, async (world) => {
		await signUp(person, wish).happen(world);
		await deliverAll().happen(world);
		await confirm(person, 0).happen(world);
		await deliverAll().happen(world);
	});
}

/** @param which of the links that arrived; the newest is 0. */
export function confirm(person: Person, which: number): Happening {
	const words = `reader ${person.reader} confirms by link ${which}`;
	return happening(words + inWords(person.fate, person.isPatient), async (world) => {
		const reader = readerOf(world, person);
		const path = pick(reader.links.confirm.toReversed(), which);
		if (!path) return;
		noteConfirming(reader, world.history.next());
		const request = { method: "POST", path, form: [] } as const;
		noteConfirmed(reader, await world.ask(request, person.fate, person.isPatient));
	});
}

async function manage(
	world: World,
	person: Person,
	form: readonly (readonly [string, string])[],
): Promise<{ reader: Reader; asked: Asked } | null> {
	const reader = readerOf(world, person);
	const path = reader.links.manage.at(-1);
	if (!path) return null;
	const asked = await world.ask({ method: "POST", path, form }, person.fate, person.isPatient);
	return { reader, asked };
}

export function change(person: Person, wish: Wish): Happening {
	const words = `reader ${person.reader} changes to ${wishInWords(wish)}`;
	return happening(words + inWords(person.fate, person.isPatient), async (world) => {
		const form = [
			["change", "preferences"] as const,
			...wish.kinds.map((kind) => ["kinds", kind] as const),
			...wish.languages.map((language) => ["languages", language] as const),
			["frequency", wish.frequency] as const,
			["time_zone", wish.zone] as const,
		];
		const done = await manage(world, person, form);
		if (done) noteChange(done.reader, wish, done.asked);
	});
}

/** @param days until mail comes again; 0 ends a pause. */
export function pause(person: Person, days: number): Happening {
	const words = `reader ${person.reader} ${days === 0 ? "ends the pause" : `pauses for ${days} d`}`;
	return happening(words + inWords(person.fate, person.isPatient), async (world) => {
		const day = days === 0 ? null : civilDate(world.now + days * 24 * HOUR_MS, "Asia/Tashkent");
		const form = day === null ? [["change", "resume"] as const] : pauseForm(day);
		const done = await manage(world, person, form);
		if (done) notePause(done.reader, day, done.asked);
	});
}

const pauseForm = (day: string) => [["change", "pause"] as const, ["until", day] as const];

/** @param which of the mails that arrived; the newest is 0. */
export function leave(person: Person, which: number): Happening {
	const words = `reader ${person.reader} unsubscribes by link ${which}`;
	return happening(words + inWords(person.fate, person.isPatient), async (world) => {
		const reader = readerOf(world, person);
		const path = pick(reader.links.unsubscribe.toReversed(), which);
		if (!path) return;
		const form = [["List-Unsubscribe", "One-Click"] as const];
		const request = { method: "POST", path, form } as const;
		noteLeaving(reader, await world.ask(request, person.fate, person.isPatient));
	});
}

export function civilDate(time: number, timeZone: string): string {
	return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(time);
}

// The press office, which asks until it is answered.

const seen = z.object({
	release: z.object({
		id: z.string(),
		title: z.string(),
		status: z.enum(["scheduled", "published", "withdrawn", "cancelled"]),
	}),
});

interface Publication {
	readonly kind: Kind;
	readonly language: Language;
	/** Hours of embargo; 0 for none. */
	readonly hours: number;
	/** Which release it translates; null for a story of its own. */
	readonly translates: number | null;
}

export function publish(release: Publication, fate: Fate): Happening {
	const { kind, language, hours, translates } = release;
	const embargo = hours === 0 ? "" : ` under embargo for ${hours} h`;
	const told = translates === null ? "" : `, a translation of release ${translates}`;
	const words = `a ${kind} in ${language} is posted${embargo}${told}${inWords(fate)}`;
	return happening(words, async (world) => {
		const number = world.history.releases.length + 1;
		const original = translates === null ? undefined : pick(world.history.releases, translates);
		const story = original?.story ?? `story-${number}`;
		const until = hours === 0 ? null : world.now + hours * HOUR_MS;
		const json = { ...fieldsOf(number, 1), kind, language, story, ...publishAt(until) };
		// The number is free again where a translation was refused, and a key is for one text.
		const headers = { "Idempotency-Key": `${number} of ${world.now} ${story} ${language} ${kind}` };
		const request = { method: "POST", path: "/api/releases", json, headers } as const;
		const asked = await world.ask(request, fate);
		if (asked.status !== 201) return;
		const { id } = seen.parse(JSON.parse(asked.body)).release;
		const noted: Release = {
			number,
			id,
			story,
			kind,
			language,
			embargo: until,
			texts: [{ asked: asked.from, answered: asked.to }],
			status: "scheduled",
			publicFrom: NEVER,
			withdrawn: NEVER,
		};
		world.history.releases.push(noted);
		await look(world, noted, asked.from);
	});
}

export function correct(which: number, fate: Fate): Happening {
	return happening(`release ${which} is corrected${inWords(fate)}`, async (world) => {
		const release = pick(world.history.releases, which);
		if (!release) return;
		const { number, kind, language, story, embargo } = release;
		const text = release.texts.length + 1;
		const note = { note: noteOf(number, text) };
		const json = {
			...fieldsOf(number, text),
			kind,
			language,
			story,
			...publishAt(embargo),
			...note,
		};
		const headers = { "If-Match": "*" };
		const path = `/api/releases/${release.id}`;
		const asked = await world.ask({ method: "PUT", path, json, headers }, fate);
		if (asked.status === 200) release.texts.push({ asked: asked.from, answered: asked.to });
		await look(world, release, asked.from);
	});
}

export function withdraw(which: number, fate: Fate): Happening {
	return happening(`release ${which} is withdrawn${inWords(fate)}`, async (world) => {
		const release = pick(world.history.releases, which);
		if (!release) return;
		const headers = { "If-Match": "*" };
		const path = `/api/releases/${release.id}`;
		const json = { reason: reasonOf(release.number) };
		const asked = await world.ask({ method: "DELETE", path, json, headers }, fate);
		await look(world, release, asked.from);
	});
}

/**
 * The press office looks how its release stands.
 *
 * @param since what it has asked for may have made it public.
 */
export async function look(world: World, release: Release, since?: Moment): Promise<void> {
	const path = `/api/releases/${release.id}`;
	const { body, from, to } = await world.ask({ method: "GET", path });
	const { title, status } = seen.parse(JSON.parse(body)).release;
	const expected = titleOf(release.number, release.texts.length);
	if (title !== expected) world.history.accidents.push(`${expected} has become ${title}`);
	if (status === "published" || status === "withdrawn")
		release.publicFrom = Math.min(release.publicFrom, since ?? from);
	if (status === "withdrawn") release.withdrawn = Math.min(release.withdrawn, to);
	release.status = status;
}

const publishAt = (time: number | null) =>
	time === null ? {} : { publish_at: new Date(time).toISOString() };

const fieldsOf = (number: number, text: number) => ({
	title: titleOf(number, text),
	summary: "What it is about.",
	body: `The body of ${titleOf(number, text)}.`,
	event: null,
});

// The clock and the queue.

interface Strike {
	/** That pass before. */
	readonly minutes: number;
	/** By how many minutes the clock strikes late. */
	readonly late: number;
}

export function strike({ minutes, late }: Strike, fate: Fate): Happening {
	const lateness = late === 0 ? "" : `, ${late} min late`;
	return happening(
		`${minutes} min pass, and the clock strikes${lateness}${inWords(fate)}`,
		async (world) => {
			world.now += minutes * MINUTE_MS;
			await world.tick(fate, late * MINUTE_MS);
		},
	);
}

export function deliver(which: number, fate: Fate, isRepeated: boolean): Happening {
	const twice = isRepeated ? " and will come again" : "";
	return happening(`message ${which} is delivered${twice}${inWords(fate)}`, async (world) => {
		if (world.waiting.length > 0) await world.deliver(which, fate, isRepeated);
	});
}

export function deliverAgain(fate: Fate): Happening {
	const words = `another consumer has the same message${inWords(fate)}`;
	return happening(words, (world) => world.deliverAgain(fate));
}

/** More than any queue here gets; who gets there is in a circle. */
const MOST_MESSAGES = 40;

interface Deliveries {
	/** Which message a mishap at a step befalls; one at a hand-over befalls the first that has it. */
	readonly unlucky?: number;
	/** How many messages are delivered at most. */
	readonly most?: number;
}

/** Delivers the oldest message until none is left, or enough are delivered. */
export function deliverAll(fate: Fate = GOOD, deliveries: Deliveries = {}): Happening {
	const { unlucky = 0, most = MOST_MESSAGES } = deliveries;
	const { mishap } = fate;
	const which = most < MOST_MESSAGES ? `the oldest ${most}` : "all";
	const of = mishap?.at === "step" ? `; of message ${unlucky}` : "";
	return happening(`${which} messages are delivered${of}${inWords(fate)}`, async (world) => {
		for (let count = 0; world.waiting.length > 0 && count < most; count += 1) {
			const isMet = mishap?.at === "hand-over" ? !world.hasMet(mishap) : count === unlucky;
			await world.deliver(0, isMet ? fate : { ...fate, mishap: null });
		}
	});
}

export function lose(which: number): Happening {
	return happening(`message ${which} is lost`, async (world) => {
		if (world.waiting.length > 0) world.waiting.splice(which % world.waiting.length, 1);
	});
}

export function restart(): Happening {
	return happening("everything ends and begins anew, without a message", async (world) => {
		world.waiting.length = 0;
	});
}

/** The operator lets go what the Worker holds back. */
export function letGo(): Happening {
	return happening("held runs are let go", async (world) => {
		for (const { id, state } of await world.runs())
			if (state === "held")
				await world.ask({
					method: "POST",
					path: `/api/runs/${encodeURIComponent(id)}/release`,
					headers: { "If-Match": "*" },
				});
	});
}
