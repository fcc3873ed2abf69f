import type { CatalogueEntry } from "../releases/entry.ts";
import { Message } from "./message.tsx";
import type { Publication } from "./publication.ts";
import { RELEASE_WORDS } from "./words.ts";

interface WithdrawnPageProps {
	readonly publication: Publication;
	readonly entry: CatalogueEntry;
}

/** What stands where a release stood that was taken back: that, and why. Its status is 410. */
export function WithdrawnPage({ publication, entry }: WithdrawnPageProps) {
	const words = RELEASE_WORDS[entry.language];
	return (
		<Message publication={publication} title={words.withdrawn}>
			<div lang={entry.language}>
				<p class="lead">{entry.title}</p>
				<p>
					{words.why}: {entry.reason}
				</p>
			</div>
		</Message>
	);
}
