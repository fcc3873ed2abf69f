import { z } from "zod";
import { err, ok, type Result } from "../shared/result.ts";
import { needed, optional, type SettingFault, toSettingFault } from "../shared/settings.ts";

/** What hands mail over, as MAIL_TRANSPORT says it. */
export const TRANSPORTS = ["mailbox", "smtp", "resend", "postmark", "ses", "cloudflare"] as const;
export type TransportName = (typeof TRANSPORTS)[number];

/** Messages a second that a provider takes at most. */
const HIGHEST_RATE = 10_000;

/** Another address of the provider's API, such as that of an institution's own proxy. */
const api = optional((text) => text.transform(toApi));

const schemas = {
	mailbox: z.object({}).transform(() => ({ transport: "mailbox" as const })),
	smtp: z
		.object({ SMTP_URL: z.string().trim().optional().transform(toServer) })
		.transform(({ SMTP_URL }) => ({ transport: "smtp" as const, server: SMTP_URL })),
	resend: z
		.object({ RESEND_API_KEY: needed("the API key, as re_…"), MAIL_API: api })
		.transform(({ RESEND_API_KEY, MAIL_API }) => ({
			transport: "resend" as const,
			apiKey: RESEND_API_KEY,
			api: MAIL_API,
		})),
	postmark: z
		.object({
			POSTMARK_TOKEN: needed("the server's API token"),
			POSTMARK_STREAM: optional((text) =>
				text.regex(/^[a-z0-9-]{1,64}$/, "must be the id of a message stream, such as broadcast"),
			),
			MAIL_API: api,
		})
		.transform(({ POSTMARK_TOKEN, POSTMARK_STREAM, MAIL_API }) => ({
			transport: "postmark" as const,
			token: POSTMARK_TOKEN,
			stream: POSTMARK_STREAM ?? "broadcast",
			api: MAIL_API,
		})),
	ses: z
		.object({
			SES_REGION: needed("the region, such as eu-central-1").regex(
				/^[a-z]{2}(-[a-z]+)+-\d$/,
				"must be a region such as eu-central-1",
			),
			SES_ACCESS_KEY_ID: needed("the id of an access key that may call ses:SendEmail"),
			SES_SECRET_ACCESS_KEY: needed("the secret of the access key"),
			SES_CONFIGURATION_SET: optional((text) =>
				text.regex(/^[\w-]{1,64}$/, "must be the name of a configuration set"),
			),
			MAIL_API: api,
		})
		.transform((set) => ({
			transport: "ses" as const,
			region: set.SES_REGION,
			accessKeyId: set.SES_ACCESS_KEY_ID,
			secretAccessKey: set.SES_SECRET_ACCESS_KEY,
			configurationSet: set.SES_CONFIGURATION_SET,
			api: set.MAIL_API,
		})),
	cloudflare: z
		.object({
			EMAIL: z.custom<object>(
				(binding) => typeof binding === "object" && binding !== null,
				'is not bound: add [[send_email]] with name = "EMAIL" to wrangler.toml',
			),
		})
		.transform(() => ({ transport: "cloudflare" as const })),
} satisfies Record<TransportName, z.ZodType>;

const common = z.object({
	MAIL_TRANSPORT: z.enum(TRANSPORTS, { error: `must be one of ${TRANSPORTS.join(", ")}` }),
	MAIL_RATE: optional((text) =>
		text.regex(/^[1-9]\d{0,4}$/, `must be a number of messages a second from 1 to ${HIGHEST_RATE}`),
	).transform((rate) => (rate === null ? null : Math.min(Number(rate), HIGHEST_RATE))),
});

/** The transport that is set, with what it needs, and the messages a second that it takes. */
export type MailSettings = z.output<(typeof schemas)[TransportName]> & {
	/** Null for as many as can be. */
	readonly rate: number | null;
};

/**
 * Checks the settings of mail: those of the transport that is set, and no others.
 *
 * @param env as of {@link parseSettings}; only strings and the binding EMAIL are looked at.
 */
export function parseMailSettings(
	env: Readonly<Record<string, unknown>>,
): Result<MailSettings, readonly SettingFault[]> {
	const set = common.safeParse(env);
	if (!set.success) return err(set.error.issues.map(toSettingFault));
	const own = schemas[set.data.MAIL_TRANSPORT].safeParse(env);
	if (!own.success) return err(own.error.issues.map(toSettingFault));
	return ok({ ...own.data, rate: set.data.MAIL_RATE });
}

const SERVER_ADVICE =
	"must be smtp://user:password@host:587 or smtps://… where MAIL_TRANSPORT is smtp";
const PERCENT_ADVICE = "has a % in its user or password that stands for itself: write it as %25";

function toServer(text: string | undefined, context: z.RefinementCtx): URL {
	const url = URL.parse(text ?? "");
	const isServer = url && /^smtps?:$/.test(url.protocol) && url.hostname;
	if (isServer && isPercentEncoded(`${url.username} ${url.password}`)) return url;
	context.addIssue(isServer ? PERCENT_ADVICE : SERVER_ADVICE);
	return z.NEVER;
}

function isPercentEncoded(text: string): boolean {
	try {
		decodeURIComponent(text);
		return true;
	} catch {
		return false;
	}
}

function toApi(text: string, context: z.RefinementCtx): string {
	const url = URL.parse(text);
	if (url && /^https?:$/.test(url.protocol) && !url.search && !url.hash)
		return url.href.replace(/\/$/, "");
	context.addIssue("must be an http or https address");
	return z.NEVER;
}
