import type { HonoRequest } from "hono";
import type { Fault } from "../shared/fault.ts";
import { ok, type Result } from "../shared/result.ts";
import type { ListAnswer } from "./answers.ts";
import { encodeCursor, type ListCursor, listQuery } from "./list-query.ts";
import { showEntry } from "./representation.ts";
import { readQuery } from "./request.ts";
import type { ReleaseStore } from "./store.ts";

/** A page of all releases, newest posted first, and where the next one is. */
export async function listReleases(
	releases: ReleaseStore,
	origin: string,
	request: HonoRequest,
): Promise<Result<ListAnswer, Fault>> {
	const query = readQuery(listQuery, request.query());
	if (!query.ok) return query;
	const { limit, after, ...filter } = query.value;
	const entries = await releases.list(filter, after ?? null, limit + 1);
	const page = entries.slice(0, limit);
	const last = entries.length > limit ? page.at(-1) : undefined;
	return ok({
		releases: page.map((entry) => showEntry(origin, entry)),
		next: last ? nextUrl(origin, request, last) : null,
	});
}

function nextUrl(origin: string, { url }: HonoRequest, last: ListCursor): string {
	const next = new URL(new URL(url).search, `${origin}/api/releases`);
	next.searchParams.set("after", encodeCursor(last));
	return next.href;
}
