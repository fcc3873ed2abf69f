import { feedUrl } from "./channel.ts";
import { FORMATS, type Format } from "./feed.ts";
import type { Scope } from "./scope.ts";

/** How long the hub may take for an answer. */
const HUB_TIMEOUT_MS = 10_000;

/** The hub did not take what it was told. */
export class HubRefused extends Error {
	constructor(words: string) {
		super(`the hub did not take it: ${words}`);
		this.name = "HubRefused";
	}
}

/**
 * Tells a WebSub hub that the feeds of a scope have changed: `hub.mode=publish` with the address of
 * each, as hubs take it (the W3C's WebSub leaves it to publisher and hub; this is PubSubHubbub 0.4,
 * section 7.1). Telling it twice does no harm.
 *
 * @throws HubRefused where it does not answer in time, or with anything but a 2xx status.
 */
export async function tellHub(hub: string, origin: string, scope: Scope): Promise<void> {
	const body = new URLSearchParams({ "hub.mode": "publish" });
	for (const format of Object.keys(FORMATS) as Format[])
		body.append("hub.url", feedUrl(origin, scope, format));
	const response = await fetch(hub, {
		method: "POST",
		body,
		// It would be told again as a GET, without what it is about.
		redirect: "manual",
		signal: AbortSignal.timeout(HUB_TIMEOUT_MS),
	}).catch((fault) => {
		throw new HubRefused(String(fault));
	});
	await response.body?.cancel();
	if (!response.ok) throw new HubRefused(String(response.status));
}
