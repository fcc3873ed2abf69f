// How much memory an isolate's heap takes while it works, as workerd's inspector tells it.
import type { Miniflare } from "miniflare";

const SAMPLED_EVERY_MS = 20;

export interface Watch {
	/** The most bytes that objects have taken since the watch began. */
	readonly peak: () => number;
	readonly stop: () => void;
}

/** Watches the heap of a Worker of a Miniflare whose inspector listens. Garbage counts. */
export async function watchHeap(miniflare: Miniflare, worker: string): Promise<Watch> {
	const inspector = await openInspector(miniflare, worker);
	let peak = 0;
	let isOn = true;
	const watch = async () => {
		while (isOn) {
			const { usedSize } = await inspector.ask("Runtime.getHeapUsage");
			peak = Math.max(peak, Number(usedSize));
			await new Promise((resolve) => setTimeout(resolve, SAMPLED_EVERY_MS));
		}
	};
	const watching = watch();
	return {
		peak: () => peak,
		stop: () => {
			isOn = false;
			watching.finally(inspector.close);
		},
	};
}

type Answer = Readonly<Record<string, unknown>>;

async function openInspector(miniflare: Miniflare, worker: string) {
	const address = new URL(`/core:user:${worker}`, await miniflare.getInspectorURL());
	const socket = new WebSocket(address.href);
	const waiting = new Map<number, (answer: Answer) => void>();
	let asked = 0;
	socket.addEventListener("message", ({ data }) => {
		const { id, result } = JSON.parse(String(data)) as { id: number; result?: Answer };
		waiting.get(id)?.(result ?? {});
		waiting.delete(id);
	});
	await new Promise((resolve, reject) => {
		socket.addEventListener("open", resolve);
		socket.addEventListener("error", reject);
	});
	return {
		ask: (method: string) =>
			new Promise<Answer>((resolve) => {
				asked += 1;
				waiting.set(asked, resolve);
				socket.send(JSON.stringify({ id: asked, method }));
			}),
		close: () => socket.close(),
	};
}
