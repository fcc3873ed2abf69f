import type { Known } from "./conditional.ts";
import { type AnswerHeaders, headersFor } from "./ready.ts";

/** Documents whose headers are kept; with more of them, all are forgotten. */
const MOST = 500;

interface Kept {
	readonly etag: string;
	/** From then on they are right: they tell the date of the document. */
	readonly from: number;
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
		const last = kept.get(path);
		if (last?.etag === known.etag && last.from <= now) return last.headers;
		const { whole, unchanged } = headersFor(headers(), known, now);
		const made = { whole: new Headers(whole), unchanged: new Headers(unchanged) };
		const from = known.modifiedAt ?? 0;
		if (kept.size >= MOST) kept.clear();
		if (from <= now) kept.set(path, { etag: known.etag, from, headers: made });
		return made;
	};
}
