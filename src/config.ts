import * as z from "zod/mini";
import { type MailSettings, parseMailSettings } from "./mail/settings.ts";
import { LANGUAGES, type Language } from "./shared/language.ts";
import { err, ok, type Result } from "./shared/result.ts";
import {
	listOf,
	made,
	matching,
	needed,
	optional,
	type SettingFault,
	toSettingFaults,
} from "./shared/settings.ts";
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

const TOO_SHORT = `must have ${SHORTEST_SECRET} characters or more`;
const secret = needed(`a random secret of ${SHORTEST_SECRET} characters or more`).check(
	z.minLength(SHORTEST_SECRET, TOO_SHORT),
);
const oneLine = z.regex(/^[^\r\n]*$/, "must be one line");

const settingsSchema = z.object({
	ENVIRONMENT: z.enum(["development", "production"], "must be development or production"),
	PUBLICATION_TITLE: needed("the publication's name").check(oneLine),
	PUBLICATION_DESCRIPTION: optional(z.string().check(oneLine)),
	PUBLICATION_COLOUR: optional(matching(/^#[0-9a-fA-F]{6}$/, "must be a colour as #0b4a82")),
	PUBLICATION_LOGO: optional(made(toAddress)),
	PUBLICATION_URL: z.pipe(needed("the public address"), made(toOrigin)),
	TIME_ZONE: needed("an IANA time zone such as Asia/Tashkent").check(
		z.refine(
			isTimeZone,
			"is not a time zone that the runtime knows; give an IANA name such as Asia/Tashkent",
		),
	),
	LANGUAGES: listOf(
		"one or more languages, with commas",
		z.enum(LANGUAGES, `must list one or more of ${LANGUAGES.join(", ")}, with commas`),
	),
	WEBSUB_HUB: optional(made(toAddress)),
	SENDER: z.pipe(needed("the sender, as Name <address@domain>"), made(toMailbox)),
	DIGEST_HOUR: needed("an hour from 0 to 23").check(
		z.regex(/^([01]?\d|2[0-3])$/, "must be an hour from 0 to 23"),
	),
	DIGEST_WEEKDAY: z.enum(WEEKDAYS, `must be one of ${WEEKDAYS.join(", ")}`),
	DIGEST_APPROVAL: optional(matching(/^required$/, "must be required, or empty")),
	DIGEST_GROWTH: optional(matching(/^\d{1,5}$/, "must be a number of percent from 0 to 99999")),
	OPERATOR_ADDRESS: optional(z.email("must be an address")),
	PUBLISHER_KEYS: listOf("at least one key, as name:scope:hash", made(toPublisherKey)),
	TOKEN_SECRET: secret,
	TOKEN_SECRET_BEFORE: optional(z.string().check(z.minLength(SHORTEST_SECRET, TOO_SHORT))),
	ADDRESS_SECRET: secret,
	UNSUBSCRIBE_ADDRESS: optional(made(toTokenAddress)),
	BOUNCE_ADDRESS: optional(made(toTokenAddress)),
	RESEND_WEBHOOK_SECRET: optional(
		matching(
			/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/,
			"must be the signing secret, which begins with whsec_",
		),
	),
	POSTMARK_WEBHOOK_LOGIN: optional(
		matching(/^[^\s:]+:\S{16,}$/, "must be user:password, the password with 16 characters or more"),
	),
	SES_TOPIC: optional(
		matching(
			/^arn:aws(?:-cn)?:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
			"must be the ARN of a topic, such as arn:aws:sns:eu-west-1:123456789012:mail",
		),
	),
	ENDED_DAYS: optional(matching(/^[1-9]\d{0,3}$/, "must be a number of days from 1 to 9999")),
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
		...(parsed.success ? [] : toSettingFaults(parsed.error)),
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
		digestHour: Number(set.DIGEST_HOUR),
		digestWeekday: WEEKDAYS.indexOf(set.DIGEST_WEEKDAY) + 1,
		breakers: {
			needsApproval: set.DIGEST_APPROVAL !== null,
			growth: Number(set.DIGEST_GROWTH ?? USUAL_GROWTH),
		},
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
		endedDays: Number(set.ENDED_DAYS ?? USUAL_ENDED_DAYS),
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

function toOrigin(text: string): Result<string, string> {
	const url = URL.parse(text);
	if (url && /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search && !url.hash)
		return ok(url.origin);
	return err("must be an http or https address without a path");
}

function toAddress(text: string): Result<string, string> {
	const url = URL.parse(text);
	return url && /^https?:$/.test(url.protocol)
		? ok(url.href)
		: err("must be an http or https address");
}

/** Most names are found in a list, which costs little; to make a format takes a quarter of a start. */
function isTimeZone(name: string): boolean {
	if (Intl.supportedValuesOf("timeZone").includes(name)) return true;
	try {
		// An offset such as `+05:00` is no name, though the runtime takes it.
		return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat("en", { timeZone: name }) !== null;
	} catch {
		return false;
	}
}

/** Plain ASCII, as every transport takes it. */
function isAddress(text: string): boolean {
	return z.email().safeParse(text).success;
}

/** The display name may be quoted. */
function toMailbox(text: string): Result<{ name: string; address: string }, string> {
	const match = /^(?:"?([^"<>\r\n]*?)"?\s*<([^<>\s]+)>|([^<>\s]+))$/.exec(text);
	const address = match?.[2] ?? match?.[3] ?? "";
	if (match && isAddress(address)) return ok({ name: match[1] ?? "", address });
	return err("must be an address, as Name <address@domain>");
}

function toTokenAddress(text: string): Result<string, string> {
	const [name = "", domain] = text.toLowerCase().split("@");
	const isShort = name.length <= LONGEST_TOKEN_NAME && !name.includes("+");
	if (isShort && isAddress(`${name}@${domain}`)) return ok(`${name}@${domain}`);
	return err(
		`must be an address with ${LONGEST_TOKEN_NAME} characters or fewer before the @, and no +`,
	);
}

const KEY_ADVICE =
	"must list name:scope:hash or name:scope:hash:last-day, the scope being publish, read or operate (with + between several), the hash the key's SHA-256 in hexadecimal, the last day YYYY-MM-DD";

/** `name:hash` is the short form of `name:publish:hash`. */
function toPublisherKey(text: string): Result<PublisherKey, string> {
	const match = /^([\w.-]{1,64})(?::([a-z+]+))?:([0-9a-fA-F]{64})(?::(\d{4}-\d{2}-\d{2}))?$/.exec(
		text,
	);
	const scopes = (match?.[2] ?? "publish").split("+");
	if (!match?.[1] || !match[3] || !scopes.every(isScope)) return err(KEY_ADVICE);
	const [, name, , hash, lastDay = null] = match;
	return ok({ name, hash: hash.toLowerCase(), scopes, lastDay });
}

function isScope(word: string): word is Scope {
	return SCOPES.some((scope) => scope === word);
}
