import { describe, expect, it } from "vitest";
import { readBatchResults } from "../../../src/mail/postmark-answer.ts";
import { type Answer, parseRetryAfter } from "../../../src/mail/provider-call.ts";
import { readBatchAnswer } from "../../../src/mail/resend-answer.ts";
import { isTooFast, readMailAnswer } from "../../../src/mail/ses-answer.ts";
import { inShort, messageTo, NOW } from "./providers.ts";

const ANNA = messageTo("anna@journal.test");
const BORIS = messageTo("boris@journal.test");

function answered(status: number, json: unknown, headers: Record<string, string> = {}): Answer {
	return {
		kind: "answered",
		status,
		headers: new Headers(headers),
		text: JSON.stringify(json),
	};
}

describe("what Postmark says of one message of a batch", () => {
	it.each([
		[0, "OK", "submitted"],
		[406, "Inactive recipient", "rejected"],
		[300, "Invalid 'To' address: 'anna@'.", "rejected"],
		// The sender's address must cost nobody the digest.
		[300, "Invalid 'From' address: 'digest@'.", "retry recipient"],
		[300, "Provide either email TextBody or HtmlBody or both.", "retry recipient"],
		[411, "Forbidden attachment type", "retry recipient"],
		[999, "Something new", "retry recipient"],
		[10, "Bad or missing API token", "retry provider"],
		[100, "Maintenance", "retry provider"],
		[400, "Sender Signature not found", "retry provider"],
		[401, "Sender signature not confirmed", "retry provider"],
		[405, "Not allowed to send", "retry provider"],
		[412, "Account is Pending", "retry provider"],
		[413, "Account May Not Send", "retry provider"],
		[429, "Rate Limit Exceeded", "retry provider"],
		[1235, "The stream was not found", "retry provider"],
	])("%d: %s", (ErrorCode, Message, expected) => {
		const answer = answered(200, [
			{ ErrorCode, Message },
			{ ErrorCode: 0, Message: "OK", To: BORIS.to },
		]);
		expect(readBatchResults(answer, [ANNA, BORIS]).map(inShort)).toEqual([expected, "submitted"]);
	});

	it.each([
		[422, 402, "retry recipient"],
		[422, 405, "retry provider"],
		[413, 0, "retry recipient"],
		[503, 100, "retry provider"],
	])("or of all of them: %d with %d", (status, ErrorCode, expected) => {
		const answer = answered(status, { ErrorCode, Message: "No" });
		expect(readBatchResults(answer, [ANNA, BORIS]).map(inShort)).toEqual([expected, expected]);
	});
});

describe("what SES says", () => {
	it.each([
		[400, "MessageRejected", "Email address is not verified.", "retry recipient"],
		[400, "BadRequestException", "Missing final '@domain'", "retry recipient"],
		[400, "BadRequestException", "Illegal address: anna@journal.test", "rejected"],
		[400, "AccountSuspendedException", "", "retry provider"],
		[400, "SendingPausedException", "", "retry provider"],
		[400, "MailFromDomainNotVerifiedException", "", "retry provider"],
		[400, "LimitExceededException", "", "retry provider"],
		[404, "NotFoundException", "Configuration set does not exist", "retry provider"],
		[429, "TooManyRequestsException", "Maximum sending rate exceeded.", "retry provider"],
		[403, "SignatureDoesNotMatch", "", "retry provider"],
		[500, "InternalFailure", "", "unknown provider"],
		[503, "ServiceUnavailable", "", "retry provider"],
	])("%d %s: %s", (status, type, message, expected) => {
		const inHeader = answered(status, { message }, { "x-amzn-ErrorType": `${type}:http://aws/` });
		const inBody = answered(status, { __type: `com.amazonaws.ses#${type}`, Message: message });
		for (const answer of [inHeader, inBody])
			expect(inShort(readMailAnswer(answer, ANNA))).toBe(expected);
	});

	it("is waited for where mails come too fast, and not where a day has too many", () => {
		const tooMany = (message: string) =>
			answered(429, { message }, { "x-amzn-ErrorType": "TooManyRequestsException" });
		expect(isTooFast(tooMany("Maximum sending rate exceeded."))).toBe(true);
		expect(isTooFast(tooMany("Daily message quota exceeded."))).toBe(false);
		expect(isTooFast(answered(400, {}))).toBe(false);
		// It says itself when.
		expect(isTooFast({ ...tooMany("Slow down."), retryAfterSeconds: 60 } as Answer)).toBe(false);
	});
});

