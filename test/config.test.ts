import { describe, expect, it } from "vitest";
import example from "../.dev.vars.example?raw";
import { parseSettings, type SettingFault, type Settings } from "../src/config.ts";
import { MAIL_TOKEN_LENGTH } from "../src/shared/mail-tokens.ts";
import { sha256Hex } from "../src/shared/text.ts";
import { TEST_KEY, TEST_SETTINGS } from "./support/settings.ts";

const OWN_KEY = `desk:${"0123456789abcdef".repeat(4)}`;

/** Settings that production takes. */
const PRODUCTION = {
	...TEST_SETTINGS,
	ENVIRONMENT: "production",
	PUBLISHER_KEYS: OWN_KEY,
	MAIL_TRANSPORT: "smtp",
	SMTP_URL: "smtps://press:secret@mail.press.test:465",
} as const;

function parsed(env: Record<string, unknown>): Settings {
	const result = parseSettings(env);
	if (!result.ok) throw new Error(JSON.stringify(result.error));
	return result.value;
}

function faultsOf(env: Record<string, unknown>): readonly SettingFault[] {
	const result = parseSettings(env);
	return result.ok ? [] : result.error;
}

const namesOf = (env: Record<string, unknown>) =>
	[...new Set(faultsOf(env).map(({ setting }) => setting))].toSorted();

describe("whole settings", () => {
	it("come out typed, with numbers as numbers and lists as lists", async () => {
		expect(parsed({ ...TEST_SETTINGS, PUBLICATION_URL: "https://press.test/" })).toEqual({
			environment: "development",
			title: "Press Office",
			description: "What the press office says.",
			colour: null,
			logo: null,
			hub: null,
			url: "https://press.test",
			timeZone: "Asia/Tashkent",
			languages: ["en", "ru", "uz", "uz-Cyrl"],
			sender: { name: "Press Office", address: "digest@press.test" },
			digestHour: 9,
			digestWeekday: 1,
			breakers: { needsApproval: false, growth: 100 },
			operatorAddress: null,
			publisherKeys: [
				{
					name: "dev",
					scopes: ["publish", "operate"],
					lastDay: null,
					hash: await sha256Hex(TEST_KEY),
				},
			],
			tokenSecrets: [TEST_SETTINGS.TOKEN_SECRET],
			addressSecret: TEST_SETTINGS.ADDRESS_SECRET,
			unsubscribeAddress: null,
			reports: {
				bounceAddress: null,
				resendWebhookSecret: null,
				postmarkWebhookLogin: null,
				sesTopic: null,
			},
			endedDays: 365,
			mail: { transport: "mailbox", rate: null },
		});
	});

	it("are taken in production", () => {
		const { environment, mail } = parsed(PRODUCTION);
		expect(environment).toBe("production");
		expect(mail).toMatchObject({ transport: "smtp" });
	});

	it("keep the order of languages and each of them once", () => {
		const { languages } = parsed({ ...TEST_SETTINGS, LANGUAGES: " ru , en,ru " });
		expect(languages).toEqual(["ru", "en"]);
	});

	it("take several publishers' keys, with hashes in either case", () => {
		const keys = `${OWN_KEY.toUpperCase()}, ${OWN_KEY.replace("desk", "night-desk")}`;
		const hash = OWN_KEY.split(":")[1];
		expect(parsed({ ...TEST_SETTINGS, PUBLISHER_KEYS: keys }).publisherKeys).toEqual([
			{ name: "DESK", scopes: ["publish"], lastDay: null, hash },
			{ name: "night-desk", scopes: ["publish"], lastDay: null, hash },
		]);
	});

	it("take the last weekday as 7", () => {
		expect(parsed({ ...TEST_SETTINGS, DIGEST_WEEKDAY: "sunday" }).digestWeekday).toBe(7);
	});
});

/** Settings that are looked at only where another transport than smtp is set. */
const OF_OTHER_TRANSPORTS = [
	"MAIL_API",
	"RESEND_API_KEY",
	"POSTMARK_TOKEN",
	"POSTMARK_STREAM",
	"SES_REGION",
	"SES_ACCESS_KEY_ID",
	"SES_SECRET_ACCESS_KEY",
	"SES_CONFIGURATION_SET",
];
/** Settings that may be left out. */
const OPTIONAL = [
	...OF_OTHER_TRANSPORTS,
	"BOUNCE_ADDRESS",
	"DKIM_KEYS",
	"MAIL_RATE",
	"DIGEST_APPROVAL",
	"DIGEST_GROWTH",
	"OPERATOR_ADDRESS",
	"POSTMARK_WEBHOOK_LOGIN",
	"RESEND_WEBHOOK_SECRET",
	"SES_TOPIC",
	"ENDED_DAYS",
	"PUBLICATION_COLOUR",
	"PUBLICATION_DESCRIPTION",
	"PUBLICATION_LOGO",
	"SMTP_URL",
	"TOKEN_SECRET_BEFORE",
	"UNSUBSCRIBE_ADDRESS",
	"WEBSUB_HUB",
];

