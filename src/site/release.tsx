import { raw } from "hono/html";
import type { PublicEntry } from "../releases/entry.ts";
import type { PublishedRelease } from "../releases/release.ts";
import type { RevisionEntry } from "../releases/store.ts";
import { WORDS } from "../shared/words/index.ts";
import { archivePath, pagePath, releasePath } from "./addresses.ts";
import { KindLine } from "./event.tsx";
import { Layout } from "./layout.tsx";
import { proseHtml } from "./prose.ts";
import { frameLanguage, type Publication } from "./publication.ts";
import { About, Attachments, Corrections, EventBox, Translations } from "./release-parts.tsx";
import { socialTags } from "./social.ts";
import { fill, stringsOf } from "./strings/index.ts";
import { structuredData, toJsonLd } from "./structured-data.ts";
import type { PageVersion } from "./versions.ts";

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
	const { publication, release, translations, corrections } = props;
	const { kind, language, title } = release;
	const archive = archivePath(frameLanguage(publication, language), kind);
	return (
		<Layout
			publication={publication}
			language={language}
			title={title}
			path={releasePath(release)}
			versions={[release, ...translations].map(toVersion)}
			kind={kind}
			description={release.summary}
			social={socialTags(publication, release)}
			structured={toJsonLd(structuredData(publication, release, translations, corrections))}
		>
			<div class="frame">
				<article class="release" lang={language}>
					<div class="opening">
						<KindLine release={release} archive={archive} />
						<h1>{title}</h1>
						<Translations release={release} translations={translations} />
						<Corrections {...props} />
					</div>
					<EventBox release={release} />
					{/* What comes out of it is escaped or made by the CommonMark library, which is safe. */}
					<div class="prose">{raw(proseHtml(release))}</div>
					<Attachments release={release} />
					<About publication={publication} release={release} />
				</article>
				<Onward publication={publication} release={release} />
			</div>
		</Layout>
	);
}

function toVersion(release: PublishedRelease | PublicEntry): PageVersion {
	return { language: release.language, path: releasePath(release) };
}

/** Where to go from a release. */
function Onward({ publication, release }: Pick<ReleasePageProps, "publication" | "release">) {
	const { kind, language } = release;
	const frame = frameLanguage(publication, language);
	const strings = stringsOf(frame);
	const kinds = WORDS[frame].kinds[kind].heading;
	return (
		<ul class="onward" lang={frame === language ? undefined : frame}>
			<li>
				<a href={archivePath(frame, kind)}>{fill(strings.release.more, { kinds })}</a>
			</li>
			<li>
				<a href={pagePath(frame, "subscribe")}>{strings.release.subscribe}</a>
			</li>
		</ul>
	);
}
