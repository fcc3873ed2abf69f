import { err, ok, type Result } from "../shared/result.ts";
import {
	anyText,
	matching,
	needed,
	oneOf,
	optional,
	readSettings,
	type SettingFault,
} from "../shared/settings.ts";
import { type DkimKey, parseDkimKeys } from "./dkim-keys.ts";

/** What hands mail over, as MAIL_TRANSPORT says it. */
export const TRANSPORTS = ["mailbox", "smtp", "resend", "postmark", "ses", "cloudflare"] as const;
export type TransportName = (typeof TRANSPORTS)[number];

/** Messages a second that a provider takes at most. */
const HIGHEST_RATE = 10_000;

/** Another address of the provider's API, such as that of an institution's own proxy. */
const api = optional(toApi);

/** Where the providers' own APIs are. */
const RESEND_API = "https://api.resend.com";
const POSTMARK_API = "https://api.postmarkapp.com";
const sesApi = (region: string) => `https://email.${region}.amazonaws.com`;

type Environment = Readonly<Record<string, unknown>>;

/** Reads what each transport needs. */
const OWN = {
	mailbox: () => ok({ transport: "mailbox" as const }),

	smtp(env: Environment) {
		const read = readSettings({ SMTP_URL: toServer, DKIM_KEYS: toDkimKeys }, env);
		if (!read.ok) return read;
		// It is looked at as a setting of its own; here its domain is put in where it is known.
		const domain = domainOf(String(env.SENDER ?? ""));
		const dkimKeys = read.value.DKIM_KEYS.map((key): DkimKey => ({ ...key, domain }));
		return ok({ transport: "smtp" as const, server: read.value.SMTP_URL, dkimKeys });
	},

	resend(env: Environment) {
		const key = needed("the API key, as re_…", anyText);
		const read = readSettings({ RESEND_API_KEY: key, MAIL_API: api }, env);
		if (!read.ok) return read;
		const { RESEND_API_KEY, MAIL_API } = read.value;
		return ok({
			transport: "resend" as const,
			key: RESEND_API_KEY,
			api: new URL(MAIL_API ?? RESEND_API),
		});
	},

	postmark(env: Environment) {
		const stream = matching(
			/^[a-z0-9-]{1,64}$/,
			"must be the id of a message stream, such as broadcast",
		);
		const read = readSettings(
			{
				POSTMARK_TOKEN: needed("the server's API token", anyText),
				POSTMARK_STREAM: optional(stream),
				MAIL_API: api,
			},
			env,
		);
		if (!read.ok) return read;
		const { POSTMARK_TOKEN, POSTMARK_STREAM, MAIL_API } = read.value;
		return ok({
			transport: "postmark" as const,
			token: POSTMARK_TOKEN,
			stream: POSTMARK_STREAM ?? "broadcast",
			api: new URL(MAIL_API ?? POSTMARK_API),
		});
	},

	ses(env: Environment) {
		const region = matching(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a region such as eu-central-1");
		const configuration = matching(/^[\w-]{1,64}$/, "must be the name of a configuration set");
		const read = readSettings(
			{
				SES_REGION: needed("the region, such as eu-central-1", region),
				SES_ACCESS_KEY_ID: needed("the id of an access key that may call ses:SendEmail", anyText),
				SES_SECRET_ACCESS_KEY: needed("the secret of the access key", anyText),
				SES_CONFIGURATION_SET: optional(configuration),
				MAIL_API: api,
			},
			env,
		);
		if (!read.ok) return read;
		const set = read.value;
		return ok({
			transport: "ses" as const,
			region: set.SES_REGION,
			accessKeyId: set.SES_ACCESS_KEY_ID,
			secretAccessKey: set.SES_SECRET_ACCESS_KEY,
			...(set.SES_CONFIGURATION_SET && { configurationSet: set.SES_CONFIGURATION_SET }),
			api: new URL(set.MAIL_API ?? sesApi(set.SES_REGION)),
		});
	},

	cloudflare(env: Environment) {
		const read = readSettings({ EMAIL: toBinding }, env);
		return read.ok ? ok({ transport: "cloudflare" as const }) : read;
	},
} satisfies Record<TransportName, (env: Environment) => Result<object, readonly SettingFault[]>>;

type OwnSettings<Read> = Read extends { ok: true; value: infer Value } ? Value : never;

/** The transport that is set, with what it needs, and the messages a second that it takes. */
export type MailSettings = OwnSettings<ReturnType<(typeof OWN)[TransportName]>> & {
	/** Null for as many as can be. */
	readonly rate: number | null;
};

const COMMON = {
	MAIL_TRANSPORT: oneOf(TRANSPORTS, `must be one of ${TRANSPORTS.join(", ")}`),
	MAIL_RATE: optional(
		matching(/^[1-9]\d{0,4}$/, `must be a number of messages a second from 1 to ${HIGHEST_RATE}`),
	),
};

/**
 * Checks the settings of mail: those of the transport that is set, and no others.
 *
 * @param env as of {@link parseSettings}; only strings and the binding EMAIL are looked at.
 */
export function parseMailSettings(env: Environment): Result<MailSettings, readonly SettingFault[]> {
	const common = readSettings(COMMON, env);
	const transport = TRANSPORTS.find((name) => name === env.MAIL_TRANSPORT);
	const own = transport && OWN[transport](env);
	const faults = [common, own].flatMap((read) => (read && !read.ok ? read.error : []));
	if (!common.ok || !own?.ok) return err(faults);
	const { MAIL_RATE } = common.value;
	const rate = MAIL_RATE === null ? null : Math.min(Number(MAIL_RATE), HIGHEST_RATE);
	return ok({ ...own.value, rate });
}

const SERVER_ADVICE =
	"must be smtp://user:password@host:587 or smtps://… where MAIL_TRANSPORT is smtp";
/** The port between servers, which Workers cannot reach. */
const SERVERS_PORT = "25";
const PORT_ADVICE = "has port 25, which Workers cannot reach: give 587, or 465 with smtps://";
const PERCENT_ADVICE = "has a % in its user or password that stands for itself: write it as %25";

function toServer(given: unknown): Result<URL, string> {
	const url = URL.parse(String(given ?? "").trim());
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

function toDkimKeys(given: unknown): Result<readonly DkimKey[], string> {
	return parseDkimKeys(String(given ?? ""), "");
}

function toBinding(given: unknown): Result<object, string> {
	return typeof given === "object" && given !== null
		? ok(given)
		: err('is not bound: add [[send_email]] with name = "EMAIL" to wrangler.toml');
}

/** Of a mailbox as SENDER has it. */
function domainOf(mailbox: string): string {
	return /@([^@>\s]+)>?\s*$/.exec(mailbox)?.[1]?.toLowerCase() ?? "";
}
