// How much memory an isolate's heap takes while it works, as workerd's inspector tells it.
import type { Miniflare } from "miniflare";

const SAMPLED_EVERY_MS = 20;

export interface Watch {
	/** The most bytes that objects have taken since the watch began, garbage included. */
	readonly peak: () => number;
	readonly stop: () => void;
}

/**
 * Watches the heap of a Worker of a Miniflare whose inspector listens. What it did before is collected
 * first, and nothing while it is watched.
 */
export async function watchHeap(miniflare: Miniflare, worker: string): Promise<Watch> {
	const address = new URL(`/core:user:${worker}`, await miniflare.getInspectorURL());
	const socket = new WebSocket(address.href);
	let peak = 0;
	let isOn = true;
	let asked = 0;
	const ask = (method: string) => {
		asked += 1;
		socket.send(JSON.stringify({ id: asked, method }));
	};
	const sample = () => isOn && ask("Runtime.getHeapUsage");
	socket.addEventListener("message", ({ data }) => {
		const { result } = JSON.parse(String(data)) as { result?: { usedSize?: number } };
		if (result?.usedSize === undefined) return;
		peak = Math.max(peak, result.usedSize);
		setTimeout(sample, SAMPLED_EVERY_MS);
	});
	await new Promise((resolve, reject) => {
		socket.addEventListener("open", resolve);
		socket.addEventListener("error", reject);
	});
	for (const method of ["HeapProfiler.enable", "HeapProfiler.collectGarbage"]) ask(method);
	sample();
	return {
		peak: () => peak,
		stop: () => {
			isOn = false;
			socket.close();
		},
	};
}
