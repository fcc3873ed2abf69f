import { expect, it } from "vitest";
import { createQueues, type QueueMessage, queueMessage } from "../src/queues.ts";

it("sends batches by the ten, a hundred messages a call, and all with the delay", async () => {
	const calls: MessageSendRequest<QueueMessage>[][] = [];
	const mail = {
		sendBatch: async (messages: MessageSendRequest<QueueMessage>[]) => void calls.push(messages),
	} as unknown as Queue<QueueMessage>;
	const batches = Array.from({ length: 1013 }, (_, number) => `b${number}`);
	await createQueues(mail, mail).submit(batches, 7);
	expect(calls.map(({ length }) => length)).toEqual([100, 2]);
	const messages = calls.flat();
	expect(messages.every(({ delaySeconds }) => delaySeconds === 7)).toBe(true);
	const sent = messages
		.flatMap(({ body }) => queueMessage.parse(body))
		.flatMap((body) => ("batches" in body ? body.batches : []));
	expect(sent).toEqual(batches);
});
