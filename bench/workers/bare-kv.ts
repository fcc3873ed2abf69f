// The least that serves a document from KV: one read, and its text as the answer.
export default {
	async fetch(_, { DOCUMENTS, BARE_KEY }) {
		const body = await DOCUMENTS.get(BARE_KEY, "stream");
		return new Response(body, {
			headers: { "Content-Type": "application/rss+xml; charset=utf-8" },
		});
	},
} satisfies ExportedHandler<{ DOCUMENTS: KVNamespace; BARE_KEY: string }>;