describe("faults", () => {
	it("are told all at once where nothing is set, each with what to give", () => {
		const faults = faultsOf({});
		expect(faults.map(({ setting }) => setting).toSorted()).toEqual(
			Object.keys(TEST_SETTINGS)
				.filter((name) => !OPTIONAL.includes(name))
				.toSorted(),
		);
		for (const { detail } of faults) expect(detail).toMatch(/^(is missing: give|must be) /);
	});

	it("are told in the same words where everything is set to nothing", () => {
		const empty = Object.fromEntries(Object.keys(TEST_SETTINGS).map((name) => [name, " "]));
		const faults = faultsOf(empty);
		expect(faults.map(({ setting }) => setting)).toEqual(
			faultsOf({}).map(({ setting }) => setting),
		);
		for (const { detail } of faults) expect(detail).toMatch(/^(is missing: give|must be) /);
	});

	it.each([
		["BOUNCE_ADDRESS", "bounce", /^must be an address with 15 characters/],
		["UNSUBSCRIBE_ADDRESS", "unsubscribe", /^must be an address with 15 characters/],
		["WEBSUB_HUB", "hub", /^must be an http or https address/],
		["PUBLICATION_LOGO", "logo.png", /^must be an http or https address/],
		["OPERATOR_ADDRESS", "operator", /^must be an address/],
		["SES_TOPIC", "topic", /^must be the ARN of a topic/],
	])("say what is wrong with a %s that may be left empty", (setting, value, detail) => {
		expect(faultsOf({ ...TEST_SETTINGS, [setting]: value })).toEqual([
			{ setting, detail: expect.stringMatching(detail) },
		]);
	});

	it("of the transport are told together with those of all transports", () => {
		const mail = {
			MAIL_TRANSPORT: "smtp",
			SMTP_URL: "mail",
			DKIM_KEYS: "autumn",
			MAIL_RATE: "fast",
		};
		expect(namesOf({ ...TEST_SETTINGS, ...mail })).toEqual(["DKIM_KEYS", "MAIL_RATE", "SMTP_URL"]);
	});

	it("tell where mail that comes back would unsubscribe", () => {
		const both = { UNSUBSCRIBE_ADDRESS: "mail@press.test", BOUNCE_ADDRESS: " Mail@press.test" };
		expect(faultsOf({ ...TEST_SETTINGS, ...both })).toEqual([
			{ setting: "BOUNCE_ADDRESS", detail: "must be another address than UNSUBSCRIBE_ADDRESS" },
		]);
	});

	it("name every wrong setting and never its value", () => {
		const wrong = Object.fromEntries(
			Object.keys(TEST_SETTINGS).map((name) => [name, `zq-${name.length}`]),
		);
		const faults = faultsOf({
			...wrong,
			PUBLICATION_TITLE: "zq\nzq",
			PUBLICATION_DESCRIPTION: "zq\nzq",
			MAIL_TRANSPORT: "smtp",
		});
		expect(new Set(faults.map(({ setting }) => setting))).toEqual(
			new Set(Object.keys(TEST_SETTINGS)).difference(
				new Set(["MAIL_TRANSPORT", ...OF_OTHER_TRANSPORTS]),
			),
		);
		expect(JSON.stringify(faults)).not.toContain("zq");
	});
});

