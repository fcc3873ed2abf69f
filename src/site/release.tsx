import { raw } from "hono/html";
import { bodyHtml } from "../releases/body.ts";
import type { PublicEntry } from "../releases/entry.ts";
import type { PublishedRelease } from "../releases/release.ts";
import type { RevisionEntry } from "../releases/store.ts";
import { civilDateAt, formatCivilDate } from "../shared/dates.ts";
import { WORDS } from "../shared/words/index.ts";
import { EventFacts, KindLine } from "./event.tsx";
import { Layout } from "./layout.tsx";
import type { Publication } from "./publication.ts";
import { RELEASE_WORDS } from "./words.ts";

interface ReleasePageProps {
	readonly publication: Publication;
	readonly release: PublishedRelease;
	/** The same story in other languages. */
	readonly translations: readonly PublicEntry[];
	/** Oldest first. */
	readonly corrections: readonly RevisionEntry[];
}

/** One release, whole. */
export function ReleasePage(props: ReleasePageProps) {
	const { publication, release, translations } = props;
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
					<Translations release={release} translations={translations} />
					<Corrections {...props} />
					<EventFacts release={release} />
					{/* What comes out of it is escaped or made by the CommonMark library, which is safe. */}
					<div class="prose">{raw(bodyHtml(release))}</div>
					<Attachments release={release} />
				</article>
				<p class="print-only">{publication.url + path}</p>
				<p class="onward" lang="en">
					<a href="/#subscribe">Get releases like this by e-mail</a>
				</p>
			</div>
		</Layout>
	);
}

function Translations({
	release,
	translations,
}: Pick<ReleasePageProps, "release" | "translations">) {
	if (translations.length === 0) return null;
	return (
		<p class="translations">
			{RELEASE_WORDS[release.language].alsoIn}:{" "}
			{translations.map(({ slug, language }, index) => (
				<>
					{index > 0 && ", "}
					<a href={`/releases/${slug}`} hreflang={language} lang={language} rel="alternate">
						{WORDS[language].name}
					</a>
				</>
			))}
		</p>
	);
}

function Corrections({ publication, release, corrections }: ReleasePageProps) {
	const { corrected } = RELEASE_WORDS[release.language];
	return corrections.map(({ note, madeAt }) => {
		const day = civilDateAt(madeAt, publication.timeZone);
		return (
			<p class="correction">
				<strong>
					{corrected} <time datetime={day}>{formatCivilDate(day, release.language)}</time>:
				</strong>{" "}
				{note}
			</p>
		);
	});
}

function Attachments({ release }: Pick<ReleasePageProps, "release">) {
	if (release.attachments.length === 0) return null;
	return (
		<section class="attachments">
			<h2>{RELEASE_WORDS[release.language].attachments}</h2>
			<ul>
				{release.attachments.map(({ url, title, type, length }) => (
					<li>
						<a href={url} type={type}>
							{title}
						</a>{" "}
						({type}, {Math.max(1, Math.round(length / 1024))} KB)
					</li>
				))}
			</ul>
		</section>
	);
}
