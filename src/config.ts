import { z } from "zod";
import { type MailSettings, parseMailSettings } from "./mail/settings.ts";
import { timeZoneNamed } from "./shared/civil-time.ts";
import { LANGUAGES, type Language } from "./shared/language.ts";
import { err, ok, type Result } from "./shared/result.ts";
import { needed, optional, type SettingFault, toSettingFault } from "./shared/settings.ts";
import type { Secrets } from "./shared/tokens.ts";

export type { SettingFault };

/** What a key allows: to publish (and read), to read what is not public, to operate (and read). */
export const SCOPES = ["publish", "read", "operate"] as const;
export type Scope = (typeof SCOPES)[number];

/** A publisher's key as configured: never the key, only the SHA-256 of it. */
export interface PublisherKey {
	readonly name: string;
	readonly scopes: readonly Scope[];
	/** The last civil date (UTC) on which it is good; null for ever. */
	readonly lastDay: string | null;
	/** SHA-256 of the key, lower-case hexadecimal. */
	readonly hash: string;
}

/** Everything an operator can set, checked. */
export interface Settings {
	readonly environment: "development" | "production";
	readonly title: string;
	/** One sentence on what it publishes; null where none is set. */
	readonly description: string | null;
	/** Its colour, as `#rrggbb`; null for ours. */
	readonly colour: string | null;
	/** Where its logo is, absolute; null for none. */
	readonly logo: string | null;
	/** Origin of all public URLs, without a slash at its end. */
	readonly url: string;
	/** IANA name of the publication's time zone. */
	readonly timeZone: string;
	/** The first is the default. */
	readonly languages: readonly [Language, ...Language[]];
	/** The WebSub hub that is told of news, absolute; null for none. */
	readonly hub: string | null;
	/** RFC 5322 mailbox that mail comes from. */
	readonly sender: { readonly name: string; readonly address: string };
	/** Hour of the publication's day at which digests are due, 0 to 23. */
	readonly digestHour: number;
	/** ISO weekday of weekly digests, 1 (Monday) to 7. */
	readonly digestWeekday: number;
	/** What makes a digest wait for a person. */
	readonly breakers: {
		/** Whether a person has to approve each one. */
		readonly needsApproval: boolean;
		/** By how many percent it may have more recipients than the largest of those before. */
		readonly growth: number;
	};
	/** Where the operator is told that a digest waits; null where only the log says it. */
	readonly operatorAddress: string | null;
	readonly publisherKeys: readonly PublisherKey[];
	/** Sign the links in mails: the secret, and the one before it while its links are to stay good. */
	readonly tokenSecrets: Secrets;
	/** Keys the hashes of addresses; with another one no suppressed address is known again. */
	readonly addressSecret: string;
	/** Where mail unsubscribes that is sent to it with a token; null where none is received. */
	readonly unsubscribeAddress: string | null;
	/** What comes back of messages, and how it is known. */
	readonly reports: {
		/** Where messages come back to, with a token; null where none are received. */
		readonly bounceAddress: string | null;
		/** The secret of our webhook at Resend, as it shows it. */
		readonly resendWebhookSecret: string | null;
		/** What Postmark's webhook logs in with, as `user:password`. */
		readonly postmarkWebhookLogin: string | null;
		/** ARN of the SNS topic that SES publishes to. */
		readonly sesTopic: string | null;
	};
	/** For how many days an ended subscription is kept. */
	readonly endedDays: number;
	readonly mail: MailSettings;
}

/** SHA-256 of `dev-publisher-key`, which .dev.vars.example has and nobody else may have. */
const DEVELOPMENT_KEY_HASH = "c96aad462dbc6a817b8e047a144876319d6732e917b75187dc16fe219a99785b";
/** The secrets that .dev.vars.example has. */
const DEVELOPMENT_SECRETS = [
	"development-token-secret-not-for-production",
	"development-address-secret-not-for-production",
];
const SHORTEST_SECRET = 32;
const USUAL_ENDED_DAYS = 365;
const USUAL_GROWTH = 100;
/** RFC 5321, section 4.5.3.1.1: 64 characters, of which a + and a token of 48 take most. */
const LONGEST_TOKEN_NAME = 15;

const WEEKDAYS = [
	"monday",
	"tuesday",
	"wednesday",
	"thursday",
	"friday",
	"saturday",
	"sunday",
] as const;

const list = <Item extends z.ZodType>(item: Item, what: string) =>
	z.preprocess(
		(text) => (typeof text === "string" ? splitList(text) : text),
		z.array(item, `is missing: give ${what}`).min(1, `is missing: give ${what}`),
	);

const TOO_SHORT = `must have ${SHORTEST_SECRET} characters or more`;
const secret = () =>
	needed(`a random secret of ${SHORTEST_SECRET} characters or more`).min(
		SHORTEST_SECRET,
		TOO_SHORT,
	);

