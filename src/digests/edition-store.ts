import type { RenderedEdition } from "./render.ts";

/** A rendered edition, and which revisions of which releases it tells. */
export interface KeptEdition {
	readonly contents: string;
	readonly rendered: RenderedEdition;
}

/** Longer than any run takes, retries included. */
const KEPT_SECONDS = 14 * 24 * 60 * 60;

export type EditionStore = ReturnType<typeof createEditionStore>;

/** Rendered editions in KV; each can be rendered again from the catalogue. */
export function createEditionStore(kv: KVNamespace) {
	const key = (id: string) => `edition/${id}`;
	return {
		read: (id: string): Promise<KeptEdition | null> => kv.get<KeptEdition>(key(id), "json"),

		async keep(id: string, edition: KeptEdition): Promise<void> {
			await kv.put(key(id), JSON.stringify(edition), { expirationTtl: KEPT_SECONDS });
		},
	};
}