describe("what Resend says of a batch", () => {
	const read = (answer: Answer) => {
		const reading = readBatchAnswer(answer, [ANNA, BORIS]);
		return "outcomes" in reading
			? [reading.kind, ...reading.outcomes.map(inShort)]
			: [reading.kind];
	};

	it.each([
		[400, "validation_error", ["mixed"]],
		[422, "missing_required_field", ["mixed"]],
		[413, "", ["mixed"]],
		[422, "invalid_from_address", ["refused", "retry provider", "retry provider"]],
		[400, "invalid_idempotency_key", ["refused", "retry provider", "retry provider"]],
		[401, "missing_api_key", ["refused", "retry provider", "retry provider"]],
		[403, "validation_error", ["refused", "retry provider", "retry provider"]],
		[409, "concurrent_idempotent_requests", ["open"]],
		[409, "invalid_idempotent_request", ["open"]],
		[429, "rate_limit_exceeded", ["busy", "retry provider", "retry provider"]],
		[429, "daily_quota_exceeded", ["refused", "retry provider", "retry provider"]],
		[429, "monthly_quota_exceeded", ["refused", "retry provider", "retry provider"]],
		[451, "security_error", ["refused", "retry provider", "retry provider"]],
		[500, "application_error", ["open"]],
		[503, "", ["refused", "retry provider", "retry provider"]],
	])("%d %s", (status, name, expected) => {
		expect(read(answered(status, { statusCode: status, name, message: "No" }))).toEqual(expected);
	});

	it.each([
		[{ data: [{ id: "1" }, { id: "2" }] }, ["accepted", "submitted", "submitted"]],
		[
			{ data: [{ id: "2" }], errors: [{ index: 0, message: "Invalid `to` field." }] },
			["accepted", "rejected", "submitted"],
		],
		[
			{ data: [{ id: "1" }], errors: [{ index: 1, message: "Invalid `from` field." }] },
			["accepted", "submitted", "retry recipient"],
		],
		// None of these says of each message what became of it.
		[{ data: [{ id: "1" }], errors: [{ index: 2, message: "No" }] }, ["open"]],
		[{ data: [{ id: "1" }, { id: "2" }], errors: [{ index: 0, message: "No" }] }, ["open"]],
		[
			{
				data: [],
				errors: [
					{ index: 0, message: "No" },
					{ index: 0, message: "No" },
				],
			},
			["open"],
		],
		[{ data: [{ id: "1" }, { id: "" }] }, ["open"]],
		[{ data: [{ id: "1" }] }, ["open"]],
	])("with 200: %j", (json, expected) => {
		expect(read(answered(200, json))).toEqual(expected);
	});
});

describe("Retry-After", () => {
	it.each([
		["120", 120],
		[" 7 ", 7],
		["0", 0],
		["999999999", 3600],
		["Mon, 23 Nov 2026 04:00:30 GMT", 30],
		["Monday, 23-Nov-26 04:01:00 GMT", 60],
		["Sun, 22 Nov 2026 04:00:30 GMT", 0],
		["Fri, 31 Dec 2027 23:59:59 GMT", 3600],
		["soon", undefined],
		["-5", undefined],
		["1.5e3", undefined],
		["", undefined],
		[null, undefined],
	])("%j is %s seconds", (value, seconds) => {
		expect(parseRetryAfter(value, NOW)).toBe(seconds);
	});
});
