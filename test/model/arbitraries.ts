import fc from "fast-check";
import {
	change,
	confirm,
	correct,
	deliver,
	deliverAgain,
	deliverAll,
	join,
	leave,
	letGo,
	lose,
	pause,
	publish,
	restart,
	signUp,
	strike,
	withdraw,
} from "./happenings.ts";
import { ANSWERS, type Answer, type Wish } from "./history.ts";
import { type Fate, GOOD, type Happening, type Mishap } from "./world.ts";

const MOST_READERS = 5;
/** In each half: with two halves few orders are very short. */
const MOST_HAPPENINGS = 16;
/** Of a delivery, and of a tick; where there are fewer, nothing befalls it. */
const STEPS = 8;
const STEPS_OF_A_TICK = 16;

/** One order of things. */
export interface Interleaving {
	/** Messages that the transport takes at a time. */
	readonly handover: number;
	/** What the readers sign up for who are there from the first. */
	readonly readers: readonly Wish[];
	readonly happenings: readonly Happening[];
}

/** What most wish for, so that an edition has several readers. */
const POPULAR: Wish = {
	kinds: ["consultation", "meeting"],
	languages: ["en", "ru"],
	frequency: "daily",
	zone: "",
};
const unpopular: fc.Arbitrary<Wish> = fc.record({
	kinds: fc.subarray(["consultation", "meeting"], { minLength: 1 }),
	languages: fc.shuffledSubarray(["en", "ru"], { minLength: 1 }),
	frequency: fc.constantFrom("daily", "immediate", "daily", "immediate", "weekly"),
	zone: fc.constantFrom("", "", "", "America/New_York", "Pacific/Auckland"),
});
/** Mostly what changes which releases are theirs. */
const otherWish = fc.oneof(
	{ weight: 1, arbitrary: fc.constant(POPULAR) },
	{ weight: 3, arbitrary: unpopular },
);
const wish = fc.oneof(
	{ weight: 5, arbitrary: fc.constant(POPULAR) },
	{ weight: 2, arbitrary: fc.constant<Wish>({ ...POPULAR, frequency: "immediate" }) },
	{ weight: 3, arbitrary: unpopular },
);

const answer: fc.Arbitrary<Answer> = fc.oneof(
	{ weight: 2, arbitrary: fc.constant("submitted" as const) },
	{ weight: 1, arbitrary: fc.constantFrom(...ANSWERS) },
);
const answers = fc.array(answer, { minLength: 1, maxLength: 3 });

type Place = Pick<Mishap, "at" | "count">;
const stepOf = (steps: number): fc.Arbitrary<Place> =>
	fc.record({ at: fc.constant("step" as const), count: fc.nat({ max: steps - 1 }) });
const aHandOver: fc.Arbitrary<Place> = fc.record({
	at: fc.constant("hand-over" as const),
	count: fc.nat({ max: 2 }),
});
const death = (place: fc.Arbitrary<Place>): fc.Arbitrary<Mishap> =>
	fc
		.tuple(place, fc.constantFrom("dies before" as const, "dies after" as const))
		.map(([at, kind]) => ({ ...at, kind }));
const whoever = fc.nat({ max: MOST_READERS - 1 });
const whichever = fc.nat({ max: 9 });

const mostly = <Value>(value: Value, arbitrary: fc.Arbitrary<Value>, weight: number) =>
	fc.oneof({ weight, arbitrary: fc.constant(value) }, { weight: 1, arbitrary });

/** Requests are short; nothing else befalls them than that they are not answered. */
const requestFate: fc.Arbitrary<Fate> = fc.record({
	mishap: mostly<Mishap | null>(null, death(stepOf(STEPS)), 4),
	answers: fc.constant(["submitted"] as const),
});
const person = fc.record({ reader: whoever, fate: requestFate, isPatient: fc.boolean() });

const leaves = fc.tuple(person, fc.nat({ max: 3 })).map((given) => leave(...given));
const changes = fc.tuple(person, otherWish).map((given) => change(...given));
const pauses = fc.tuple(person, fc.constantFrom(0, 1, 2, 2, 3, 3)).map((given) => pause(...given));
const publications = fc
	.tuple(
		fc.record({
			kind: fc.constantFrom("consultation" as const, "meeting" as const),
			language: fc.constantFrom("en" as const, "ru" as const),
			hours: mostly(0, fc.integer({ min: 1, max: 30 }), 4),
			translates: mostly(null, whichever, 2),
		}),
		requestFate,
	)
	.map((given) => publish(...given));
const corrections = fc.tuple(whichever, requestFate).map((given) => correct(...given));
const withdrawals = fc.tuple(whichever, requestFate).map((given) => withdraw(...given));

