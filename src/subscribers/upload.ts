import { ImportStopped } from "./import.ts";

/** How much an import may send: 100,000 rows of over 300 bytes. */
export const UPLOAD_BYTES = 32 * 1024 * 1024;
export const UPLOAD_TOO_LARGE = "The body has more than 32 MiB.";

/**
 * The bytes of a body as they come in, up to what an import may send.
 *
 * @throws ImportStopped where there are more, or the body ends before it should.
 */
export async function* readUpload(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
	const reader = body.getReader();
	let size = 0;
	try {
		while (true) {
			const { done, value } = await reader.read().catch(brokenOff);
			if (done) return;
			size += value.length;
			if (size > UPLOAD_BYTES) throw new ImportStopped(UPLOAD_TOO_LARGE);
			yield value;
		}
	} finally {
		// What is left is of no interest, and an upload that broke off has nothing to cancel.
		await reader.cancel().catch(() => {});
	}
}

function brokenOff(): never {
	throw new ImportStopped("The upload broke off. Send the file again: what is in stays as it is.");
}
