import * as z from "zod";

const queueMessages = z.discriminatedUnion("type", [
	z.strictObject({ type: z.literal("feeds") }),
	z.strictObject({ type: z.literal("hub") }),
	z.strictObject({ type: z.literal("confirm"), subscriber: z.string() }),
	z.strictObject({ type: z.literal("welcome"), subscriber: z.string() }),
	z.strictObject({ type: z.literal("move"), subscriber: z.string() }),
	z.strictObject({ type: z.literal("plan"), run: z.string() }),
	z.strictObject({ type: z.literal("start"), run: z.string(), after: z.string() }),
	z.strictObject({ type: z.literal("submit"), batches: z.array(z.string()).min(1) }),
	z.strictObject({ type: z.literal("notice"), run: z.string() }),
]);
/** As it once was: there may still be some in a queue, or among those that were given up. */
const oneBatch = z.strictObject({ type: z.literal("submit"), batch: z.string() });

/** What a queue may carry: ids, never content. Whoever gets one reads the facts anew. */
export const queueMessage = z.union([queueMessages, oneBatch]);
export type QueueMessage = z.infer<typeof queueMessage>;

/** Cloudflare Queues: messages that one `sendBatch` takes. */
const SEND_BATCH = 100;
/** Batches that one message has submitted: it is billed three operations, whatever is in it. */
const BATCHES_A_MESSAGE = 10;

/** Seconds between a sign-up and the work on its confirmation mail. */
const CONFIRMATION_DELAY_SECONDS = 1;

export type Queues = ReturnType<typeof createQueues>;

/** The sending side of the queues. */
export function createQueues(feedsQueue: Queue<QueueMessage>, mailQueue: Queue<QueueMessage>) {
	return {
		/**
		 * Puts a message back into its queue.
		 *
		 * @returns whether it is one of ours; any other is left where it is.
		 */
		async putBack(message: unknown): Promise<boolean> {
			const parsed = queueMessage.safeParse(message);
			if (!parsed.success) return false;
			const isOfFeeds = ["feeds", "hub"].includes(parsed.data.type);
			await (isOfFeeds ? feedsQueue : mailQueue).send(parsed.data);
			return true;
		},

		async rebuildFeeds(): Promise<void> {
			await feedsQueue.send({ type: "feeds" });
		},

		async tellHub(): Promise<void> {
			await feedsQueue.send({ type: "hub" });
		},

		/** Not at once: the work that it brings must not be felt in the time of the answer. */
		async confirm(subscriber: string): Promise<void> {
			await mailQueue.send(
				{ type: "confirm", subscriber },
				{ delaySeconds: CONFIRMATION_DELAY_SECONDS },
			);
		},

		async welcome(subscriber: string): Promise<void> {
			await mailQueue.send({ type: "welcome", subscriber });
		},

		async move(subscriber: string): Promise<void> {
			await mailQueue.send({ type: "move", subscriber });
		},

		async plan(run: string): Promise<void> {
			await mailQueue.send({ type: "plan", run });
		},

		/** Has the batches of a run submitted whose ids come after one. */
		async start(run: string, after: string): Promise<void> {
			await mailQueue.send({ type: "start", run, after });
		},

		/** Has the operator told that a run is held. */
		async notice(run: string): Promise<void> {
			await mailQueue.send({ type: "notice", run });
		},

		/** Puts a message about mail off. */
		async later(message: QueueMessage, delaySeconds: number): Promise<void> {
			await mailQueue.send(message, { delaySeconds });
		},

		/** Has batches submitted. */
		async submit(batches: readonly string[], delaySeconds = 0): Promise<void> {
			const messages = partsOf(batches, BATCHES_A_MESSAGE).map((some) => ({
				body: { type: "submit" as const, batches: some },
				delaySeconds,
			}));
			for (const some of partsOf(messages, SEND_BATCH)) await mailQueue.sendBatch(some);
		},
	};
}

function partsOf<Item>(items: readonly Item[], length: number): Item[][] {
	return Array.from({ length: Math.ceil(items.length / length) }, (_, index) =>
		items.slice(index * length, (index + 1) * length),
	);
}
