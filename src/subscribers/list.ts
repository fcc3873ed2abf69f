import type { Message } from "../mail/transport.ts";
import type { MailTokens } from "../shared/mail-tokens.ts";
import type { Tokens } from "../shared/tokens.ts";
import { bounceMailbox, type LinkOwner, unsubscribeMailbox, unsubscribeUrl } from "./links.ts";

/** What tells where a message comes back to that cannot be delivered. */
export interface Returning {
	readonly mailTokens: MailTokens;
	/** Where messages come back to; null where none are received, and the sender gets them. */
	readonly bounceAddress: string | null;
}

/** What a mail of the publication's list is made with. */
export interface Listing extends Returning {
	readonly identity: { readonly title: string; readonly url: string };
	readonly tokens: Tokens;
	/** Where mail unsubscribes that is sent to it; null where none is received. */
	readonly unsubscribeAddress: string | null;
}

/** What makes a message one of the list's, for one subscriber. */
export async function listOf(
	{ identity, tokens, mailTokens, unsubscribeAddress }: Listing,
	subscriber: LinkOwner,
): Promise<NonNullable<Message["list"]>> {
	return {
		id: `digest.${new URL(identity.url).hostname}`,
		title: identity.title,
		unsubscribeUrl: await unsubscribeUrl(identity.url, tokens, subscriber),
		...(unsubscribeAddress && {
			unsubscribeMailbox: await unsubscribeMailbox(unsubscribeAddress, mailTokens, subscriber),
		}),
	};
}

/** A subscriber's own envelope sender, for a message; nothing where messages do not come back to us. */
export async function returnPathOf(
	{ mailTokens, bounceAddress }: Returning,
	subscriber: LinkOwner,
): Promise<Pick<Message, "returnPath">> {
	if (bounceAddress === null) return {};
	return { returnPath: await bounceMailbox(bounceAddress, mailTokens, subscriber) };
}
