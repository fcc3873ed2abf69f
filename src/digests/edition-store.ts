import type { RenderedEdition } from "./render.ts";

/** Longer than any run takes, retries included. */
const KEPT_SECONDS = 14 * 24 * 60 * 60;

export type EditionStore = ReturnType<typeof createEditionStore>;

/** Rendered editions in KV; each can be rendered again from the catalogue. */
export function createEditionStore(kv: KVNamespace) {
	const key = (id: string) => `edition/${id}`;
	return {
		read: (id: string): Promise<RenderedEdition | null> => kv.get<RenderedEdition>(key(id), "json"),

		async keep(id: string, edition: RenderedEdition): Promise<void> {
			await kv.put(key(id), JSON.stringify(edition), { expirationTtl: KEPT_SECONDS });
		},
	};
}
