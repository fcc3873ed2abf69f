import type { Message } from "../../src/mail/transport.ts";
import type { Told } from "./history.ts";

/** The words by which the texts of a release are known again in a mail. */
export const titleOf = (release: number, text: number) => `News ${release}, text ${text}`;
export const noteOf = (release: number, text: number) => `Note ${release}, text ${text}`;
export const reasonOf = (release: number) => `Reason of ${release}!`;

/** What a digest tells, each release once. */
export function toldIn({ text }: Message): Told[] {
	const titles = new Set(text.match(/\bNews \d+, text \d+\b/g));
	return [...titles].map((title) => {
		const [release = 0, number = 0] = (title.match(/\d+/g) ?? []).map(Number);
		const isWithdrawn = text.includes(reasonOf(release));
		const isCorrected = new RegExp(`${noteOf(release, number)}\\b`).test(text);
		const as = isWithdrawn ? "withdrawn" : isCorrected ? "corrected" : "fresh";
		return { release, text: number, as };
	});
}

type Purpose = "confirm" | "unsubscribe" | "manage";

/** The links of a mail to the Worker's doors for subscribers, as paths. */
export function linksOf({ text }: Message): [Purpose, string][] {
	const paths = text.match(/\/subscriptions\/[^\s/]+(\/\w+)?/g) ?? [];
	return paths.map((path) => {
		const ending = path.split("/")[3];
		return [ending === "confirm" || ending === "unsubscribe" ? ending : "manage", path];
	});
}
