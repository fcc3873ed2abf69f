import { createHash, createHmac } from "node:crypto";
import { z } from "zod";
import { PROVIDER_KEYS } from "./provider-keys.ts";

/** What a client has posted. */
export interface Posted {
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

export interface Answered {
	readonly status: number;
	readonly json: unknown;
	readonly headers?: Readonly<Record<string, string>>;
}

/** What a provider does with a request: whom it accepts mail for, and what it answers. */
export interface Handled extends Answered {
	readonly accepted: readonly string[];
}

// A mail to `refused…@` is refused for good, one to `later…@` for now.
const isRefused = (to: string) => to.startsWith("refused");
const isLater = (to: string) => to.startsWith("later");

/** One line of printable characters. */
const LINE = z.string().regex(/^[^\p{Cc}\u2028\u2029]*$/u);
const ADDRESS = z.string().regex(/^[^\s"<>]+@[^\s"<>@]+$/u);
/** An address, or a quoted name and an address (RFC 5322, section 3.4). */
const MAILBOX = LINE.regex(/^("(\\.|[^"\\])*" <[^\s<>@]+@[^\s<>@]+>|[^\s<>"@]+@[^\s<>@]+)$/u);

const refuse = (status: number, json: unknown): Handled => ({ status, json, accepted: [] });

const RESEND_BATCH = z
	.array(
		z.strictObject({
			from: MAILBOX,
			to: z.tuple([ADDRESS]),
			subject: LINE.min(1).max(998),
			html: z.string(),
			text: z.string(),
			headers: z.record(z.string().regex(/^[A-Za-z-]+$/), LINE.min(1)),
			tags: z
				.array(
					z.strictObject({
						name: z.string().regex(/^[\w-]{1,256}$/),
						value: z.string().regex(/^[\w-]{1,256}$/),
					}),
				)
				.optional(),
		}),
	)
	.min(1)
	.max(100);

/** `POST /emails/batch` of Resend; `isStrict` where it knows no permissive validation. */
export function handleResend({ headers, body }: Posted, isStrict: boolean): Handled {
	const fault = (status: number, name: string, message: string) =>
		refuse(status, { statusCode: status, name, message });
	if (headers.authorization !== `Bearer ${PROVIDER_KEYS.resend}`)
		return fault(403, "invalid_api_key", `API key is invalid: ${headers.authorization}`);
	if (!headers["user-agent"]) return fault(403, "forbidden", "User-Agent is missing");
	const key = headers["idempotency-key"] ?? "";
	if (key === "" || key.length > 256) return fault(400, "invalid_idempotency_key", "1 to 256");
	const batch = RESEND_BATCH.safeParse(JSON.parse(body));
	if (!batch.success) return fault(422, "invalid_parameter", z.prettifyError(batch.error));
	const errors = batch.data.flatMap(({ to: [to] }, index) => {
		if (isRefused(to)) return [{ index, message: `Invalid \`to\` field: ${to}` }];
		return isLater(to) ? [{ index, message: "Not now" }] : [];
	});
	const [first] = errors;
	const isPermissive = headers["x-batch-validation"] === "permissive" && !isStrict;
	if (first && !isPermissive) return fault(422, "validation_error", first.message);
	const faulty = errors.map(({ index }) => index);
	const accepted = batch.data.filter((_, index) => !faulty.includes(index)).map(({ to }) => to[0]);
	const data = accepted.map((to) => ({ id: `id-of-${to}` }));
	return { status: 200, json: { data, ...(first ? { errors } : {}) }, accepted };
}

const POSTMARK_BATCH = z
	.array(
		z.strictObject({
			From: MAILBOX,
			To: ADDRESS,
			Subject: LINE,
			HtmlBody: z.string(),
			TextBody: z.string(),
			MessageStream: z.literal("broadcast").optional(),
			Headers: z.array(
				z.strictObject({ Name: z.string().regex(/^[A-Za-z-]+$/), Value: LINE.min(1) }),
			),
			Metadata: z.record(z.string().max(20), z.string().max(80)).optional(),
			TrackOpens: z.literal(false),
			TrackLinks: z.literal("None"),
		}),
	)
	.max(500);

/** `POST /email/batch` of Postmark. */
export function handlePostmark({ headers, body }: Posted): Handled {
	const token = headers["x-postmark-server-token"];
	if (token !== PROVIDER_KEYS.postmark)
		return refuse(401, { ErrorCode: 10, Message: `Bad or missing API token: ${token}` });
	const batch = POSTMARK_BATCH.safeParse(JSON.parse(body));
	if (!batch.success) return refuse(422, { ErrorCode: 403, Message: z.prettifyError(batch.error) });
	const json = batch.data.map(({ To }) => {
		if (isRefused(To)) return { ErrorCode: 406, Message: `Inactive recipient: ${To}` };
		if (isLater(To)) return { ErrorCode: 300, Message: "Invalid email request" };
		return { To, SubmittedAt: "2026-11-23T04:00:00Z", MessageID: To, ErrorCode: 0, Message: "OK" };
	});
	const accepted = json.flatMap(({ To, ErrorCode }) => (ErrorCode === 0 && To ? [To] : []));
	return { status: 200, json, accepted };
}

const SES_MAIL = z.strictObject({
	FromEmailAddress: ADDRESS,
	Destination: z.strictObject({ ToAddresses: z.tuple([ADDRESS]) }),
	Content: z.strictObject({ Raw: z.strictObject({ Data: z.base64() }) }),
	ConfigurationSetName: z.literal("press").optional(),
	EmailTags: z
		.array(z.strictObject({ Name: z.string(), Value: z.string().regex(/^[\w.@-]{1,256}$/) }))
		.optional(),
});

/** `POST /v2/email/outbound-emails` of Amazon SES. */
export function handleSes(posted: Posted): Handled {
	const fault = (status: number, type: string, message: string): Handled => ({
		...refuse(status, { message }),
		headers: { "x-amzn-ErrorType": `${type}:http://internal.amazon.com/coral/` },
	});
	if (posted.headers.authorization !== expectedSignature(posted))
		return fault(403, "SignatureDoesNotMatch", `Not signed: ${posted.headers.authorization}`);
	const mail = SES_MAIL.safeParse(JSON.parse(posted.body));
	if (!mail.success) return fault(400, "BadRequestException", z.prettifyError(mail.error));
	const [to] = mail.data.Destination.ToAddresses;
	if (isRefused(to)) return fault(400, "BadRequestException", `Illegal address: ${to}`);
	if (isLater(to)) return fault(400, "MessageRejected", "Not now");
	return { status: 200, json: { MessageId: `id-of-${to}` }, accepted: [to] };
}

/** `Authorization` as Signature Version 4 has it, computed anew from the request. */
function expectedSignature({ path, headers, body }: Posted): string {
	const signed = ["host", "x-amz-date"];
	const canonical = [
		"POST",
		path,
		"",
		...signed.map((name) => `${name}:${headers[name]}`),
		"",
		signed.join(";"),
		sha256(body),
	].join("\n");
	const date = headers["x-amz-date"] ?? "";
	const scope = `${date.slice(0, 8)}/eu-central-1/ses/aws4_request`;
	const toSign = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
	const key = scope
		.split("/")
		.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${PROVIDER_KEYS.ses}`);
	return [
		`AWS4-HMAC-SHA256 Credential=${PROVIDER_KEYS.sesId}/${scope}`,
		`SignedHeaders=${signed.join(";")}`,
		`Signature=${hmac(key, toSign).toString("hex")}`,
	].join(", ");
}

function sha256(text: string): string {
	return createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
	return createHmac("sha256", key).update(text).digest();
}
