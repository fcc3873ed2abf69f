import type { PublishedRelease } from "../releases/release.ts";
import { formatCivilDate, formatEventDates } from "../shared/dates.ts";
import { RELEASE_WORDS } from "./words.ts";

/** What kind of release it is and when it was issued, on one line. */
export function KindLine({ release }: { release: Pick<PublishedRelease, KindLineField> }) {
	const words = RELEASE_WORDS[release.language];
	return (
		<p class="issue-line">
			<span class="kind">{words.kinds[release.kind]}</span>{" "}
			<span class="issued">
				{words.issued}{" "}
				<time datetime={release.issued}>{formatCivilDate(release.issued, release.language)}</time>
			</span>
		</p>
	);
}

/** When and where a consultation or meeting takes place; nothing for other releases. */
export function EventFacts({ release }: { release: Pick<PublishedRelease, "language" | "event"> }) {
	const { event, language } = release;
	if (event === null) return null;
	const words = RELEASE_WORDS[language];
	return (
		<dl class="event">
			<div class="event-fact">
				<dt>{words.when}</dt>
				<dd>{formatEventDates(event, language)}</dd>
			</div>
			{event.place !== null && (
				<div class="event-fact">
					<dt>{words.where}</dt>
					<dd>{event.place}</dd>
				</div>
			)}
		</dl>
	);
}

type KindLineField = "kind" | "language" | "issued";
