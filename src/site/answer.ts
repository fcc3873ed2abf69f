import type { Context } from "hono";
import { answerReady } from "../shared/ready.ts";
import { type Page, type PageStore, type ReadyPage, toReady } from "./page-store.ts";

export const CACHING = "public, max-age=60, stale-while-revalidate=300";

const HTML = { "Content-Type": "text/html; charset=UTF-8", "Cache-Control": CACHING };

/**
 * Answers with the ready page of a path: one read of KV, and no query. What is not ready, because it is
 * made this very moment or its text came late, is made for this answer; there may be none.
 *
 * @param make the page as it is now, or null.
 */
export async function answerPage(
	context: Context,
	pages: PageStore,
	path: string,
	make: () => Promise<Page | null>,
	headers: Readonly<Record<string, string>> = HTML,
): Promise<Response> {
	const ready = (await pages.read(path)) ?? (await makeNow(make));
	if (ready === null) return context.notFound();
	const { body, status, etag } = ready;
	if (status !== 200) return new Response(body, { status, headers });
	return answerReady(context.req.raw, { body, etag, modifiedAt: null }, headers);
}

async function makeNow(make: () => Promise<Page | null>): Promise<ReadyPage | null> {
	const page = await make();
	return page && toReady(page);
}
