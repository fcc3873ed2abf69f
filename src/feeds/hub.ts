import { FORMATS, type Format } from "./feed.ts";
import { feedUrl, type Scope } from "./scope.ts";

/** How long the hub may take for an answer. */
const HUB_TIMEOUT_MS = 10_000;

/** The hub did not take what it was told. */
export class HubRefused extends Error {
	/** Whether it would take nothing else either: it is out of reach, broken, or has too much to do. */
	readonly isAway: boolean;
	constructor(words: string, isAway: boolean) {
		super(`the hub did not take it: ${words}`);
		this.name = "HubRefused";
		this.isAway = isAway;
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
		throw new HubRefused(String(fault), true);
	});
	await response.body?.cancel();
	const { ok, status } = response;
	if (!ok) throw new HubRefused(String(status), status >= 500 || status === 429);
}
