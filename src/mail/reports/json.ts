import * as z from "zod";

/** Ids and addresses of providers are shorter. */
export const shortText = z.string().min(1).max(400);
/** A provider's words; a report keeps the beginning of them. */
export const longText = z.string().transform((text) => text.slice(0, 4000));
/** A subscriber's id, as a message was tagged with it. */
export const subscriberId = z.uuid();

/** The JSON in a text; undefined where there is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
