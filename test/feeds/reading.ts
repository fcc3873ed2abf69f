import { ask } from "../support/door.ts";
import { until } from "../support/house.ts";
import { type Element, parseXml } from "./xml.ts";

export interface JsonFeed {
	readonly version: string;
	readonly title: string;
	readonly home_page_url: string;
	readonly feed_url: string;
	readonly language: string;
	readonly items: readonly {
		readonly id: string;
		readonly url: string;
		readonly title: string;
		readonly summary: string;
		readonly content_html: string;
		readonly content_text: string;
		readonly date_published: string;
		readonly language: string;
		readonly tags: readonly string[];
	}[];
}

export async function readJsonFeed(path = "/feed.json"): Promise<JsonFeed> {
	return (await ask(path)).json();
}

/** The channel of an RSS feed. */
export async function readRss(path = "/rss.xml"): Promise<Element> {
	const rss = parseXml(await (await ask(path)).text());
	const [channel, ...others] = rss.children;
	if (rss.attributes.get("version") !== "2.0" || channel?.name !== "channel" || others.length > 0)
		throw new Error("not one channel of RSS 2.0");
	return channel;
}

/** The JSON feed and the RSS feed of a language once both have so many items. */
export async function feedsWith(items: number, prefix = "") {
	return until(`${items} items in the feeds`, async () => {
		const json = await readJsonFeed(`${prefix}/feed.json`);
		const channel = await readRss(`${prefix}/rss.xml`);
		const rss = { channel, items: itemsOf(channel) };
		return json.items.length === items && rss.items.length === items && { json, rss };
	});
}

export function itemsOf(channel: Element): Element[] {
	return childrenOf(channel, "item");
}

/** The text of the one child with a name, or null where there is not one. */
export function textOf(parent: Element | undefined, name: string): string | null {
	const [child, ...others] = parent ? childrenOf(parent, name) : [];
	return child && others.length === 0 ? child.text : null;
}

export function childrenOf(parent: Element, name: string): Element[] {
	return parent.children.filter((child) => child.name === name);
}

/** HTML without markup as the text that it shows. */
export function fromHtml(html: string | null): string {
	return (html ?? "").replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}
