/** Texts as a body that is made as fast as it is read; a fault on the way breaks it off. */
export function toBody(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	return new ReadableStream({
		async pull(controller) {
			const { done, value } = await texts.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
		async cancel() {
			await texts.return(undefined);
		},
	});
}

/**
 * Texts as a body that is made whether it is read or not, and waits in memory until it is: a client
 * may send all of its request before it reads anything of the answer.
 */
export function toWaitingBody(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	return new ReadableStream({
		async start(controller) {
			for await (const text of texts) controller.enqueue(encoder.encode(text));
			controller.close();
		},
	});
}
