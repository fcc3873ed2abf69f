/** The key whose hash is in {@link TEST_SETTINGS}. */
export const TEST_KEY = "dev-publisher-key";

/** Settings of the Worker under test; over what wrangler.toml has. */
export const TEST_SETTINGS = {
	ENVIRONMENT: "development",
	PUBLICATION_TITLE: "Press Office",
	PUBLICATION_DESCRIPTION: "What the press office says.",
	PUBLICATION_COLOUR: "",
	PUBLICATION_LOGO: "",
	PUBLICATION_URL: "https://press.test",
	TIME_ZONE: "Asia/Tashkent",
	LANGUAGES: "en,ru,uz,uz-Cyrl",
	WEBSUB_HUB: "",
	SENDER: "Press Office <digest@press.test>",
	DIGEST_HOUR: "9",
	DIGEST_WEEKDAY: "monday",
	DIGEST_APPROVAL: "",
	DIGEST_GROWTH: "100",
	OPERATOR_ADDRESS: "",
	MAIL_TRANSPORT: "mailbox",
	SMTP_URL: "",
	PUBLISHER_KEYS:
		"dev:publish+operate:c96aad462dbc6a817b8e047a144876319d6732e917b75187dc16fe219a99785b",
	TOKEN_SECRET: "a-secret-of-the-tests-with-enough-length",
	TOKEN_SECRET_BEFORE: "",
	ADDRESS_SECRET: "an-address-secret-of-the-tests-with-enough-length",
	UNSUBSCRIBE_ADDRESS: "",
	BOUNCE_ADDRESS: "",
	RESEND_WEBHOOK_SECRET: "",
	POSTMARK_WEBHOOK_LOGIN: "",
	SES_TOPIC: "",
	ENDED_DAYS: "365",
} as const;
