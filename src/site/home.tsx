import type { Language } from "../shared/language.ts";
import { archivePath, homePath, pagePath } from "./addresses.ts";
import { NoReleases } from "./archive.tsx";
import { type ComingCard, ComingList } from "./coming-list.tsx";
import { Layout } from "./layout.tsx";
import { descriptionIn, type Publication } from "./publication.ts";
import { type ReleaseCard, ReleaseList } from "./release-list.tsx";
import { SearchForm } from "./search-form.tsx";
import { ShortSignUpForm } from "./sign-up-form.tsx";
import { fill, stringsOf } from "./strings/index.ts";
import { versionsOf } from "./versions.ts";

interface HomeProps {
	readonly publication: Publication;
	readonly language: Language;
	/** Newest first. */
	readonly releases: readonly ReleaseCard[];
	/** Soonest first. */
	readonly coming: readonly ComingCard[];
	/** The civil date of the publication's day. */
	readonly today: string;
}

/** The front of the publication in a language: what is new, what is coming, how to subscribe. */
export function HomePage(props: HomeProps) {
	const { publication, language, releases } = props;
	const strings = stringsOf(language);
	const description =
		descriptionIn(publication, language) ??
		fill(strings.home.description, { publication: publication.title });
	return (
		<Layout
			publication={publication}
			language={language}
			title={publication.title}
			path={homePath(language)}
			versions={versionsOf(publication, homePath)}
			section="home"
			description={description}
		>
			<div class="frame">
				<div class="opening">
					<p class="lead">{description}</p>
					<SearchForm language={language} />
				</div>
				<div class="columns">
					<section class="newest" aria-labelledby="newest">
						<h1 id="newest">{strings.home.heading}</h1>
						{releases.length === 0 ? (
							<NoReleases publication={publication} language={language} />
						) : (
							<>
								<ReleaseList releases={releases} heading="h2" />
								<p class="onward">
									<a href={archivePath(language, undefined)}>{strings.home.all}</a>
								</p>
							</>
						)}
					</section>
					<div class="aside">
						<Coming {...props} />
						<section class="panel" aria-labelledby="subscribe">
							<h2 id="subscribe">{strings.subscribe.title}</h2>
							<ShortSignUpForm language={language} />
						</section>
					</div>
				</div>
			</div>
		</Layout>
	);
}

function Coming({ language, coming, today }: HomeProps) {
	const strings = stringsOf(language);
	return (
		<section aria-labelledby="coming">
			<h2 id="coming">{strings.home.coming}</h2>
			{coming.length === 0 ? (
				<p>{strings.home.nothingComing}</p>
			) : (
				<>
					<ComingList entries={coming} language={language} today={today} heading="h3" />
					<p>
						<a href={pagePath(language, "coming")}>{strings.home.allComing}</a>
					</p>
				</>
			)}
		</section>
	);
}
