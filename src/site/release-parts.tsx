import type { PublicEntry } from "../releases/entry.ts";
import { type PublishedRelease, permanentId } from "../releases/release.ts";
import type { RevisionEntry } from "../releases/store.ts";
import { civilDateAt, formatCivilDate } from "../shared/dates.ts";
import { WORDS } from "../shared/words/index.ts";
import { releasePath } from "./addresses.ts";
import { AddToCalendar, EventFacts } from "./event.tsx";
import { Fact } from "./fact.tsx";
import { describeFile } from "./files.ts";
import type { Publication } from "./publication.ts";
import { stringsOf } from "./strings/index.ts";

interface PartProps {
	readonly publication: Publication;
	readonly release: PublishedRelease;
}

/** Links to the same in other languages. */
export function Translations({
	release,
	translations,
}: Pick<PartProps, "release"> & { readonly translations: readonly PublicEntry[] }) {
	if (translations.length === 0) return null;
	return (
		<div class="translations">
			<span id="also-in">{stringsOf(release.language).release.alsoIn}:</span>
			<ul class="inline" aria-labelledby="also-in">
				{translations.map((translation) => (
					<li>
						<a
							href={releasePath(translation)}
							hreflang={translation.language}
							lang={translation.language}
							rel="alternate"
						>
							{WORDS[translation.language].name}
						</a>
					</li>
				))}
			</ul>
		</div>
	);
}

/** What was wrong before, and since when it is right. */
export function Corrections({
	publication,
	release,
	corrections,
}: PartProps & { readonly corrections: readonly RevisionEntry[] }) {
	const strings = stringsOf(release.language);
	return corrections.map(({ note, madeAt }) => {
		const day = civilDateAt(madeAt, publication.timeZone);
		return (
			<p class="correction">
				<strong>
					{strings.release.corrected}{" "}
					<time datetime={day}>{formatCivilDate(day, release.language)}</time>:
				</strong>{" "}
				{note}
			</p>
		);
	});
}

/** When and where, and the link that puts it into a calendar; nothing without an event. */
export function EventBox({ release }: Pick<PartProps, "release">) {
	if (release.event === null) return null;
	return (
		<div class="event">
			<EventFacts release={release} />
			<AddToCalendar release={release} language={release.language} />
		</div>
	);
}

/** The files that belong to a release; nothing without any. */
export function Attachments({ release }: Pick<PartProps, "release">) {
	const { attachments, language } = release;
	if (attachments.length === 0) return null;
	return (
		<section class="attachments">
			<h2>{stringsOf(language).release.attachments}</h2>
			<ul>
				{attachments.map((attachment) => (
					<li>
						<a href={attachment.url} type={attachment.type}>
							{attachment.title}
						</a>{" "}
						<span class="file">({describeFile(attachment, language)})</span>
					</li>
				))}
			</ul>
		</section>
	);
}

/** What a journalist cites: when and where it was given out, its reference and its address. */
export function About({ publication, release }: PartProps) {
	const { language, dateline, issued } = release;
	const strings = stringsOf(language);
	const address = publication.url + releasePath(release);
	return (
		<section class="about">
			<h2>{strings.release.about}</h2>
			<dl class="facts">
				<Fact term={strings.release.issued}>
					<time datetime={issued}>{formatCivilDate(issued, language)}</time>
				</Fact>
				{dateline !== null && (
					<Fact term={strings.release.dateline}>
						{dateline.places.join(" / ")},{" "}
						<time datetime={dateline.date}>{formatCivilDate(dateline.date, language)}</time>
					</Fact>
				)}
				<Fact term={strings.release.reference}>
					<code>{permanentId(release)}</code>
				</Fact>
				<Fact term={strings.release.address}>
					<a class="address" href={releasePath(release)}>
						{address}
					</a>
				</Fact>
			</dl>
		</section>
	);
}
