import { sha256Hex } from "../shared/text.ts";
import type { RenderedEdition } from "./render.ts";

/** A rendered edition, and what it tells. */
export interface KeptEdition {
	readonly contents: string;
	readonly rendered: RenderedEdition;
}

/** Longer than any run takes, retries included. */
const KEPT_SECONDS = 14 * 24 * 60 * 60;

export type EditionStore = ReturnType<typeof createEditionStore>;

/** Rendered editions in KV; each can be rendered again from the catalogue. */
export function createEditionStore(kv: KVNamespace) {
	// An edition's id may be longer than a key of KV.
	const key = async (id: string) => `edition/${id.split("/")[0]}/${await sha256Hex(id)}`;
	return {
		read: async (id: string): Promise<KeptEdition | null> =>
			kv.get<KeptEdition>(await key(id), "json"),

		async keep(id: string, edition: KeptEdition): Promise<void> {
			await kv.put(await key(id), JSON.stringify(edition), { expirationTtl: KEPT_SECONDS });
		},
	};
}
