import type { Kind } from "../releases/kinds.ts";
import type { PublishedRelease } from "../releases/release.ts";
import { formatCivilDate, formatEventDates } from "../shared/dates.ts";
import type { Language } from "../shared/language.ts";
import { eventPath } from "./addresses.ts";
import { fill, stringsOf } from "./strings/index.ts";

interface KindLineProps {
	readonly release: { readonly kind: Kind; readonly language: Language; readonly issued: string };
	/** Where more of its kind are. */
	readonly archive?: string;
}

/** What kind of release it is and when it was issued, on one line. */
export function KindLine({ release: { kind, language, issued }, archive }: KindLineProps) {
	const strings = stringsOf(language);
	const name = strings.kinds[kind];
	return (
		<p class="issue-line">
			<span class="kind">{archive === undefined ? name : <a href={archive}>{name}</a>}</span>{" "}
			<span class="issued">
				{strings.release.issued} <time datetime={issued}>{formatCivilDate(issued, language)}</time>
			</span>
		</p>
	);
}

/** When and where a consultation or meeting takes place; nothing for other releases. */
export function EventFacts({ release }: { release: Pick<PublishedRelease, "language" | "event"> }) {
	const { event, language } = release;
	if (event === null) return null;
	const strings = stringsOf(language);
	return (
		<dl class="event-facts">
			<div class="event-fact">
				<dt>{strings.event.when}</dt>
				<dd>{formatEventDates(event, language)}</dd>
			</div>
			{event.place !== null && (
				<div class="event-fact">
					<dt>{strings.event.where}</dt>
					<dd>{event.place}</dd>
				</div>
			)}
		</dl>
	);
}

interface AddToCalendarProps {
	readonly release: { readonly slug: string; readonly title: string };
	/** The page's. */
	readonly language: Language;
}

/** The link that puts one event into the reader's calendar; it says which, where it stands among others. */
export function AddToCalendar({ release, language }: AddToCalendarProps) {
	const strings = stringsOf(language);
	return (
		<a
			class="add-to-calendar"
			href={eventPath(release)}
			type="text/calendar"
			aria-label={fill(strings.event.addTitle, { title: release.title })}
		>
			{strings.event.add}
		</a>
	);
}
