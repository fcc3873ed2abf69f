import { formatCivilDate } from "../shared/dates.ts";
import type { Language } from "../shared/language.ts";
import { pagePath } from "./addresses.ts";
import { CalendarSubscription } from "./calendar-subscription.tsx";
import { type ComingCard, ComingList } from "./coming-list.tsx";
import { Layout } from "./layout.tsx";
import { byMonth, monthHeading } from "./month.ts";
import type { Publication } from "./publication.ts";
import { fill, stringsOf } from "./strings/index.ts";
import { versionsOf } from "./versions.ts";

interface ComingProps {
	readonly publication: Publication;
	readonly language: Language;
	/** Soonest first. */
	readonly entries: readonly ComingCard[];
	/** The civil date of the publication's day. */
	readonly today: string;
	/** The zone that `today` is in, in words. */
	readonly zone: string;
}

/** Every consultation and meeting that is not over, by month. */
export function ComingPage({ publication, language, entries, today, zone }: ComingProps) {
	const strings = stringsOf(language);
	const date = formatCivilDate(today, language);
	return (
		<Layout
			publication={publication}
			language={language}
			title={strings.coming.title}
			path={pagePath(language, "coming")}
			versions={versionsOf(publication, (other) => pagePath(other, "coming"))}
			section="coming"
			description={fill(strings.coming.description, { publication: publication.title })}
		>
			<div class="frame columns">
				<div>
					<h1>{strings.coming.title}</h1>
					<p class="fine">{fill(strings.coming.today, { date, zone })}</p>
					{entries.length === 0 && <p class="empty">{strings.coming.empty}</p>}
					{byMonth(entries).map(([month, inMonth]) => (
						<section class="month" aria-labelledby={`month-${month}`}>
							<h2 id={`month-${month}`}>{monthHeading(month, language)}</h2>
							<ComingList entries={inMonth} language={language} today={today} heading="h3" />
						</section>
					))}
				</div>
				<CalendarSubscription publication={publication} language={language} />
			</div>
		</Layout>
	);
}
