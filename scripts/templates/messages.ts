import { createEngines, renderWith } from "../../src/mail/render.ts";
import type { Message } from "../../src/mail/transport.ts";
import { fromRoot } from "../local/paths.ts";
import { readTemplates } from "./folder.ts";
import { type Sample, sampleMails } from "./samples.ts";

/** A sample as it is submitted. */
export interface SampleMail extends Sample {
	/** Tells it from all others: `digest-full-ru`. */
	readonly slug: string;
	readonly message: Message;
}

/** Mails to somebody who may have asked for them, but not for a list's. */
const LETTERS = ["confirmation", "address-change", "notice"];

const DATE = Date.UTC(2026, 10, 23, 4);

/** Every sample, rendered. */
export function renderSamples(): Promise<SampleMail[]> {
	const engines = createEngines(readTemplates(fromRoot("templates")));
	return Promise.all(
		sampleMails().map(async (sample) => {
			const { mail, name, language, view } = sample;
			const slug = `${mail}-${name}-${language}`;
			const message: Message = {
				from: { name: view.publication.title, address: "digest@press.example.org" },
				to: "anna@journal.example",
				subject: view.subject,
				...(await renderWith(engines, mail, view)),
				language,
				messageId: `${slug}@press.example.org`,
				date: DATE,
				...(LETTERS.includes(mail) ? {} : { list: listOf(sample) }),
			};
			return { ...sample, slug, message };
		}),
	);
}

function listOf({ view }: Sample): NonNullable<Message["list"]> {
	const { title, url } = view.publication;
	return {
		id: "digest.press.example.org",
		title,
		unsubscribeUrl: `${url}/subscriptions/sample-token-to-unsubscribe-with/unsubscribe`,
		unsubscribeMailbox: "unsubscribe+sample-token@press.example.org",
	};
}
