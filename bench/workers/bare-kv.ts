// The least that serves a document from KV: one read, and its text as the answer.
let headers: Headers | undefined;

export default {
	async fetch(_, { DOCUMENTS, BARE_KEY, HEADERS }) {
		headers ??= new Headers(JSON.parse(HEADERS));
		return new Response(await DOCUMENTS.get(BARE_KEY, "stream"), { headers });
	},
} satisfies ExportedHandler<{ DOCUMENTS: KVNamespace; BARE_KEY: string; HEADERS: string }>;
