import type { TakenMail } from "../local/smtp-server.ts";
import type { Reader } from "./judge.ts";
import { readMail } from "./mails.ts";
import type { Press } from "./press.ts";

/** What readers ask for, one after the other: so there are three editions. */
const TASTES = [["consultation", "meeting"], ["consultation"], ["meeting"]];

export function makeReaders(count: number): Reader[] {
	return Array.from({ length: count }, (_, index) => ({
		address: `reader-${index + 1}@readers.example`,
		kinds: TASTES[index % TASTES.length] ?? [],
	}));
}

/** As `POST /api/subscribers/import` takes them. */
export function toCsv(readers: readonly Reader[]): string {
	const rows = readers.map(
		({ address, kinds }) => `${address},${kinds.join(" ")},en,daily,Signed up for the crash test`,
	);
	return ["email,kinds,languages,frequency,consent", ...rows, ""].join("\r\n");
}

/**
 * Has a reader leave: by the link of their last mail, with one click (RFC 8058), or through the operator
 * where they have got none.
 *
 * @returns when it was answered, by `performance.now()`.
 */
export async function leave(
	{ visitor, operator }: Press,
	{ address }: Reader,
	taken: readonly TakenMail[],
): Promise<number> {
	const last = taken.findLast(({ to }) => to.includes(address));
	if (last) {
		const { unsubscribeUrl } = await readMail(last);
		const { status } = await visitor.press(unsubscribeUrl, "List-Unsubscribe=One-Click");
		if (status !== 200) throw new Error(`The unsubscribe of ${address} answers ${status}.`);
	} else await operator.end(address);
	return performance.now();
}
