import type { Attachment } from "../releases/release.ts";
import { escapeMarkup } from "../shared/text.ts";
import { bytesOfText, LARGEST_BYTES } from "./size.ts";

/** Items that stay may be larger than those that go. */
const CAUTION = 0.92;

/** After so many tries the items are of very uneven sizes, and the next cuts go deep. */
const USUAL_TRIES = 3;

/** So many attachments of a release are linked at most; its page has them all. */
const MOST_ATTACHMENTS = 5;

/** What they come to at most, in bytes of HTML: a release of each section always fits. */
const LARGEST_ATTACHMENTS_BYTES = 12_000;

/**
 * How many items each section keeps when together they may show `most`. Cut from the end of the
 * longest section first, of several the last one; each keeps at least one.
 */
export function cutFairly(lengths: readonly number[], most: number): number[] {
	const kept = [...lengths];
	for (let over = sumOf(lengths) - most; over > 0; over--) {
		const longest = Math.max(...kept);
		if (longest <= 1) break;
		kept[kept.lastIndexOf(longest)] = longest - 1;
	}
	return kept;
}

/**
 * How many items an edition shows at most when it is rendered again, because it was too large: in
 * proportion, and much fewer where that did not help, so that a few tries do whatever the items' sizes.
 *
 * @param shown how many items each section showed.
 * @param bytes what the larger part of the mail came to.
 * @returns null where it was small enough, or there is nothing left to cut.
 */
export function fewerItems(
	shown: readonly number[],
	bytes: number,
	attempt: number,
): number | null {
	const items = sumOf(shown);
	if (bytes <= LARGEST_BYTES || items <= shown.length) return null;
	const share = (CAUTION * LARGEST_BYTES) / bytes;
	const deepest = attempt < USUAL_TRIES ? share : Math.min(share, 1 / attempt);
	return Math.max(shown.length, Math.floor(items * deepest));
}

/** The first attachments of a release, as many as a mail has room for. */
export function cutAttachments(attachments: readonly Attachment[]): readonly Attachment[] {
	const first = attachments.slice(0, MOST_ATTACHMENTS);
	let bytes = 0;
	const end = first.findIndex(({ title, url }) => {
		bytes += bytesOfText(escapeMarkup(title + url));
		return bytes > LARGEST_ATTACHMENTS_BYTES;
	});
	return end < 0 ? first : first.slice(0, end);
}

function sumOf(numbers: readonly number[]): number {
	return numbers.reduce((sum, number) => sum + number, 0);
}
