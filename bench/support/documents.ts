// What KV holds once releases are published, made by really publishing them.
import type { Bundle } from "./bundle.ts";
import { openHouse } from "./house.ts";
import type { KvDocument } from "./workerd.ts";

export interface Published {
	/** Everything in KV. */
	readonly documents: readonly KvDocument[];
	/** The path of the last release's page. */
	readonly page: string;
}

/** So many, and each so long, that their RSS feed has about 20 KB. */
const RELEASES = 20;
const SENTENCE =
	"The parties will meet to hear of the state of the river, and what is to be done. ";
const SENTENCES = 3;
/** How long KV has to stay as it is to be taken for finished. */
const QUIET_MS = 3000;
const POLL_MS = 500;

/** Publishes the releases, waits until everything is made of them, and takes what is in KV. */
export async function publishForReaders(bundle: Bundle): Promise<Published> {
	const house = await openHouse(bundle, "http://127.0.0.1:9");
	try {
		let slug = "";
		for (let number = 1; number <= RELEASES; number += 1) {
			const answer = await house.publish({
				title: `Meeting no. ${number} on the waters of the lower valley`,
				summary: SENTENCE,
				body: Array.from({ length: SENTENCES }, () => SENTENCE.repeat(2)).join("\n\n"),
				kind: "meeting",
				language: "en",
				event: { starts: "2027-03-01", ends: "2027-03-02", place: "Tashkent" },
			});
			if (!answer.ok) throw new Error(`Not published: ${await answer.text()}`);
			({ slug } = ((await answer.json()) as { release: { slug: string } }).release);
		}
		const kv = await house.miniflare.getKVNamespace("DOCUMENTS");
		return { documents: await takeAll(kv), page: `/releases/${slug}` };
	} finally {
		await house.dispose();
	}
}

type Namespace = Awaited<
	ReturnType<Awaited<ReturnType<typeof openHouse>>["miniflare"]["getKVNamespace"]>
>;

async function takeAll(kv: Namespace): Promise<KvDocument[]> {
	let taken = await take(kv);
	for (let quiet = 0; quiet < QUIET_MS; ) {
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		const now = await take(kv);
		const isSame = now.length > RELEASES && JSON.stringify(now) === JSON.stringify(taken);
		quiet = isSame ? quiet + POLL_MS : 0;
		taken = now;
	}
	return taken;
}

async function take(kv: Namespace): Promise<KvDocument[]> {
	const documents: KvDocument[] = [];
	for (let cursor: string | undefined; ; ) {
		const page = await kv.list(cursor === undefined ? {} : { cursor });
		for (const { name } of page.keys) {
			const { value, metadata } = await kv.getWithMetadata(name, "text");
			if (value === null) continue;
			documents.push({
				name,
				value,
				...(metadata === null ? {} : { metadata: JSON.stringify(metadata) }),
			});
		}
		if (page.list_complete) return documents;
		cursor = page.cursor;
	}
}
