/** A mail's source, of its head and its parts. */
export function mailOf(head: readonly string[], ...body: readonly string[]): Uint8Array {
	return new TextEncoder().encode([...head, "", ...body].join("\r\n"));
}

interface Part {
	readonly type: string;
	readonly lines: readonly string[];
}

/** A multipart/report (RFC 6522) of a type, with what people read before it. */
export function reportOf(type: string, parts: readonly Part[], head: readonly string[] = []) {
	const lines = [{ type: "text/plain; charset=utf-8", lines: ["Here is a report."] }, ...parts];
	return mailOf(
		[
			"From: Mail Delivery System <MAILER-DAEMON@mx.journal.test>",
			"To: bounce@press.test",
			"Subject: Undelivered Mail Returned to Sender",
			"Message-ID: <report-1@mx.journal.test>",
			"Auto-Submitted: auto-replied",
			...head,
			"MIME-Version: 1.0",
			`Content-Type: multipart/report; report-type=${type}; boundary="b"`,
		],
		...lines.flatMap((part) => ["--b", `Content-Type: ${part.type}`, "", ...part.lines]),
		"--b--",
		"",
	);
}

/** The head of a message of ours, as it is returned. */
export const ORIGINAL = [
	"From: Press Office <digest@press.test>",
	"To: anna@journal.test",
	"Subject: A meeting",
	"Message-ID: <daily-2026-11-22.3f2b@press.test>",
];

/** A delivery status (RFC 3464) with fields of each recipient. */
export function statusOf(...recipients: readonly (readonly string[])[]) {
	return reportOf("delivery-status", [
		{
			type: "message/delivery-status",
			lines: [
				"Reporting-MTA: dns; mx.journal.test",
				"Arrival-Date: Sun, 22 Nov 2026 06:00:00 +0000",
				...recipients.flatMap((fields) => ["", ...fields]),
			],
		},
		{ type: "text/rfc822-headers", lines: ORIGINAL },
	]);
}

export const DEAD = [
	"Final-Recipient: rfc822; anna@journal.test",
	"Action: failed",
	"Status: 5.1.1",
	"Diagnostic-Code: smtp; 550 5.1.1 <anna@journal.test>: Recipient address",
	"    rejected: User unknown in local recipient table",
];

/** A report by a feedback loop (RFC 5965), with the message that it is about. */
export function feedbackOf(type: string, original: readonly string[] = ORIGINAL) {
	return reportOf("feedback-report", [
		{
			type: "message/feedback-report",
			lines: [`Feedback-Type: ${type}`, "User-Agent: Loop/1.0", "Version: 1"],
		},
		{ type: "message/rfc822", lines: [...original, "", "The parties meet."] },
	]);
}
