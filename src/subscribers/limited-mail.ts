import { submitOne } from "../mail/submit-one.ts";
import type { Message, Transport } from "../mail/transport.ts";
import type { HashAddress } from "../shared/address-hash.ts";
import type { Clock } from "../shared/clock.ts";
import { civilDateAt } from "../shared/dates.ts";
import { log } from "../shared/log.ts";
import type { LimitsStore } from "./limits-store.ts";

/** What a mail is submitted with that strangers may ask for. */
export interface Limited {
	readonly mailLimits: LimitsStore;
	readonly hashAddress: HashAddress;
	readonly transport: Transport;
	readonly clock: Clock;
}

/**
 * Submits a mail that asks an address to confirm, unless the address has had enough of these today:
 * counted for the address that it goes to, at the moment it goes. Where the outcome is unknown it is
 * not repeated: they can ask again.
 *
 * @throws Error where the provider may take it later, for the queue to try again.
 */
export async function submitLimited(
	{ mailLimits, hashAddress, transport, clock }: Limited,
	address: string,
	compose: () => Promise<Message>,
): Promise<void> {
	const limit = [await hashAddress(address), civilDateAt(clock(), "UTC")] as const;
	if (!(await mailLimits.allowMail(...limit))) return log("warn", "confirmation-over-limit");
	try {
		await submitOne(transport, await compose());
	} catch (fault) {
		await mailLimits.giveBackMail(...limit);
		throw fault;
	}
}
