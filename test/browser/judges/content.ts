import { expect } from "vitest";
import type { SeenRelease, Visitor } from "../../../scripts/local/visitor.ts";
import { LANGUAGES, type Language } from "../../../src/shared/language.ts";

/** How many releases a language gets at least: three pages of its archive. */
const ENOUGH = 45;

const LONG_WORD = "Nebensächlichkeitsverordnungsausschussvorsitzendenwahl".repeat(3);

/** Texts that have broken pages before. */
const UGLY = [
	"]]> and ]]]]><![CDATA[> and <![CDATA[",
	"</script><script>alert(1)</script>",
	'"><img src=x onerror=alert(1)> \' onload="alert(1)',
	"AT&T &amp; &lt;b&gt; &#60;i&#62; &nbsp; &#0;",
	"</title></main></body></html>",
	"`quotes` 'both' \\ \\u0041 $& $1 %s %00",
	"💧👨‍👩‍👧🇺🇿 ‘’ «» e\u0301\u0323 \u200f\u202eright to left\u202c",
	"<!-- comment --> <?php ?> <!doctype html>",
	"\u0085\u2028\u2029\ufeff\t\v\f\u00a0\u3000 no space",
	"{{ 7 | times: 7 }}{% raw %} __proto__",
	"'; DROP TABLE releases; --",
	"https://example.org/a/very/long/address?with=many&parameters=and#no-place-to-break".repeat(2),
	LONG_WORD,
	`${"Word ".repeat(78)}end`,
];

/** A day that is to come on every machine that this runs on. */
const TO_COME = "2099-05-31";

/** A release as its answer shows it. */
interface Posted extends SeenRelease {
	readonly url: string;
}

/** Where the pages are that only some releases have, in a language. */
export interface Content {
	/** Event, corrections, files, translations. */
	readonly full: string;
	/** None of these. */
	readonly bare: string;
	/** The longest words and lines in every place. */
	readonly ugly: string;
	readonly withdrawn: string;
}

export async function publishOne(visitor: Visitor, fields: object): Promise<Posted> {
	const answer = await visitor.publish(JSON.stringify(fields), "application/json");
	expect(answer.status, answer.text).toBe(201);
	return JSON.parse(answer.text).release;
}

/** Publishes in a language what its every page needs, the ugliest texts last: lists begin with them. */
export async function publishContent(visitor: Visitor, language: Language): Promise<Content> {
	const plain = { kind: "announcement", language, event: null, dateline: null };
	const filler = Array.from({ length: ENOUGH - UGLY.length }, (_, index) => ({
		...plain,
		title: `A release to fill pages (${index})`,
		body: `It fills pages (${language}).`,
	}));
	const [bare] = await Promise.all(filler.map((fields) => publishOne(visitor, fields)));
	const worst = await Promise.all(
		UGLY.map((words, index) => publishOne(visitor, ugly(words, index, language))),
	);
	const full = await publishFull(visitor, language);
	const withdrawn = await publishOne(visitor, {
		...plain,
		title: UGLY[1],
		body: `Taken back (${language}).`,
	});
	expect((await visitor.withdraw(withdrawn, `It was wrong. ${UGLY[2]}`)).status).toBe(200);
	return {
		full: pathOf(full),
		bare: pathOf(bare),
		ugly: pathOf(worst.at(-2)),
		withdrawn: pathOf(withdrawn),
	};
}

function pathOf(release: Posted | undefined): string {
	return new URL(release?.url ?? "").pathname;
}

function ugly(words: string, index: number, language: Language): object {
	return {
		kind: index % 2 === 0 ? "meeting" : "consultation",
		language,
		title: words.slice(0, 400),
		summary: words,
		body: `# ${words}\n\n${language} ${words}\n\n- ${words}\n\n> ${words}\n\n1. ${words}\n\n\`\`\`\n${words}\n\`\`\``,
		event: { starts: TO_COME, place: words.slice(0, 200) },
		dateline: { places: [words.slice(0, 100)], date: "2026-01-01" },
	};
}

async function publishFull(visitor: Visitor, language: Language): Promise<Posted> {
	const fields = {
		kind: "consultation",
		language,
		story: "everything",
		title: "Everything that a release can have",
		body: [
			`In ${language}.`,
			"Text with *emphasis*, **weight**, `code` and a [link](https://example.org/).",
			"## Heading\n\n### Lower\n\n1. One\n2. Two\n\n- Point\n- Point",
			"> Quotation\n\n---\n\n![A picture](https://example.org/a.png)",
		].join("\n\n"),
		event: {
			starts: "2099-05-30T09:30",
			ends: "2099-05-31T12:00",
			time_zone: "Europe/Vienna",
			place: "Vienna",
		},
		attachments: [
			{ url: "https://example.org/a.pdf", title: LONG_WORD, type: "application/pdf", length: 1 },
			{ url: "https://example.org/b", title: UGLY[2], type: "x/y", length: 9_999_999_999 },
		],
	};
	const first = await publishOne(visitor, fields);
	const seen = await visitor.correct(first, { ...fields, note: `${UGLY[1]} ${LONG_WORD}` });
	expect(seen.status, seen.text).toBe(200);
	const again = { ...fields, note: "It lasts two days." };
	const corrected = await visitor.correct(JSON.parse(seen.text).release, again);
	expect(corrected.status, corrected.text).toBe(200);
	return first;
}

/** The links in the mails of a subscriber, by what they are for. */
export interface MailLinks {
	readonly confirm: string;
	readonly unsubscribe: string;
	/** The page of the digest in the mailbox. */
	readonly mail: string;
}

/** Has somebody subscribe in each language and get a digest. */
export async function subscribeInAll(visitor: Visitor): Promise<Record<Language, MailLinks>> {
	const found = {} as Record<Language, MailLinks>;
	const confirms = {} as Record<Language, string>;
	for (const language of LANGUAGES) {
		const email = addressIn(language);
		await visitor.subscribe({ email, kinds: ["announcement"], languages: [language] }, "form");
		confirms[language] = linkIn(await mailTo(visitor, email, 1), "confirm");
		expect((await visitor.press(confirms[language])).status).toBe(200);
		// They are welcomed.
		await mailTo(visitor, email, 2);
		await publishOne(visitor, { kind: "announcement", language, title: "News", body: language });
	}
	await visitor.tick(Date.now() + 2 * 24 * 60 * 60 * 1000);
	for (const language of LANGUAGES) {
		const mail = await mailTo(visitor, addressIn(language), 3);
		const unsubscribe = linkIn(mail, "unsubscribe");
		found[language] = { confirm: confirms[language], unsubscribe, mail: `/mailbox/${mail.id}` };
	}
	return found;
}

function addressIn(language: Language): string {
	return `reader-${language}@journal.test`.toLowerCase();
}

/** The newest mail to an address, when it has got so many. */
async function mailTo(visitor: Visitor, address: string, count: number) {
	const [newest] = await visitor.until(`${count} mails to ${address}`, async () => {
		const mails = (await visitor.mail()).filter(({ to }) => to === address);
		return mails.length === count && mails;
	});
	const id = newest?.id ?? "";
	// Soft line breaks of quoted-printable (RFC 2045, section 6.7) part links.
	return { id, text: (await visitor.source(id)).replaceAll(/=\r?\n/g, "") };
}

function linkIn({ text }: { text: string }, last: string): string {
	const link = new RegExp(`https?://[\\w.:-]+(/subscriptions/[\\w.~-]+/${last})`).exec(text)?.[1];
	expect(link, text).toBeDefined();
	return link as string;
}
