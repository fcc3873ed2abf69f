import type { Known } from "./conditional.ts";
import { type AnswerHeaders, headersFor } from "./ready.ts";

/** Documents whose headers are kept; with more of them, all are forgotten. */
const MOST = 500;

interface Kept extends Known {
	readonly headers: AnswerHeaders;
}

export type HeaderKeeper = ReturnType<typeof keepHeaders>;

/**
 * Headers of documents, put together once for each state of one: what is read often changes seldom, and
 * names and values cost more each time than an object that has them.
 */
export function keepHeaders() {
	const kept = new Map<string, Kept>();
	return (
		path: string,
		known: Known,
		now: number,
		headers: () => Readonly<Record<string, string>>,
	): AnswerHeaders => {
		// A date that is still to come is not told, and is later.
		const isSettled = (known.modifiedAt ?? 0) <= now;
		const last = kept.get(path);
		if (isSettled && last?.etag === known.etag && last.modifiedAt === known.modifiedAt)
			return last.headers;
		const { whole, unchanged } = headersFor(headers(), known, now);
		const made = { whole: new Headers(whole), unchanged: new Headers(unchanged) };
		if (kept.size >= MOST) kept.clear();
		if (isSettled) kept.set(path, { ...known, headers: made });
		return made;
	};
}
