import { X509Certificate } from "node:crypto";
import * as z from "zod";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Fetching, Refused } from "./door.ts";

/** A message of Amazon SNS, as it posts it. */
const snsMessage = z.object({
	Type: z.enum(["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"]),
	MessageId: z.string(),
	TopicArn: z.string(),
	Message: z.string(),
	Timestamp: z.string(),
	SignatureVersion: z.enum(["1", "2"]),
	Signature: z.string(),
	SigningCertURL: z.string(),
	Subject: z.string().nullish(),
	Token: z.string().optional(),
	SubscribeURL: z.string().optional(),
});
export type SnsMessage = z.infer<typeof snsMessage>;

/** What is signed, in this order, of a notification and of the others. */
const SIGNED = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"] as const;
const SIGNED_TO_CONFIRM = [
	"Message",
	"MessageId",
	"SubscribeURL",
	"Timestamp",
	"Token",
	"TopicArn",
	"Type",
] as const;
/** Where Amazon's certificates are: elsewhere at its host is what others have it answer. */
const CERTIFICATE_PATH = /^\/SimpleNotificationService-[\da-z]+\.pem$/i;
const HASHES = { 1: "SHA-1", 2: "SHA-256" } as const;

const LONGEST_CERTIFICATE = 16 * 1024;
/** Amazon changes its certificate about once a year. */
const MOST_CERTIFICATES = 4;

export type ReadSns = (json: unknown, now: number) => Promise<Result<SnsMessage, Refused>>;

/**
 * Reads messages of one topic, and no other, that Amazon has signed. The certificate comes from the
 * host of SNS in the topic's own region, and is kept for the next message.
 */
export function createSnsReader(topic: string, fetching: Fetching): ReadSns {
	const certificates = new Map<string, X509Certificate>();

	const certificateAt = async (url: string): Promise<Result<X509Certificate, Refused>> => {
		const known = certificates.get(url);
		if (known) return ok(known);
		const fetched = await fetchCertificate(url, fetching);
		if (!fetched.ok) return fetched;
		if (certificates.size >= MOST_CERTIFICATES) certificates.clear();
		certificates.set(url, fetched.value);
		return fetched;
	};

	return async (json, now) => {
		const parsed = snsMessage.safeParse(json);
		if (!parsed.success || parsed.data.TopicArn !== topic) return err("forged");
		const message = parsed.data;
		const url = amazonUrl(message.SigningCertURL, topic);
		if (url?.search !== "" || !CERTIFICATE_PATH.test(url.pathname)) return err("forged");
		const certificate = await certificateAt(url.href);
		if (!certificate.ok) return certificate;
		if (!isValidAt(certificate.value, now)) return err("forged");
		return (await isSignedBy(certificate.value, message)) ? ok(message) : err("forged");
	};
}

/** An https address at the host of SNS in a topic's region; null for any other. */
export function amazonUrl(text: string | undefined, topic: string): URL | null {
	const [, partition = "", , region] = topic.split(":");
	const url = URL.parse(text ?? "");
	const host = `sns.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`;
	const isPlain = url?.port === "" && url.username === "" && url.password === "";
	return url?.protocol === "https:" && isPlain && url.hostname === host ? url : null;
}

async function fetchCertificate(
	url: string,
	fetching: Fetching,
): Promise<Result<X509Certificate, Refused>> {
	try {
		const response = await fetching(url);
		if (!response.ok) return err(response.status >= 500 ? "unreachable" : "forged");
		const pem = await response.text();
		if (pem.length > LONGEST_CERTIFICATE) return err("forged");
		return ok(new X509Certificate(pem));
	} catch {
		return err("unreachable");
	}
}

function isValidAt({ validFrom, validTo }: X509Certificate, now: number): boolean {
	return Date.parse(validFrom) <= now && now <= Date.parse(validTo);
}

async function isSignedBy(certificate: X509Certificate, message: SnsMessage): Promise<boolean> {
	const names = message.Type === "Notification" ? SIGNED : SIGNED_TO_CONFIRM;
	const text = names
		.flatMap((name) => (message[name] == null ? [] : [`${name}\n${message[name]}\n`]))
		.join("");
	try {
		const key = await crypto.subtle.importKey(
			"spki",
			new Uint8Array(certificate.publicKey.export({ type: "spki", format: "der" })),
			{ name: "RSASSA-PKCS1-v1_5", hash: HASHES[message.SignatureVersion] },
			false,
			["verify"],
		);
		const signature = Uint8Array.fromBase64(message.Signature);
		const bytes = new TextEncoder().encode(text);
		return await crypto.subtle.verify("RSASSA-PKCS1-v1_5", key, signature, bytes);
	} catch {
		// A signature that is no base64, or a key that is not RSA.
		return false;
	}
}
