import fc from "fast-check";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import type { Message } from "../../../src/mail/transport.ts";
import {
	addressOf,
	messageTo,
	PROVIDERS,
	type Provider,
	recordOf,
	submitTo,
	transportTo,
} from "./providers.ts";

const LIST = {
	id: "digest.press.test",
	title: "Press Office",
	unsubscribeUrl: "https://press.test/subscriptions/token/unsubscribe",
	unsubscribeMailbox: "unsubscribe+token@press.test",
	feedbackId: "daily-2026-11-23:en:digest:communique",
};

/** A mail as it came to a provider, in the same terms for each. */
interface Arrived {
	readonly from: string;
	readonly to: string;
	readonly subject: string;
	readonly html: string;
	readonly text: string;
	readonly headers: Record<string, string>;
	readonly subscriber: string | undefined;
}

async function arrive(provider: Provider, message: Message): Promise<Arrived> {
	const address = addressOf(provider, "good");
	const outcomes = await submitTo(transportTo(provider, address), [message]);
	// The provider has checked form and signature.
	expect(outcomes).toEqual([{ kind: "submitted" }]);
	const { requests } = await recordOf(address);
	return await READERS[provider](JSON.parse(requests[0]?.body ?? ""));
}

// What a provider has been posted is of the form that it checks.
// biome-ignore lint/suspicious/noExplicitAny: the provider's server has validated it
const READERS: Record<Provider, (body: any) => Arrived | Promise<Arrived>> = {
	resend: ([{ from, to, subject, html, text, headers, tags }]) => ({
		...{ from, to: to[0], subject, html, text, subscriber: tags?.[0].value },
		headers: lowerCased(Object.entries(headers)),
	}),
	postmark: ([{ From, To, Subject, HtmlBody, TextBody, Headers, Metadata }]) => ({
		...{ from: From, to: To, subject: Subject, html: HtmlBody, text: TextBody },
		subscriber: Metadata?.subscriber,
		headers: lowerCased(
			Headers.map(({ Name, Value }: { Name: string; Value: string }) => [Name, Value]),
		),
	}),
	ses: async ({ Content, EmailTags }) => {
		const mail = await PostalMime.parse(Uint8Array.fromBase64(Content.Raw.Data));
		const { name = "", address = "" } = mail.from ?? {};
		return {
			from: name === "" ? address : `"${name.replaceAll(/["\\]/g, "\\$&")}" <${address}>`,
			to: mail.to?.[0]?.address ?? "",
			subject: mail.subject ?? "",
			html: (mail.html ?? "").trimEnd(),
			text: (mail.text ?? "").trimEnd(),
			headers: lowerCased(mail.headers.map(({ key, value }) => [key, value])),
			subscriber: EmailTags?.[0].Value,
		};
	},
};

function lowerCased(headers: [string, unknown][]): Record<string, string> {
	return Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

describe.each(PROVIDERS)("a mail that goes by %s", (provider) => {
	it("has the headers of a list (RFC 2369, 2919, 8058), and names the subscriber", async () => {
		const { headers, subscriber } = await arrive(
			provider,
			messageTo("anna@journal.test", { list: LIST }),
		);
		expect(headers).toMatchObject({
			"list-id": "<digest.press.test>",
			"list-unsubscribe": `<${LIST.unsubscribeUrl}>, <mailto:${LIST.unsubscribeMailbox}>`,
			"list-unsubscribe-post": "List-Unsubscribe=One-Click",
			"auto-submitted": "auto-generated",
			"content-language": "en",
		});
		expect(subscriber).toBe("subscriber-anna");
		if (provider !== "ses") expect(headers["feedback-id"]).toBe(LIST.feedbackId);
		if (provider !== "resend")
			expect(headers["message-id"]).toBe("<daily-2026-11-23.anna@press.test>");
	});

	it("has none of a list's where it is personal, and no subscriber where there is none", async () => {
		const { list: _, subscriber: __, ...personal } = messageTo("anna@journal.test");
		const { headers, subscriber } = await arrive(provider, personal);
		expect(Object.keys(headers).filter((name) => /^list-|^feedback/.test(name))).toEqual([]);
		expect(subscriber).toBeUndefined();
	});

	it.each([
		"o'neil+news@journal.test",
		"a.b-c_d=e!#$%&*/?^`{|}~@journal.test",
		"anna@xn--80ak6aa92e.test",
		`${"a".repeat(64)}@journal.test`,
	])("goes to %s", async (to) => {
		expect((await arrive(provider, messageTo(to))).to).toBe(to);
	});

	it("comes out as it went in, whatever is in it, and with no header that nobody put there", async () => {
		await fc.assert(
			fc.asyncProperty(HOSTILE, HOSTILE, HOSTILE, async (subject, name, words) => {
				const message = messageTo("anna@journal.test", {
					subject,
					from: { name, address: "digest@press.test" },
					text: words,
					html: `<p>${words}</p>`,
					list: LIST,
				});
				const plain = await arrive(provider, messageTo("anna@journal.test", { list: LIST }));
				const arrived = await arrive(provider, message);
				expect(Object.keys(arrived.headers)).toEqual(Object.keys(plain.headers));
				expect(arrived.to).toBe("anna@journal.test");
				expect(arrived.from).toMatch(/(^|<)digest@press\.test>?$/);
				expect(arrived.subject).not.toMatch(/[\r\n]/);
				expect(squeezed(arrived.subject)).toBe(squeezed(subject));
				if (provider !== "ses") expect(arrived.text).toBe(words);
			}),
			{ numRuns: provider === "ses" ? 15 : 40 },
		);
	});
});

it("a mail that goes by postmark takes the stream of its kind, and keeps its id", async () => {
	const { list: _, ...personal } = messageTo("anna@journal.test");
	const listed = { ...personal, list: LIST };
	const address = addressOf("postmark", "good");
	await submitTo(transportTo("postmark", address), [personal, listed]);
	const { requests } = await recordOf(address);
	const mails = JSON.parse(requests[0]?.body ?? "");
	expect(mails.map((mail: object) => "MessageStream" in mail)).toEqual([false, true]);
	const keeping = { Name: "X-PM-KeepID", Value: "true" };
	for (const { Headers } of mails) expect(Headers).toContainEqual(keeping);
});

/** What a title may be that somebody means ill with. */
const HOSTILE = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				"\r\n",
				"\n",
				"\r",
				"\0",
				"\t",
				"\u2028",
				"\u0085",
				"Bcc: boris@journal.test",
				"\r\nX-Injected: 1\r\n\r\n<script>",
				'"',
				"\\",
				"<boris@journal.test>",
				",",
				"Пресс-служба",
				"oʻzbekcha 💧",
				"=?utf-8?Q?Bcc:?=",
			),
			fc.string({ unit: "binary-ascii", maxLength: 12 }),
		),
		{ minLength: 1, maxLength: 6 },
	)
	.map((parts) => `A${parts.join("")}z`);

/** Without what a header cannot have: only letters, digits and the like count. */
function squeezed(text: string): string {
	return text.replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, "");
}
