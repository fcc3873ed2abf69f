import type { Fetching } from "./door.ts";

/** How long an answer is waited for. */
const FETCH_MS = 10_000;

/** Fetches what proves a report, from whom it is said to be and nowhere else. */
export const fetchProof: Fetching = (url) =>
	fetch(url, { redirect: "manual", signal: AbortSignal.timeout(FETCH_MS) });
