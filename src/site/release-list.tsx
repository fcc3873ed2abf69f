import type { PublicEntry } from "../releases/entry.ts";
import { releasePath } from "./addresses.ts";
import { EventFacts, KindLine } from "./event.tsx";

/** What a list of releases shows of each. */
export type ReleaseCard = Pick<
	PublicEntry,
	"slug" | "kind" | "language" | "title" | "summary" | "issued" | "event"
>;

interface ReleaseListProps {
	readonly releases: readonly ReleaseCard[];
	/** What each title is, below the heading that the list stands under. */
	readonly heading: "h2" | "h3";
}

/** Releases as they are to be chosen from. */
export function ReleaseList({ releases, heading: Heading }: ReleaseListProps) {
	return (
		<ul class="releases">
			{releases.map((release) => (
				<li key={release.slug}>
					<article lang={release.language}>
						<KindLine release={release} />
						<Heading>
							<a href={releasePath(release)}>{release.title}</a>
						</Heading>
						<EventFacts release={release} />
						<p class="summary">{release.summary}</p>
					</article>
				</li>
			))}
		</ul>
	);
}
