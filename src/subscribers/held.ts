import type { Publication } from "../site/publication.ts";
import type { Strings } from "../site/strings/index.ts";
import type { Held } from "./held-store.ts";

/**
 * Everything that is held about one subscriber, for themselves: to read (GDPR, article 15) and to
 * take elsewhere (article 20). The row is handed out as it is, so that no column can be forgotten.
 */
export function describeHeld(
	{ row, exceptions, reports, confirmationMails }: Held,
	{ title, url }: Publication,
	strings: Strings,
) {
	return {
		publication: { title, url },
		subscription: withTimes(row),
		digests_not_submitted: exceptions,
		delivery_reports: reports.map((report) => ({
			...report,
			reported_at: toTime(report.reported_at),
		})),
		confirmation_mails: confirmationMails,
		held_besides: [strings.held.digests],
		not_held: [strings.held.reading, strings.held.device, strings.held.person],
	};
}

/** Moments as RFC 3339 has them. */
function withTimes(row: Held["row"]): Held["row"] {
	const entries = Object.entries(row).map(([name, value]): [string, string | number | null] => [
		name,
		name.endsWith("_at") && typeof value === "number" ? toTime(value) : value,
	]);
	return Object.fromEntries(entries);
}

function toTime(moment: number): string {
	return new Date(moment).toISOString();
}
