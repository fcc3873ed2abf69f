import { z } from "zod";
import { err, ok, type Result } from "../shared/result.ts";
import { needed, optional, type SettingFault, toSettingFault } from "../shared/settings.ts";
import { type DkimKey, parseDkimKeys } from "./dkim-keys.ts";

/** What hands mail over, as MAIL_TRANSPORT says it. */
export const TRANSPORTS = ["mailbox", "smtp", "resend", "postmark", "ses", "cloudflare"] as const;
export type TransportName = (typeof TRANSPORTS)[number];

/** Messages a second that a provider takes at most. */
const HIGHEST_RATE = 10_000;

/** Another address of the provider's API, such as that of an institution's own proxy. */
const api = optional((text) => text.transform(toApi));

/** Where the providers' own APIs are. */
const RESEND_API = "https://api.resend.com";
const POSTMARK_API = "https://api.postmarkapp.com";
const sesApi = (region: string) => `https://email.${region}.amazonaws.com`;

const schemas = {
	mailbox: z.object({}).transform(() => ({ transport: "mailbox" as const })),
	smtp: z
		.object({
			SMTP_URL: z.string().trim().optional().transform(toServer),
			SENDER: z.string().catch(""),
			DKIM_KEYS: z.string().default("").transform(toDkimKeys),
		})
		.transform(({ SMTP_URL, SENDER, DKIM_KEYS }) => ({
			transport: "smtp" as const,
			server: SMTP_URL,
			dkimKeys: DKIM_KEYS.map((key): DkimKey => ({ ...key, domain: domainOf(SENDER) })),
		})),
	resend: z
		.object({ RESEND_API_KEY: needed("the API key, as re_…"), MAIL_API: api })
		.transform(({ RESEND_API_KEY, MAIL_API }) => ({
			transport: "resend" as const,
			key: RESEND_API_KEY,
			api: new URL(MAIL_API ?? RESEND_API),
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
			api: new URL(MAIL_API ?? POSTMARK_API),
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
			...(set.SES_CONFIGURATION_SET && { configurationSet: set.SES_CONFIGURATION_SET }),
			api: new URL(set.MAIL_API ?? sesApi(set.SES_REGION)),
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
	const own = TRANSPORTS.filter((name) => name === env.MAIL_TRANSPORT).map((name) =>
		schemas[name].safeParse(env),
	)[0];
	if (set.success && own?.success) return ok({ ...own.data, rate: set.data.MAIL_RATE });
	const issues = [set, own].flatMap((one) => one?.error?.issues ?? []);
	return err(issues.map(toSettingFault));
}

const SERVER_ADVICE =
	"must be smtp://user:password@host:587 or smtps://… where MAIL_TRANSPORT is smtp";
/** The port between servers, which Workers cannot reach. */
const SERVERS_PORT = "25";
const PORT_ADVICE = "has port 25, which Workers cannot reach: give 587, or 465 with smtps://";
const PERCENT_ADVICE = "has a % in its user or password that stands for itself: write it as %25";

function toServer(text: string | undefined, context: z.RefinementCtx): URL {
	const url = URL.parse(text ?? "");
	const fault = findServerFault(url);
	if (url && fault === null) return url;
	context.addIssue(fault ?? SERVER_ADVICE);
	return z.NEVER;
}

function findServerFault(url: URL | null): string | null {
	if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname) return SERVER_ADVICE;
	if (url.port === SERVERS_PORT) return PORT_ADVICE;
	return isPercentEncoded(`${url.username} ${url.password}`) ? null : PERCENT_ADVICE;
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
	const isPlain = url && !url.search && !url.hash && !url.username && !url.password;
	if (isPlain && /^https?:$/.test(url.protocol))
		// So that what is asked for there comes behind its path.
		return url.href.replace(/\/?$/, "/");
	context.addIssue("must be an http or https address, without a login");
	return z.NEVER;
}

/** The sender's domain is put in where both are known. */
function toDkimKeys(text: string, context: z.RefinementCtx): readonly DkimKey[] {
	const keys = parseDkimKeys(text, "");
	if (keys.ok) return keys.value;
	context.addIssue(keys.error);
	return z.NEVER;
}

/** Of a mailbox as SENDER has it. */
function domainOf(mailbox: string): string {
	return /@([^@>\s]+)>?\s*$/.exec(mailbox)?.[1]?.toLowerCase() ?? "";
}
