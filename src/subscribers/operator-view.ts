import { writeCsvRow } from "../shared/csv.ts";
import type { KeptReport } from "./delivery-store.ts";
import type { DeliveryShown, SubscriberShown } from "./operator-answers.ts";
import type { HeldSubscriber } from "./operator-store.ts";

const toTime = (at: number) => new Date(at).toISOString();
const toTimeOrNull = (at: number | null) => (at === null ? null : toTime(at));

/** A subscriber as the operator sees them. */
export function showSubscriber(subscriber: HeldSubscriber): SubscriberShown {
	return {
		id: subscriber.id,
		email: subscriber.address,
		status: subscriber.status,
		kinds: [...subscriber.kinds],
		languages: [...subscriber.languages],
		frequency: subscriber.frequency,
		time_zone: subscriber.timeZone,
		paused_until: subscriber.pausedUntil,
		heard_through: subscriber.heardThrough,
		new_email: subscriber.newAddress,
		new_email_at: toTimeOrNull(subscriber.newAddressAt),
		consent: { source: subscriber.consentSource, evidence: subscriber.consentEvidence },
		signed_up_at: toTime(subscriber.signedUpAt),
		confirmed_at: toTimeOrNull(subscriber.confirmedAt),
		ended_at: toTimeOrNull(subscriber.endedAt),
		ended_reason: subscriber.endedReason,
	};
}

/** What became of a subscriber's mail, as the operator sees it. */
export function showDelivery(
	subscriber: HeldSubscriber,
	reports: readonly KeptReport[],
): DeliveryShown {
	return {
		failures: subscriber.failures,
		first_failed_at: toTimeOrNull(subscriber.firstFailedAt),
		last_failed_at: toTimeOrNull(subscriber.lastFailedAt),
		reinstated_at: toTimeOrNull(subscriber.reinstatedAt),
		reports: reports.map((report) => ({ ...report, at: toTime(report.at) })),
	};
}

/** The columns of an export; an import reads the first seven. */
const EXPORT_COLUMNS = {
	email: ({ email }) => email,
	status: ({ status }) => status,
	kinds: ({ kinds }) => kinds.join(" "),
	languages: ({ languages }) => languages.join(" "),
	frequency: ({ frequency }) => frequency,
	time_zone: ({ time_zone }) => time_zone,
	consent: consentInWords,
	id: ({ id }) => id,
	paused_until: ({ paused_until }) => paused_until,
	signed_up_at: ({ signed_up_at }) => signed_up_at,
	confirmed_at: ({ confirmed_at }) => confirmed_at,
	ended_at: ({ ended_at }) => ended_at,
	ended_reason: ({ ended_reason }) => ended_reason,
} satisfies Record<string, (subscriber: SubscriberShown) => string | null>;

/** The first row of an export as CSV. */
export function csvHeader(): string {
	return writeCsvRow(Object.keys(EXPORT_COLUMNS));
}

/** A subscriber as a row of an export. */
export function toCsvRow(subscriber: SubscriberShown): string {
	return writeCsvRow(Object.values(EXPORT_COLUMNS).map((read) => read(subscriber) ?? ""));
}

/** The evidence, complete in itself: an import keeps it as it stands here. */
function consentInWords({ consent, confirmed_at }: SubscriberShown): string {
	if (consent.source === "import" || confirmed_at === null) return consent.evidence ?? "";
	const how = [consent.source, consent.evidence].filter((one) => one !== null);
	return `${[how.join(" ") || "sign-up", "confirmed"].join(", ")} ${confirmed_at}`;
}
