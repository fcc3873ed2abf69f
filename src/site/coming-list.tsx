import type { PublicEntry } from "../releases/entry.ts";
import { formatEventDates } from "../shared/dates.ts";
import type { Language } from "../shared/language.ts";
import { releasePath } from "./addresses.ts";
import { AddToCalendar } from "./event.tsx";
import { shortMonth } from "./month.ts";
import { stringsOf } from "./strings/index.ts";

/** What a list of events shows of each. */
export type ComingCard = Pick<PublicEntry, "slug" | "kind" | "language" | "title" | "event">;

interface ComingListProps {
	readonly entries: readonly ComingCard[];
	readonly language: Language;
	/** The civil date of the publication's day. */
	readonly today: string;
	/** What each title is, below the heading that the list stands under. */
	readonly heading: "h3" | "h4";
}

/** Events as they come, each with the day on which it starts. */
export function ComingList({ entries, language, today, heading: Heading }: ComingListProps) {
	const strings = stringsOf(language);
	return (
		<ol class="coming">
			{entries.map((entry) => (
				<li key={entry.slug}>
					<DateBlock entry={entry} language={language} />
					<article lang={entry.language}>
						<p class="issue-line">
							<span class="kind">{strings.kinds[entry.kind]}</span>
							{isUnderWay(entry, today) && (
								<>
									{" "}
									<span class="under-way">{strings.coming.underWay}</span>
								</>
							)}
						</p>
						<Heading>
							<a href={releasePath(entry)}>{entry.title}</a>
						</Heading>
						<p class="when-where">
							{entry.event && formatEventDates(entry.event, language)}
							{entry.event?.place && (
								<>
									<br />
									{entry.event.place}
								</>
							)}
						</p>
						<p>
							<AddToCalendar release={entry} language={language} />
						</p>
					</article>
				</li>
			))}
		</ol>
	);
}

/** The first day at a glance. The dates stand in words beside it, which is what is read aloud. */
function DateBlock({ entry: { event }, language }: { entry: ComingCard; language: Language }) {
	if (event === null) return null;
	const [first, last] = [event.starts.slice(0, 10), event.ends.slice(0, 10)];
	const isOneMonth = first.slice(0, 7) === last.slice(0, 7);
	const day = (date: string) => Number(date.slice(8));
	return (
		<p class="date-block" aria-hidden="true">
			<span class="day">
				{first === last || !isOneMonth ? day(first) : `${day(first)}–${day(last)}`}
			</span>
			<span class="month">{shortMonth(first, language)}</span>
		</p>
	);
}

function isUnderWay({ event }: ComingCard, today: string): boolean {
	return event !== null && event.starts.slice(0, 10) <= today && event.ends.slice(0, 10) >= today;
}
