import type { Fault } from "../shared/fault.ts";
import { err, ok, type Result } from "../shared/result.ts";

/** The media type of a `Content-Type`, in lower case, without its parameters. */
export function mediaTypeOf(contentType: string | undefined): string {
	return (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

/** A body as text, by the charset of its `Content-Type` (WHATWG names), UTF-8 where it names none. */
export function decodeBody(
	contentType: string | undefined,
	bytes: ArrayBuffer,
): Result<string, Fault> {
	const charset = charsetOf(contentType ?? "");
	let decoder: TextDecoder;
	try {
		decoder = new TextDecoder(charset, { fatal: true, ignoreBOM: false });
	} catch {
		const detail = `The charset ${charset} is not known; send UTF-8.`;
		return err({ kind: "unsupported-type", detail });
	}
	try {
		return ok(decoder.decode(bytes));
	} catch {
		const detail = `The body is not ${charset}. Send UTF-8, or name the charset in Content-Type.`;
		return err({ kind: "malformed", detail });
	}
}

function charsetOf(contentType: string): string {
	const [, ...parameters] = contentType.toLowerCase().split(";");
	const charsets = parameters.map((one) => /^\s*charset="?([^"\s]+)"?\s*$/.exec(one)?.[1]);
	return charsets.find((one) => one !== undefined) ?? "utf-8";
}
