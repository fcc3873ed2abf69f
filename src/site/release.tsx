import { type PublishedRelease, paragraphs } from "../releases/release.ts";
import { EventFacts, KindLine } from "./event.tsx";
import { Layout } from "./layout.tsx";
import type { Publication } from "./publication.ts";

interface ReleasePageProps {
	readonly publication: Publication;
	readonly release: PublishedRelease;
}

/** One release, whole. */
export function ReleasePage({ publication, release }: ReleasePageProps) {
	const path = `/releases/${encodeURIComponent(release.slug)}`;
	return (
		<Layout
			publication={publication}
			title={release.title}
			language={release.language}
			path={path}
			description={release.summary}
		>
			<div class="frame">
				<article class="release" lang={release.language}>
					<KindLine release={release} />
					<h1>{release.title}</h1>
					<EventFacts release={release} />
					<div class="prose">
						{paragraphs(release.body).map((paragraph) => (
							<p>{paragraph}</p>
						))}
					</div>
				</article>
				<p class="print-only">{publication.url + path}</p>
				<p class="onward" lang="en">
					<a href="/#subscribe">Get releases like this by e-mail</a>
				</p>
			</div>
		</Layout>
	);
}
