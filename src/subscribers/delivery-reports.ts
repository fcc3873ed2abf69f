import type { Report } from "../mail/reports/report.ts";
import { withoutAddresses } from "../shared/log.ts";
import { foldSpace } from "../shared/text.ts";
import { addressKey, type Status } from "./subscriber.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whose mail has failed for now ends after so many messages, and so many days, without a success. */
export const MOST_FAILURES = 5;
export const FAILING_MS = 14 * DAY_MS;
/**
 * Not every transport tells of successes: where no failure came for so long, there was one, also for
 * who has mail once a week.
 */
export const LAPSE_MS = 10 * DAY_MS;

/** A report's words are kept up to this length. */
const LONGEST_WORDS = 500;

/** How a subscriber stands when a report about them comes in. */
export interface Standing {
	readonly id: string;
	readonly address: string;
	readonly status: Status;
	readonly linkVersion: number;
	readonly confirmedAt: number | null;
	readonly reinstatedAt: number | null;
	readonly failures: number;
	readonly firstFailedAt: number | null;
	readonly lastFailedAt: number | null;
}

/** Messages that failed in a row. */
export interface Streak {
	readonly failures: number;
	readonly firstFailedAt: number;
	readonly lastFailedAt: number;
}

/**
 * What a report does.
 * - `nothing`: it is not even kept.
 * - `keep`: it is kept for the operator to see.
 * - `clear`: a success ended the streak of failures.
 * - `count`: one more message failed for now.
 * - `end`: the subscription ends, and the address is suppressed.
 * - `suppress`: the subscription has ended already; the address is suppressed.
 */
export type Effect =
	| { readonly kind: "nothing" | "keep" | "clear" | "suppress" }
	| { readonly kind: "count"; readonly streak: Streak }
	| {
			readonly kind: "end";
			readonly reason: "bounced" | "complaint";
			/** Null where it did not end by a streak. */
			readonly streak: Streak | null;
	  };

/** What a report about a subscriber does. Each report is judged once; repeats are the store's affair. */
export function effectOf(standing: Standing, report: Report): Effect {
	const isOfNow = isAboutAddress(standing, report) && !isOfBefore(standing, report);
	if (report.verdict === "delivered")
		return { kind: isOfNow && endsStreak(standing, report) ? "clear" : "nothing" };
	if (!isOfNow) return { kind: "keep" };
	const hasEnded = standing.status === "ended";
	if (report.verdict === "complaint")
		return hasEnded ? { kind: "suppress" } : { kind: "end", reason: "complaint", streak: null };
	if (hasEnded) return { kind: "keep" };
	if (report.verdict === "permanent") return { kind: "end", reason: "bounced", streak: null };
	return report.verdict === "temporary" ? countFailure(standing, report) : { kind: "keep" };
}

/** Whether it is about the address that they have now: who has moved is spared what the former one did. */
function isAboutAddress(standing: Standing, { address, linkVersion }: Report): boolean {
	return (
		(address === null || addressKey(address) === addressKey(standing.address)) &&
		(linkVersion === null || linkVersion === standing.linkVersion)
	);
}

/** What happened before they confirmed, or were reinstated, says nothing of now. */
function isOfBefore({ confirmedAt, reinstatedAt }: Standing, { at }: Report): boolean {
	return at < Math.max(confirmedAt ?? 0, reinstatedAt ?? 0);
}

function endsStreak({ status, firstFailedAt }: Standing, { at }: Report): boolean {
	return status !== "ended" && firstFailedAt !== null && at > firstFailedAt;
}

function countFailure(standing: Standing, { at }: Report): Effect {
	const { failures, firstFailedAt, lastFailedAt } = standing;
	const isFirst = firstFailedAt === null || lastFailedAt === null || at - lastFailedAt > LAPSE_MS;
	const streak = isFirst
		? { failures: 1, firstFailedAt: at, lastFailedAt: at }
		: {
				failures: failures + 1,
				firstFailedAt: Math.min(firstFailedAt, at),
				lastFailedAt: Math.max(lastFailedAt, at),
			};
	const isOver =
		streak.failures >= MOST_FAILURES && streak.lastFailedAt - streak.firstFailedAt >= FAILING_MS;
	return isOver ? { kind: "end", reason: "bounced", streak } : { kind: "count", streak };
}

/** A report's words as they are kept: without addresses, in one line, and not too long. */
export function wordsToKeep(words: string): string {
	const said = words.slice(0, 4 * LONGEST_WORDS).replaceAll(/\p{Cc}/gu, " ");
	return foldSpace(withoutAddresses(said)).slice(0, LONGEST_WORDS);
}
