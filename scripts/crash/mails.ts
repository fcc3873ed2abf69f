import PostalMime from "postal-mime";
import type { TakenMail } from "../local/smtp-server.ts";

/** A message that the SMTP server has accepted, as the judge reads it. */
export interface AcceptedMail {
	readonly address: string;
	/** The run of the `Message-ID`, which is `<run>.<subscriber>@…`. */
	readonly run: string;
	/** What it links to under `/releases/`, in order. */
	readonly releases: readonly string[];
	/** Where its reader unsubscribes with one click (RFC 8058); empty without such a header. */
	readonly unsubscribeUrl: string;
	/** When its handing over began, by `performance.now()`. */
	readonly begunAt: number;
}

export async function readMail({ to, source, begunAt }: TakenMail): Promise<AcceptedMail> {
	const email = await PostalMime.parse(source);
	const header = email.headers.find(({ key }) => key === "list-unsubscribe")?.value ?? "";
	const links = email.text?.matchAll(/https?:\S+\/releases\/([a-z0-9-]+)/g) ?? [];
	return {
		address: to.join(" "),
		run: /^<(.+)\.[^.]+@[^@]+>$/.exec(email.messageId ?? "")?.[1] ?? "",
		releases: [...new Set([...links].map(([, slug]) => slug as string))],
		unsubscribeUrl: /<(https?:[^>]+)>/.exec(header)?.[1] ?? "",
		begunAt,
	};
}
