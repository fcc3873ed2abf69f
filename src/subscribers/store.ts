import { KINDS, type Kind } from "../releases/release.ts";
import type { Language } from "../shared/language.ts";
import {
	addressKey,
	type Frequency,
	type Preferences,
	type Status,
	type Subscriber,
} from "./subscriber.ts";

interface Row {
	id: string;
	address: string;
	status: Status;
	kinds: string;
	languages: string;
	frequency: Frequency;
	signed_up_at: number;
}

const COLUMNS = "id, address, status, kinds, languages, frequency, signed_up_at";
/** A sign-up repeated within this time is the same one: the first mail's link stays good. */
const SAME_SIGN_UP_MS = 24 * 60 * 60 * 1000;

export type SubscriberStore = ReturnType<typeof createSubscriberStore>;

/** Who asked for what, in D1. */
export function createSubscriberStore(ledger: D1Database) {
	return {
		/**
		 * Takes a sign-up: a new address becomes pending, a pending or ended one is pending again with
		 * what it asks for now, an active one stays as it is.
		 *
		 * @returns the id to confirm, or null where the address is active.
		 */
		async signUp(
			signUp: Preferences & { id: string; address: string },
			now: number,
		): Promise<string | null> {
			return ledger
				.prepare(
					`INSERT INTO subscribers
						(id, address, address_key, status, kinds, languages, frequency, signed_up_at)
					VALUES (?1, ?2, ?3, 'pending', ?4, ?5, ?6, ?7)
					ON CONFLICT (address_key) DO UPDATE SET
						address = excluded.address, status = 'pending', kinds = excluded.kinds,
						languages = excluded.languages, frequency = excluded.frequency,
						signed_up_at = CASE
							WHEN status = 'pending' AND kinds = excluded.kinds
								AND languages = excluded.languages AND frequency = excluded.frequency
								AND signed_up_at > ?8 THEN signed_up_at
							ELSE excluded.signed_up_at END
					WHERE status <> 'active'
					RETURNING id`,
				)
				.bind(
					signUp.id,
					signUp.address,
					addressKey(signUp.address),
					joinKinds(signUp.kinds),
					joinLanguages(signUp.languages),
					signUp.frequency,
					now,
					now - SAME_SIGN_UP_MS,
				)
				.first<string>("id");
		},

		async read(id: string): Promise<Subscriber | null> {
			const row = await ledger
				.prepare(`SELECT ${COLUMNS} FROM subscribers WHERE id = ?`)
				.bind(id)
				.first<Row>();
			return row && toSubscriber(row);
		},

		/**
		 * Makes a pending subscriber active, where the sign-up is the one they confirm. What is new to
		 * them begins with the next sequence.
		 *
		 * @param signedUpAt second of the sign-up, in seconds since 1970 UTC.
		 * @returns their status afterwards, or null where nobody has this id.
		 */
		async confirm(id: string, signedUpAt: number, now: number): Promise<Status | null> {
			const [, after] = await ledger.batch<{ status: Status }>([
				ledger
					.prepare(
						`UPDATE subscribers SET status = 'active', confirmed_at = ?2, ended_reason = NULL,
							ended_at = NULL, batch = NULL,
							heard_through = (SELECT COALESCE(MAX(sequence), 0) FROM releases)
						WHERE id = ?1 AND status = 'pending' AND signed_up_at / 1000 = ?3`,
					)
					.bind(id, now, signedUpAt),
				ledger.prepare("SELECT status FROM subscribers WHERE id = ?").bind(id),
			]);
			return after?.results[0]?.status ?? null;
		},

		/** Ends a subscription. Doing it twice changes nothing. */
		async end(id: string, reason: string, now: number): Promise<void> {
			await ledger
				.prepare(
					`UPDATE subscribers SET status = 'ended', ended_reason = ?2, ended_at = ?3
					WHERE id = ?1 AND status <> 'ended'`,
				)
				.bind(id, reason, now)
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

function toSubscriber(row: Row): Subscriber {
	const { signed_up_at: signedUpAt, ...rest } = row;
	const kinds = splitKinds(row.kinds);
	return { ...rest, kinds, languages: splitLanguages(row.languages), signedUpAt };
}
