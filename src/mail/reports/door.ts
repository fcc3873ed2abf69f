import type { Result } from "../../shared/result.ts";
import { postmarkDoor } from "./postmark.ts";
import type { Report } from "./report.ts";
import { resendDoor } from "./resend.ts";
import { sesDoor } from "./ses.ts";

/** What a provider posted. */
export interface Posted {
	readonly headers: Headers;
	/** The body as it came: signatures are of its bytes. */
	readonly body: string;
}

/**
 * Why what was posted is not taken: it is not the provider's, it cannot be read, or something that is
 * needed to judge it is out of reach, so that the provider should try again.
 */
export type Refused = "forged" | "unreadable" | "unreachable";

/** Says what is reported, where the provider posted it. What says nothing of a message is no report. */
export type ReadPosted = (
	posted: Posted,
	now: number,
) => Promise<Result<readonly Report[], Refused>>;

/** Where one provider's reports are posted. */
export interface Door {
	/** The transport, which is also the name in the address. */
	readonly transport: string;
	readonly read: ReadPosted;
}

/** Fetches without following anywhere; a test serves what it wants. */
export type Fetching = (url: string) => Promise<Response>;

/** What tells that a report is the provider's; null where it is not set. */
export interface DoorSecrets {
	/** As Resend shows it, with `whsec_` before it. */
	readonly resendWebhookSecret: string | null;
	/** `user:password`. */
	readonly postmarkWebhookLogin: string | null;
	/** ARN of the SNS topic that SES publishes to. */
	readonly sesTopic: string | null;
}

/** The door of the transport that is used; null where it posts no reports, or its secret is not set. */
export function openDoor(transport: string, secrets: DoorSecrets, fetching: Fetching): Door | null {
	const { resendWebhookSecret, postmarkWebhookLogin, sesTopic } = secrets;
	const reads: Readonly<Record<string, ReadPosted | null>> = {
		resend: resendWebhookSecret === null ? null : resendDoor(resendWebhookSecret),
		postmark: postmarkWebhookLogin === null ? null : postmarkDoor(postmarkWebhookLogin),
		ses: sesTopic === null ? null : sesDoor(sesTopic, fetching),
	};
	const read = Object.hasOwn(reads, transport) ? reads[transport] : null;
	return read ? { transport, read } : null;
}
