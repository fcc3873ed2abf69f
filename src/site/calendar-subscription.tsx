import type { Language } from "../shared/language.ts";
import { feedPath } from "./addresses.ts";
import type { Publication } from "./publication.ts";
import { stringsOf } from "./strings/index.ts";

interface CalendarSubscriptionProps {
	readonly publication: Publication;
	readonly language: Language;
}

/** How to have all dates in a calendar program: a link that opens it, and the address to give it. */
export function CalendarSubscription({ publication, language }: CalendarSubscriptionProps) {
	const strings = stringsOf(language);
	const address = publication.url + feedPath(language, undefined, "calendar");
	return (
		<section class="panel" aria-labelledby="calendar">
			<h2 id="calendar">{strings.coming.calendar}</h2>
			<p>{strings.coming.calendarHint}</p>
			<p>
				<a class="action" href={address.replace(/^https?:/, "webcal:")}>
					{strings.coming.subscribe}
				</a>
			</p>
			<p class="fine">
				{strings.coming.address}{" "}
				<a class="address" href={address}>
					{address}
				</a>
			</p>
		</section>
	);
}
