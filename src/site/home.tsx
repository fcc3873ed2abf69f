import type { PublishedRelease } from "../releases/release.ts";
import { EventFacts, KindLine } from "./event.tsx";
import { Layout } from "./layout.tsx";
import type { Publication } from "./publication.ts";
import { SignUpForm } from "./sign-up-form.tsx";

/** What the list of releases shows of each. */
export type ReleaseCard = Pick<
	PublishedRelease,
	"slug" | "kind" | "language" | "title" | "summary" | "issued" | "event"
>;

interface HomeProps {
	readonly publication: Publication;
	/** Newest first. */
	readonly releases: readonly ReleaseCard[];
}

/** The publication's front: its newest releases, and the form to subscribe. */
export function HomePage({ publication, releases }: HomeProps) {
	return (
		<Layout
			publication={publication}
			title={publication.title}
			path="/"
			description={`Consultations, meetings and announcements from ${publication.title}.`}
		>
			<div class="frame columns">
				<section aria-labelledby="releases-heading">
					<h1 id="releases-heading">Releases</h1>
					{releases.length === 0 ? <NoReleases /> : <ReleaseList releases={releases} />}
				</section>
				<section id="subscribe" class="panel" aria-labelledby="subscribe-heading">
					<h2 id="subscribe-heading">Subscribe by e-mail</h2>
					<SignUpForm publication={publication} />
				</section>
			</div>
		</Layout>
	);
}

function ReleaseList({ releases }: Pick<HomeProps, "releases">) {
	return (
		<ul class="releases">
			{releases.map((release) => (
				<li key={release.slug}>
					<article lang={release.language}>
						<KindLine release={release} />
						<h2>
							<a href={`/releases/${encodeURIComponent(release.slug)}`}>{release.title}</a>
						</h2>
						<EventFacts release={release} />
						<p>{release.summary}</p>
					</article>
				</li>
			))}
		</ul>
	);
}

function NoReleases() {
	return (
		<div class="empty">
			<p>Nothing has been published yet. Releases will appear here as soon as they are issued.</p>
			<p>
				To hear of the first one, <a href="#subscribe">subscribe by e-mail</a> or follow the{" "}
				<a href="/rss.xml">RSS feed</a>.
			</p>
		</div>
	);
}
