import type { Language } from "../shared/language.ts";
import { OPML_PATH, pagePath } from "./addresses.ts";
import { CalendarSubscription } from "./calendar-subscription.tsx";
import { FeedTable } from "./feed-table.tsx";
import { Layout } from "./layout.tsx";
import type { Publication } from "./publication.ts";
import { fill, stringsOf } from "./strings/index.ts";
import { versionsOf } from "./versions.ts";

interface AboutProps {
	readonly publication: Publication;
	readonly language: Language;
}

/** How to follow the publication: by mail, in a feed reader, in a calendar. */
export function AboutPage({ publication, language }: AboutProps) {
	const strings = stringsOf(language);
	return (
		<Layout
			publication={publication}
			language={language}
			title={strings.about.title}
			path={pagePath(language, "about")}
			versions={versionsOf(publication, (other) => pagePath(other, "about"))}
			section="about"
			description={fill(strings.about.description, { publication: publication.title })}
		>
			<div class="frame message">
				<h1>{strings.about.title}</h1>
				<p class="lead">{strings.about.lead}</p>
				<Mail language={language} />
				<Feeds language={language} />
				<Calendar language={language} />
				<CalendarSubscription publication={publication} language={language} />
				<FeedTable publication={publication} language={language} />
				<p>
					<a href={OPML_PATH} type="text/x-opml">
						{strings.feeds.opml}
					</a>
				</p>
			</div>
		</Layout>
	);
}

function Mail({ language }: Pick<AboutProps, "language">) {
	const strings = stringsOf(language);
	return (
		<section aria-labelledby="by-mail">
			<h2 id="by-mail">{strings.about.mail.title}</h2>
			<p>{strings.about.mail.text}</p>
			<p>{strings.about.mail.confirm}</p>
			<p>
				<a class="action" href={pagePath(language, "subscribe")}>
					{strings.about.mail.link}
				</a>
			</p>
		</section>
	);
}

function Feeds({ language }: Pick<AboutProps, "language">) {
	const strings = stringsOf(language);
	return (
		<section aria-labelledby="by-feed">
			<h2 id="by-feed">{strings.about.feeds.title}</h2>
			<p>{strings.about.feeds.text}</p>
			<ol>
				<li>{strings.about.feeds.first}</li>
				<li>{strings.about.feeds.second}</li>
				<li>{strings.about.feeds.third}</li>
			</ol>
			<p>{strings.about.feeds.formats}</p>
		</section>
	);
}

function Calendar({ language }: Pick<AboutProps, "language">) {
	const strings = stringsOf(language);
	return (
		<section aria-labelledby="by-calendar">
			<h2 id="by-calendar">{strings.about.calendar.title}</h2>
			<p>{strings.about.calendar.text}</p>
			<ul>
				<li>{strings.about.calendar.google}</li>
				<li>{strings.about.calendar.outlook}</li>
				<li>{strings.about.calendar.apple}</li>
			</ul>
			<p>{strings.about.calendar.one}</p>
		</section>
	);
}