const settingsSchema = z.object({
	ENVIRONMENT: z.enum(["development", "production"], {
		error: "must be development or production",
	}),
	PUBLICATION_TITLE: needed("the publication's name").refine(isOneLine, "must be one line"),
	PUBLICATION_DESCRIPTION: optional((text) => text.refine(isOneLine, "must be one line")),
	PUBLICATION_COLOUR: optional((text) =>
		text.regex(/^#[0-9a-fA-F]{6}$/, "must be a colour as #0b4a82"),
	),
	PUBLICATION_LOGO: optional((text) => text.transform(toAddress)),
	PUBLICATION_URL: needed("the public address").transform(toOrigin),
	TIME_ZONE: needed("an IANA time zone such as Asia/Tashkent").refine(
		(name) => timeZoneNamed(name) !== null,
		"is not a time zone that the runtime knows; give an IANA name such as Asia/Tashkent",
	),
	LANGUAGES: list(
		z.enum(LANGUAGES, { error: `must list one or more of ${LANGUAGES.join(", ")}, with commas` }),
		"one or more languages, with commas",
	),
	WEBSUB_HUB: optional((text) => text.transform(toAddress)),
	SENDER: needed("the sender, as Name <address@domain>").transform(toMailbox),
	DIGEST_HOUR: z
		.string({ error: "is missing: give an hour from 0 to 23" })
		.regex(/^([01]?\d|2[0-3])$/, "must be an hour from 0 to 23")
		.transform(Number),
	DIGEST_WEEKDAY: z
		.enum(WEEKDAYS, { error: `must be one of ${WEEKDAYS.join(", ")}` })
		.transform((day) => WEEKDAYS.indexOf(day) + 1),
	DIGEST_APPROVAL: optional((text) => text.regex(/^required$/, "must be required, or empty")),
	DIGEST_GROWTH: optional((text) =>
		text.regex(/^\d{1,5}$/, "must be a number of percent from 0 to 99999"),
	).transform((percent) => Number(percent ?? USUAL_GROWTH)),
	OPERATOR_ADDRESS: optional((text) => text.pipe(z.email("must be an address"))),
	PUBLISHER_KEYS: list(
		z.string().transform(toPublisherKey),
		"at least one key, as name:scope:hash",
	),
	TOKEN_SECRET: secret(),
	TOKEN_SECRET_BEFORE: optional((text) => text.min(SHORTEST_SECRET, TOO_SHORT)),
	ADDRESS_SECRET: secret(),
	UNSUBSCRIBE_ADDRESS: optional((text) => text.transform(toTokenAddress)),
	BOUNCE_ADDRESS: optional((text) => text.transform(toTokenAddress)),
	RESEND_WEBHOOK_SECRET: optional((text) =>
		text.regex(
			/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/,
			"must be the signing secret, which begins with whsec_",
		),
	),
	POSTMARK_WEBHOOK_LOGIN: optional((text) =>
		text.regex(
			/^[^\s:]+:\S{16,}$/,
			"must be user:password, the password with 16 characters or more",
		),
	),
	SES_TOPIC: optional((text) =>
		text.regex(
			/^arn:aws(?:-cn)?:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
			"must be the ARN of a topic, such as arn:aws:sns:eu-west-1:123456789012:mail",
		),
	),
	ENDED_DAYS: optional((text) =>
		text.regex(/^[1-9]\d{0,3}$/, "must be a number of days from 1 to 9999"),
	).transform((days) => Number(days ?? USUAL_ENDED_DAYS)),
});

/**
 * Checks the environment's settings, all of them at once.
 *
 * @param env the Worker's environment, or a process's: only strings by the names above are read.
 * @returns the settings, or every fault there is.
 */
export function parseSettings(
	env: Readonly<Record<string, unknown>>,
): Result<Settings, readonly SettingFault[]> {
	const parsed = settingsSchema.safeParse(env);
	const mail = parseMailSettings(env);
	const faults = [
		...(parsed.success ? [] : parsed.error.issues.map(toSettingFault)),
		...(mail.ok ? [] : mail.error),
		...addressFaults(env),
		...(env.ENVIRONMENT === "production" ? productionFaults(env) : []),
	];
	if (!parsed.success || !mail.ok || faults.length > 0) return err(faults);
	const set = parsed.data;
	return ok({
		environment: set.ENVIRONMENT,
		title: set.PUBLICATION_TITLE,
		description: set.PUBLICATION_DESCRIPTION,
		colour: set.PUBLICATION_COLOUR,
		logo: set.PUBLICATION_LOGO,
		url: set.PUBLICATION_URL,
		timeZone: set.TIME_ZONE,
		languages: [...new Set(set.LANGUAGES)] as [Language, ...Language[]],
		hub: set.WEBSUB_HUB,
		sender: set.SENDER,
		digestHour: set.DIGEST_HOUR,
		digestWeekday: set.DIGEST_WEEKDAY,
		breakers: { needsApproval: set.DIGEST_APPROVAL !== null, growth: set.DIGEST_GROWTH },
		operatorAddress: set.OPERATOR_ADDRESS,
		publisherKeys: set.PUBLISHER_KEYS,
		tokenSecrets: set.TOKEN_SECRET_BEFORE
			? [set.TOKEN_SECRET, set.TOKEN_SECRET_BEFORE]
			: [set.TOKEN_SECRET],
		addressSecret: set.ADDRESS_SECRET,
		unsubscribeAddress: set.UNSUBSCRIBE_ADDRESS,
		reports: {
			bounceAddress: set.BOUNCE_ADDRESS,
			resendWebhookSecret: set.RESEND_WEBHOOK_SECRET,
			postmarkWebhookLogin: set.POSTMARK_WEBHOOK_LOGIN,
			sesTopic: set.SES_TOPIC,
		},
		endedDays: set.ENDED_DAYS,
		mail: mail.value,
	});
}

/** A mail that came back must not be taken for one that unsubscribes. */
function addressFaults(env: Readonly<Record<string, unknown>>): SettingFault[] {
	const [bounces, unsubscribes] = ["BOUNCE_ADDRESS", "UNSUBSCRIBE_ADDRESS"].map((name) =>
		String(env[name] ?? "")
			.trim()
			.toLowerCase(),
	);
	if (bounces === "" || bounces !== unsubscribes) return [];
	return [
		{ setting: "BOUNCE_ADDRESS", detail: "must be another address than UNSUBSCRIBE_ADDRESS" },
	];
}

function productionFaults(env: Readonly<Record<string, unknown>>): SettingFault[] {
	const faults: SettingFault[] = [];
	const text = (name: string) =>
		typeof env[name] === "string" ? (env[name] as string).trim() : "";
	if (env.MAIL_TRANSPORT === "mailbox")
		faults.push({
			setting: "MAIL_TRANSPORT",
			detail: "is mailbox, which shows all mail to everybody; use another in production",
		});
	if (text("PUBLISHER_KEYS").toLowerCase().includes(DEVELOPMENT_KEY_HASH))
		faults.push({
			setting: "PUBLISHER_KEYS",
			detail: "has the development key, which everybody knows; configure a key of your own",
		});
	for (const setting of ["TOKEN_SECRET", "TOKEN_SECRET_BEFORE", "ADDRESS_SECRET"])
		if (DEVELOPMENT_SECRETS.includes(text(setting)))
			faults.push({
				setting,
				detail: "is a development secret, which everybody knows; put a random one",
			});
	for (const setting of ["PUBLICATION_URL", "MAIL_API"])
		if (URL.parse(text(setting))?.protocol === "http:")
			faults.push({ setting, detail: "must start with https:// in production" });
	return faults;
}

function splitList(text: string): string[] {
	return text
		.split(",")
		.map((part) => part.trim())
		.filter((part) => part !== "");
}

function toOrigin(text: string, context: z.RefinementCtx): string {
	const url = URL.parse(text);
	if (url && /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search && !url.hash)
		return url.origin;
	context.addIssue("must be an http or https address without a path");
	return z.NEVER;
}

function toAddress(text: string, context: z.RefinementCtx): string {
	const url = URL.parse(text);
	if (url && /^https?:$/.test(url.protocol)) return url.href;
	context.addIssue("must be an http or https address");
	return z.NEVER;
}

/** The display name may be quoted; the address is plain ASCII, as every transport takes it. */
function toMailbox(text: string, context: z.RefinementCtx): { name: string; address: string } {
	const match = /^(?:"?([^"<>\r\n]*?)"?\s*<([^<>\s]+)>|([^<>\s]+))$/.exec(text);
	const address = z.email().safeParse(match?.[2] ?? match?.[3]);
	if (match && address.success) return { name: match[1] ?? "", address: address.data };
	context.addIssue("must be an address, as Name <address@domain>");
	return z.NEVER;
}

