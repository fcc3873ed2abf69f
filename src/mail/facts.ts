import type { MailSettings, TransportName } from "./settings.ts";

/** What of the settings decides whether servers take our mail, and whether we hear of it. */
export interface MailFacts {
	/** Domain of the envelope's sender; null where the provider puts its own. */
	readonly envelope_domain: string | null;
	/** Where the keys stand that mail is signed with; null where the provider knows. */
	readonly dkim: { readonly domain: string; readonly selector: string }[] | null;
	/** How failures and complaints come back; null where nobody hears of them. */
	readonly reports: string | null;
	readonly reports_advice: string;
}

/** Where reports come back to; each null where it is not set. */
export interface ReportSettings {
	readonly bounceAddress: string | null;
	readonly resendWebhookSecret: string | null;
	readonly postmarkWebhookLogin: string | null;
	readonly sesTopic: string | null;
}

/** The selector that Resend signs by. */
const RESEND_SELECTOR = "resend";

/** @param sender the bare address that mail comes from. */
export function factsOf(mail: MailSettings, reports: ReportSettings, sender: string): MailFacts {
	const domain = domainOf(sender);
	const { set, advice } = REPORTS[mail.transport];
	return {
		envelope_domain: isOurs(mail) ? domainOf(reports.bounceAddress ?? sender) : null,
		dkim: keysOf(mail, domain),
		reports: set(reports),
		reports_advice: advice,
	};
}

/** Whether the envelope is as we say, and not as the provider does. */
function isOurs({ transport }: MailSettings): boolean {
	return transport === "smtp" || transport === "mailbox";
}

function keysOf(mail: MailSettings, domain: string): MailFacts["dkim"] {
	// Without a key of ours it may be the server that signs.
	if (mail.transport === "smtp" && mail.dkimKeys.length > 0)
		return mail.dkimKeys.map(({ selector }) => ({ domain, selector }));
	return mail.transport === "resend" ? [{ domain, selector: RESEND_SELECTOR }] : null;
}

interface Reporting {
	readonly set: (reports: ReportSettings) => string | null;
	readonly advice: string;
}

const BY_MAIL: Reporting = {
	set: ({ bounceAddress }) => bounceAddress && `they come to ${bounceAddress}`,
	advice: "Set BOUNCE_ADDRESS, and route it to the Worker.",
};

const byWebhook = (
	setting: string,
	door: string,
	secretOf: (reports: ReportSettings) => string | null,
): Reporting => ({
	set: (reports) => (secretOf(reports) === null ? null : `they come to ${door}`),
	advice: `Add the webhook ${door} at the provider, and set ${setting}.`,
});

const REPORTS: Readonly<Record<TransportName, Reporting>> = {
	mailbox: BY_MAIL,
	smtp: BY_MAIL,
	resend: byWebhook(
		"RESEND_WEBHOOK_SECRET",
		"/webhooks/resend",
		({ resendWebhookSecret }) => resendWebhookSecret,
	),
	postmark: byWebhook(
		"POSTMARK_WEBHOOK_LOGIN",
		"/webhooks/postmark",
		({ postmarkWebhookLogin }) => postmarkWebhookLogin,
	),
	ses: byWebhook("SES_TOPIC", "/webhooks/ses", ({ sesTopic }) => sesTopic),
	cloudflare: {
		set: () => "by the queue communique-mail-events, where it is subscribed",
		advice: "Subscribe the queue communique-mail-events to the domain's Email Sending events.",
	},
};

/** The domain of a bare address, in lower case. */
export function domainOf(address: string): string {
	return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}