/** A consumer lives for 15 minutes at most, so no more than that passes while one works. */
const WHILE_WORKING = [0, 3, 9, 9];
const strikes = (minutes: readonly number[], fate: fc.Arbitrary<Fate>) =>
	fc
		.tuple(
			fc.record({ minutes: fc.constantFrom(...minutes), late: mostly(0, fc.nat({ max: 90 }), 5) }),
			fate,
		)
		.map((given) => strike(...given));
const deliveries = (fate: fc.Arbitrary<Fate>) =>
	fc.tuple(whichever, fate, mostly(false, fc.constant(true), 3)).map((given) => deliver(...given));

const peaceful: fc.Arbitrary<Fate> = fc.record({ mishap: fc.constant(null), answers });
const besides = fc.oneof(
	{ weight: 4, arbitrary: leaves },
	{ weight: 3, arbitrary: changes },
	{ weight: 4, arbitrary: pauses },
	{ weight: 1, arbitrary: publications },
	{ weight: 2, arbitrary: corrections },
	{ weight: 1, arbitrary: withdrawals },
	{ weight: 1, arbitrary: deliveries(peaceful) },
	{ weight: 4, arbitrary: peaceful.map(deliverAgain) },
	{ weight: 2, arbitrary: peaceful.map((fate) => deliverAll(fate)) },
	{ weight: 4, arbitrary: strikes(WHILE_WORKING, peaceful) },
);
const meanwhile = (place: fc.Arbitrary<Place>): fc.Arbitrary<Mishap> =>
	fc.tuple(place, besides).map(([at, happening]) => ({ ...at, kind: "meanwhile", happening }));
const fateAt = (place: fc.Arbitrary<Place>): fc.Arbitrary<Fate> =>
	fc.record({
		mishap: fc.oneof(
			{ weight: 2, arbitrary: fc.constant(null) },
			{ weight: 2, arbitrary: death(place) },
			{ weight: 3, arbitrary: meanwhile(place) },
		),
		answers,
	});
const workFate = fateAt(fc.oneof(stepOf(STEPS), aHandOver, aHandOver));

const DAY = 24 * 60;
const MINUTES = [1, 1, 3, 21, 60, 7 * 60, DAY, DAY, DAY, DAY + 60];
const several = fc.oneof(
	fc.record({ unlucky: fc.nat({ max: 5 }) }),
	fc.record({ unlucky: fc.nat({ max: 5 }), most: fc.integer({ min: 1, max: 8 }) }),
);
const happening: fc.Arbitrary<Happening> = fc.oneof(
	{ weight: 14, arbitrary: publications },
	{ weight: 3, arbitrary: corrections },
	{ weight: 2, arbitrary: withdrawals },
	{ weight: 2, arbitrary: fc.tuple(person, wish).map((given) => signUp(...given)) },
	{ weight: 2, arbitrary: fc.tuple(person, fc.nat({ max: 1 })).map((given) => confirm(...given)) },
	{ weight: 5, arbitrary: changes },
	{ weight: 3, arbitrary: pauses },
	{ weight: 3, arbitrary: leaves },
	{ weight: 16, arbitrary: strikes(MINUTES, fateAt(stepOf(STEPS_OF_A_TICK))) },
	{ weight: 8, arbitrary: deliveries(workFate) },
	{ weight: 18, arbitrary: fc.tuple(workFate, several).map((given) => deliverAll(...given)) },
	{ weight: 2, arbitrary: whichever.map(lose) },
	{ weight: 1, arbitrary: fc.constant(restart()) },
	{ weight: 1, arbitrary: fc.constant(letGo()) },
);
/** What has a mishap meet with a digest for several readers, which chance alone brings seldom. */
const digest = fc
	.tuple(
		publications,
		strikes([1, DAY, DAY, DAY], fc.constant(GOOD)),
		fc.tuple(workFate, several).map((given) => deliverAll(...given)),
	)
	.map((happenings): readonly Happening[] => happenings);
const few = fc.oneof(
	{ weight: 7, arbitrary: happening.map((one): readonly Happening[] => [one]) },
	{ weight: 1, arbitrary: digest },
);
const happenings = fc.array(few, { maxLength: MOST_HAPPENINGS, size: "max" });

export const interleaving: fc.Arbitrary<Interleaving> = fc.record({
	handover: fc.constantFrom(1, 1, 2, 10),
	readers: fc.array(wish, { minLength: 2, maxLength: MOST_READERS }),
	happenings: fc.tuple(happenings, happenings).map((halves) => halves.flat(2)),
});

/** The readers of an interleaving sign up and confirm before anything else happens. */
export function whole({ readers, happenings }: Interleaving): Happening[] {
	return [...readers.map((given, reader) => join(reader, given)), ...happenings];
}
