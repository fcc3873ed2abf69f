import type { Hono } from "hono";
import { createFeedDoor } from "../feeds/door.ts";
import type { ReadingRoom } from "../reading.ts";
import { setHeaders } from "../shared/headers.ts";
import { keepHeaders } from "../shared/kept-headers.ts";
import { createPageDoor } from "../site/door.ts";
import { problemResponse } from "./problem.ts";
import { strictHeaders } from "./strict-headers.ts";

/** Answers requests; the same arguments as a Worker's `fetch` has. */
export type Front = (
	request: Request,
	env?: unknown,
	context?: ExecutionContext,
) => Promise<Response>;

/**
 * All doors that speak HTTP: what is ready is answered at once, by as little code as that takes, and
 * everything else by the app.
 *
 * @param openApp loads the app; called when it is needed.
 */
export function createFront(room: ReadingRoom, openApp: () => Promise<Hono>): Front {
	const { feeds, pages, identity, publication, clock } = room;
	const headers = strictHeaders(publication.logo);
	const headersOf = keepHeaders();
	const doors = [
		createFeedDoor({ feeds, identity, clock, headers, headersOf, refuse: problemResponse }),
		createPageDoor({ pages, languages: publication.languages, headers, headersOf }),
	];
	return async (request, env, context) => {
		const { path, query } = partsOf(request.url);
		try {
			for (const door of doors) {
				const answer = await door(request, path, query);
				if (answer) return answer;
			}
		} catch (fault) {
			const { answerThrown } = await import("./error-answer.tsx");
			const answer = answerThrown(request, publication, fault as Error);
			setHeaders(answer, headers);
			return answer;
		}
		return (await openApp()).fetch(request, env as object, context);
	};
}

/** Of an address as a request has it: absolute and normal. `URL` takes a twentieth of an answer's time. */
function partsOf(url: string): { path: string; query: string } {
	const [whole = ""] = url.split("#", 1);
	const from = whole.indexOf("/", whole.indexOf("//") + 2);
	const to = whole.indexOf("?", from);
	return to < 0
		? { path: whole.slice(from), query: "" }
		: { path: whole.slice(from, to), query: whole.slice(to) };
}