describe("one setting", () => {
	it.each([
		["PUBLICATION_TITLE", "Press\r\nBcc: all@press.test"],
		["PUBLICATION_URL", "https://press.test/news"],
		["PUBLICATION_URL", "https://press.test/?a=b"],
		["PUBLICATION_URL", "https://press.test/#top"],
		["PUBLICATION_COLOUR", "blue"],
		["PUBLICATION_COLOUR", "#12345"],
		["PUBLICATION_COLOUR", "#123456;}"],
		["PUBLICATION_DESCRIPTION", "one\ntwo"],
		["PUBLICATION_LOGO", "/logo.svg"],
		["PUBLICATION_LOGO", "data:image/png;base64,AA"],
		["WEBSUB_HUB", "hub.example"],
		["WEBSUB_HUB", "ftp://hub.example"],
		["PUBLICATION_URL", "ftp://press.test"],
		["PUBLICATION_URL", "press.test"],
		["TIME_ZONE", "Asia/Atlantis"],
		["TIME_ZONE", "Tashkent time"],
		["LANGUAGES", "en,tlh"],
		["LANGUAGES", "EN"],
		["LANGUAGES", ","],
		["DIGEST_HOUR", "24"],
		["DIGEST_HOUR", "-1"],
		["DIGEST_HOUR", "9.5"],
		["DIGEST_WEEKDAY", "Monday"],
		["DIGEST_WEEKDAY", "1"],
		["PUBLISHER_KEYS", "dev-publisher-key"],
		["PUBLISHER_KEYS", `${OWN_KEY}0`],
		["PUBLISHER_KEYS", `${OWN_KEY},desk:1234`],
		["TOKEN_SECRET", "x".repeat(31)],
		["TOKEN_SECRET_BEFORE", "x".repeat(31)],
		["ADDRESS_SECRET", "x".repeat(31)],
		["UNSUBSCRIBE_ADDRESS", "unsubscribe"],
		["UNSUBSCRIBE_ADDRESS", "unsubscribe+all@press.test"],
		["UNSUBSCRIBE_ADDRESS", "Leave <leave@press.test>"],
		["UNSUBSCRIBE_ADDRESS", "unsubscribe-here@press.test"],
		["BOUNCE_ADDRESS", "bounce"],
		["BOUNCE_ADDRESS", "bounce+all@press.test"],
		["BOUNCE_ADDRESS", "bounces-come-here@press.test"],
		["RESEND_WEBHOOK_SECRET", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
		["RESEND_WEBHOOK_SECRET", "whsec_short"],
		["POSTMARK_WEBHOOK_LOGIN", "a-password-of-the-tests"],
		["POSTMARK_WEBHOOK_LOGIN", "postmark:short"],
		["SES_TOPIC", "mail"],
		["SES_TOPIC", "arn:aws:sqs:eu-west-1:123456789012:mail"],
		["SES_TOPIC", "arn:aws:sns:evil.test/:123456789012:mail"],
		["ENDED_DAYS", "0"],
		["ENDED_DAYS", "-1"],
		["ENDED_DAYS", "1.5"],
		["ENDED_DAYS", "a year"],
		["ENVIRONMENT", "staging"],
		["MAIL_TRANSPORT", "pigeon"],
	])("%s is refused as %j", (name, value) => {
		expect(namesOf({ ...TEST_SETTINGS, [name]: value })).toEqual([name]);
	});

	it("TOKEN_SECRET is long enough with 32 characters, not counting white space around them", () => {
		const secret = "x".repeat(32);
		expect(parsed({ ...TEST_SETTINGS, TOKEN_SECRET: ` ${secret}\n` }).tokenSecrets).toEqual([
			secret,
		]);
		expect(namesOf({ ...TEST_SETTINGS, TOKEN_SECRET: ` ${"x".repeat(30)} ` })).toEqual([
			"TOKEN_SECRET",
		]);
	});

	it("TOKEN_SECRET_BEFORE is the second secret, where it is set", () => {
		const TOKEN_SECRET_BEFORE = "b".repeat(32);
		const { tokenSecrets } = parsed({ ...TEST_SETTINGS, TOKEN_SECRET_BEFORE });
		expect(tokenSecrets).toEqual([TEST_SETTINGS.TOKEN_SECRET, TOKEN_SECRET_BEFORE]);
	});

	it("UNSUBSCRIBE_ADDRESS leaves room for a token in 64 characters, and is in lower case", () => {
		const settings = { ...TEST_SETTINGS, UNSUBSCRIBE_ADDRESS: "Leave.Here@Press.test" };
		expect(parsed(settings).unsubscribeAddress).toBe("leave.here@press.test");
		const longest = { ...TEST_SETTINGS, UNSUBSCRIBE_ADDRESS: `${"x".repeat(15)}@press.test` };
		expect(parsed(longest).unsubscribeAddress).not.toBeNull();
		expect("x".repeat(15).length + "+".length + MAIL_TOKEN_LENGTH).toBe(64);
	});

	it("BOUNCE_ADDRESS is not where mail unsubscribes, which it would swallow", () => {
		const one = { UNSUBSCRIBE_ADDRESS: "mail@press.test", BOUNCE_ADDRESS: "Mail@Press.test" };
		expect(namesOf({ ...TEST_SETTINGS, ...one })).toEqual(["BOUNCE_ADDRESS"]);
		expect(namesOf({ ...TEST_SETTINGS, ...one, BOUNCE_ADDRESS: "back@press.test" })).toEqual([]);
	});

	it("those of reports are taken as the providers show them", () => {
		const secret = `whsec_${"a".repeat(32)}`;
		const { reports } = parsed({
			...TEST_SETTINGS,
			BOUNCE_ADDRESS: "Bounce@Press.test",
			RESEND_WEBHOOK_SECRET: secret,
			POSTMARK_WEBHOOK_LOGIN: "postmark:a-password-of-the-tests",
			SES_TOPIC: "arn:aws:sns:eu-west-1:123456789012:mail",
		});
		expect(reports).toEqual({
			bounceAddress: "bounce@press.test",
			resendWebhookSecret: secret,
			postmarkWebhookLogin: "postmark:a-password-of-the-tests",
			sesTopic: "arn:aws:sns:eu-west-1:123456789012:mail",
		});
	});

	it("ENDED_DAYS is a year where it is not set", () => {
		expect(parsed({ ...TEST_SETTINGS, ENDED_DAYS: "" }).endedDays).toBe(365);
		expect(parsed({ ...TEST_SETTINGS, ENDED_DAYS: "30" }).endedDays).toBe(30);
	});

	it.each([
		["digest@press.test", { name: "", address: "digest@press.test" }],
		["<digest@press.test>", { name: "", address: "digest@press.test" }],
		["Press Office <digest@press.test>", { name: "Press Office", address: "digest@press.test" }],
		[
			'"Press, Office" <digest@press.test>',
			{ name: "Press, Office", address: "digest@press.test" },
		],
		["Пресс-служба <digest@press.test>", { name: "Пресс-служба", address: "digest@press.test" }],
	])("SENDER may be %s", (text, sender) => {
		expect(parsed({ ...TEST_SETTINGS, SENDER: text }).sender).toEqual(sender);
	});

	it.each([
		"Press Office",
		"Press Office <>",
		"Press Office <digest>",
		"Press Office <digest@press.test",
		"Press\r\nBcc: x <digest@press.test>",
		"a@press.test, b@press.test",
		"Press <a@press.test> <b@press.test>",
		"Press Office <дайджест@press.test>",
	])("SENDER is refused as %j", (text) => {
		expect(namesOf({ ...TEST_SETTINGS, SENDER: text })).toEqual(["SENDER"]);
	});
});

describe("smtp", () => {
	const smtp = { ...TEST_SETTINGS, MAIL_TRANSPORT: "smtp" } as const;

	it.each([undefined, "", " ", "mail.press.test:587", "https://mail.press.test", "smtp://"])(
		"needs an SMTP_URL that is one, which %j is not",
		(url) => {
			expect(namesOf({ ...smtp, SMTP_URL: url })).toEqual(["SMTP_URL"]);
		},
	);

	it.each(["smtp://mail.press.test:587", "smtps://user:p%40ss@mail.press.test"])(
		"takes %s",
		(url) => {
			expect(parsed({ ...smtp, SMTP_URL: ` ${url} ` }).mail).toEqual({
				transport: "smtp",
				server: new URL(url),
				dkimKeys: [],
				rate: null,
			});
		},
	);

	it.each(["smtp://press:100%@mail.press.test", "smtp://press%4:1@mail.press.test"])(
		"says what is wrong with a password that is not percent-encoded: %s",
		(url) => {
			const [fault, ...others] = faultsOf({ ...smtp, SMTP_URL: url });
			expect(fault).toMatchObject({ setting: "SMTP_URL", detail: expect.stringContaining("%25") });
			expect(others).toEqual([]);
		},
	);

	it("says that Workers cannot reach port 25", () => {
		expect(faultsOf({ ...smtp, SMTP_URL: "smtp://mail.press.test:25" })).toEqual([
			{ setting: "SMTP_URL", detail: expect.stringContaining("give 587") },
		]);
	});

	it("leaves a mailbox without a server", () => {
		expect(parsed({ ...TEST_SETTINGS, SMTP_URL: "nonsense" }).mail).toEqual({
			transport: "mailbox",
			rate: null,
		});
	});
});

describe("the other transports", () => {
	const needs = {
		resend: { RESEND_API_KEY: "re_1" },
		postmark: { POSTMARK_TOKEN: "token" },
		ses: { SES_REGION: "eu-central-1", SES_ACCESS_KEY_ID: "id", SES_SECRET_ACCESS_KEY: "secret" },
	};

	it.each(Object.entries(needs))("%s asks for all that it needs", (transport, own) => {
		expect(namesOf({ ...TEST_SETTINGS, MAIL_TRANSPORT: transport })).toEqual(
			Object.keys(own).toSorted(),
		);
		expect(parsed({ ...TEST_SETTINGS, MAIL_TRANSPORT: transport, ...own }).mail).toMatchObject({
			transport,
			api: expect.objectContaining({ protocol: "https:" }),
		});
	});

	it("take another address of the API, with or without a slash at its end", () => {
		const own = { MAIL_TRANSPORT: "resend", ...needs.resend };
		const at = (api: string) => ({ ...TEST_SETTINGS, ...own, MAIL_API: api });
		for (const api of ["https://proxy.press.test/mail", "https://proxy.press.test/mail/"])
			expect(parsed(at(api)).mail).toMatchObject({
				api: new URL("https://proxy.press.test/mail/"),
			});
		expect(namesOf(at("ftp://proxy.press.test"))).toEqual(["MAIL_API"]);
		// A fault of fetch would name the whole address.
		const [fault, ...others] = faultsOf(at("https://press:hunter2@proxy.press.test"));
		expect(fault?.setting).toBe("MAIL_API");
		expect(JSON.stringify([fault, others])).not.toContain("hunter2");
		expect(namesOf({ ...PRODUCTION, ...own, MAIL_API: "http://proxy.press.test" })).toEqual([
			"MAIL_API",
		]);
	});

	it("cloudflare needs its binding", () => {
		const env = { ...TEST_SETTINGS, MAIL_TRANSPORT: "cloudflare" };
		expect(namesOf(env)).toEqual(["EMAIL"]);
		const bound = { ...env, EMAIL: { send() {} } };
		expect(parsed(bound as never).mail).toMatchObject({ transport: "cloudflare", rate: null });
	});

	it("are known by name", () => {
		expect(namesOf({ ...TEST_SETTINGS, MAIL_TRANSPORT: "pigeon" })).toEqual(["MAIL_TRANSPORT"]);
	});
});

describe("the rate of mail", () => {
	it.each([
		["", null],
		["14", 14],
		["99999", 10_000],
	])("is %j, so %j messages a second", (text, rate) => {
		expect(parsed({ ...TEST_SETTINGS, MAIL_RATE: text }).mail.rate).toBe(rate);
	});

	it.each(["0", "-1", "1.5", "fast"])("is not %j", (text) => {
		expect(namesOf({ ...TEST_SETTINGS, MAIL_RATE: text })).toEqual(["MAIL_RATE"]);
	});
});

describe("production", () => {
	it.each([
		["MAIL_TRANSPORT", "mailbox"],
		["PUBLISHER_KEYS", TEST_SETTINGS.PUBLISHER_KEYS],
		["PUBLISHER_KEYS", `${OWN_KEY},x:${TEST_SETTINGS.PUBLISHER_KEYS.slice(4).toUpperCase()}`],
		["TOKEN_SECRET", "development-token-secret-not-for-production"],
		["TOKEN_SECRET", " development-token-secret-not-for-production\n"],
		["TOKEN_SECRET_BEFORE", "development-token-secret-not-for-production"],
		["ADDRESS_SECRET", "development-address-secret-not-for-production"],
		["PUBLICATION_URL", "http://press.test"],
	])("refuses %s as %j", (name, value) => {
		expect(namesOf({ ...PRODUCTION, [name]: value })).toEqual([name]);
	});

	it("tells all that is for development only together with what is missing", () => {
		const env = { ...devVariables(), ENVIRONMENT: "production", SENDER: undefined };
		expect(namesOf(env)).toEqual([
			"ADDRESS_SECRET",
			"MAIL_TRANSPORT",
			"PUBLICATION_URL",
			"PUBLISHER_KEYS",
			"SENDER",
			"TOKEN_SECRET",
		]);
	});
});

/** The lines `NAME="value"` of .dev.vars.example. */
function devVariables(): Record<string, string> {
	const lines = example.matchAll(/^([A-Z_]+)="(.*)"$/gm);
	return Object.fromEntries([...lines].map(([, name, value]) => [name, value]));
}

describe(".dev.vars.example", () => {
	it("sets everything, and parses", () => {
		const variables = devVariables();
		expect(Object.keys(variables).toSorted()).toEqual(Object.keys(TEST_SETTINGS).toSorted());
		expect(parsed(variables)).toMatchObject({
			environment: "development",
			mail: { transport: "mailbox" },
		});
	});

	it("has the hash of the key that it names", async () => {
		expect(example).toContain(TEST_KEY);
		const [key] = parsed(devVariables()).publisherKeys;
		expect(key).toEqual({
			name: "dev",
			scopes: ["publish", "operate"],
			lastDay: null,
			hash: await sha256Hex(TEST_KEY),
		});
	});
});