function toTokenAddress(text: string, context: z.RefinementCtx): string {
	const [name = "", domain] = text.toLowerCase().split("@");
	const isShort = name.length <= LONGEST_TOKEN_NAME && !name.includes("+");
	if (isShort && z.email().safeParse(`${name}@${domain}`).success) return `${name}@${domain}`;
	context.addIssue(
		`must be an address with ${LONGEST_TOKEN_NAME} characters or fewer before the @, and no +`,
	);
	return z.NEVER;
}

const KEY_ADVICE =
	"must list name:scope:hash or name:scope:hash:last-day, the scope being publish, read or operate (with + between several), the hash the key's SHA-256 in hexadecimal, the last day YYYY-MM-DD";

/** `name:hash` is the short form of `name:publish:hash`. */
function toPublisherKey(text: string, context: z.RefinementCtx): PublisherKey {
	const match = /^([\w.-]{1,64})(?::([a-z+]+))?:([0-9a-fA-F]{64})(?::(\d{4}-\d{2}-\d{2}))?$/.exec(
		text,
	);
	const scopes = z.array(z.enum(SCOPES)).safeParse((match?.[2] ?? "publish").split("+"));
	if (match?.[1] && match[3] && scopes.success) {
		const [, name, , hash, lastDay = null] = match;
		return { name, hash: hash.toLowerCase(), scopes: scopes.data, lastDay };
	}
	context.addIssue(KEY_ADVICE);
	return z.NEVER;
}

function isOneLine(text: string): boolean {
	return !/[\r\n]/.test(text);
}
