import { sha256Hex } from "../shared/text.ts";
import type { RenderedEdition } from "./render.ts";

/** A rendered edition, and what it tells. */
export interface KeptEdition {
	readonly contents: string;
	readonly rendered: RenderedEdition;
}

/** Longer than any run takes, retries included. */
const KEPT_SECONDS = 14 * 24 * 60 * 60;
/** Editions that are held in memory: as many as one step of planning makes. */
const MOST_HELD = 20;

export type EditionStore = ReturnType<typeof createEditionStore>;

/**
 * Rendered editions in KV; each can be rendered again from the catalogue. Those that were read last are
 * held in memory, where all batches find the same object, and what a transport has made ready of it.
 */
export function createEditionStore(kv: KVNamespace) {
	const held = new Map<string, KeptEdition>();
	// An edition's id may be longer than a key of KV.
	const key = async (id: string) => `edition/${id.split("/")[0]}/${await sha256Hex(id)}`;
	const hold = (id: string, edition: KeptEdition) => {
		// The last one is held longest.
		held.delete(id);
		held.set(id, edition);
		const [first = ""] = held.keys();
		if (held.size > MOST_HELD) held.delete(first);
	};
	const read = async (id: string): Promise<KeptEdition | null> =>
		kv.get<KeptEdition>(await key(id), "json");

	return {
		read,

		/** An edition that tells what it is to tell; what tells something else is of no use. */
		async find(id: string, contents: string): Promise<RenderedEdition | null> {
			const known = held.get(id);
			const kept = known?.contents === contents ? known : await read(id);
			if (kept?.contents !== contents) return null;
			hold(id, kept);
			return kept.rendered;
		},

		async keep(id: string, edition: KeptEdition): Promise<void> {
			await kv.put(await key(id), JSON.stringify(edition), { expirationTtl: KEPT_SECONDS });
		},
	};
}
