import type { Message } from "../mail/transport.ts";
import type { MailTokens } from "../shared/mail-tokens.ts";
import type { Tokens } from "../shared/tokens.ts";
import { type LinkOwner, unsubscribeMailbox, unsubscribeUrl } from "./links.ts";

/** What a mail of the publication's list is made with. */
export interface Listing {
	readonly identity: { readonly title: string; readonly url: string };
	readonly tokens: Tokens;
	readonly mailTokens: MailTokens;
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
