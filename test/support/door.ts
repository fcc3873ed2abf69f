import { exports } from "cloudflare:workers";
import { TEST_KEY, TEST_SETTINGS } from "./settings.ts";

/** A request at the Worker's public door. */
export function ask(path: string, init?: RequestInit): Promise<Response> {
	return exports.default.fetch(new Request(new URL(path, TEST_SETTINGS.PUBLICATION_URL), init));
}

/** `POST /api/releases` with the publisher's key. */
export function post(body: BodyInit, type: string, query = ""): Promise<Response> {
	const headers = { Authorization: `Bearer ${TEST_KEY}`, "Content-Type": type };
	return ask(`/api/releases${query}`, { method: "POST", headers, body });
}
