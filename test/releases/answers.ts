import { env } from "cloudflare:workers";
import { expect } from "vitest";

/** The parts of an answer to `POST /api/releases` that tests look at. */
export interface ReleaseAnswer {
	readonly release: {
		readonly id: string | null;
		readonly slug: string;
		readonly url: string;
		readonly sequence: number | null;
		readonly published_at: string | null;
		readonly kind: string;
		readonly language: string;
		readonly title: string;
		readonly body: string;
		readonly issued: string;
		readonly [field: string]: unknown;
	};
	readonly inferred: Readonly<Record<string, { value: unknown; from: string }>>;
	/** Only of a release that was read. */
	readonly revisions?: readonly {
		readonly revision: number;
		readonly change: string;
		readonly note: string | null;
		readonly made_by: string;
		readonly made_at: string;
	}[];
}

export interface ProblemAnswer {
	readonly detail: string;
	readonly existing?: string;
	/** What it is now, where it has changed. */
	readonly current?: { revision: number; status: string; title: string; url: string };
	readonly errors?: readonly { field: string; detail: string }[];
}

/** What an answer says that has to have this status. */
export async function answered(response: Response, status: number): Promise<ReleaseAnswer> {
	const text = await response.text();
	expect(response.status, text).toBe(status);
	expect(response.headers.get("Content-Type")).toMatch(/^application\/json\b/);
	return JSON.parse(text);
}

/** What a problem document says that has to have this status. */
export async function refused(response: Response, status: number): Promise<ProblemAnswer> {
	const text = await response.text();
	expect(response.status, text).toBe(status);
	expect(response.headers.get("Content-Type")).toBe("application/problem+json; charset=utf-8");
	const problem = JSON.parse(text);
	expect(problem).toMatchObject({
		type: "about:blank",
		title: expect.stringMatching(/\S/),
		status,
		detail: expect.stringMatching(/\S/),
	});
	return problem;
}

/** The fields that a problem document says have to be mended. */
export async function faultyFields(response: Response): Promise<string[]> {
	return ((await refused(response, 422)).errors ?? []).map(({ field }) => field).toSorted();
}

/** How many releases there are, and the documents of releases. */
export async function stored() {
	const releases = await env.LEDGER.prepare("SELECT COUNT(*) AS n FROM releases").first<number>(
		"n",
	);
	const { keys } = await env.DOCUMENTS.list({ prefix: "release/" });
	return { releases, documents: keys.length };
}

export const NOTHING = { releases: 0, documents: 0 };
