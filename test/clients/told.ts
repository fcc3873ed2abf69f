import type { Attachment, Release } from "./press-office.ts";

/** What every format tells of a release. Times are whole seconds, as RSS has them. */
export interface Told {
	readonly id: string;
	readonly title: string;
	readonly url: string;
	readonly summary: string;
	readonly language: string;
	readonly kind: string;
	readonly published: number;
	/** When it was last changed; when it was published where it never was. */
	readonly updated: number;
	readonly attachments: readonly Attachment[];
}

/** What feeds must tell of a release; of one that was withdrawn, its tombstone. */
export function toldOf(release: Release): Told {
	const isWithdrawn = release.status === "withdrawn";
	return {
		id: `urn:uuid:${release.id}`,
		title: isWithdrawn ? `Withdrawn: ${release.title}` : release.title,
		url: release.url,
		summary: isWithdrawn ? `Why: ${release.reason}` : release.summary,
		language: release.language,
		kind: release.kind,
		published: toSeconds(release.published_at),
		updated: toSeconds(release.changed_at),
		attachments: isWithdrawn
			? []
			: release.attachments.map(({ url, type, length }) => ({ url, type, length })),
	};
}

export function toSeconds(time: string): number {
	return Math.floor(Date.parse(time) / 1000);
}
