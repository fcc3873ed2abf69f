import { KINDS, type Kind } from "../releases/kinds.ts";
import type { HashAddress } from "../shared/address-hash.ts";
import { civilDateAt } from "../shared/dates.ts";
import type { Language } from "../shared/language.ts";
import { NO_FAILURES } from "./failures.ts";
import { HEARD_NOTHING } from "./hearing.ts";
import { MAILS_A_DAY } from "./limits-store.ts";
import { isChangedBy } from "./states.ts";
import {
	addressKey,
	type ConsentSource,
	type Frequency,
	type SignUp,
	type Status,
	type Subscriber,
} from "./subscriber.ts";

/** A row of the table `subscribers`, as {@link COLUMNS} select it. */
export interface Row {
	id: string;
	address: string;
	status: Status;
	kinds: string;
	languages: string;
	frequency: Frequency;
	time_zone: string | null;
	paused_until: string | null;
	link_version: number;
	new_address: string | null;
	new_address_at: number | null;
	consent_source: ConsentSource | null;
	consent_evidence: string | null;
	signed_up_at: number;
	confirmed_at: number | null;
	ended_at: number | null;
	ended_reason: string | null;
}

export const COLUMNS = `id, address, status, kinds, languages, frequency, time_zone, paused_until,
	link_version, new_address, new_address_at, consent_source, consent_evidence, signed_up_at,
	confirmed_at, ended_at, ended_reason`;

/** A sign-up repeated within this time is the same one: the first mail's link stays good. */
const SAME_SIGN_UP_MS = 24 * 60 * 60 * 1000;

/**
 * Whether a row takes what is asked for now. Once the day's confirmation mails are spent a pending
 * one does not, or a stranger could make the links in all of them void.
 */
const IS_TAKEN = `(${isChangedBy("sign-up")} AND (status <> 'pending' OR NOT EXISTS (
	SELECT 1 FROM confirmation_mails WHERE address_hash = ?11 AND day = ?12 AND allowed >= ${MAILS_A_DAY})))`;

/** Whether a row asks already for what is asked for now. The time zone may only have been guessed. */
const IS_SAME = `(status = 'pending' AND kinds = excluded.kinds AND languages = excluded.languages
	AND frequency = excluded.frequency AND signed_up_at > ?13)`;

/** Sets a column where the row takes the sign-up; else to what it is, which is the same work. */
const take = (column: string, unless = "false") =>
	`${column} = CASE WHEN ${IS_TAKEN} AND NOT ${unless} THEN excluded.${column} ELSE ${column} END`;

export type SubscriberStore = ReturnType<typeof createSubscriberStore>;

