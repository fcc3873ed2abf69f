import type { Hono } from "hono";
import { createFeedDoor } from "../feeds/door.ts";
import type { ReadingRoom } from "../reading.ts";
import { createPageDoor } from "../site/door.ts";
import { problemResponse } from "./problem.ts";
import { strictHeaders } from "./security-headers.ts";

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
	const doors = [
		createFeedDoor({ feeds, identity, clock, headers, refuse: problemResponse }),
		createPageDoor({ pages, languages: publication.languages, headers }),
	];
	return async (request, env, context) => {
		const address = new URL(request.url);
		for (const door of doors) {
			const answered = door(request, address)?.catch(async (fault: Error) => {
				const { answerThrown } = await import("./error-answer.tsx");
				const answer = answerThrown(request, publication, fault);
				for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
				return answer;
			});
			const answer = await answered;
			if (answer) return answer;
		}
		return (await openApp()).fetch(request, env as object, context);
	};
}
