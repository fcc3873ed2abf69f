import * as z from "zod/mini";
import { err, ok, type Result } from "../shared/result.ts";
import {
	made,
	matching,
	needed,
	optional,
	type SettingFault,
	toSettingFaults,
} from "../shared/settings.ts";
import { type DkimKey, parseDkimKeys } from "./dkim-keys.ts";

/** What hands mail over, as MAIL_TRANSPORT says it. */
export const TRANSPORTS = ["mailbox", "smtp", "resend", "postmark", "ses", "cloudflare"] as const;
export type TransportName = (typeof TRANSPORTS)[number];

/** Messages a second that a provider takes at most. */
const HIGHEST_RATE = 10_000;

/** Another address of the provider's API, such as that of an institution's own proxy. */
const api = optional(made(toApi));

/** Where the providers' own APIs are. */
const RESEND_API = "https://api.resend.com";
const POSTMARK_API = "https://api.postmarkapp.com";
const sesApi = (region: string) => `https://email.${region}.amazonaws.com`;

const schemas = {
	mailbox: z.pipe(
		z.object({}),
		z.transform(() => ({ transport: "mailbox" as const })),
	),
	smtp: z.pipe(
		z.object({
			SMTP_URL: z.pipe(z.catch(z.string(), "").check(z.trim()), made(toServer)),
			SENDER: z.catch(z.string(), ""),
			DKIM_KEYS: z.pipe(z._default(z.coerce.string(), ""), made(toDkimKeys)),
		}),
		z.transform(({ SMTP_URL, SENDER, DKIM_KEYS }) => ({
			transport: "smtp" as const,
			server: SMTP_URL,
			dkimKeys: DKIM_KEYS.map((key): DkimKey => ({ ...key, domain: domainOf(SENDER) })),
		})),
	),
	resend: z.pipe(
		z.object({ RESEND_API_KEY: needed("the API key, as re_…"), MAIL_API: api }),
		z.transform(({ RESEND_API_KEY, MAIL_API }) => ({
			transport: "resend" as const,
			key: RESEND_API_KEY,
			api: new URL(MAIL_API ?? RESEND_API),
		})),
	),
	postmark: z.pipe(
		z.object({
			POSTMARK_TOKEN: needed("the server's API token"),
			POSTMARK_STREAM: optional(
				matching(/^[a-z0-9-]{1,64}$/, "must be the id of a message stream, such as broadcast"),
			),
			MAIL_API: api,
		}),
		z.transform(({ POSTMARK_TOKEN, POSTMARK_STREAM, MAIL_API }) => ({
			transport: "postmark" as const,
			token: POSTMARK_TOKEN,
			stream: POSTMARK_STREAM ?? "broadcast",
			api: new URL(MAIL_API ?? POSTMARK_API),
		})),
	),
	ses: z.pipe(
		z.object({
			SES_REGION: needed("the region, such as eu-central-1").check(
				z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a region such as eu-central-1"),
			),
			SES_ACCESS_KEY_ID: needed("the id of an access key that may call ses:SendEmail"),
			SES_SECRET_ACCESS_KEY: needed("the secret of the access key"),
			SES_CONFIGURATION_SET: optional(
				matching(/^[\w-]{1,64}$/, "must be the name of a configuration set"),
			),
			MAIL_API: api,
		}),
		z.transform((set) => ({
			transport: "ses" as const,
			region: set.SES_REGION,
			accessKeyId: set.SES_ACCESS_KEY_ID,
			secretAccessKey: set.SES_SECRET_ACCESS_KEY,
			...(set.SES_CONFIGURATION_SET && { configurationSet: set.SES_CONFIGURATION_SET }),
			api: new URL(set.MAIL_API ?? sesApi(set.SES_REGION)),
		})),
	),
	cloudflare: z.pipe(
		z.object({
			EMAIL: z.custom<object>(
				(binding) => typeof binding === "object" && binding !== null,
				'is not bound: add [[send_email]] with name = "EMAIL" to wrangler.toml',
			),
		}),
		z.transform(() => ({ transport: "cloudflare" as const })),
	),
} satisfies Record<TransportName, z.ZodMiniType>;

/** The transport that is set, with what it needs, and the messages a second that it takes. */
export type MailSettings = z.output<(typeof schemas)[TransportName]> & {
	/** Null for as many as can be. */
	readonly rate: number | null;
};

const common = z.object({
	MAIL_TRANSPORT: z.enum(TRANSPORTS, `must be one of ${TRANSPORTS.join(", ")}`),
	MAIL_RATE: optional(
		matching(/^[1-9]\d{0,4}$/, `must be a number of messages a second from 1 to ${HIGHEST_RATE}`),
	),
});

/**
 * Checks the settings of mail: those of the transport that is set, and no others.
 *
 * @param env as of {@link parseSettings}; only strings and the binding EMAIL are looked at.
 */
export function parseMailSettings(
	env: Readonly<Record<string, unknown>>,
): Result<MailSettings, readonly SettingFault[]> {
	const set = common.safeParse(env);
	const transport = TRANSPORTS.find((name) => name === env.MAIL_TRANSPORT);
	const own = transport && schemas[transport].safeParse(env);
	const faults = [set, own].flatMap((one) => (one?.error ? toSettingFaults(one.error) : []));
	if (!set.success || !own?.success) return err(faults);
	const { MAIL_RATE } = set.data;
	const rate = MAIL_RATE === null ? null : Math.min(Number(MAIL_RATE), HIGHEST_RATE);
	return ok({ ...own.data, rate });
}

const SERVER_ADVICE =
	"must be smtp://user:password@host:587 or smtps://… where MAIL_TRANSPORT is smtp";
/** The port between servers, which Workers cannot reach. */
const SERVERS_PORT = "25";
const PORT_ADVICE = "has port 25, which Workers cannot reach: give 587, or 465 with smtps://";
const PERCENT_ADVICE = "has a % in its user or password that stands for itself: write it as %25";

function toServer(text: string): Result<URL, string> {
	const url = URL.parse(text);
	const fault = findServerFault(url);
	return url && fault === null ? ok(url) : err(fault ?? SERVER_ADVICE);
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

function toApi(text: string): Result<string, string> {
	const url = URL.parse(text);
	const isPlain = url && !url.search && !url.hash && !url.username && !url.password;
	if (isPlain && /^https?:$/.test(url.protocol))
		// So that what is asked for there comes behind its path.
		return ok(url.href.replace(/\/?$/, "/"));
	return err("must be an http or https address, without a login");
}

/** The sender's domain is put in where both are known. */
function toDkimKeys(text: string): Result<readonly DkimKey[], string> {
	return parseDkimKeys(text, "");
}

/** Of a mailbox as SENDER has it. */
function domainOf(mailbox: string): string {
	return /@([^@>\s]+)>?\s*$/.exec(mailbox)?.[1]?.toLowerCase() ?? "";
}