/** Who asked for what, in D1. */
export function createSubscriberStore(ledger: D1Database, hashAddress: HashAddress) {
	const readWhere = async (condition: string, value: string): Promise<Subscriber | null> => {
		const row = await ledger
			.prepare(`SELECT ${COLUMNS} FROM subscribers WHERE ${condition}`)
			.bind(value)
			.first<Row>();
		return row && toSubscriber(row);
	};

	return {
		/**
		 * Takes a sign-up: a new address becomes pending, a pending or ended one is pending again with
		 * what it asks for now, an active one stays as it is. All in one statement, which writes one row
		 * in each case, so that its time does not tell them apart.
		 *
		 * @returns the id to confirm, or null where the address is active.
		 */
		async signUp(signUp: SignUp, now: number): Promise<string | null> {
			return ledger
				.prepare(
					`INSERT INTO subscribers (id, address, address_key, status, kinds, languages, frequency,
						time_zone, consent_source, consent_evidence, signed_up_at)
					VALUES (?1, ?2, ?3, 'pending', ?4, ?5, ?6, ?7, ?8, ?9, ?10)
					ON CONFLICT (address_key) DO UPDATE SET ${[
						take("address"),
						take("status"),
						take("kinds"),
						take("languages"),
						take("frequency"),
						take("time_zone", IS_SAME),
						take("consent_source", IS_SAME),
						take("consent_evidence", IS_SAME),
						take("signed_up_at", IS_SAME),
					].join(", ")}
					RETURNING CASE WHEN status = 'pending' THEN id END AS id`,
				)
				.bind(
					signUp.id,
					signUp.address,
					addressKey(signUp.address),
					joinKinds(signUp.kinds),
					joinLanguages(signUp.languages),
					signUp.frequency,
					signUp.timeZone,
					signUp.consentSource,
					signUp.consentEvidence,
					now,
					await hashAddress(signUp.address),
					civilDateAt(now, "UTC"),
					now - SAME_SIGN_UP_MS,
				)
				.first<string>("id");
		},

		read: (id: string) => readWhere("id = ?", id),

		readByAddress: (address: string) => readWhere("address_key = ?", addressKey(address)),

		/**
		 * Makes a pending subscriber active, where the sign-up is the one they confirm and the address
		 * may be mailed. That it was erased holds no longer then. What is new to them begins with the
		 * next sequence.
		 *
		 * @param signedUpAt second of the sign-up, in seconds since 1970 UTC.
		 * @returns their status afterwards, or null where nobody has this id.
		 */
		async confirm(id: string, signedUpAt: number, now: number): Promise<Status | null> {
			const subscriber = await this.read(id);
			if (!subscriber) return null;
			const hash = await hashAddress(subscriber.address);
			const [, , after] = await ledger.batch<{ status: Status }>([
				ledger
					.prepare(
						`UPDATE subscribers SET status = 'active', confirmed_at = ?2, ended_reason = NULL,
							ended_at = NULL, batch = NULL, welcomed_at = NULL, paused_until = NULL,
							${NO_FAILURES},
							heard_through = (SELECT COALESCE(MAX(sequence), 0) FROM releases),
							earlier = ${HEARD_NOTHING}
						WHERE id = ?1 AND ${isChangedBy("confirm")} AND signed_up_at / 1000 = ?3
							AND NOT EXISTS (
								SELECT 1 FROM suppressions WHERE address_hash = ?4 AND reason <> 'erased')`,
					)
					.bind(id, now, signedUpAt, hash),
				ledger
					.prepare(
						`DELETE FROM suppressions WHERE address_hash = ?2 AND reason = 'erased'
							AND EXISTS (SELECT 1 FROM subscribers WHERE id = ?1 AND status = 'active')`,
					)
					.bind(id, hash),
				ledger.prepare("SELECT status FROM subscribers WHERE id = ?").bind(id),
			]);
			return after?.results[0]?.status ?? null;
		},

		/**
		 * Takes up the welcome mail of an active subscriber: once for each confirmation.
		 *
		 * @returns whom to welcome, or null where that was done or is not wanted.
		 */
		async takeWelcome(id: string, now: number): Promise<Subscriber | null> {
			const row = await ledger
				.prepare(
					`UPDATE subscribers SET welcomed_at = ?2
					WHERE id = ?1 AND status = 'active' AND welcomed_at IS NULL RETURNING ${COLUMNS}`,
				)
				.bind(id, now)
				.first<Row>();
			return row && toSubscriber(row);
		},

		/** Lets a welcome mail be taken up again that the provider has certainly not taken. */
		async giveBackWelcome(id: string, takenAt: number): Promise<void> {
			await ledger
				.prepare("UPDATE subscribers SET welcomed_at = NULL WHERE id = ? AND welcomed_at = ?")
				.bind(id, takenAt)
				.run();
		},

		/** Ends a subscription. Doing it twice changes nothing. */
		async end(id: string, reason: string, now: number): Promise<void> {
			await ledger
				.prepare(
					`UPDATE subscribers SET status = 'ended', ended_reason = ?2, ended_at = ?3
					WHERE id = ?1 AND ${isChangedBy("unsubscribe")}`,
				)
				.bind(id, reason, now)
				.run();
		},

		/** Ends a subscription by a link of the version that its links have now; no other link does. */
		async unsubscribe(id: string, version: number, now: number): Promise<void> {
			await ledger
				.prepare(
					`UPDATE subscribers SET status = 'ended', ended_reason = 'unsubscribed', ended_at = ?3
					WHERE id = ?1 AND link_version = ?2 AND ${isChangedBy("unsubscribe")}`,
				)
				.bind(id, version, now)
				.run();
		},
	};
}

/** Kinds as the database keeps them: in their fixed order, with commas. */
export function joinKinds(kinds: readonly Kind[]): string {
	return KINDS.filter((kind) => kinds.includes(kind)).join(",");
}

/** Languages as the database keeps them: in order of preference, with commas. */
export function joinLanguages(languages: readonly Language[]): string {
	return languages.join(",");
}

export function splitKinds(kinds: string): Kind[] {
	return kinds.split(",") as Kind[];
}

export function splitLanguages(languages: string): Language[] {
	return languages.split(",") as Language[];
}

export function toSubscriber(row: Row): Subscriber {
	return {
		id: row.id,
		address: row.address,
		status: row.status,
		kinds: splitKinds(row.kinds),
		languages: splitLanguages(row.languages),
		frequency: row.frequency,
		timeZone: row.time_zone,
		pausedUntil: row.paused_until,
		linkVersion: row.link_version,
		newAddress: row.new_address,
		newAddressAt: row.new_address_at,
		consentSource: row.consent_source,
		consentEvidence: row.consent_evidence,
		signedUpAt: row.signed_up_at,
		confirmedAt: row.confirmed_at,
		endedAt: row.ended_at,
		endedReason: row.ended_reason,
	};
}
