import type { CatalogueEntry } from "../releases/entry.ts";
import { homePath } from "./addresses.ts";
import { Message } from "./message.tsx";
import { frameLanguage, type Publication } from "./publication.ts";
import { stringsOf } from "./strings/index.ts";

interface WithdrawnPageProps {
	readonly publication: Publication;
	readonly entry: CatalogueEntry;
}

/** What stands where a release stood that was taken back: that, and why. Its status is 410. */
export function WithdrawnPage({ publication, entry }: WithdrawnPageProps) {
	const { language, title, reason } = entry;
	const strings = stringsOf(language);
	return (
		<Message publication={publication} language={language} title={strings.withdrawn.title}>
			<p class="lead">{title}</p>
			<p>
				<strong>{strings.withdrawn.why}:</strong> {reason}
			</p>
			<p class="onward">
				<a href={homePath(frameLanguage(publication, language))}>{strings.withdrawn.onward}</a>
			</p>
		</Message>
	);
}
