import type { EditionContents } from "../../src/digests/contents.ts";
import { mailOf, viewEdition } from "../../src/digests/edition.ts";
import { viewNotice } from "../../src/digests/notice-view.ts";
import type { Frame, MailIdentity } from "../../src/mail/frame.ts";
import type { Mail } from "../../src/mail/render.ts";
import type { NewsEntry } from "../../src/releases/entry.ts";
import { LANGUAGES, type Language } from "../../src/shared/language.ts";
import { viewConfirmation } from "../../src/subscribers/confirmation-view.ts";
import { viewMove, viewMoved } from "../../src/subscribers/move-view.ts";
import type { Preferences } from "../../src/subscribers/subscriber.ts";
import { viewWelcome } from "../../src/subscribers/welcome-view.ts";
import { STORIES, type Story } from "./stories.ts";

/** A mail as it may be, filled in with what the Worker would fill it in with. */
export interface Sample {
	readonly mail: Mail;
	/** Tells it from the others of its template and language. */
	readonly name: string;
	readonly language: Language;
	readonly view: Frame<Readonly<Record<string, string>>> & { readonly subject: string };
}

/** Whom the samples are of, and to: nobody's addresses. */
const ORIGIN = "https://press.example.org";
const LINKS = {
	unsubscribe: `${ORIGIN}/subscriptions/sample-token-to-unsubscribe-with/unsubscribe`,
	manage: `${ORIGIN}/subscriptions/sample-token-to-manage-with`,
	confirm: `${ORIGIN}/subscriptions/sample-token-to-confirm-with/confirm`,
	move: `${ORIGIN}/subscriptions/sample-token-to-move-with/move`,
};

/** The day of the samples' digests. */
const DAY = "2026-11-23";

/** So many items that nothing is left out, and so few that of each section something is. */
const MOST = { all: 100, few: 1 };

/** Samples of every mail in every language, with everything that a mail may have and with nothing. */
export function sampleMails(): Sample[] {
	return LANGUAGES.flatMap((language) => [
		...sampleEditions(language),
		...sampleLetters(language),
	]).concat(sampleNotice());
}

function identityIn(language: Language): MailIdentity {
	return { title: STORIES[language].publication, url: ORIGIN, colour: null, logo: null };
}

/** The same publication with a colour and a logo. */
function dressed(identity: MailIdentity): MailIdentity {
	return { ...identity, colour: "#0f7a5a", logo: `${ORIGIN}/logo.png` };
}

function sampleEditions(language: Language): Sample[] {
	const identity = identityIn(language);
	const [correction, withdrawal] = changesIn(language);
	const { fresh, changed, coming } = contentsIn(language);
	const twice = {
		fresh: [...fresh, ...fresh],
		changed: [...changed, ...changed],
		coming: [...coming, ...coming],
	};
	const none = { fresh: [], changed: [], coming: [] };
	const editionOf = (
		name: string,
		contents: EditionContents,
		{ of = identity, most = MOST.all, dir = "ltr" as Sample["view"]["dir"] } = {},
	): Sample => {
		const view = viewEdition(of, language, contents, { day: DAY, most }, LINKS);
		return { mail: mailOf(view), name, language, view: { ...view, dir } };
	};
	return [
		editionOf("full", { fresh, changed, coming }),
		editionOf("dressed", { fresh, changed, coming }, { of: dressed(identity) }),
		editionOf("cut", twice, { most: MOST.few }),
		editionOf("bare", { ...none, fresh: fresh.filter(({ event }) => event === null) }),
		editionOf("mirrored", { fresh, changed, coming }, { dir: "rtl" }),
		editionOf("correction", { ...none, changed: [correction] }),
		editionOf("withdrawal", { ...none, changed: [{ ...withdrawal, reason: null, event: null }] }),
		editionOf("several", { ...none, changed, coming }),
	];
}

