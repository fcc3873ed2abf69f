import type { PublicEntry } from "../releases/entry.ts";
import type { PublishedRelease } from "../releases/release.ts";
import type { RevisionEntry } from "../releases/store.ts";
import type { Language } from "../shared/language.ts";
import { sha256Hex } from "../shared/text.ts";
import { ArchivePage } from "./archive.tsx";
import { ComingPage } from "./coming.tsx";
import { HomePage } from "./home.tsx";
import type { Publication } from "./publication.ts";
import { ReleasePage } from "./release.tsx";
import { WithdrawnPage } from "./withdrawn.tsx";

const TODAY = "2026-11-20";

const SAMPLE: PublishedRelease & PublicEntry = {
	id: "00000000-0000-4000-8000-000000000000",
	slug: "sample",
	story: "sample",
	kind: "meeting",
	language: "en",
	title: "A sample",
	summary: "What a page of each kind looks like.",
	body: "# Heading\n\nA *paragraph* with a [link](https://example.org/).\n\n- An item\n",
	format: "commonmark",
	issued: TODAY,
	dateline: { places: ["TASHKENT"], date: TODAY },
	event: {
		starts: "2026-11-20T09:00",
		ends: "2026-11-21T17:00",
		timeZone: "Asia/Tashkent",
		place: "Tashkent",
	},
	attachments: [
		{ url: "https://example.org/a.pdf", title: "Agenda", type: "application/pdf", length: 1000 },
	],
	status: "published",
	reason: null,
	revision: 2,
	document: "release/sample/2",
	firstSequence: 1,
	sequence: 2,
	postedAt: 0,
	publishAt: null,
	publishedAt: 0,
	changedAt: 0,
};

const CORRECTION: RevisionEntry = {
	revision: 2,
	change: "correction",
	note: "The date was wrong.",
	madeBy: "sample",
	madeAt: 0,
};

/**
 * What ready pages look like, as a short name: another wherever a sample of each comes out otherwise, be it
 * for the publication's settings, the words, the style or the markup. So a page never has to be told that
 * it is made anew.
 */
export async function lookOf(publication: Publication): Promise<string> {
	const pages = await Promise.all(
		publication.languages.flatMap((language) => samplesIn(publication, language).map(String)),
	);
	return (await sha256Hex(pages.join("\n"))).slice(0, 16);
}

function samplesIn(publication: Publication, language: Language) {
	const release = { ...SAMPLE, language };
	const list = { publication, language, kind: release.kind, releases: [release] };
	return [
		<HomePage {...list} coming={[release]} today={TODAY} />,
		<ComingPage {...list} entries={[release]} today={TODAY} zone={publication.timeZone} />,
		<ArchivePage {...list} total={1} paging={{ page: null, numbered: 2 }} />,
		<ArchivePage {...list} total={null} paging={{ page: 2, numbered: 3 }} />,
		<ArchivePage {...list} releases={[]} total={0} paging={{ page: null, numbered: 0 }} />,
		<ReleasePage
			publication={publication}
			release={release}
			translations={[release]}
			corrections={[CORRECTION]}
		/>,
		<WithdrawnPage publication={publication} entry={{ ...release, reason: "A sample." }} />,
	];
}
