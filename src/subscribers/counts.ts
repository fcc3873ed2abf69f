import { KINDS } from "../releases/kinds.ts";
import { LANGUAGES } from "../shared/language.ts";
import { type CountsShown, STATUSES } from "./operator-answers.ts";
import type { MailCount, PreferenceCount } from "./operator-store.ts";
import { splitKinds, splitLanguages } from "./store.ts";
import { FREQUENCIES } from "./subscriber.ts";

/** Adds up who asked for what; kinds, languages and frequency are those of active subscribers. */
export function countUp(
	counts: readonly PreferenceCount[],
): Pick<CountsShown, "status" | "kinds" | "languages" | "frequency"> {
	const total = (some: readonly PreferenceCount[]) => some.reduce((all, one) => all + one.count, 0);
	const tally = <Name extends string>(
		names: readonly Name[],
		among: readonly PreferenceCount[],
		has: (one: PreferenceCount, name: Name) => boolean,
	) =>
		Object.fromEntries(
			names.map((name) => [name, total(among.filter((one) => has(one, name)))]),
		) as Record<Name, number>;
	const active = counts.filter(({ status }) => status === "active");
	return {
		status: tally(STATUSES, counts, (one, status) => one.status === status),
		kinds: tally(KINDS, active, (one, kind) => splitKinds(one.kinds).includes(kind)),
		languages: tally(LANGUAGES, active, (one, language) =>
			splitLanguages(one.languages).includes(language),
		),
		frequency: tally(FREQUENCIES, active, (one, frequency) => one.frequency === frequency),
	};
}

/** What the limit on confirmation mails did on a day. */
export function mailsOf(day: string, counts: readonly MailCount[]) {
	const { asked = 0, allowed = 0 } = counts.find((one) => one.day === day) ?? {};
	return { asked, allowed, refused: asked - allowed };
}
