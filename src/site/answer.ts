import type { Context } from "hono";
import { answerReady, headersFor } from "../shared/ready.ts";
import { HTML } from "./page-headers.ts";
import { type Page, toReady } from "./page-store.ts";

/**
 * Answers with a page that is not ready, because it is made this very moment or its text came late: it is
 * made for this answer; there may be none.
 *
 * @param page as it is now, or null.
 */
export async function answerPage(
	context: Context,
	page: Page | null,
	headers: Readonly<Record<string, string>> = HTML,
): Promise<Response> {
	if (page === null) return context.notFound();
	const document = { ...(await toReady(page)), modifiedAt: null };
	return answerReady(context.req.raw, document, headersFor(headers, document));
}
