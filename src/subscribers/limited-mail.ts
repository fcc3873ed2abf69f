import { type Mailing, submitOne } from "../mail/submit-one.ts";
import type { Message, Outcome } from "../mail/transport.ts";
import type { HashAddress } from "../shared/address-hash.ts";
import { civilDateAt } from "../shared/dates.ts";
import { log } from "../shared/log.ts";
import type { LimitsStore } from "./limits-store.ts";

/** What a mail is submitted with that strangers may ask for. */
export interface Limited extends Mailing {
	readonly mailLimits: LimitsStore;
	readonly hashAddress: HashAddress;
}

/**
 * Submits a mail that asks an address to confirm, unless the address has had enough of these today:
 * counted for the address that it goes to, at the moment it goes. Where the outcome is unknown it is
 * not repeated: they can ask again.
 *
 * @returns what became of it; null where none was submitted.
 * @throws Error where the provider may take it later, for the queue to try again.
 */
export async function submitLimited(
	limited: Limited,
	address: string,
	compose: () => Promise<Message>,
): Promise<Outcome | null> {
	const { mailLimits, hashAddress, clock } = limited;
	const limit = [await hashAddress(address), civilDateAt(clock(), "UTC")] as const;
	if (!(await mailLimits.allowMail(...limit))) {
		log("warn", "confirmation-over-limit");
		return null;
	}
	try {
		return await submitOne(limited, await compose());
	} catch (fault) {
		await mailLimits.giveBackMail(...limit);
		throw fault;
	}
}