function contentsIn(language: Language): EditionContents {
	const stories = STORIES[language];
	const entryOf = entriesIn(language);
	const [capital, town] = stories.places;
	const { files } = stories.announcement;
	const hours = { timeZone: "Asia/Tashkent", place: capital };
	return {
		fresh: [
			entryOf(1, stories.consultation, {
				kind: "consultation",
				event: { starts: "2026-12-01T10:00", ends: "2026-12-01T12:30", ...hours },
			}),
			entryOf(2, stories.hearing, {
				kind: "consultation",
				event: { starts: "2026-11-20T15:00", ends: "2026-11-20T17:00", ...hours },
			}),
			entryOf(3, stories.meeting, {
				event: { starts: "2026-12-07", ends: "2026-12-08", timeZone: null, place: town },
			}),
			entryOf(4, stories.visit, {}),
			entryOf(5, stories.announcement, {
				kind: "announcement",
				attachments: files.map((title, index) => ({
					title,
					url: `${ORIGIN}/files/water-${index + 1}.pdf`,
					type: "application/pdf",
					length: 200_000,
				})),
			}),
		],
		changed: [...changesIn(language)],
		coming: [
			entryOf(8, stories.reminded, {
				event: { starts: "2026-11-27", ends: "2026-11-27", timeZone: null, place: town },
			}),
			entryOf(
				9,
				{ ...stories.visit, title: stories.hearing.title },
				{ event: { starts: "2026-11-28", ends: "2026-11-28", timeZone: null, place: null } },
			),
		],
	};
}

function changesIn(language: Language): readonly [NewsEntry, NewsEntry] {
	const { corrected, withdrawn, places } = STORIES[language];
	const entryOf = entriesIn(language);
	const event = (day: string) => ({ starts: day, ends: day, timeZone: null, place: places[0] });
	return [
		entryOf(6, corrected, { revision: 2, note: corrected.note, event: event("2026-11-26") }),
		entryOf(7, withdrawn, {
			status: "withdrawn",
			reason: withdrawn.reason,
			event: event("2026-11-24"),
		}),
	];
}

function entriesIn(language: Language) {
	return (sequence: number, { title, summary }: Story, over: Partial<NewsEntry>): NewsEntry => {
		const id = `00000000-0000-4000-8000-00000000000${sequence}`;
		const publishedAt = Date.UTC(2026, 10, 20, 6);
		return {
			id,
			slug: `release-${sequence}`,
			story: id,
			kind: "meeting",
			language,
			title,
			summary,
			issued: "2026-11-20",
			event: null,
			attachments: [],
			status: "published",
			reason: null,
			revision: 1,
			document: `release/${id}/1-00000000`,
			firstSequence: sequence,
			sequence,
			postedAt: publishedAt,
			publishAt: null,
			publishedAt,
			changedAt: publishedAt,
			note: null,
			publications: [{ sequence, kind: over.kind ?? "meeting" }],
			...over,
		};
	};
}

/** The mails that are about a subscription and nothing else. */
function sampleLetters(language: Language): Sample[] {
	const identity = identityIn(language);
	const other: Language = language === "en" ? "ru" : "en";
	const preferences: Preferences = {
		kinds: ["consultation", "meeting", "announcement"],
		languages: [language, other],
		frequency: "daily",
		timeZone: null,
	};
	const { fresh } = contentsIn(language);
	const letterOf = (mail: Mail, name: string, view: Sample["view"]): Sample => ({
		mail,
		name,
		language,
		view,
	});
	const welcomeOf = (of: MailIdentity, releases: typeof fresh) =>
		viewWelcome(of, preferences, releases, LINKS);
	return [
		letterOf("confirmation", "full", viewConfirmation(identity, preferences, LINKS.confirm)),
		letterOf(
			"confirmation",
			"dressed",
			viewConfirmation(dressed(identity), preferences, LINKS.confirm),
		),
		letterOf("welcome", "full", welcomeOf(identity, fresh)),
		letterOf("welcome", "bare", welcomeOf(dressed(identity), [])),
		letterOf("address-change", "new", viewMove(identity, preferences, LINKS.move)),
		letterOf("address-change", "former", viewMoved(dressed(identity), preferences)),
	];
}

/** To the operator, in English alone. */
function sampleNotice(): Sample {
	const run = `${ORIGIN}/api/runs/daily-2026-11-23`;
	const view = viewNotice(identityIn("en"), {
		subject: `${STORIES.en.publication}: the run daily-2026-11-23 waits for you`,
		heading: "A digest waits for you",
		intro:
			"The run daily-2026-11-23 is held: the daily digest of the period 2026-11-23. It has 1240 recipients, and nobody was mailed yet.",
		reasons: [
			"The runs of this schedule wait for approval.",
			"It is much larger than those before.",
		],
		after: "It goes out when somebody lets it go.",
		commands: [
			{ does: "Look at it", command: `curl -i '${run}' -H "Authorization: Bearer $KEY"` },
			{
				does: "Let it go as you have seen it",
				command: `curl '${run}/release' -H "Authorization: Bearer $KEY" -X POST -H "If-Match: $ETAG"`,
			},
		],
		page: "docs/operations.md",
	});
	return { mail: "notice", name: "held", language: "en", view };
}
