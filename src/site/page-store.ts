import { sha256Hex } from "../shared/text.ts";

/** A page, or another document that a reader gets by its address, as it is made. */
export interface Page {
	readonly text: string;
	/** 410 where something stood that was taken back. */
	readonly status: 200 | 410;
}

/** A page as it is answered. */
export interface ReadyPage {
	readonly body: ReadableStream | string;
	readonly status: 200 | 410;
	/** Strong entity tag, with its quotes (RFC 9110, section 8.8.3). */
	readonly etag: string;
}

/** Pages that are made together: those of releases, and those that change with the day or any of them. */
export type PageGroup = "releases" | "fronts";

/** How far the pages of a group have come. */
export interface PageProgress {
	/** What they were made by. */
	readonly madeBy: string;
	/** They have everything up to this sequence. */
	readonly through: number;
}

/** The longest key that KV takes, in bytes. */
const LONGEST_KEY = 512;

export type PageStore = ReturnType<typeof createPageStore>;

/** Ready pages in KV by the path where they are public, and in D1 how far they have come. */
export function createPageStore(ledger: D1Database, kv: KVNamespace) {
	return {
		/** One KV read: the ready page of a path, or null where there is none. */
		async read(path: string): Promise<ReadyPage | null> {
			const key = keyOf(path);
			if (new TextEncoder().encode(key).length > LONGEST_KEY) return null;
			const { value: body, metadata } = await kv.getWithMetadata<Omit<ReadyPage, "body">>(
				key,
				"stream",
			);
			return body && metadata ? { body, ...metadata } : null;
		},

		async keep(path: string, { text, status }: Page): Promise<void> {
			await kv.put(keyOf(path), text, { metadata: { status, etag: await etagOf(text) } });
		},

		/** Takes a page away. */
		async drop(path: string): Promise<void> {
			await kv.delete(keyOf(path));
		},

		/** How far the pages of a group have come, or null where there are none. */
		async progress(group: PageGroup): Promise<PageProgress | null> {
			return ledger
				.prepare("SELECT made_by AS madeBy, through FROM pages WHERE name = ?")
				.bind(group)
				.first<PageProgress>();
		},

		async saveProgress(group: PageGroup, { madeBy, through }: PageProgress): Promise<void> {
			await ledger
				.prepare(
					`INSERT INTO pages (name, made_by, through) VALUES (?1, ?2, ?3)
					ON CONFLICT (name) DO UPDATE SET made_by = ?2, through = ?3`,
				)
				.bind(group, madeBy, through)
				.run();
		},

		/** Has all pages made anew. What is served stays until then. */
		async forgetProgress(): Promise<void> {
			await ledger.prepare("UPDATE pages SET made_by = ''").run();
		},

		/** Whether something is public that a group's pages lack, or they were made by something else. */
		async isBehind(madeBy: Readonly<Record<PageGroup, string>>): Promise<boolean> {
			const row = await ledger
				.prepare(
					`SELECT EXISTS (SELECT 1 FROM json_each(?)
						LEFT JOIN pages ON name = key
						WHERE made_by IS NOT value
							OR through < (SELECT MAX(sequence) FROM releases)) AS behind`,
				)
				.bind(JSON.stringify(madeBy))
				.first<{ behind: number }>();
			return row?.behind === 1;
		},
	};
}

/** A page that was made for this answer. */
export async function toReady({ text, status }: Page): Promise<ReadyPage> {
	return { body: text, status, etag: await etagOf(text) };
}

async function etagOf(text: string): Promise<string> {
	return `"${(await sha256Hex(text)).slice(0, 32)}"`;
}

/** Paths begin with a slash. */
function keyOf(path: string): string {
	return `page/${path.slice(1)}`;
}
