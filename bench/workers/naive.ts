// The naive way: the feed is built of all releases each time that it is asked for.
import RSS from "rss";

interface Release {
	readonly id: string;
	readonly title: string;
	readonly summary: string;
	readonly body: string;
	readonly issued: string;
}

export default {
	async fetch(_, { DOCUMENTS, PUBLICATION_URL }) {
		const { keys } = await DOCUMENTS.list({ prefix: "release/" });
		const releases = await Promise.all(
			keys.map(({ name }) => DOCUMENTS.get<Release>(name, "json")),
		);
		const feed = new RSS({
			title: "Press Office",
			description: "What the press office says.",
			feed_url: `${PUBLICATION_URL}/rss.xml`,
			site_url: PUBLICATION_URL,
		});
		for (const release of releases) if (release) feed.item(toItem(release, PUBLICATION_URL));
		return new Response(feed.xml(), {
			headers: { "Content-Type": "application/rss+xml; charset=utf-8" },
		});
	},
} satisfies ExportedHandler<{ DOCUMENTS: KVNamespace; PUBLICATION_URL: string }>;

function toItem({ id, title, summary, body, issued }: Release, origin: string) {
	const paragraphs = body.split("\n\n").map((text) => `<p>${text.replaceAll("<", "&lt;")}</p>`);
	return {
		title,
		description: summary,
		url: `${origin}/releases/${id}`,
		guid: id,
		date: issued,
		custom_elements: [{ "content:encoded": { _cdata: paragraphs.join("") } }],
	};
}
